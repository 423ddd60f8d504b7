// The soak: not part of `make test`. `make soak` runs it, for an hour at most.
import base from "../playwright.config.js";

export default { ...base, testDir: ".", testMatch: "*.soak.js", webServer: { ...base.webServer, cwd: ".." } };

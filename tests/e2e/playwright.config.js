// The release site, served from a sub-path by a few lines of node, in the system's Chromium.
import { availableParallelism } from "node:os";
import { defineConfig } from "@playwright/test";

// Another port, so that two checkouts can be tested at once.
const port = process.env.E2E_PORT ?? 8322;

export default defineConfig({
  testDir: ".",
  testMatch: "*.spec.js",
  // Tests share nothing: each has a browser context of its own, and with it its own IndexedDB.
  fullyParallel: true,
  // Two for each core: half of the time a test waits for the next frame.
  workers: 2 * Math.max(2, availableParallelism()),
  // Only what hangs ends by these: no verdict is a matter of seconds.
  timeout: 600_000,
  expect: { timeout: 60_000 },
  reporter: [["list"]],
  use: {
    actionTimeout: 60_000,
    // What a test puts in the way of a request must be met. offline.spec.js lets the service worker in.
    serviceWorkers: "block",
    baseURL: `http://localhost:${port}/some/where/`,
    launchOptions: {
      executablePath: process.env.HEADLESS_SHELL ?? process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  webServer: { command: "node serve.js", url: `http://localhost:${port}/some/where/`, reuseExistingServer: false },
});

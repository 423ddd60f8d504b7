// The release site, served from a sub-path by a few lines of node, in the system's Chromium.
import { defineConfig } from "@playwright/test";

// Another port, so that two checkouts can be tested at once.
const port = process.env.E2E_PORT ?? 8322;

export default defineConfig({
  testDir: ".",
  fullyParallel: false,
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [["list"]],
  use: {
    baseURL: `http://localhost:${port}/some/where/`,
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
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

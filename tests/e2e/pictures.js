// Photographs what the README shows, from the built site, in light and in dark: `make pictures`.
import { chromium } from "@playwright/test";
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import config from "./playwright.config.js";

const port = process.env.E2E_PORT ?? "8324";
const site = `http://127.0.0.1:${port}/some/where/`;
const here = (path) => fileURLToPath(new URL(path, import.meta.url));

// Each picture: its page, at which moment, and what stands at the top of it.
const PICTURES = [
  ["lot", "", null],
  ["lesson", "lessons/timeout/?scene=timeout&at=30", "#timeout-run"],
  ["playground", "playground/?at=24&b=1&pool_size=5&max_overflow=3&pool_timeout=10&rate=6&query_ms=1200&b_pool_size=9&b_max_overflow=3&b_pool_timeout=10", "#playground"],
];

/// The live lot runs: the moment at which somebody has just left with the error.
async function whenSomebodyTimesOut(page) {
  await page.waitForFunction(() => Number.parseFloat(document.querySelector("#lot .clock")?.textContent ?? "0") >= 9.9, null, { polling: 10 });
}

const server = spawn(process.execPath, [here("serve.js")], { env: { ...process.env, E2E_PORT: port }, stdio: "ignore" });
const browser = await chromium.launch(config.use?.launchOptions);
try {
  for (const colorScheme of ["light", "dark"]) {
    for (const [name, address, top] of PICTURES) {
      const page = await browser.newPage({ colorScheme, viewport: { width: 1280, height: 800 } });
      await page.goto(site + address);
      if (top) {
        await page.locator(`${top}-picture.live`).waitFor();
        await page.locator(top).evaluate((scene) => scene.scrollIntoView());
        await page.waitForTimeout(1_500); // a picture, no verdict
      } else {
        await whenSomebodyTimesOut(page);
      }
      await page.screenshot({ path: here(`../../docs/${name}-${colorScheme}.png`) });
      await page.close();
    }
  }
} finally {
  await browser.close();
  server.kill();
}

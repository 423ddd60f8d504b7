// Photographs the contact sheet (examples/sheet.rs) in light and in dark: `make sheet`.
import { chromium } from "@playwright/test";
import { fileURLToPath } from "node:url";
import config from "./playwright.config.js";

const at = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const browser = await chromium.launch(config.use?.launchOptions);
for (const colorScheme of ["light", "dark"]) {
  const page = await browser.newPage({ colorScheme, viewport: { width: 1400, height: 900 } });
  await page.goto(`file://${at("target/sheet.html")}`);
  await page.screenshot({ path: at(`docs/sheet-${colorScheme}.jpg`), type: "jpeg", quality: 62, fullPage: true });
}
await browser.close();

// make heights: how high each scene is in a frame, in a course column and on a phone, whole and compact. It prints a table.
import { chromium } from "@playwright/test";
import config from "./playwright.config.js";
import { readdirSync } from "node:fs";

const names = readdirSync(new URL("../../dist/embed/", import.meta.url)).filter((file) => file !== "index.html").map((file) => file.replace(".html", ""));
const base = config.use.baseURL;
const browser = await chromium.launch(config.use.launchOptions);
console.log("| scene | 700 | 700 compact | 390 | 390 compact |\n|---|---|---|---|---|");
for (const name of process.env.ONLY ? process.env.ONLY.split(",") : names) {
  const cells = [];
  for (const [width, query] of [[700, ""], [700, "?compact=1"], [390, ""], [390, "?compact=1"]]) {
    const page = await browser.newPage({ viewport: { width, height: 680 } });
    await page.goto(`${base}embed/${name}.html${query}`);
    await page.locator(".picture.live, .claims").first().waitFor();
    await page.waitForTimeout(400);
    const height = await page.evaluate(() => Math.ceil(document.querySelector("main").getBoundingClientRect().bottom + scrollY));
    cells.push(height);
    await page.close();
  }
  console.log(`| ${name} | ${cells.join(" | ")} |`);
}
await browser.close();

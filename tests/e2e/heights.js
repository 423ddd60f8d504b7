// make heights: how high each scene is in a course column of 700 pixels, whole and compact. It writes src/site/heights.json, from
// which the lines that the site offers have their heights; heights.spec.js holds it.
import { chromium } from "@playwright/test";
import config from "./playwright.config.js";
import { readdirSync, writeFileSync } from "node:fs";
import { heightOf } from "./height.js";

const names = readdirSync(new URL("../../dist/embed/", import.meta.url)).filter((file) => file !== "index.html").map((file) => file.replace(".html", ""));
const browser = await chromium.launch(config.use.launchOptions);
const lines = [];
for (const name of names.sort()) {
  const heights = [];
  for (const isCompact of [false, true]) {
    const page = await browser.newPage({ baseURL: config.use.baseURL });
    heights.push(await heightOf(page, name, 700, isCompact));
    await page.close();
  }
  lines.push(`  "${name}": [${heights.join(", ")}]`);
  console.log(lines.at(-1));
}
writeFileSync(new URL("../../src/site/heights.json", import.meta.url), `{\n${lines.join(",\n")}\n}\n`);
await browser.close();

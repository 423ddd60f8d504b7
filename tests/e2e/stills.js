// make stills: the stills of the scenes as PNG, for mail and other places that take no SVG. Run it after the SVGs have changed.
import { chromium } from "@playwright/test";
import { readFileSync, readdirSync } from "node:fs";

const folder = new URL("../../public/still/", import.meta.url);
// One a scene: a lesson's run, its challenge, and the other scenes. src/site/stills.rs says which is whose.
const pictures = readdirSync(folder).filter((file) => /(?:-1|-challenge|^wide|-wide|^trial)\.svg$/u.test(file));
const browser = await chromium.launch({ executablePath: process.env.HEADLESS_SHELL ?? process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
const page = await browser.newPage({ colorScheme: "light" });
for (const file of pictures) {
  const svg = readFileSync(new URL(file, folder), "utf8");
  const [, , width, height] = svg.match(/viewBox="([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+)"/u).slice(1).map(Number);
  const wide = width > height ? 800 : width;
  await page.setViewportSize({ width: wide, height: Math.round((wide * height) / width) });
  await page.setContent(`<style>body{margin:0}svg{display:block;width:100%;height:auto}</style>${svg}`);
  await page.screenshot({ path: new URL(file.replace(/svg$/u, "png"), folder).pathname });
}
await browser.close();

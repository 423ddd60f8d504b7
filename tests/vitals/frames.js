// Measures ten frames on a course page of another origin: `make vitals-frames`. It prints what docs/embedding.md says of it. Not a test:
// times depend on the machine.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { chromium } from "playwright-core";
import { serve } from "./serve.js";

const SCENES = ["lot", "why-run", "lazy-run", "overflow-run", "timeout-run", "recycle-run", "return-run", "leak-run", "sizing-run", "timeout-challenge"];
const SECONDS = 10;

const site = await serve();
const frames = SCENES.map((name) => `<h2>${name}</h2><iframe title="${name}" src="${site}embed/${name}.html?compact=1" width="700" height="680" frameborder="0" sandbox="allow-scripts allow-same-origin"></iframe>`);
const host = createServer((_, response) => response.writeHead(200, { "Content-Type": "text/html" }).end(`<!doctype html><title>Ten frames</title>${frames.join("")}`));
await new Promise((listening) => host.listen(0, "127.0.0.1", listening));
const browser = await chromium.launchServer({
  executablePath: process.env.HEADLESS_SHELL ?? process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--site-per-process"],
});
const client = await chromium.connect(browser.wsEndpoint());

// The browser's processes: CPU time in seconds, and what is theirs of the memory, in megabytes.
const family = () => {
  const all = execFileSync("ps", ["-eo", "pid=,ppid="], { encoding: "utf8" }).trim().split("\n").map((line) => line.trim().split(/\s+/u).map(Number));
  const found = new Set([browser.process().pid]);
  for (let before = 0; before !== found.size; ) {
    before = found.size;
    for (const [pid, parent] of all) if (found.has(parent)) found.add(pid);
  }
  return [...found];
};
const cpu = () =>
  family().reduce((sum, pid) => {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ");
    return sum + (Number(fields[11]) + Number(fields[12])) / 100;
  }, 0);
const memory = () => family().reduce((sum, pid) => sum + Number(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8").match(/^Pss:\s+(\d+)/mu)[1]) / 1_000, 0);

const page = await client.newPage({ viewport: { width: 1280, height: 900 } });
async function spent() {
  const before = cpu();
  await page.waitForTimeout(SECONDS * 1_000);
  return ((cpu() - before) / SECONDS) * 100;
}
await page.goto("about:blank");
const empty = memory();
await page.goto(`http://127.0.0.1:${host.address().port}/`);
// Each is brought into sight once, so that all of them live.
for (const frame of await page.locator("iframe").all()) {
  await frame.scrollIntoViewIfNeeded();
  await frame.contentFrame().locator(".picture.live").first().waitFor({ timeout: 60_000 });
}
const lot = page.frameLocator("iframe").first();
await page.locator("iframe").first().scrollIntoViewIfNeeded();
await lot.getByRole("button", { name: "Pause" }).click();
await page.waitForTimeout(5_000);
console.log(`ten frames, all standing: ${(await spent()).toFixed(1)} % of a core, ${(memory() - empty).toFixed(0)} MB more than an empty page`);
await lot.getByRole("button", { name: "Play", exact: true }).click();
await page.waitForTimeout(2_000);
console.log(`one plays in sight: ${(await spent()).toFixed(1)} %`);
await page.locator("iframe").last().scrollIntoViewIfNeeded();
await page.waitForTimeout(2_000);
console.log(`one plays out of sight: ${(await spent()).toFixed(1)} %`);
await page.evaluate(() => scrollTo(0, 0));
await lot.getByRole("button", { name: "Pause" }).click();
const rate = await page.evaluate(
  () =>
    new Promise((done) => {
      const times = [];
      const step = (now) => {
        times.push(now);
        scrollBy(0, 40);
        if (scrollY + innerHeight < document.body.scrollHeight - 50) requestAnimationFrame(step);
        else done((times.length - 1) / ((times.at(-1) - times[0]) / 1_000));
      };
      requestAnimationFrame(step);
    }),
);
console.log(`the page scrolls at ${rate.toFixed(0)} frames a second`);
await client.close();
await browser.close();
process.exit();

// Measures how fast the built site is, on this machine: `make vitals`. Writes docs/vitals.md. Not a test: times depend on the
// machine, so it says what the machine was, and takes the median of five.
import { writeFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg } from "node:os";
import { chromium } from "playwright-core";
import lighthouse from "lighthouse";
import { serve } from "./serve.js";

const RUNS = Number(process.env.RUNS ?? 5);
const PAGES = { "home": "", "a lesson": "lessons/timeout/", "the playground": "playground/", "a scene in a frame": "embed/timeout-run.html" };
const PORT = 9333;

const site = await serve();
const browser = await chromium.launch({
  executablePath: process.env.HEADLESS_SHELL ?? process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", `--remote-debugging-port=${PORT}`],
});
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const lines = [];
const say = (line) => {
  console.log(line);
  lines.push(line);
};

say("# Vitals\n");
say("Written by `make vitals`; times depend on the machine.\n");
say(`On ${availableParallelism()} cores (${cpus()[0].model.trim()}), load ${loadavg()[0].toFixed(1)} at the beginning, Chromium ${browser.version()}.\n`);
say(`## Lighthouse, its mobile preset, median of ${RUNS}\n`);
say("The site is served with brotli from this machine. Times in ms; CLS has no unit.\n");
say("| page | performance | accessibility | best practices | SEO | FCP | LCP | TBT | CLS |");
say("|---|---|---|---|---|---|---|---|---|");
for (const [name, path] of Object.entries(PAGES)) {
  const runs = [];
  for (let run = 0; run < RUNS; run++) {
    const { lhr } = await lighthouse(site + path, { port: PORT, output: "json", logLevel: "error" });
    runs.push(lhr);
    if (process.env.AUDITS && run === 0) {
      for (const audit of Object.values(lhr.audits)) if (audit.score !== null && audit.score < 0.9) console.error(name, audit.id, audit.displayValue ?? "", audit.title);
    }
  }
  const score = (id) => Math.round(median(runs.map((run) => run.categories[id].score)) * 100);
  const audit = (id) => median(runs.map((run) => run.audits[id].numericValue));
  const times = ["first-contentful-paint", "largest-contentful-paint", "total-blocking-time"].map((id) => Math.round(audit(id)));
  const scores = ["performance", "accessibility", "best-practices", "seo"].map(score);
  say(`| ${name} | ${[...scores, ...times].join(" | ")} | ${audit("cumulative-layout-shift").toFixed(3)} |`);
}

say("\n## From one lesson to the next\n");
say("By the link, with a warm cache and the CPU slowed four times: until the text stands, and until its scene lives.\n");
say("| | text, ms | scene, ms |");
say("|---|---|---|");
{
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript(() => {
    const look = () => {
      const run = document.querySelector(".lesson .scene .picture.live, .lesson .scene[data-step-us]");
      if (run) window.lives ??= performance.now();
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await page.goto(`${site}lessons/why/`);
  await page.waitForTimeout(4_000);
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  const [texts, scenes] = [[], []];
  for (let run = 0; run < 8; run++) {
    await page.locator("a[rel=next]").click();
    await page.waitForFunction(() => window.lives && performance.getEntriesByName("first-contentful-paint").length, null, { timeout: 60_000 });
    const [text, scene] = await page.evaluate(() => [performance.getEntriesByName("first-contentful-paint")[0].startTime, window.lives]);
    texts.push(text);
    scenes.push(scene);
    await page.waitForTimeout(2_000);
  }
  say(`| median of 8 | ${median(texts).toFixed(0)} | ${median(scenes).toFixed(0)} |`);
  await context.close();
}

say("\n## What scenes cost\n");
say("The page's main thread in percent of a core, over five seconds.\n");
say("| | all | script |");
say("|---|---|---|");
const pause = (page) => page.getByRole("button", { name: "Pause" }).first().click();
const states = {
  "the lot, playing": [""],
  "the lot, paused": ["", pause],
  "the lot, playing but out of sight": ["", (page) => page.locator(".foot").scrollIntoViewIfNeeded()],
  "a lesson, never started": ["lessons/timeout/"],
  "the playground, playing": ["playground/"],
  "the playground, paused": ["playground/", pause],
};
for (const [name, [path, act]] of Object.entries(states)) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(site + path);
  await page.waitForTimeout(4_000);
  await act?.(page);
  await page.waitForTimeout(6_000);
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  const spent = async () => Object.fromEntries((await session.send("Performance.getMetrics")).metrics.map(({ name, value }) => [name, value]));
  const before = await spent();
  await page.waitForTimeout(5_000);
  const after = await spent();
  const part = (metric) => (((after[metric] - before[metric]) / (after.Timestamp - before.Timestamp)) * 100).toFixed(1);
  say(`| ${name} | ${part("TaskDuration")} | ${part("ScriptDuration")} |`);
  await page.close();
}
say("\n## The frame loop, with the CPU slowed four times\n");
say("The lot with some 20 cars for ten seconds, and ten turns of its settings, one a second.\n");
say("| | |");
say("|---|---|");
{
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await page.goto(`${site}?pool_size=12&max_overflow=8&pool_timeout=30&query_ms=4000&rate=5`);
  await page.locator("#lot-picture.live").waitFor();
  await page.waitForTimeout(5_000); // the bays fill
  await page.evaluate(() => {
    window.seen = { frames: [], tasks: [], inputs: [] };
    const watch = (type, into, more) => new PerformanceObserver((list) => seen[into].push(...list.getEntries().map((entry) => entry.duration))).observe({ type, ...more });
    watch("longtask", "tasks");
    watch("event", "inputs", { durationThreshold: 16 });
    const frame = (now) => {
      seen.frames.push(now);
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  const more = page.locator("#lot").getByRole("button", { name: "pool_size: more" });
  for (let turn = 0; turn < 10; turn++) {
    await page.waitForTimeout(1_000);
    await more.click();
  }
  await page.waitForTimeout(500);
  const { frames, tasks, inputs } = await page.evaluate(() => seen);
  say(`| frames a second | ${((frames.length - 1) / ((frames.at(-1) - frames[0]) / 1_000)).toFixed(0)} |`);
  say(`| the longest gap between two frames, ms | ${Math.max(...frames.slice(1).map((at, index) => at - frames[index])).toFixed(0)} |`);
  say(`| tasks longer than 50 ms | ${tasks.length}${tasks.length ? `, the longest ${Math.max(...tasks).toFixed(0)} ms` : ""} |`);
  say(`| from a click to the next paint, the slowest, ms | ${inputs.length ? Math.max(...inputs).toFixed(0) : "below 16"} |`);
  await page.close();
}
await browser.close();
writeFileSync(new URL("../../docs/vitals.md", import.meta.url), `${lines.join("\n")}\n`);
process.exit();

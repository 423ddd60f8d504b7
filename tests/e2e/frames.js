// Measures frame times of the built site, quiet and crowded: `make build && cd tests/e2e && node frames.js`.
// Not a test: times depend on the machine. Prints frames a second, and the median, 95th percentile and longest frame in ms.
import { chromium } from "@playwright/test";
import config from "./playwright.config.js";
import "./serve.js";

const scenes = {
  "as the page opens": ["", 8_000],
  "100 in bays, 160 at the kerb": ["?pool_size=50&max_overflow=50&rate=25&query_ms=8000&pool_timeout=30", 14_000],
  "the same, 25 leaving and 40 coming a second": ["?pool_size=50&max_overflow=50&rate=40&query_ms=4000&pool_timeout=30", 14_000],
};

const crowd = "?scene=playground&pool_size=400&max_overflow=0&pool_timeout=None&rate=170&query_ms=6000&work=exponential&connect_ms=0";
const playgrounds = {
  "playground, as it opens": ["?scene=playground", 8_000],
  "playground, 1,000 cars in sight at x1": [`${crowd}&at=8`, 0],
};

const browser = await chromium.launch(config.use.launchOptions);
for (const [name, [query, wait]] of Object.entries(scenes)) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(config.use.baseURL + query);
  await page.waitForTimeout(wait);
  const frames = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const times = [];
        let last = performance.now();
        requestAnimationFrame(function frame(now) {
          times.push(now - last);
          last = now;
          if (times.length < 301) requestAnimationFrame(frame);
          else resolve(times.slice(1));
        });
      }),
  );
  frames.sort((a, b) => a - b);
  const total = frames.reduce((sum, time) => sum + time, 0);
  const at = (part) => frames[Math.min(frames.length - 1, Math.floor(frames.length * part))].toFixed(1);
  console.log(`${name}: ${((frames.length / total) * 1000).toFixed(1)} fps, ${at(0.5)} / ${at(0.95)} / ${at(1)} ms`);
  await page.close();
}
/** Waits, and records frame times and the world's own share. */
async function record(page, selector) {
  return page.evaluate(
    (selector) =>
      new Promise((resolve) => {
        const [times, steps] = [[], []];
        let last = performance.now();
        requestAnimationFrame(function frame(now) {
          times.push(now - last);
          last = now;
          steps.push(Number(document.querySelector(selector).dataset.stepUs) / 1e3);
          if (times.length < 301) requestAnimationFrame(frame);
          else resolve([times.slice(1), steps]);
        });
      }),
    selector,
  );
}

for (const [name, [query, wait]] of Object.entries(playgrounds)) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(config.use.baseURL + query);
  await page.locator("#playground-picture.live").waitFor();
  await page.waitForTimeout(1_000);
  const play = page.locator("#playground").getByRole("button", { name: "Play" });
  if (await play.count()) await play.click();
  await page.waitForTimeout(wait);
  const [frames, steps] = await record(page, "#playground");
  frames.sort((a, b) => a - b);
  const total = frames.reduce((sum, time) => sum + time, 0);
  const at = (part) => frames[Math.min(frames.length - 1, Math.floor(frames.length * part))].toFixed(1);
  const waiting = await page.locator("#playground [data-figure=waiting]").textContent();
  const status = await page.locator("#playground [data-figure=status]").textContent();
  console.log(`${name}: ${((frames.length / total) * 1000).toFixed(1)} fps, ${at(0.5)} / ${at(0.95)} / ${at(1)} ms; the world's longest step ${Math.max(...steps).toFixed(1)} ms; ${waiting} wait; ${status}`);
  await page.close();
}

{
  // Ten minutes at 100 requests a second, recorded; then anywhere in it.
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(config.use.baseURL + "?scene=playground&rate=100&query_ms=100&pool_size=10&max_overflow=5&at=600");
  const scene = page.locator("#playground");
  await page.locator("#playground-picture.live").waitFor({ timeout: 60_000 });
  await page.waitForTimeout(1_000);
  const seeks = [];
  for (let turn = 0; turn < 60; turn++) {
    const tenths = Math.floor((turn * 0.618034 % 1) * 6_000);
    const us = await scene.evaluate(async (scene, tenths) => {
      const slider = scene.querySelector(".scrub input");
      slider.value = String(tenths);
      let longest = 0;
      const watch = new MutationObserver(() => (longest = Math.max(longest, Number(scene.dataset.stepUs))));
      watch.observe(scene, { attributes: true, attributeFilter: ["data-step-us"] });
      slider.dispatchEvent(new Event("input", { bubbles: true }));
      await new Promise((done) => setTimeout(done, 250));
      watch.disconnect();
      return longest;
    }, tenths);
    seeks.push(us / 1e3);
  }
  seeks.sort((a, b) => a - b);
  console.log(`seeks in ten minutes at 100 requests a second: median ${seeks[30].toFixed(1)} ms, longest ${seeks.at(-1).toFixed(1)} ms of 60`);
  // An hour at 300 a second, watched by nobody but the clock.
  await page.close();
}
await browser.close();
process.exit();

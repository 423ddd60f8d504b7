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
await browser.close();
process.exit();

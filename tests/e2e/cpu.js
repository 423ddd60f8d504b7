// Measures what scenes cost the page's main thread, in percent of a core: `make build && cd tests/e2e && node cpu.js`.
// Not a test: times depend on the machine.
import { chromium } from "@playwright/test";
import config from "./playwright.config.js";
import "./serve.js";

const LASTS = 5_000;
const pause = (scene) => scene.getByRole("button", { name: "Pause" }).click();
const states = {
  "the lot, playing": ["", "#lot"],
  "the lot, paused": ["", "#lot", pause],
  "the lot, playing but out of sight": ["", "#lot", (scene) => scene.page().locator(".foot").scrollIntoViewIfNeeded()],
  "a lesson, never started": ["?scene=timeout", "#timeout-run"],
  "the playground, playing": ["?scene=playground", "#playground"],
  "the playground, paused": ["?scene=playground", "#playground", pause],
};

const browser = await chromium.launch(config.use.launchOptions);
for (const [name, [query, selector, act]] of Object.entries(states)) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(config.use.baseURL + query);
  const scene = page.locator(selector);
  await scene.locator(".picture.live").first().waitFor();
  await page.waitForTimeout(2_000);
  await act?.(scene);
  await page.waitForTimeout(2_000);
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  const spent = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
  };
  const before = await spent();
  await page.waitForTimeout(LASTS);
  const after = await spent();
  const part = (name) => (((after[name] - before[name]) / (after.Timestamp - before.Timestamp)) * 100).toFixed(1).padStart(5);
  console.log(`${part("TaskDuration")} % of a core, ${part("ScriptDuration")} % in script: ${name}`);
  await page.close();
}
await browser.close();
process.exit();

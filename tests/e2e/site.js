// What all tests share: a page whose every console error fails the test, and words for what is on it. Nothing here waits for a
// time: tests wait for what they want to see, or, where nothing may happen, for the page to have had its occasions.
import AxeBuilder from "@axe-core/playwright";
import { test as base, expect } from "@playwright/test";
import { frames } from "./page.js";

export const test = base.extend({
  complaints: async ({ page }, use) => {
    const complaints = [];
    page.on("console", (message) => {
      if (message.text() === "Service Worker registration blocked by Playwright") return;
      if (["error", "warning"].includes(message.type())) complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(error.message));
    await use(complaints);
    expect(complaints, "console errors and warnings").toEqual([]);
  },
});

/// Opens the site with settings in the link and waits for the lot to live.
export async function open(page, query = "") {
  await page.goto(query ? `?${query}` : "");
  await expect(page.locator("#lot-picture.live")).toBeVisible();
}

export const figure = (page, name) => page.locator(`[data-figure="${name}"]`);

/// Lets a scene tell its figures so many times: at once when something is done, and then ten times a second by the page's own
/// clock. After three times everything that was done is shown; one that stands has then missed as many occasions to move. Or
/// lets it come to rest: a scene that stands asks for no frames.
export const told = async (scene, times = 3) => {
  await frames(scene.page(), 2); // by then whoever was asked for a frame has had it
  await scene.evaluate(
    (scene, times) =>
      new Promise((resolve) => {
        if (!("awake" in scene.dataset)) return resolve();
        new MutationObserver((records, observer) => {
          times -= records.filter(({ attributeName }) => attributeName === "data-step-us").length;
          if (times > 0 && "awake" in scene.dataset) return;
          observer.disconnect();
          resolve();
        }).observe(scene, { attributeFilter: ["data-step-us", "data-awake"] });
      }),
    times,
  );
};

/// What is read twice, half a second of frames apart, and came out the same.
export async function stands(page, read) {
  let now;
  await expect(async () => {
    const before = await read();
    await frames(page, 30);
    now = await read();
    expect(now).toEqual(before);
  }).toPass();
  return now;
}

/// Waits until every scene in sight or nearly so has come to life, by which it may have grown.
export const nearby = (page) =>
  expect
    .poll(() =>
      page.evaluate(() => {
        const near = (place) => {
          const { top, bottom } = place.getBoundingClientRect();
          return place.checkVisibility() && bottom > -600 && top < innerHeight + 600;
        };
        const asleep = [...document.querySelectorAll(".picture")].filter((place) => near(place) && !place.closest("[data-step-us]"));
        return asleep.map(({ id }) => id);
      }),
    )
    .toEqual([]);

/// Axe finds nothing in a part of the page.
export async function accessible(page, part, state) {
  const axe = new AxeBuilder({ page }).options({ resultTypes: ["violations"] });
  const { violations } = await (part ? axe.include(part) : axe).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)]), state).toEqual([]);
}

/// Nothing is wider than the page.
export const fits = async (page, width, state) =>
  expect(await page.evaluate(() => document.documentElement.scrollWidth), state).toBeLessThanOrEqual(width);

/// A figure's number, its thin spaces left out.
export async function count(page, name) {
  return Number((await figure(page, name).first().textContent()).replaceAll(/\s/gu, ""));
}

export { expect };
export { frames, rowsInStore } from "./page.js";

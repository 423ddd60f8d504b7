// How people read: without JavaScript, by keyboard, with a screen reader, on a phone, in the dark, without motion.
import { accessible, count, expect, figure, fits, open, test, told } from "./site.js";

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });
  for (const width of [1280, 390]) {
    test(`there is the prose and a still lot, ${width} px`, async ({ page }) => {
      await page.setViewportSize({ width, height: 900 });
      await page.goto("");
      await expect(page.getByRole("heading", { name: "What you see" })).toBeVisible();
      const still = page.locator("#lot-picture img");
      await expect(still).toBeVisible();
      const shown = await still.evaluate((image) => image.currentSrc);
      expect(shown).toMatch(width > 960 ? /panorama\.svg$/u : /tall\.svg$/u);
      await expect(page.getByText("Without JavaScript the lot stands still")).toBeVisible();
    });
  }
});

for (const colorScheme of ["light", "dark"]) {
  for (const width of [1280, 390]) {
    test(`axe finds nothing, ${colorScheme}, ${width} px`, async ({ page, complaints }) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      await open(page, "pool_size=1&max_overflow=0&pool_timeout=0.5&rate=6&query_ms=2000&pool_recycle=x");
      await expect(figure(page, "error").first()).toBeVisible();
      await accessible(page);
    });
  }
}

for (const width of [320, 390, 768, 1000, 1280]) {
  test(`nothing scrolls sideways at ${width} px`, async ({ page, complaints }) => {
    await page.setViewportSize({ width, height: 800 });
    await open(page);
    await fits(page, width);
  });

  test(`nothing jumps when the lot arrives at ${width} px`, async ({ page, complaints }) => {
    await page.setViewportSize({ width, height: 800 });
    await page.addInitScript(() => {
      window.shift = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) window.shift += entry.value;
      }).observe({ type: "layout-shift", buffered: true });
    });
    const prose = () => page.locator("#shows").evaluate((element) => element.offsetTop);
    let arrive;
    const released = new Promise((resolve) => (arrive = resolve));
    await page.route("**/*.wasm", async (route) => {
      await released;
      await route.continue();
    });
    await page.goto("?pool_size=1&max_overflow=0&pool_timeout=0.5&query_ms=2000", { waitUntil: "domcontentloaded" }); // with its styles, and without its program
    await expect(page.getByText("Loading…")).toBeAttached();
    await expect(page.getByRole("heading", { name: "The lessons" })).toBeAttached();
    const before = await prose();
    arrive();
    await expect(page.locator("#lot-picture.live")).toBeVisible();
    await expect.poll(() => count(page, "timeouts")).toBeGreaterThan(2);
    expect(await page.evaluate(() => window.shift)).toBeLessThan(0.02);
    expect(Math.abs((await prose()) - before)).toBeLessThan(60);
  });
}

test("everything can be reached and turned by keyboard", async ({ page, complaints }) => {
  await open(page, "rate=5&query_ms=200");
  const reached = [];
  for (let presses = 0; presses < 60 && reached.lastIndexOf(reached[0]) < 1; presses++) {
    await page.keyboard.press("Tab");
    reached.push(
      await page.evaluate(() => {
        const element = document.activeElement;
        return element.getAttribute("aria-label") ?? element.closest("label")?.textContent ?? element.textContent;
      }),
    );
    if (reached.at(-1).includes("Pause")) await page.keyboard.press("Space");
  }
  for (const name of ["pool_size", "max_overflow", "pool_timeout", "pool_recycle", "requests per second", "query time"]) {
    expect(reached.filter((label) => label === name).length, name).toBe(2);
  }
  expect(reached[0]).toBe("Skip to the lot");
  expect(reached).toContain("Restart the database");
  const lot = page.locator("#lot");
  await expect(lot.getByRole("button", { name: "Play" })).toBeVisible();
  await expect(lot.getByRole("status").first()).toHaveText("The lot stands still.");
});

test("with motion off the lot stands until asked, and then only changes, never moves", async ({ page, complaints }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await open(page, "rate=10&query_ms=200");
  const play = page.locator("#lot").getByRole("button", { name: "Play" });
  await expect(play).toBeVisible();
  await told(page.locator("#lot"), 10);
  expect(await count(page, "served")).toBe(0);
  await play.click();
  await expect.poll(() => count(page, "served")).toBeGreaterThan(3);
  // The figures change with the picture, once a second by the page's own clock, and never ten times.
  const pauses = await figure(page, "clock").first().evaluate(
    (clock) =>
      new Promise((resolve) => {
        const at = [];
        new MutationObserver((_, observer) => {
          at.push(performance.now());
          if (at.length < 4) return;
          observer.disconnect();
          resolve(at.slice(1).map((time, index) => time - at[index]));
        }).observe(clock, { childList: true, characterData: true, subtree: true });
      }),
  );
  // Three pauses together: one frame that comes late makes the next pause shorter.
  expect(pauses.reduce((sum, pause) => sum + pause, 0)).toBeGreaterThan(1_500);
});

test("a crash is said, and a reload offered", async ({ page }) => {
  await page.addInitScript(() => {
    // The picture is measured twice before its first frame and then in it: there the browser fails under the program.
    let calls = 0;
    const measure = Element.prototype.getBoundingClientRect;
    Element.prototype.getBoundingClientRect = function () {
      if (this.id === "lot-picture" && ++calls === 3) throw new Error("the ruler broke");
      return measure.call(this);
    };
  });
  await page.goto("?pool_size=4");
  await expect(page.getByText("The lot has stopped.")).toBeVisible();
  await expect(page.getByText("the ruler broke")).toBeVisible();
  await expect(page.getByRole("button", { name: "Reload with the same settings" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "What you see" })).toBeVisible();
});

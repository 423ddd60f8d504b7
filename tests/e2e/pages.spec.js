// All pages alike: without JavaScript, for axe, on paper, and what each of them loads.
import { readdirSync } from "node:fs";
import { accessible, expect, fits, test } from "./site.js";

const dist = new URL("../../dist/", import.meta.url);
const files = readdirSync(dist, { recursive: true }).filter((file) => file.endsWith(".html"));
/// Addresses of the pages that people read, and of those that stand in frames.
const pages = files.filter((file) => file.endsWith("index.html")).map((file) => file.replace(/index\.html$/u, "") || "./");
const embeds = files.filter((file) => /^embed\/(?!index)/u.test(file));

test("there are as many as docs/links.md says", () => {
  expect([pages.length, embeds.length]).toEqual([28, 50]);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });
  test("every page has its text, and pictures for its scenes", async ({ page }) => {
    for (const path of [...pages, ...embeds]) {
      await page.goto(path);
      const words = await page.locator("main").innerText();
      expect(words.length, path).toBeGreaterThan(path.startsWith("embed/") ? 60 : 400);
      if (!embeds.includes(path)) await expect(page.locator("h1"), path).toHaveCount(1);
      for (const still of await page.locator("main img:visible").all()) {
        await still.scrollIntoViewIfNeeded();
        await expect.poll(() => still.evaluate((image) => image.naturalWidth), path).toBeGreaterThan(0);
      }
    }
  });

  test("the menu opens, and leads on", async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 800 });
    await page.goto("about/");
    await page.getByText("Contents", { exact: true }).click();
    await page.getByRole("link", { name: "Who gets the next connection?" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Who gets the next connection?");
  });
});

for (const [colorScheme, width] of [
  ["light", 1280],
  ["dark", 320],
]) {
  // Lessons, trial, application and playground have tests of their own, in all of their states.
  test(`axe finds nothing on the other pages, ${colorScheme}, ${width} px`, async ({ page, complaints }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.setViewportSize({ width, height: 900 });
    for (const path of ["./", "about/", "glossary/", "handout/", "embed/", "lessons/why/"]) {
      await page.goto(path);
      if (path === "lessons/why/" && width < 1280) await page.getByText("Contents", { exact: true }).click();
      await accessible(page, undefined, path);
      await fits(page, width, path);
    }
  });
}

test("what stands in frames lives, and nothing of it complains", async ({ page, complaints }) => {
  for (const path of embeds) {
    await page.goto(path);
    await expect(page.locator("[data-shown]"), path).toBeVisible();
    await expect(page.locator("[data-shown] .panel:not([aria-busy]), [data-shown] .bench").first(), path).toBeAttached();
  }
});

test("a page loads the parts of the program that it needs, and no others", async ({ page }) => {
  const parts = async (path, lives) => {
    const loaded = new Set();
    const note = (request) => {
      const name = /\/(?:part_(\w+)|valet_bg)\.wasm$/u.exec(request.url());
      if (name) loaded.add(name[1] ?? "main");
    };
    page.on("request", note);
    await page.goto(path);
    await expect(page.locator(lives).first()).toBeAttached();
    page.off("request", note);
    return [...loaded];
  };
  // Where each byte is paid for, nothing is fetched ahead.
  await page.addInitScript(() => Object.defineProperty(navigator, "connection", { value: { saveData: true } }));
  expect(await parts("./", "#lot-picture.live")).toEqual(["main"]);
  expect(await parts("lessons/lazy/", "#lazy-run .panel:not([aria-busy])")).toEqual(["main", "lessons"]);
  expect(await parts("trial/", "#trial-bench")).toEqual(["main", "trial"]);
  expect(await parts("flask/", "#flask-picture.live")).toEqual(["main", "flask"]);
  expect(await parts("fastapi/", "#fastapi-picture.live")).toEqual(["main", "flask"]);
  expect(await parts("playground/", "#playground-picture.live")).toEqual(["main", "playground"]);
  expect(await parts("about/", "#look")).toEqual([]);
});

test("a part that does not load is said where it is missed, and loads when it is asked for again", async ({ page }) => {
  let fails = true;
  await page.route("**/part_playground.wasm", (route) => (fails ? route.fulfill({ status: 404, body: "gone" }) : route.continue()));
  await page.goto("playground/");
  const lost = page.locator("#playground .notice", { hasText: "did not load" });
  await expect(lost).toBeVisible();
  await expect(page.locator("#panic")).toBeHidden();
  await expect(page.locator("#playground-picture img")).toBeVisible();
  await lost.getByRole("button", { name: "Try again" }).click();
  await expect(lost).toBeVisible(); // it still fails
  fails = false;
  await lost.getByRole("button", { name: "Try again" }).click();
  await expect(page.locator("#playground-picture.live")).toBeVisible();
  await expect(lost).toHaveCount(0);
});

test("on paper no page has its menus", async ({ page }) => {
  await page.emulateMedia({ media: "print" });
  for (const path of ["lessons/why/", "handout/", "about/"]) {
    await page.goto(path);
    await expect(page.locator(".site"), path).toBeHidden();
    await expect(page.getByRole("heading", { level: 1 }), path).toBeVisible();
  }
});

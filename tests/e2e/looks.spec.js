// Where things stand: on phones upright and on their side, on wide screens, on paper, without JavaScript, without motion.
import { arrive, challenge } from "./lessons.js";
import { expect, frames, nearby, test } from "./site.js";

const box = (place) => place.evaluate((element) => element.getBoundingClientRect().toJSON());

test("a lesson's explanation is set as its text is", async ({ page, complaints }) => {
  await page.goto("lessons/timeout/");
  const answer = page.locator("#timeout-answer");
  await answer.locator("summary").click();
  const set = (place) => place.evaluate((element) => [getComputedStyle(element).fontSize, getComputedStyle(element).fontWeight]);
  expect(await set(answer.locator("p").nth(1))).toEqual(await set(page.locator("#timeout > p:not(.question)").first()));
});

for (const [width, height] of [[390, 844], [320, 640], [844, 390], [667, 375]]) {
  test(`the whole picture stays in sight where one turns a control, ${width} × ${height}`, async ({ page, complaints }) => {
    await page.setViewportSize({ width, height });
    for (const [path, scene] of [["./", "lot"], ["lessons/timeout/", "timeout-run"]]) {
      await page.goto(path);
      await expect(page.locator(`#${scene} .panel:not([aria-busy])`)).toBeAttached();
      await page.locator(`#${scene}-picture`).scrollIntoViewIfNeeded();
      await expect(page.locator(`#${scene}-picture.live`)).toBeVisible();
      const knob = page.locator(`#${scene} .knob input[type=range]`).last();
      await knob.evaluate((element) => scrollBy(0, element.getBoundingClientRect().bottom + 60 - innerHeight));
      await frames(page, 3);
      const [picture, turned] = [await box(page.locator(`#${scene}-picture`)), await box(knob)];
      expect(picture.top, path).toBeGreaterThanOrEqual(0);
      expect(picture.bottom, path).toBeLessThanOrEqual(height);
      if (width < height) expect(picture.height, path).toBeLessThanOrEqual(0.47 * height);
      // Nothing of it lies over what is turned.
      expect(picture.bottom <= turned.top || picture.right <= turned.left, path).toBe(true);
    }
  });

  test(`a run begins with the whole picture in view, ${width} × ${height}`, async ({ page, complaints }) => {
    await page.setViewportSize({ width, height });
    await page.goto("lessons/timeout/");
    const run = page.locator("#timeout-guess").getByRole("button", { name: "Run it" });
    await run.scrollIntoViewIfNeeded();
    await page.locator("#timeout-guess label").first().click();
    await run.evaluate((button) => button.scrollIntoView({ block: "end" }));
    await run.click();
    await frames(page, 3);
    const picture = await box(page.locator("#timeout-run-picture"));
    expect(picture.top).toBeGreaterThanOrEqual(0);
    expect(picture.bottom).toBeLessThanOrEqual(height + 1);
    // A reader who has it in view stays where they are.
    const at = await page.evaluate(() => scrollY);
    if (await run.evaluate((button) => button.getBoundingClientRect().top >= 0)) {
      await run.click();
      await frames(page, 3);
      expect(await page.evaluate(() => scrollY)).toBe(at);
    }
  });
}

test("what a finger has to hit on a phone is 44 px high", async ({ page, complaints }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  for (const [path, scene] of [["playground/", "playground"], ["./", "lot"]]) {
    await page.goto(path);
    await expect(page.locator(`#${scene}-picture.live`)).toBeVisible();
    const small = await page.locator(`#${scene} :is(button, select, summary, input)`).evaluateAll((all) =>
      all.map((element) => (element.matches(".speeds input") ? element.nextElementSibling : element))
        .filter((element) => element.checkVisibility({ visibilityProperty: true }) && element.offsetHeight < 44)
        .map((element) => [element.outerHTML.slice(0, 60), element.offsetHeight]),
    );
    expect(small, path).toEqual([]);
  }
});

for (const [width, height] of [[1280, 800], [1024, 768], [1920, 1080], [844, 390], [700, 900]]) {
  test(`the application's lot is drawn for its place, ${width} × ${height}`, async ({ page, complaints }) => {
    await page.setViewportSize({ width, height });
    await page.goto("flask/");
    await expect(page.locator("#flask-picture.live")).toBeVisible();
    const { width: wide, height: high } = await box(page.locator("#flask-picture"));
    // src/app/picture_view.rs: below 640 px a lot is tall.
    expect(wide / high).toBeCloseTo(wide < 640 ? 390 / 580 : 1200 / 660, 1);
  });
}

for (const reducedMotion of ["reduce", "no-preference"]) {
  test(`at 1280 px the lot stands beside the lesson, motion: ${reducedMotion}`, async ({ page, complaints }) => {
    await page.emulateMedia({ reducedMotion });
    await page.setViewportSize({ width: 1280, height: 800 });
    await arrive(page, "timeout");
    const [lot, text] = [await box(page.locator("#timeout-run-picture")), await box(page.locator("#timeout-guess"))];
    expect(lot.left).toBeGreaterThan(text.right);
    expect(lot.top).toBeLessThan(text.bottom);
    if (reducedMotion === "no-preference") return;
    await page.locator("#timeout-guess label").first().click();
    await page.locator("#timeout-guess").getByRole("button", { name: "Run it" }).click();
    const board = page.locator("#timeout-run .board");
    await expect(board).toBeVisible();
    const panel = page.locator("#timeout-run .bar");
    expect((await box(board)).bottom).toBeLessThanOrEqual((await box(panel)).top + 1);
    expect((await box(board)).right).toBeLessThan((await box(page.locator("#timeout-run-picture"))).left);
  });
}

test("the contents open over the page, stay where they are, and Escape closes them", async ({ page, complaints }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("about/");
  const [contents, title] = [page.getByText("Contents", { exact: true }), page.getByRole("heading", { level: 1 })];
  const before = [await box(contents), await box(title)];
  await contents.click();
  await expect(page.getByRole("link", { name: "Who times out?" })).toBeVisible();
  expect([await box(contents), await box(title)]).toEqual(before);
  await page.getByRole("link", { name: "Who times out?" }).focus();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("link", { name: "Who times out?" })).toBeHidden();
  await expect(contents).toBeFocused();
});

test("the trial's parts stand in one column, before it lives and after", async ({ page }) => {
  for (const [width, height] of [[844, 390], [1280, 800]]) {
    await page.setViewportSize({ width, height });
    await page.route("**/*.wasm", (route) => route.abort());
    await page.goto("trial/");
    const title = await box(page.getByRole("heading", { level: 1 }));
    await page.unroute("**/*.wasm");
    await page.goto("trial/");
    await expect(page.locator("#trial-bench")).toBeVisible();
    const left = async (place) => (await box(page.locator(place).first())).left;
    for (const place of ["#trial h1", "#trial > p", ".claim.heard blockquote", ".claim.heard .vote", ".bench"]) {
      expect(await left(place), `${place}, ${width} px`).toBeCloseTo(title.left, 0);
    }
  }
});

test("a setting is looked for above what is found", async ({ page, complaints }) => {
  await page.goto("playground/");
  const find = page.getByRole("searchbox", { name: "Find a setting" });
  await expect(find).toBeVisible();
  const first = page.locator("#playground .knobs .knob").first();
  expect((await box(find)).bottom).toBeLessThan((await box(first)).top);
  await find.fill("seed");
  await expect(first).toBeHidden();
});

test("no heading stands over errors that there are not", async ({ page, complaints }) => {
  await page.goto("playground/?rate=1&query_ms=50&at=5");
  await expect(page.locator("#playground .figures")).toBeVisible();
  await expect(page.locator("#playground").getByText("Last errors")).toBeHidden();
  await page.goto("playground/?pool_size=1&max_overflow=0&pool_timeout=0.5&rate=9&at=9");
  await expect(page.locator("#playground").getByText("Last errors")).toBeVisible();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });
  for (const width of [1280, 390]) {
    test(`no room is kept for what does not come, ${width} px`, async ({ page }) => {
      await page.setViewportSize({ width, height: 900 });
      for (const path of ["./", "flask/", "playground/", "fleet/", "clinic/", "daily/", "lessons/timeout/"]) {
        await page.goto(path);
        for (const stage of await page.locator(".stage:visible").all()) {
          const empty = await stage.evaluate((stage) => {
            const ends = [...stage.querySelectorAll("*")].filter((part) => part.checkVisibility()).map((part) => part.getBoundingClientRect().bottom);
            return stage.getBoundingClientRect().bottom - Math.max(...ends);
          });
          expect(empty, path).toBeLessThan(40);
        }
      }
      await page.goto("fleet/");
      await expect(page.getByRole("heading", { name: "What to set" })).toBeHidden();
    });
  }
});

test("on paper every page has its picture, and nothing to press", async ({ page }) => {
  for (const [path, scene] of [["./", "lot"], ["flask/", "flask"], ["playground/", "playground"], ["fleet/", "fleet"], ["daily/", "daily"], ["clinic/#try-queuepool-limit", "clinic"]]) {
    await page.goto(path);
    await expect(page.locator(`#${scene}-picture.live`)).toBeVisible();
    await page.emulateMedia({ media: "print" });
    const picture = page.locator(`#${scene}-picture`);
    await expect(picture, path).toBeVisible();
    expect((await box(picture)).height, path).toBeGreaterThan(150);
    const still = picture.locator("img");
    if (await still.count()) {
      expect(await still.evaluate((image) => getComputedStyle(image).opacity), path).toBe("1");
      await expect(picture.locator("canvas").first(), path).toBeHidden();
    } else {
      await expect(picture.locator("canvas").first(), path).toBeVisible();
    }
    await expect(page.locator(":is(button, select, textarea, input[type=range], input[type=file], input[type=date]):visible"), path).toHaveCount(0);
    await page.emulateMedia({ media: null });
  }
});

for (const [width, height, name, y] of [[1280, 800, "timeout", 1500], [390, 844, "timeout", 3200], [390, 844, "leak", 2000], [844, 390, "timeout", 1400]]) {
  test(`a reload and the way back lead to where one was, lessons/${name}/, ${width} × ${height}`, async ({ page, complaints }) => {
    await page.setViewportSize({ width, height });
    await page.goto(`lessons/${name}/`);
    const settled = async () => {
      await nearby(page);
      await frames(page, 30);
    };
    await settled();
    // Once the scene was moved, the page's address names it.
    await page.getByRole("button", { name: "Step forward" }).first().click();
    await expect(page).toHaveURL(/scene=/u);
    await page.mouse.move(width / 2, height / 2);
    for (let at = 0; at <= y; at += 400) await page.evaluate((at) => scrollTo(0, at), at), await settled();
    await page.evaluate((y) => scrollTo(0, y), y);
    await settled();
    // What is written in the window, and where. What the scene tells of its past is another thing after a reload.
    const seen = () =>
      page.evaluate((name) => {
        const texts = [...document.querySelectorAll(`#${name} :is(p, h2, h3, li, summary, legend, .caption)`)].filter((text) => text.checkVisibility() && !text.closest(".picture, .story, .said"));
        const places = texts.map((text) => [text.textContent.trim().slice(0, 30), Math.round(text.getBoundingClientRect().top)]);
        return places.filter(([words, top]) => words && top > 0 && top < innerHeight).slice(0, 3);
      }, name);
    const before = await seen();
    expect(before.length).toBeGreaterThan(0);
    const same = () =>
      expect(async () => {
        const now = await seen();
        const words = (places) => places.map(([words]) => words);
        expect(words(now)).toEqual(words(before));
        for (const [place, [, top]] of now.entries()) expect(Math.abs(top - before[place][1])).toBeLessThan(40); // a line of the story more or less
      }).toPass({ timeout: 60_000 });
    await page.reload();
    await settled();
    await same();
    await page.goto("about/");
    await page.goBack();
    await settled();
    await same();
  });
}

test("what is chosen and what is changed is there after a reload and in another tab", async ({ page, context, complaints }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await arrive(page, "timeout");
  await page.locator("#timeout-guess label").nth(2).click();
  await page.reload();
  await arrive(page, "timeout");
  await expect(page.locator("#timeout-guess input").nth(2)).toBeChecked();
  await expect(page.locator("#timeout-guess .said")).toHaveText("");
  await page.locator("#timeout-guess").getByRole("button", { name: "Run it" }).click();
  await expect(page.locator("#timeout-guess .said")).toContainText("You expected");
  const place = await challenge(page, "timeout");
  await place.getByRole("textbox", { name: "max_overflow" }).fill("1");
  await place.getByRole("textbox", { name: "max_overflow" }).press("Enter");
  await expect(place.getByRole("button", { name: "Undo" })).toBeEnabled();
  const other = await context.newPage();
  await other.emulateMedia({ reducedMotion: "reduce" });
  await arrive(other, "timeout");
  await expect(other.locator("#timeout-guess .said")).toContainText("You expected");
  await expect((await challenge(other, "timeout")).getByRole("textbox", { name: "max_overflow" })).toHaveValue("1");
  await other.close();
});

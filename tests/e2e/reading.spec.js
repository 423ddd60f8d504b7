// Reading a lesson: words as cards, the lot beside the text, moments that move it, numbers to type, paper.
import { LESSONS, arrive, challenge, tabTo } from "./lessons.js";
import { accessible, expect, fits, frames, test } from "./site.js";

const card = (page) => page.getByRole("dialog", { name: "connection" });

test("a word opens a card where it stands, by mouse, and goes away", async ({ page, complaints }) => {
  await page.goto("lessons/timeout/");
  const word = page.locator("#timeout a.word").first();
  const before = await page.evaluate(() => scrollY);
  await word.click();
  await expect(card(page)).toBeVisible();
  await expect(card(page)).toContainText("A conversation with the database server, over which one statement runs at a time.");
  await expect(word).toHaveAttribute("aria-expanded", "true");
  expect(await page.evaluate(() => scrollY)).toBe(before);
  const [above, below] = [await word.boundingBox(), await card(page).boundingBox()];
  expect(Math.abs(below.y - above.y - above.height)).toBeLessThan(12);
  await accessible(page, "#word-card", "a card");
  await page.mouse.click(5, 400);
  await expect(card(page)).toBeHidden();
  await expect(word).not.toHaveAttribute("aria-expanded", "true");
  await word.click();
  await expect(card(page)).toBeVisible();
  await word.click();
  await expect(card(page)).toBeHidden();
  await word.click();
  await card(page).getByRole("link", { name: "More in the glossary" }).click();
  await expect(page).toHaveURL(/\/glossary\/#word-connection$/u);
});

test("a word opens a card by keyboard; Escape and Tab lead back to the text", async ({ page, complaints }) => {
  await page.goto("lessons/timeout/");
  const words = page.locator("#timeout a.word");
  await words.first().focus();
  await page.keyboard.press("Enter");
  await expect(card(page)).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(card(page)).toBeHidden();
  await expect(words.first()).toBeFocused();
  await page.keyboard.press("Enter");
  await tabTo(page, card(page).getByRole("link", { name: "More in the glossary" }), 5);
  await page.keyboard.press("Tab");
  await expect(card(page)).toBeHidden();
  await expect(words.nth(1)).toBeFocused();
});

test("where the glossary cannot be read, a word is the link that it is", async ({ page }) => {
  await page.goto("lessons/timeout/");
  await page.route("**/words.js", (route) => route.abort());
  await page.locator("#timeout a.word").first().click();
  await expect(page).toHaveURL(/\/glossary\/#word-connection$/u);
});

test("a card fits a phone and a frame", async ({ page, complaints }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto("embed/timeout.html");
  const word = page.locator("#timeout a.word").nth(1);
  await word.click();
  const shown = page.locator("#word-card");
  await expect(shown).toBeVisible();
  await fits(page, 320, "with a card");
  const box = await shown.boundingBox();
  expect(box.x).toBeGreaterThanOrEqual(0);
  expect(box.x + box.width).toBeLessThanOrEqual(320);
  await expect(shown.getByRole("link").last()).toHaveAttribute("target", "_blank");
});

test("on wide screens the lot stays beside the text, and the text moves it", async ({ page, complaints }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await arrive(page, "timeout");
  const [picture, answer] = [page.locator("#timeout-run-picture"), page.locator("#timeout-answer")];
  await answer.locator("summary").click();
  const moment = answer.locator('a.moment[data-at="17"]');
  await moment.evaluate((link) => link.scrollIntoView({ block: "center" }));
  await frames(page, 3);
  const [lot, text] = [await picture.boundingBox(), await answer.boundingBox()];
  expect(lot.x).toBeGreaterThan(text.x + text.width);
  expect(lot.y).toBeGreaterThanOrEqual(0);
  expect(lot.y + lot.height).toBeLessThanOrEqual(800);
  const at = await page.evaluate(() => scrollY);
  await moment.click();
  await expect(page.locator('#timeout-run [data-figure="clock"]')).toHaveText("17.000 s");
  expect(await page.evaluate(() => scrollY)).toBe(at);
  await answer.locator('a.moment[data-at="9.4"]').press("Enter");
  await expect(page.locator('#timeout-run [data-figure="clock"]')).toHaveText("9.400 s");
});

test("on a phone a moment leads to the lot, which shows it", async ({ page, complaints }) => {
  await page.setViewportSize({ width: 390, height: 800 });
  await arrive(page, "timeout");
  await page.locator("#timeout-answer summary").click();
  const moment = page.locator('#timeout-answer a.moment[data-at="17"]');
  await moment.evaluate((link) => link.scrollIntoView({ block: "center" }));
  await moment.click();
  await expect(page.locator('#timeout-run [data-figure="clock"]')).toHaveText("17.000 s");
  await expect(page.locator("#timeout-run-picture")).toBeInViewport();
});

test("a number is typed, and the reply says whether it is too low, too high, or close", async ({ page, complaints }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await arrive(page, "overflow");
  const guess = page.locator("#overflow-guess");
  const [box, run, said] = [guess.getByRole("textbox", { name: "Your guess: connections" }), guess.getByRole("button", { name: "Run it" }), guess.getByRole("status")];
  for (const [typed, says] of [
    ["many", "“many” is not a number here. Type digits, such as 12 or 2.5."],
    ["12", "You expected: “12 connections” What happened: “33 connections” Too low: after the first load, each one opens again the 2 connections that the pool did not keep."],
    ["60", /^You expected: “60 connections” What happened: “33 connections” Too high: the pool keeps 3 connections/u],
    ["31", "You expected: “31 connections” What happened: “33 connections” That is close."],
    ["33", "As you expected: “33 connections”"],
  ]) {
    await box.fill(typed);
    await (typed === "60" ? box.press("Enter") : run.click());
    await expect(said).toHaveText(says);
  }
  await page.reload();
  await page.evaluate(() => document.getElementById("overflow-run-picture").scrollIntoView());
  await expect(box).toHaveValue("33");
  await page.goto("./#contents");
  await expect(page.locator("#progress-overflow")).toHaveText("predicted");
});

test("hints stand beside the goals, one by one", async ({ page, complaints }) => {
  await page.goto("lessons/timeout/");
  const place = await challenge(page, "timeout");
  const hints = place.locator('[data-figure="hints"] p');
  await expect(hints).toHaveCount(0);
  await place.getByRole("button", { name: "Hint", exact: true }).click();
  await expect(hints).toHaveText(["Look at the bays, not at the queue. What is in the bays while the queue grows?"]);
  const next = place.getByRole("button", { name: "Next hint" });
  await next.click();
  await next.click();
  await expect(hints).toHaveCount(3);
  await expect(next).toHaveAttribute("aria-disabled", "true");
});

test("a lesson prints on two to four pages, with its stills and without controls", async ({ page }) => {
  for (const name of LESSONS) {
    await page.goto(`lessons/${name}/`);
    const pdf = await page.pdf({ format: "A4" });
    const pages = pdf.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/gu).length;
    expect(pages, name).toBeGreaterThanOrEqual(2);
    expect(pages, name).toBeLessThanOrEqual(4);
    await page.emulateMedia({ media: "print" });
    for (const hidden of [".picture", ".panel", ".site", ".guess button"]) {
      for (const element of await page.locator(`${hidden}`).all()) await expect(element).toBeHidden();
    }
    for (const still of await page.locator(`#${name} :is(.board, figure.still) img`).all()) await expect(still).toBeVisible();
    await expect(page.locator(`#${name}-answer p`).first()).toBeVisible();
    await page.emulateMedia({ media: null });
  }
});

for (const [width, height] of [[1280, 720], [1600, 900], [1000, 800], [390, 844]]) {
  test(`nothing lies over a lesson's text at ${width} × ${height}`, async ({ page, complaints }) => {
    await page.setViewportSize({ width, height });
    for (const name of ["timeout", "why", "threads"]) {
      await arrive(page, name);
      await challenge(page, name);
      const covered = await page.evaluate((name) => {
        const texts = [...document.querySelectorAll(`#${name} :is(h1, h2, p, legend, label, li, button)`)].filter((text) => text.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && text.textContent.trim());
        const found = [];
        for (const text of texts) {
          text.scrollIntoView({ block: "center", behavior: "instant" });
          const { x, y, width, height } = text.getBoundingClientRect();
          if (!width || !height) continue;
          for (const part of [0.02, 0.5]) {
            const over = document.elementFromPoint(x + width * part, y + height / 2);
            // Goals stay in sight while one scrolls, and so does the picture on a phone.
            const stays = over?.closest(".meters, .picture") && !text.closest(".meters, .picture");
            const isFine = !over || stays || text.contains(over) || over.contains(text) || getComputedStyle(text).pointerEvents === "none";
            if (!isFine) found.push([text.textContent.trim().slice(0, 40), over.outerHTML.slice(0, 60)]);
          }
        }
        return found;
      }, name);
      expect(covered, name).toEqual([]);
    }
  });
}

// The daily outage, as a reader plays it. The day is fixed: its outage is the same for ever (tests/native/daily.rs).
import { tabTo, turn } from "./lessons.js";
import { accessible, expect, figure, fits, test } from "./site.js";

// An email is sent while the connection is held.
const DAY = "2026-11-17";
const CAUSE = "A connection is held while something slow runs";
const CURE = "Commit before the email is sent";

/// Out of sight a scene waits, and what is known comes to stand above it.
async function lives(page) {
  await expect(async () => {
    await page.locator("#daily-picture").scrollIntoViewIfNeeded();
    await expect(page.locator("#daily-picture.live")).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 60_000 });
}

async function arrive(page, day = DAY) {
  await page.goto(`daily/#${day}`);
  await lives(page);
}

const options = (page) => page.locator(".guessing .ways");
const wrong = (page) => options(page).locator("label").filter({ hasNotText: CAUSE }).first();
const run = (page) => page.getByRole("button", { name: "Run the same traffic again" });

async function guess(page, option) {
  await option.getByRole("radio").check();
  await page.getByRole("button", { name: "That is it" }).click();
}

/// Finds the cause and cures it.
async function solve(page) {
  await guess(page, options(page).locator("label", { hasText: CAUSE }));
  await page.getByRole("radio", { name: CURE }).check();
  await run(page).click();
  await expect(page.locator(".payoff")).toBeVisible();
}

test("a day is solved by keyboard alone", async ({ page, complaints }) => {
  await arrive(page);
  await expect(figure(page, "alert")).toContainText(/\d+ of \d+ requests fail/u);
  await expect(figure(page, "first-error")).toContainText("QueuePool limit of size");
  await expect(figure(page, "log")).toContainText("checked out from pool");
  await expect(page.locator(".meters")).toHaveCount(0); // not before the cause is found
  const radio = options(page).locator("label", { hasText: CAUSE }).getByRole("radio");
  const first = options(page).getByRole("radio").first();
  await tabTo(page, first);
  await page.keyboard.press("Space");
  for (let presses = 0; presses < 5 && !(await radio.isChecked()); presses++) await page.keyboard.press("ArrowDown");
  await expect(radio).toBeChecked();
  await tabTo(page, page.getByRole("button", { name: "That is it" }));
  await page.keyboard.press("Enter");
  await expect(figure(page, "reply")).toContainText(/^That is it\..* none of the same \d+ requests fails\.$/u);
  await turn(page, page.locator("#daily"), "pool_timeout", "20");
  await expect(figure(page, "verdict")).toHaveText("Changed. Run the same traffic again to see what comes of it.");
  await tabTo(page, run(page));
  await page.keyboard.press("Enter");
  await expect(figure(page, "verdict")).toContainText("before:"); // it has run, and is not cured
  await expect(page.locator(".payoff")).toHaveCount(0);
  await page.getByRole("button", { name: "Reset" }).focus();
  await page.keyboard.press("Enter");
  await turn(page, page.locator("#daily"), "fix", CURE);
  await run(page).focus();
  await page.keyboard.press("Enter");
  await expect(page.locator(".payoff")).toContainText("cause 3/3 · cure 2/3");
  await expect(figure(page, "verdict")).toContainText("No request fails any more");
  await expect(page.locator(".meters li.met")).toHaveCount(3);
});

test("a wrong guess is told what speaks against it, and three tell the cause", async ({ page, complaints }) => {
  await arrive(page);
  for (const left of ["2 guesses are left.", "One guess is left.", "It is this: a connection is held while something slow runs."]) {
    const option = options(page).locator("label").filter({ hasNotText: CAUSE }).filter({ has: page.locator("input:enabled") }).first();
    const text = await figure(page, "reply").textContent();
    await guess(page, option);
    await expect(figure(page, "reply")).not.toHaveText(text);
    await expect(figure(page, "reply")).toContainText(/^No\. /u);
    await expect(figure(page, "reply")).toContainText(left);
  }
  await expect(options(page).locator('[data-mark="wrong"]')).toHaveCount(3);
  await expect(options(page).locator('[data-mark="right"]')).toContainText("the cause");
  await expect(page.getByRole("button", { name: "That is it" })).toBeHidden();
  await expect(page.locator(".meters")).toBeVisible();
});

test("a reload keeps what was done, and another day is another outage", async ({ page, complaints }) => {
  await arrive(page);
  await guess(page, wrong(page));
  await solve(page);
  const verdict = await figure(page, "verdict").textContent();
  await page.reload();
  await lives(page);
  await expect(figure(page, "score")).toHaveText("cause 2/3 · cure 3/3 · nothing broken");
  await expect(page.getByRole("radio", { name: CURE })).toBeChecked();
  await expect(figure(page, "verdict")).toHaveText(verdict);
  expect(new URL(page.url()).hash).toBe(`#${DAY}`);
  const alert = await figure(page, "alert").textContent();
  await page.getByRole("link", { name: "The day before" }).click();
  await expect(figure(page, "day")).toContainText("16 November 2026");
  await expect(figure(page, "alert")).not.toHaveText(alert);
  await expect(figure(page, "score")).toHaveCount(0);
});

test("the line opens the same day, and is copied or selected", async ({ page, context, complaints, baseURL }) => {
  await arrive(page);
  await solve(page);
  const line = page.locator(".payoff").getByRole("textbox", { name: "The line to share" });
  const address = `${baseURL}daily/#${DAY}`;
  await expect(line).toHaveValue(`Valet ${DAY} · cause 3/3 · cure 3/3 · nothing broken · ${address}`);
  await page.locator(".payoff").getByRole("button", { name: "Copy the line" }).click();
  await expect(page.locator(".payoff .share [role=status]")).toHaveText("Copied.");
  await page.evaluate(() => {
    document.execCommand = () => false; // a browser that refuses
  });
  await page.locator(".payoff").getByRole("button", { name: "Copy the line" }).click();
  await expect(page.locator(".payoff .share [role=status]")).toContainText("copy it yourself");
  await page.locator(".payoff").getByRole("button", { name: "Close" }).click();
  await expect(page.locator(".payoff")).toHaveCount(0);
  // Somebody else opens it.
  const other = await (await context.browser().newContext()).newPage();
  await other.goto(address);
  await expect(other.locator('[data-figure="alert"]')).toHaveText(await figure(page, "alert").textContent());
  await expect(other.locator('[data-figure="score"]')).toHaveCount(0);
  await other.context().close();
});

test("today's is opened without a day in the address, which then says it", async ({ page, complaints }) => {
  await page.clock.setFixedTime(new Date("2026-11-27T23:59:00Z"));
  await page.goto("daily/");
  await expect(figure(page, "day")).toContainText("Today, 27 November 2026.");
  await expect.poll(() => new URL(page.url()).hash).toBe("#2026-11-27");
  await expect(page.getByRole("link", { name: "The day after" })).toHaveCount(0);
});

for (const [text, says] of [
  ["2026-02-30", "There is an outage for each day from 2026-01-01 to 2099-12-31."],
  ["2026-1", "A day is written as 2026-01-01: the year, the month, the day."],
  ["2099-12-31", "The outage of 31 December 2099 has not happened yet."],
]) {
  test(`an address with ${text} says what is wrong with it, and shows today's`, async ({ page, complaints }) => {
    await page.goto(`daily/#${text}`);
    await expect(page.locator("#daily-days .notice")).toContainText(says);
    await expect(figure(page, "alert")).toContainText("requests fail");
  });
}

test("a cure that breaks something else is no cure", async ({ page, complaints }) => {
  await arrive(page);
  await guess(page, options(page).locator("label", { hasText: CAUSE }));
  const size = page.locator("#daily form.knobs").getByRole("textbox", { name: "pool_size", exact: true });
  await size.fill("50");
  await size.press("Enter");
  await run(page).click();
  await expect(figure(page, "verdict")).toContainText("But this breaks something else. Most open connections at once");
  await expect(page.locator(".payoff")).toHaveCount(0);
  await page.getByRole("button", { name: "Hint" }).click();
  await expect(page.getByText("Return the connection before the slow part.")).toBeVisible();
  await page.getByRole("button", { name: "Show a cure" }).click();
  await expect(page.locator(".payoff")).toContainText("cause 3/3 · cure 0/3 · broke something once");
});

test("the solution of the day before is there, folded", async ({ page, complaints }) => {
  await arrive(page, "2026-11-18");
  const solution = figure(page, "solution");
  await expect(solution.getByText(CAUSE)).toBeHidden();
  await solution.locator("summary").click();
  await expect(solution.getByText(CAUSE)).toBeVisible();
  await expect(solution).toContainText(CURE);
});

for (const width of [320, 390, 1280]) {
  for (const colorScheme of ["light", "dark"]) {
    test(`axe finds nothing at ${width} px, ${colorScheme}`, async ({ page, complaints }) => {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await arrive(page);
      await fits(page, width, "at first");
      await accessible(page, null, "at first");
      await guess(page, wrong(page));
      await solve(page);
      await fits(page, width, "solved");
      await accessible(page, null, "solved");
    });
  }
}

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the page says what it is, and that playing needs it", async ({ page, complaints }) => {
    await page.goto("daily/");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("The daily outage");
    await expect(page.getByText("Playing it needs JavaScript")).toBeVisible();
    await expect(page.locator("#daily")).toBeHidden();
    await expect(page.getByRole("heading", { name: "How it works" })).toBeVisible();
  });
});

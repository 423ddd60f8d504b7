// Sizing a fleet: numbers in, a pool out, with reasons, and eighteen runs beside the formula.
import { accessible, expect, fits, frames, test } from "./site.js";

const answer = (page) => page.locator('[data-figure="answer"]');
const number = (page, name) => page.getByRole("textbox", { name });

async function open(page, hash = "") {
  await page.goto(`fleet/${hash}`);
  await expect(answer(page)).toBeVisible();
}

test("numbers lead to a pool, its reasons and its runs, and into the address", async ({ page, complaints }) => {
  await open(page);
  await expect(answer(page)).toHaveText("Set pool_size=3 and max_overflow=2 in each of 8 processes.");
  await expect(page.locator(".reasons")).toContainText("Little’s law: 200 requests per second, times 50 ms that each holds a connection, is 10 connections in use on average, 1.3 in each process.");
  await expect(page.locator('[data-figure="runs"]')).toHaveText("All 18 runs are over.");
  // Before anything is typed, the address stays as it was; and what is typed stands there once.
  await expect(page.locator("#fleet-picture.live")).toBeVisible();
  await frames(page, 120);
  expect(page.url()).toMatch(/\/fleet\/$/u);
  const rows = page.locator('[data-figure="played"] tbody tr');
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(1)).toContainText("0 of 1"); // nobody timed out, of more than a hundred thousand
  await number(page, "A request holds its connection for, in ms").fill("2000");
  await expect(answer(page)).toHaveText("No setting is enough for this load. The most that fits is pool_size=11 and max_overflow=0 in each of 8 processes.");
  await expect(page.locator(".reasons")).toContainText("the server has room for 11 in each process.");
  await expect(rows.nth(0)).toContainText("grows without end");
  await expect(page).toHaveURL(/\/fleet\/#hosts=2&workers=4&threads=40&rate=200&hold=2000&wait=50&limit=100&others=10$/u);
  await page.reload();
  await expect(number(page, "A request holds its connection for, in ms")).toHaveValue("2000");
  await expect(answer(page)).toContainText("The most that fits is");
});

test("a number that is none is said beside its field, and the answer stays", async ({ page, complaints }) => {
  await open(page);
  const field = number(page, "Processes on each");
  await field.fill("four");
  await expect(page.locator("#fleet-workers-wrong")).toHaveText("Processes on each: “four” is not a number.");
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expect(answer(page)).toContainText("in each of 8 processes");
  await field.fill("999");
  await expect(page.locator("#fleet-workers-wrong")).toHaveText("Processes on each: from 1 to 256.");
  await field.fill("1");
  await expect(page.locator("#fleet-workers-wrong")).toHaveText("");
  await expect(answer(page)).toContainText("in each of 2 processes");
});

test("an address that says something else is told of", async ({ page, complaints }) => {
  await open(page, "#hosts=3&boats=2");
  await expect(page.locator(".numbers .notice")).toHaveText("The address says: “boats” is none of the numbers that are asked for here. This is an example.");
  await expect(answer(page)).toContainText("in each of 8 processes");
});

test("one process is in the lot, with the pool that is advised", async ({ page, complaints }) => {
  await open(page, "#threads=1&rate=20&hold=100");
  await page.locator("#fleet").scrollIntoViewIfNeeded();
  await expect(page.locator("#fleet-picture.live")).toBeVisible();
  await expect(page.locator("#fleet .status")).toContainText("Pool size: 1");
  await page.locator("#fleet").getByRole("button", { name: "Play" }).click();
  await expect(page.locator("#fleet").getByRole("button", { name: "Pause" })).toBeVisible();
});

for (const [colorScheme, width] of [
  ["light", 1280],
  ["dark", 320],
]) {
  test(`axe finds nothing, ${colorScheme}, ${width} px`, async ({ page, complaints }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.setViewportSize({ width, height: 900 });
    await open(page, "#hosts=20&workers=8");
    await expect(answer(page)).toHaveText("There is no setting that fits: there are more processes than connections.");
    await expect(page.locator('[data-figure="runs"]')).toHaveText("All 18 runs are over.");
    await accessible(page, "main", "without room");
    await fits(page, width, "without room");
    await number(page, "Requests per second, all together").fill("x");
    await accessible(page, "main", "with a wrong number");
  });
}

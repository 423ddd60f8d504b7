// Words for what is on the page of the lessons.
import { expect } from "./site.js";
export { LESSONS } from "./page.js";

/// Goes to a lesson's run, and waits until it lives.
export async function arrive(page, name) {
  // Not by its link, which would hold the lesson's beginning: the run begins when somebody sees it.
  await page.goto(`lessons/${name}/`);
  await page.evaluate((id) => document.getElementById(id).scrollIntoView(), `${name}-run-picture`);
  await expect(page.locator(`#${name}-run-picture.live`)).toBeVisible();
}

/// Brings a lesson's challenge to life.
export async function challenge(page, name) {
  const place = page.locator(`#${name}-challenge`);
  await page.evaluate((id) => document.getElementById(id).scrollIntoView(), `${name}-challenge-picture`);
  await expect(page.locator(`#${name}-challenge-picture.live`)).toBeVisible();
  return place;
}

/// Presses Tab until this is in focus, and sees it.
export async function tabTo(page, goal, most = 120) {
  const there = () => goal.evaluate((element) => element === document.activeElement);
  for (let presses = 0; presses < most; presses++) {
    if (await there()) break;
    await page.keyboard.press("Tab");
  }
  expect(await there(), `${goal} reached by Tab`).toBe(true);
  await expect(goal).toBeInViewport();
}

/// What the lesson's own solution turns: the texts stand in the prose.
export const solution = (place) =>
  place
    .locator("details.solution [data-solution]")
    .evaluateAll((marks) => marks.map((mark) => [mark.dataset.solution, mark.dataset.value ?? mark.textContent.replaceAll(/\s+/gu, " ").trim()]));

/// Turns one thing of a challenge by keyboard alone.
export async function turn(page, place, name, value) {
  const form = place.locator("form.knobs");
  const box = form.getByRole("textbox", { name, exact: true });
  const list = form.getByRole("combobox", { name, exact: true });
  const flip = form.getByRole("switch", { name, exact: true });
  const way = form.locator(".ways").getByRole("radio", { name: value, exact: true });
  if (await box.count()) {
    await tabTo(page, box);
    await page.keyboard.press("Control+A");
    await page.keyboard.type(value);
    await page.keyboard.press("Enter");
  } else if (await list.count()) {
    await tabTo(page, list);
    await page.keyboard.type(value);
    await expect(list).toHaveValue(value);
  } else if (await flip.count()) {
    await tabTo(page, flip);
    await page.keyboard.press("Space");
  } else {
    // Tab leads to the way that is taken, arrows to the others.
    const group = form.locator(".ways", { has: page.getByRole("radio", { name: value, exact: true }) });
    await tabTo(page, group.getByRole("radio", { checked: true }));
    for (let presses = 0; presses < 12 && !(await way.isChecked()); presses++) await page.keyboard.press("ArrowDown");
    await expect(way).toBeChecked();
  }
}

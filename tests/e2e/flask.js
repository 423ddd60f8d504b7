// Words for what is on the page of the Flask application, and of FastAPI's.
import { expect } from "./site.js";

/// Opens the application with settings in the link, waits until it runs, and gives its section.
export async function start(page, query = "", speed = "4×") {
  await page.goto(`?scene=flask${query && "&"}${query}`);
  return started(page, speed);
}

/// The section, once the application runs in it: quicker than for readers.
export async function started(page, speed = "4×", name = "flask") {
  const scene = page.locator(`#${name}`);
  await expect(scene.locator(".picture.live")).toBeVisible();
  await expect(scene.getByRole("group", { name: "Visit the application" })).toBeVisible();
  await scene.getByRole("radio", { name: speed, exact: true }).check({ force: true });
  return scene;
}

/// Presses Tab until this is in focus, from a link before the application on.
export async function tabTo(page, goal, from = "#tutorials-title a") {
  await page.locator(from).focus();
  const there = () => goal.evaluate((element) => element === document.activeElement);
  for (let presses = 0; presses < 150; presses++) {
    if (await there()) break;
    await page.keyboard.press("Tab");
  }
  expect(await there(), "reached by Tab").toBe(true);
  await expect(goal, "in sight").toBeInViewport();
}

/// A visitor's button.
export const button = (scene, path) => scene.getByRole("button", { name: `Visit ${path}`, exact: true });

/// The numbers of the requests that can be looked at, newest first.
export const requests = (scene) =>
  figureOf(scene, "request")
    .locator("option")
    .evaluateAll((options) => options.map((option) => Number(option.value)).filter((number) => number > 0));

/// Presses a view's button and gives the request's status, once it is over. Nobody else may be visiting.
export async function visit(scene, path) {
  const [before = 0] = await requests(scene);
  await button(scene, path).click();
  return answered(scene, await newer(scene, before));
}

/// The number of the first request that comes after this one. Not always the next number: only the twelve that ended last are listed.
export async function newer(scene, before) {
  await expect.poll(async () => (await requests(scene))[0] ?? 0, { intervals: [50] }).toBeGreaterThan(before);
  return (await requests(scene))[0];
}

/// The status of a request, once it is over.
export async function answered(scene, number) {
  const option = figureOf(scene, "request").locator(`option[value="${number}"]`);
  await expect(option).toHaveText(/\(\d+\)$/u);
  return Number((await option.textContent()).match(/\((\d+)\)$/u)[1]);
}

/// The lines of the answer that the visitor sees.
export async function lines(scene) {
  return (await figureOf(scene, "page").locator(".body").innerText()).trim().split("\n");
}

/// Another application, or another form of it: a new pool, and no request yet.
export async function choose(scene, name) {
  await scene.locator(".choose label").filter({ hasText: name }).click();
  await expect(scene.getByRole("radio", { name, exact: true })).toBeChecked();
  await expect.poll(() => requests(scene)).toEqual([]);
}

/// Types a value into a knob.
export async function turn(scene, name, value) {
  const box = scene.getByRole("textbox", { name, exact: true });
  await box.fill(value);
  await box.press("Enter");
}

/// The lines of the file at which requests are, each with who is there.
export const lit = (scene) =>
  scene
    .locator("#flask-code li.lit")
    .evaluateAll((lines) => lines.map((line) => [line.querySelector("code").textContent.trim(), line.querySelector(".here").textContent]));

export const figureOf = (scene, name) => scene.locator(`[data-figure="${name}"]`);

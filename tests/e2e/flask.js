// Words for what is on the page of the Flask application.
import { expect } from "./site.js";

/// Opens the application with settings in the link, waits until it runs, and gives its section.
export async function start(page, query = "") {
  await page.goto(`?scene=flask${query && "&"}${query}`);
  return started(page);
}

/// The section, once the application runs in it.
export async function started(page) {
  const scene = page.locator("#flask");
  await expect(scene.locator(".picture.live")).toBeVisible();
  await expect(scene.getByRole("group", { name: "Visit the application" })).toBeVisible();
  return scene;
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
  return answered(scene, before + 1);
}

/// The status of a request, once it is over.
export async function answered(scene, number) {
  const option = figureOf(scene, "request").locator(`option[value="${number}"]`);
  await expect(option).toHaveText(/\(\d+\)$/u, { timeout: 30_000 });
  return Number((await option.textContent()).match(/\((\d+)\)$/u)[1]);
}

/// The lines of the answer that the visitor sees.
export async function lines(scene) {
  return (await figureOf(scene, "page").locator(".body").innerText()).trim().split("\n");
}

/// Another application, or another form of it: a new pool, and no request yet.
export async function choose(scene, name) {
  await scene.getByRole("radio", { name, exact: true }).check({ force: true });
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

/// Lets the page paint so many frames.
export const frames = (page, number) =>
  page.evaluate(
    (number) =>
      new Promise((resolve) => {
        const next = () => (number-- > 0 ? requestAnimationFrame(next) : resolve());
        next();
      }),
    number,
  );

export const figureOf = (scene, name) => scene.locator(`[data-figure="${name}"]`);

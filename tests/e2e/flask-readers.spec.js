// How people read the Flask application: in the light and in the dark, on a phone, with a screen reader, without motion.
import { answered, button, choose, figureOf, start, turn, visit } from "./flask.js";
import { accessible, count, expect, fits, frames, test } from "./site.js";

/// Goes through the states that the application can be in, and looks at each.
async function through(scene, look) {
  await look("fresh");
  expect(await visit(scene, "/")).toBe(200);
  expect(await visit(scene, "/")).toBe(200);
  await look("after visits");
  await choose(scene, "What a session does");
  await look("the session's application");
  expect(await visit(scene, "/error")).toBe(500);
  await expect(figureOf(scene, "raised")).toBeVisible();
  await turn(scene, "pool_size", "many");
  await expect(scene.getByText("pool_size takes a whole number")).toBeVisible();
  await look("errors");
}

for (const colorScheme of ["light", "dark"]) {
  for (const width of [1280, 390]) {
    test(`axe finds nothing in the application, ${colorScheme}, ${width} px`, async ({ page, complaints }) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      const scene = await start(page, "query_ms=50");
      await through(scene, async (state) => {
        await accessible(page, "#flask", state);
      });
    });
  }
}

for (const width of [320, 390]) {
  test(`the application scrolls nothing sideways at ${width} px`, async ({ page, complaints }) => {
    await page.setViewportSize({ width, height: 800 });
    const scene = await start(page, "query_ms=50");
    await through(scene, async (state) => {
      await fits(page, width, state);
    });
  });
}

test("with motion off nobody comes until asked, and a visit is served all the same", async ({ page, complaints }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  const scene = await start(page, "rate=10&query_ms=50");
  await expect(scene.getByRole("button", { name: "Play" })).toBeVisible();
  await frames(page, 60);
  await expect(figureOf(scene, "clock")).toHaveText("0.000 s");
  expect(await count(scene, "served")).toBe(0);
  await turn(scene, "requests per second", "0");
  await button(scene, "/").click();
  await expect(scene.getByRole("button", { name: "Pause" })).toBeVisible();
  expect(await answered(scene, 1)).toBe(200);
  expect(await count(scene, "served")).toBe(1);
});

// Kept runs of the Flask application: what a real store answered is played again, and the store goes on behind it.
import { expect, test } from "./site.js";
import { button, choose, figureOf, lines, start, visit } from "./flask.js";

test("a kept run of a real store shows its past, and the present comes back", async ({ page, complaints }) => {
  const scene = await start(page, "query_ms=50");
  for (const number of [1, 2]) expect(await visit(scene, "/"), number).toBe(200);
  await scene.getByText("Kept runs", { exact: true }).click();
  await scene.getByRole("textbox", { name: "name", exact: true }).fill("Two Alices");
  await scene.getByRole("button", { name: "Keep this run", exact: true }).click();
  await expect(figureOf(scene, "runs-said")).toContainText("Kept: “Two Alices”");
  expect(await visit(scene, "/")).toBe(200);
  expect(await lines(scene)).toEqual(["Alice", "Alice", "Alice"]);

  await scene.getByRole("button", { name: "Replay: Two Alices", exact: true }).click();
  await expect.poll(() => lines(scene)).toEqual(["Alice", "Alice"]);
  await expect(figureOf(scene, "served")).toHaveText("2");
  await expect(figureOf(scene, "timeline")).toContainText("Request 2 to /");

  await scene.getByRole("button", { name: "To the present", exact: true }).click();
  await expect.poll(() => lines(scene)).toEqual(["Alice", "Alice", "Alice"]);
  await scene.getByRole("button", { name: "Play", exact: true }).click();
  expect(await visit(scene, "/")).toBe(200);
  expect(await lines(scene)).toHaveLength(4);
});

test("another application may begin while a run is shown", async ({ page, complaints }) => {
  const scene = await start(page, "query_ms=50");
  expect(await visit(scene, "/")).toBe(200);
  await scene.getByText("Kept runs", { exact: true }).click();
  await scene.getByRole("button", { name: "Keep this run", exact: true }).click();
  await expect(figureOf(scene, "runs-said")).toContainText("Kept: ");
  await scene.getByRole("button", { name: /^Replay: / }).click();
  await expect(scene.getByRole("button", { name: "To the present", exact: true })).toBeVisible();
  await choose(scene, "Counts its users");
  await expect(button(scene, "/register")).toBeVisible();
  expect(await visit(scene, "/register")).toBe(200);
});

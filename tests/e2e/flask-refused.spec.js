// The Flask application where IndexedDB is refused: rows live in memory, the page says so, and visits work.
import { figureOf, lines, start, started, visit } from "./flask.js";
import { refusals } from "./refusals.js";
import { expect, test } from "./site.js";

/// Two visits, a restart, and on.
async function worksInMemory(scene) {
  await expect(figureOf(scene, "notices")).toContainText("Rows are kept in memory and are lost with this page");
  expect(await visit(scene, "/")).toBe(200);
  expect(await visit(scene, "/")).toBe(200);
  expect(await lines(scene)).toEqual(["Alice", "Alice"]);
  await expect(figureOf(scene, "rows")).toHaveText("2");
  await scene.getByRole("button", { name: "Restart the database" }).click();
  await expect(figureOf(scene, "open")).toHaveText("0");
  expect(await visit(scene, "/")).toBe(500);
  expect(await visit(scene, "/")).toBe(200);
  expect(await lines(scene)).toEqual(["Alice", "Alice", "Alice"]);
}

for (const [how, refuse] of Object.entries(refusals)) {
  test(`the application where IndexedDB ${how}`, async ({ page, complaints }) => {
    await page.addInitScript(refuse);
    await worksInMemory(await start(page, "query_ms=50"));
  });
}

test("the application in a sandboxed frame", async ({ page, complaints }) => {
  await page.route("**/host.html", (route) =>
    route.fulfill({
      contentType: "text/html",
      body: '<!doctype html><title>A course</title><iframe sandbox="allow-scripts" width="900" height="900" src="./?scene=flask&query_ms=50"></iframe>',
    }),
  );
  await page.goto("host.html");
  await worksInMemory(await started(page.frameLocator("iframe")));
});

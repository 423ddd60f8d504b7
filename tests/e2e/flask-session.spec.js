// What a session does with its connection: the small views, by keyboard alone.
import { answered, figureOf, lines, newer, requests, start, tabTo } from "./flask.js";
import { count, expect, rowsInStore, test } from "./site.js";

/// Goes to a view's button and presses Enter there; gives the status, once the request is over.
async function visit(page, scene, path) {
  const [before = 0] = await requests(scene);
  await tabTo(page, scene.getByRole("button", { name: `Visit ${path}`, exact: true }));
  await page.keyboard.press("Enter");
  return answered(scene, await newer(scene, before));
}

/// Opens the page and goes to the session's application, key by key.
async function session(page, query, speed) {
  const scene = await start(page, query, speed);
  await tabTo(page, scene.getByRole("radio", { name: "Adds an Alice, lists all" }));
  for (let presses = 0; presses < 3; presses++) await page.keyboard.press("ArrowRight");
  await expect(scene.getByRole("radio", { name: "What a session does" })).toBeChecked();
  await expect(figureOf(scene, "form")).toContainText("An application of ours");
  await expect(figureOf(scene, "status")).toContainText("Pool size: 3");
  return scene;
}

const names = async (page) => (await rowsInStore(page, "valet-session")).map((row) => row.name);

test("five connections that are kept: the sixth request waits in vain", async ({ page, complaints }) => {
  const scene = await session(page, "query_ms=50");
  await tabTo(page, scene.getByRole("textbox", { name: "pool_timeout", exact: true }));
  await page.keyboard.press("Control+A");
  await page.keyboard.type("1");
  await page.keyboard.press("Enter");
  for (let visits = 1; visits <= 5; visits++) expect(await visit(page, scene, "/kept"), visits).toBe(200);
  await expect(figureOf(scene, "status")).toHaveText(
    "Pool size: 3  Connections in pool: 0 Current Overflow: 2 Current Checked out connections: 5",
    { useInnerText: false },
  );
  await expect(figureOf(scene, "complaint")).toContainText("5 bays are held for ever");
  expect(await count(scene, "open")).toBe(5);
  expect(await visit(page, scene, "/late")).toBe(500);
  const words = "sqlalchemy.exc.TimeoutError: QueuePool limit of size 3 overflow 2 reached, connection timed out, timeout 1.00";
  await expect(figureOf(scene, "raised")).toContainText(words);
  await expect(figureOf(scene, "error").first()).toContainText(words);
  expect(await count(scene, "timeouts")).toBe(1);
  expect(await lines(scene)).toEqual(["Internal Server Error"]);
});

test("what is saved and what is not", async ({ page, complaints }) => {
  const scene = await session(page, "query_ms=50");
  expect(await visit(page, scene, "/error")).toBe(500);
  await expect(figureOf(scene, "raised")).toHaveText("RuntimeError: No mail today.");
  expect(await visit(page, scene, "/rollback")).toBe(200);
  expect(await lines(scene)).toEqual(["Not saved."]);
  expect(await names(page)).toEqual([]);
  expect(await visit(page, scene, "/flush")).toBe(200);
  expect(await visit(page, scene, "/begin")).toBe(200);
  expect(await visit(page, scene, "/keep")).toBe(200);
  expect(await lines(scene)).toEqual(["Hello, Dave."]);
  expect(await names(page)).toEqual(["Alice", "Carol", "Dave"]);
  await expect(figureOf(scene, "rows")).toHaveText("3");
  expect(await visit(page, scene, "/late")).toBe(200);
  expect(await lines(scene)).toEqual(["3 users"]);
  await expect(figureOf(scene, "status")).toContainText("Current Checked out connections: 0");
});

test("Eve is forgotten by a reset that rolls back, and kept by one that commits", async ({ page, complaints }) => {
  const scene = await session(page, "query_ms=50");
  expect(await visit(page, scene, "/raw")).toBe(200);
  expect(await lines(scene)).toEqual(["Saved?"]);
  await expect(figureOf(scene, "status")).toContainText("Current Checked out connections: 0");
  expect(await names(page)).toEqual([]);
  const reset = scene.getByRole("combobox", { name: "pool_reset_on_return" });
  await tabTo(page, reset);
  await page.keyboard.press("c");
  await expect(reset).toHaveValue("commit");
  await expect(scene.locator(".bar .said")).toContainText("A new pool takes over");
  expect(await visit(page, scene, "/raw")).toBe(200);
  await expect.poll(() => names(page)).toEqual(["Eve"]);
  await page.keyboard.press("Enter");
  await expect.poll(() => names(page)).toEqual(["Eve", "Eve"]);
});

test("the page counts the rows that a reset has committed", async ({ page, complaints }) => {
  const scene = await session(page, "query_ms=50");
  const reset = scene.getByRole("combobox", { name: "pool_reset_on_return" });
  await tabTo(page, reset);
  await page.keyboard.press("c");
  await expect(reset).toHaveValue("commit");
  await expect(figureOf(scene, "rows")).toHaveText("0");
  expect(await visit(page, scene, "/raw")).toBe(200);
  await expect.poll(() => names(page)).toEqual(["Eve"]);
  await expect(figureOf(scene, "rows")).toHaveText("1");
});

test("a connection that is forgotten comes back when garbage is collected", async ({ page, complaints }) => {
  const scene = await session(page, "query_ms=50", "1×");
  await tabTo(page, scene.getByRole("button", { name: "Visit /forgotten", exact: true }));
  await page.keyboard.press("Enter");
  await expect(figureOf(scene, "status")).toContainText("Current Checked out connections: 1");
  await expect(figureOf(scene, "status")).toContainText("Connections in pool: 1");
  await expect(figureOf(scene, "status")).toContainText("Current Checked out connections: 0");
  expect(await answered(scene, 1)).toBe(200);
  expect(await count(scene, "other-failures")).toBe(0);
});

test("whoever forgets a connection answers at once, and it is back after the ten seconds that the page says", async ({
  page,
  complaints,
}) => {
  const scene = await session(page, "query_ms=50");
  // In the page itself: how many connections are out, and since when by the world's clock.
  await scene.evaluate((scene) => {
    const [status, clock] = ["status", "clock"].map((name) => scene.querySelector(`[data-figure="${name}"]`));
    window.out = {};
    new MutationObserver(() => {
      window.out[status.textContent.at(-1)] ??= Number.parseFloat(clock.textContent);
    }).observe(status, { childList: true, characterData: true, subtree: true });
  });
  expect(await visit(page, scene, "/forgotten")).toBe(200);
  await expect(figureOf(scene, "watch-for")).toContainText("here after ten seconds");
  await expect(figureOf(scene, "status")).toContainText("Current Checked out connections: 0");
  const out = await page.evaluate(() => window.out);
  expect(out[0] - out[1]).toBeGreaterThan(10);
  expect(out[0] - out[1]).toBeLessThan(12);
});

test("a request that keeps its connection was served all the same", async ({ page, complaints }) => {
  const scene = await session(page, "query_ms=50");
  for (let visits = 1; visits <= 2; visits++) expect(await visit(page, scene, "/kept"), visits).toBe(200);
  expect(await count(scene, "served")).toBe(2);
});

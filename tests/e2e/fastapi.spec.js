// The FastAPI application on the real store, as a visitor uses it: by keyboard alone, on a phone, and in a frame.
import { answered, figureOf, lines, newer, requests, started, tabTo } from "./flask.js";
import { accessible, expect, fits, rowsInStore, test } from "./site.js";

/// Opens the application with settings in the link, waits until it runs, and gives its section.
async function start(page, query = "", speed = "4×") {
  await page.goto(`?scene=fastapi${query && "&"}${query}`);
  return started(page, speed, "fastapi");
}

/// Goes to an endpoint's button by Tab, presses Enter there, and gives the status, once the user has the answer.
async function visit(page, scene, path) {
  const [before = 0] = await requests(scene);
  await tabTo(page, scene.getByRole("button", { name: `Visit ${path}`, exact: true }), "#endpoints-title a");
  await page.keyboard.press("Enter");
  return answered(scene, await newer(scene, before));
}

/// Takes the other form by keyboard: from the radio button that is checked.
async function take(page, scene, name) {
  const other = scene.getByRole("radio", { name, exact: true });
  await scene.locator(".forms input:checked").focus();
  await page.keyboard.press("ArrowRight");
  await expect(other).toBeChecked();
  await expect.poll(() => requests(scene)).toEqual([]);
}

/// The lines of the file at which requests were since this was called first, each once, as they were lit.
const watch = (page) =>
  page.evaluate(() => {
    window.seen = [];
    const look = () => {
      for (const line of document.querySelectorAll("#fastapi-code li.lit code")) {
        const text = line.textContent.trim();
        if (window.seen.at(-1) !== text) window.seen.push(text);
      }
      requestAnimationFrame(look);
    };
    look();
  });
const seen = (page) => page.evaluate(() => window.seen);

test("a sign-up is a row, and the lines are lit in the order in which Python runs them", async ({ page, complaints }) => {
  const scene = await start(page, "query_ms=50", "¼×");
  expect(await rowsInStore(page, "valet-coroutines")).toEqual([]);
  await watch(page);
  expect(await visit(page, scene, "/sign-up")).toBe(200);
  expect(await lines(scene)).toEqual(["Saved."]);
  expect(await rowsInStore(page, "valet-coroutines")).toEqual([{ id: 1, name: "Alice" }]);
  await expect(figureOf(scene, "address")).toHaveText("http://localhost:8000/sign-up");
  await expect.poll(() => seen(page)).toEqual([
    "async with Session() as session:",
    "yield session",
    "session.add(User(name='Alice'))",
    "await session.flush()",
    "await ask_service()",
    "await session.commit()",
    "return 'Saved.'",
    "async with Session() as session:",
  ]);
  await expect(figureOf(scene, "rows")).toHaveText("1");
  expect(await visit(page, scene, "/quote")).toBe(200);
  expect(await lines(scene)).toEqual(["1 users"]);
});

test("as printed a connection is held for the call; corrected it is not, and the code is another", async ({ page, complaints }) => {
  const scene = await start(page, "query_ms=50");
  const holds = async () => {
    const sentence = figureOf(scene, "timeline");
    await expect(sentence).toContainText("to /quote");
    await expect(scene.locator("#fastapi-code li.lit")).toHaveCount(0);
    const [, time, unit] = (await sentence.textContent()).match(/for ([\d.]+) (m?s) it had a connection in its hands/u);
    return Number(time) * (unit === "s" ? 1 : 0.001);
  };
  expect(await visit(page, scene, "/quote")).toBe(200);
  expect(await holds()).toBeGreaterThan(2); // the service takes two seconds
  await expect(scene.locator(".times")).toContainText("another service");
  const code = scene.locator("#fastapi-code");
  await expect(code).not.toContainText("commit() first");
  await take(page, scene, "corrected");
  await expect(code).toContainText("commit() first: during the call no connection is held.");
  expect(await visit(page, scene, "/quote")).toBe(200);
  expect(await holds()).toBeLessThan(1.5);
});

test("a background task keeps the connection after the answer", async ({ page, complaints }) => {
  const scene = await start(page, "query_ms=50", "1×");
  expect(await visit(page, scene, "/task")).toBe(200);
  // The user has the answer, and the connection is out.
  expect(await lines(scene)).toEqual(["0 users"]);
  await expect(figureOf(scene, "status")).toContainText("Current Checked out connections: 1");
  await expect(figureOf(scene, "status")).toContainText("Current Checked out connections: 0");
  await expect(figureOf(scene, "timeline")).toContainText(/and the user had the answer after [\d.]+ m?s/u);
  await expect(scene.locator(".times")).toContainText("after the answer");
});

test("a statement that is cancelled ends in PendingRollbackError, until somebody rolls back", async ({ page, complaints }) => {
  const scene = await start(page, "query_ms=2000");
  expect(await visit(page, scene, "/patience")).toBe(500);
  await expect(figureOf(scene, "raised")).toHaveText(/^sqlalchemy\.exc\.PendingRollbackError: Can't reconnect until invalid transaction is rolled back\./u);
  // The record is back without its connection.
  await expect(figureOf(scene, "status")).toHaveText("Pool size: 3  Connections in pool: 1 Current Overflow: -2 Current Checked out connections: 0", { useInnerText: false });
  await take(page, scene, "corrected");
  expect(await visit(page, scene, "/patience")).toBe(200);
  expect(await lines(scene)).toEqual(["0 users, then 0"]);
  await expect(figureOf(scene, "raised")).toHaveCount(0);
});

test("a health check waits for a connection, for a thread, or for nothing", async ({ page, complaints }) => {
  const scene = await start(page, "app=threads&query_ms=2000&threads=2", "1×");
  await expect(figureOf(scene, "status")).toContainText("Pool size: 5");
  const atWork = figureOf(scene, "at-work");
  await expect(atWork).toHaveText("On the event loop: 0. In threads: 0 of 2. Waiting for a thread, and not yet in the pool's line: 0.");
  const quote = scene.getByRole("button", { name: "Visit /quote", exact: true });
  await tabTo(page, quote, "#endpoints-title a");
  for (let times = 0; times < 3; times++) await page.keyboard.press("Enter");
  await tabTo(page, scene.getByRole("button", { name: "Visit /health", exact: true }), "#endpoints-title a");
  await page.keyboard.press("Enter");
  await expect(atWork).toHaveText("On the event loop: 0. In threads: 2 of 2. Waiting for a thread, and not yet in the pool's line: 2.");
  // Nobody waits in the pool: it has five connections, and two requests reach it.
  await expect(figureOf(scene, "status")).toContainText("Current Checked out connections: 2");
  expect(await answered(scene, 4)).toBe(200);
  expect(await answered(scene, 3)).toBe(200);

  // As async def it needs no thread.
  await take(page, scene, "corrected");
  await page.evaluate(() => {
    window.atWork = new Set();
    const look = () => {
      window.atWork.add(document.querySelector("#fastapi [data-figure=at-work]").textContent);
      requestAnimationFrame(look);
    };
    look();
  });
  expect(await visit(page, scene, "/health")).toBe(200);
  const said = await page.evaluate(() => [...window.atWork]);
  expect(said).toContainEqual(expect.stringMatching(/^On the event loop: 1\. In threads: 0 of 40\. /u));
  expect(said).not.toContainEqual(expect.stringMatching(/In threads: 1 of/u));
});

test("the numbers in the code are the pool's", async ({ page, complaints }) => {
  const scene = await start(page, "query_ms=50");
  const box = scene.getByRole("textbox", { name: "pool_size", exact: true });
  await box.fill("4");
  await box.press("Enter");
  await expect(scene.locator("#fastapi-code")).toContainText("pool_size=4,");
  const recycle = scene.getByRole("textbox", { name: "pool_recycle", exact: true });
  await recycle.fill("1800");
  await recycle.press("Enter");
  await expect(scene.locator("#fastapi-code")).toContainText("max_overflow=2, pool_recycle=1800,");
  await expect(figureOf(scene, "status")).toContainText("Pool size: 4");
});

test("a link to Flask's applications gets a sentence here", async ({ page, complaints }) => {
  const scene = await start(page, "app=users");
  await expect(scene.getByRole("alert").filter({ hasText: "app" })).toHaveText(
    "The link has app=users. It takes one of coroutines, threads, or one of them followed by -corrected. The page's own value is used.",
  );
  await expect(scene.getByRole("radio", { name: "async def endpoints" })).toBeChecked();
});

test("390 px wide nothing scrolls sideways, and axe finds nothing", async ({ page, complaints }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const scene = await start(page, "query_ms=50");
  expect(await visit(page, scene, "/stream")).toBe(200);
  expect(await lines(scene)).toEqual(["0 users, and no more."]);
  await fits(page, 390, "after a visit");
  await accessible(page, "#fastapi", "after a visit");
});

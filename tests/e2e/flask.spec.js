// The tutorials' Flask application on the real store, as a visitor uses it.
import { answered, button, choose, figureOf, lines, lit, requests, start, started, turn, visit } from "./flask.js";
import { count, expect, frames, rowsInStore, test } from "./site.js";

const now = async (scene) => Number.parseFloat(await figureOf(scene, "clock").textContent());

test("two visits are two rows in IndexedDB, and they stay", async ({ page, complaints }) => {
  let scene = await start(page, "query_ms=50");
  expect(await rowsInStore(page, "valet-example")).toEqual([]);
  expect(await visit(scene, "/")).toBe(200);
  expect(await lines(scene)).toEqual(["Alice"]);
  expect(await visit(scene, "/")).toBe(200);
  expect(await lines(scene)).toEqual(["Alice", "Alice"]);
  await expect(figureOf(scene, "status-code")).toHaveText("200");
  const rows = [1, 2].map((id) => ({ id, name: "Alice" }));
  expect(await rowsInStore(page, "valet-example")).toEqual(rows);
  await expect(figureOf(scene, "rows")).toHaveText("2");
  await page.reload();
  scene = await started(page);
  expect(await rowsInStore(page, "valet-example")).toEqual(rows);
  await expect(figureOf(scene, "rows")).toHaveText("2");
  expect(await visit(scene, "/")).toBe(200);
  expect(await lines(scene)).toEqual(["Alice", "Alice", "Alice"]);
});

test("the printed keys change the code and not the pool; the corrected ones are the pool", async ({ page, complaints }) => {
  const scene = await start(page, "query_ms=50");
  const status = figureOf(scene, "status");
  const code = scene.locator("#flask-code");
  const fresh = (size) => `Pool size: ${size}  Connections in pool: 0 Current Overflow: -${size} Current Checked out connections: 0`;
  await expect(code).toContainText("app.config['SQLALCHEMY_POOL_SIZE'] = 3");
  expect(await status.textContent()).toBe(fresh(5));
  await turn(scene, "SQLALCHEMY_POOL_SIZE", "50");
  await turn(scene, "SQLALCHEMY_MAX_OVERFLOW", "7");
  await expect(code).toContainText("app.config['SQLALCHEMY_POOL_SIZE'] = 50");
  await expect(code).toContainText("app.config['SQLALCHEMY_MAX_OVERFLOW'] = 7");
  expect(await status.textContent()).toBe(fresh(5));
  expect(await visit(scene, "/")).toBe(200);
  await expect(status).toContainText("Pool size: 5");
  await choose(scene, "corrected");
  await expect(status).toHaveText(fresh(3), { useInnerText: false });
  await expect(code).toContainText("'pool_size': 3,");
  await turn(scene, "pool_size", "4");
  await expect(code).toContainText("'pool_size': 4,");
  await expect(status).toHaveText(fresh(4), { useInnerText: false });
});

test("a name that is taken: 500 and an IntegrityError, or kindly 409", async ({ page, complaints }) => {
  const scene = await start(page, "app=users&query_ms=50");
  expect(await visit(scene, "/users")).toBe(200);
  expect(await lines(scene)).toEqual(["Found 0 users."]);
  expect(await visit(scene, "/register")).toBe(200);
  expect(await lines(scene)).toEqual(["Welcome, alice."]);
  expect(await visit(scene, "/register")).toBe(500);
  expect(await lines(scene)).toEqual(["Internal Server Error"]);
  await expect(figureOf(scene, "raised")).toHaveText(/^sqlalchemy\.exc\.IntegrityError: .*UNIQUE constraint failed: user\.username/u);
  expect(await visit(scene, "/register-kindly")).toBe(409);
  expect(await lines(scene)).toEqual(["That name is taken."]);
  await expect(figureOf(scene, "raised")).toHaveCount(0);
  expect(await visit(scene, "/users")).toBe(200);
  expect(await lines(scene)).toEqual(["Found 1 users."]);
  const rows = await rowsInStore(page, "valet-users");
  expect(rows.map((row) => row.username)).toEqual(["alice"]);
  await expect(figureOf(scene, "rows")).toHaveText("1");
});

test("the lit line is where the request is; pause and step back", async ({ page, complaints }) => {
  const scene = await start(page, "", "1×");
  await turn(scene, "statement time", "3000");
  await button(scene, "/").click();
  await expect.poll(() => lit(scene)).toEqual([["db.session.commit()", "car 1"]]);
  await expect(figureOf(scene, "status")).toContainText("Current Checked out connections: 1");
  await scene.getByRole("button", { name: "Pause" }).click();
  await frames(page, 10);
  const paused = await now(scene);
  await frames(page, 60);
  expect(await now(scene)).toBe(paused);
  expect(await lit(scene)).toEqual([["db.session.commit()", "car 1"]]);
  // Back before the request had a connection: the line is the same, but nothing is checked out.
  const present = scene.getByRole("button", { name: "To the present" });
  await expect(present).toBeHidden();
  await scene.getByRole("button", { name: "Step back" }).click();
  await expect(present).toBeVisible();
  await expect.poll(() => now(scene)).toBeLessThan(paused);
  for (let steps = 0; steps < 12 && (await now(scene)) > 0; steps++) {
    const before = await now(scene);
    await scene.getByRole("button", { name: "Step back" }).click();
    await frames(page, 10);
    expect(await now(scene)).toBeLessThanOrEqual(before);
  }
  await expect(figureOf(scene, "status")).toContainText("Current Checked out connections: 0");
  expect(await lit(scene)).toEqual([]);
  await present.click();
  await expect.poll(() => lit(scene)).toEqual([["db.session.commit()", "car 1"]]);
  await scene.getByRole("button", { name: "Play" }).click();
  expect(await answered(scene, 1)).toBe(200);
  await expect.poll(() => lit(scene)).toEqual([]);
  expect(await rowsInStore(page, "valet-example")).toHaveLength(1);
});

test("the timeline says where the time went, of any request", async ({ page, complaints }) => {
  const scene = await start(page);
  for (const number of [1, 2, 3]) expect(await visit(scene, "/"), number).toBe(200);
  const sentence = figureOf(scene, "timeline");
  const about = (number) =>
    new RegExp(
      String.raw`^Request ${number} to /: [\d.]+ m?s in all\. ([\d.]+) (m?s) of it were the pool's; for [\d.]+ m?s it had a connection in its hands\.$`,
      "u",
    );
  await expect(sentence).toHaveText(about(3));
  // The first request had a connection opened for it: that is the pool's time, and much of it.
  const choice = figureOf(scene, "request");
  await choice.selectOption("1");
  await expect(sentence).toHaveText(about(1));
  const [, time, unit] = (await sentence.textContent()).match(about(1));
  expect(Number(time) * (unit === "s" ? 1000 : 1)).toBeGreaterThan(300); // opening takes 300 ms more than the browser needs
  expect(await lines(scene)).toEqual(["Alice"]);
  await expect(scene.locator(".times tr.of-pool").first()).toContainText("pool");
  await choice.selectOption("");
  await expect(sentence).toHaveText(about(3));
  expect(await lines(scene)).toEqual(["Alice", "Alice", "Alice"]);
});

test("a new visit is looked at, whatever was chosen before, and the select says so", async ({ page, complaints }) => {
  const scene = await start(page, "query_ms=50");
  for (const number of [1, 2]) expect(await visit(scene, "/"), number).toBe(200);
  const choice = figureOf(scene, "request");
  await choice.selectOption("1");
  await expect(figureOf(scene, "timeline")).toContainText("Request 1 to /");
  await expect(choice).toHaveValue("1");
  expect(await visit(scene, "/")).toBe(200);
  await expect(figureOf(scene, "timeline")).toContainText("Request 3 to /");
  await expect(choice).toHaveValue("");
});

test("who clicks a car looks at its request", async ({ page, complaints }) => {
  const scene = await start(page);
  await turn(scene, "statement time", "20000");
  for (const number of [1, 2]) {
    await button(scene, "/").click();
    await expect.poll(() => requests(scene)).toContain(number);
  }
  await expect.poll(() => lit(scene)).toEqual([["db.session.commit()", "cars 1, 2"]]);
  await expect(figureOf(scene, "timeline")).toContainText("Request 2 to /");
  await expect(figureOf(scene, "status")).toContainText("Current Checked out connections: 2");
  await scene.getByRole("button", { name: "Pause" }).click();
  const picture = scene.locator("#flask-picture");
  await picture.scrollIntoViewIfNeeded();
  const { width, height } = await picture.boundingBox();
  const named = new Set();
  for (let y = 0.05; y < 1 && !named.has(1); y += 0.06) {
    for (let x = 0.03; x < 1 && !named.has(1); x += 0.04) {
      await picture.click({ position: { x: x * width, y: y * height } });
      await frames(page, 3);
      const said = (await scene.locator(".bar .said").textContent()).match(/^Car (\d+): its time is shown below\.$/u);
      if (said) named.add(Number(said[1]));
    }
  }
  expect(named).toContain(1);
  await expect(figureOf(scene, "timeline")).toContainText("Request 1 to /");
});

test("who is at a line can be read beside it, however long the line", async ({ page, complaints }) => {
  const scene = await start(page, "query_ms=50");
  await page.evaluate(() => {
    window.outside = new Set();
    const look = () => {
      for (const line of document.querySelectorAll("#flask-code li.lit")) {
        const [here, file] = [line.querySelector(".here"), line.parentElement].map((part) => part.getBoundingClientRect());
        if (here.right > file.right) window.outside.add(line.textContent);
      }
      requestAnimationFrame(look);
    };
    look();
  });
  expect(await visit(scene, "/")).toBe(200);
  expect(await page.evaluate(() => [...window.outside])).toEqual([]);
});

test("a link opens an application in a form", async ({ page, complaints }) => {
  const scene = await start(page, "app=users-corrected");
  await expect(scene.getByRole("radio", { name: "Counts its users" })).toBeChecked();
  await expect(scene.getByRole("radio", { name: "corrected" })).toBeChecked();
  await expect(figureOf(scene, "status")).toContainText("Pool size: 20");
  await expect(scene.locator("#flask-code")).toContainText("'pool_timeout': 300,");
  await expect(button(scene, "/register-kindly")).toBeVisible();
  // The address follows the choice.
  await choose(scene, "What a session does");
  await expect.poll(() => new URL(page.url()).searchParams.get("app")).toMatch(/^session/u);
  await page.reload();
  await expect((await started(page)).getByRole("radio", { name: "What a session does" })).toBeChecked();
});

test("a link to no application gets a sentence, and the page works", async ({ page, complaints }) => {
  const scene = await start(page, "app=nonsense&query_ms=50");
  await expect(scene.getByRole("alert").filter({ hasText: "app" })).toHaveText(
    "The link has app=nonsense. It takes one of example, test, users, session, or one of them followed by -corrected. The page's own value is used.",
  );
  await expect(scene.getByRole("radio", { name: "Adds an Alice, lists all" })).toBeChecked();
  expect(await visit(scene, "/")).toBe(200);
  expect(await count(scene, "served")).toBe(1);
});

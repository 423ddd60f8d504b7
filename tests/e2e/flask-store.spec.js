// The Flask application's database and what can happen to it: other tabs, restarts, a full disk, strange rows, deletion.
import { answered, button, choose, figureOf, lines, requests, start, started, visit } from "./flask.js";
import { count, expect, rowsInStore, test } from "./site.js";

const store = "valet-example";
const restart = (scene) => scene.getByRole("button", { name: "Restart the database" }).click();

/// Restarts the database when so many requests are over, again when more are; each time one has to fail. In the page itself,
/// which sees every frame.
const restartAfter = (scene, parts) =>
  scene.evaluate(async (scene, parts) => {
    const number = (name) => Number(scene.querySelector(`[data-figure="${name}"]`).textContent.replaceAll(/\s/gu, ""));
    const until = (is) => new Promise((resolve) => requestAnimationFrame(function look() {
      if (is()) resolve();
      else requestAnimationFrame(look);
    }));
    const button = [...scene.querySelectorAll("button")].find(({ textContent }) => textContent === "Restart the database");
    for (const part of parts) {
      await until(() => number("served") + number("other-failures") + number("timeouts") > part);
      const failed = number("other-failures");
      button.click();
      await until(() => number("other-failures") > failed);
    }
  }, parts);

/// The browser's own way to what a page cannot do.
async function browserOf(page, baseURL) {
  const session = await page.context().newCDPSession(page);
  const { origin } = new URL(baseURL);
  return (method, more = {}) => session.send(method, { origin, ...more });
}

/// In the page: writes a megabyte that cannot be compressed, and tells why it was not written.
const large = (name) =>
  new Promise((resolve) => {
    const noise = Array.from({ length: 16 }, () => crypto.getRandomValues(new Uint8Array(65_536)));
    indexedDB.open(name).onsuccess = ({ target }) => {
      const writing = target.result.transaction("damaged", "readwrite");
      writing.objectStore("damaged").add(noise);
      writing.oncomplete = () => resolve(target.result.close());
      writing.onabort = () => {
        target.result.close();
        resolve(writing.error.name);
      };
    };
  });

test("two tabs share the rows, and a restart in one is a restart in both", async ({ page, context, complaints }) => {
  const one = await start(page, "query_ms=50");
  const other = await context.newPage();
  const two = await start(other, "query_ms=50");
  // The tab behind is given few frames.
  const visitIn = async (scene) => {
    await scene.page().bringToFront();
    return visit(scene, "/");
  };
  expect(await visitIn(one)).toBe(200);
  expect(await visitIn(two)).toBe(200);
  expect(await lines(two)).toEqual(["Alice", "Alice"]);
  expect(await visitIn(one)).toBe(200);
  expect(await lines(one)).toEqual(["Alice", "Alice", "Alice"]);
  expect(await count(two, "open")).toBe(1);
  await restart(one);
  await expect(figureOf(one, "open")).toHaveText("0");
  await expect(figureOf(two, "open")).toHaveText("0");
  // The pools do not know yet: each finds out by one request.
  for (const scene of [two, one]) {
    await expect(figureOf(scene, "status")).toContainText("Connections in pool: 1");
    expect(await visitIn(scene)).toBe(500);
    await expect(figureOf(scene, "raised")).toContainText("OperationalError: server closed the connection unexpectedly");
    expect(await visitIn(scene)).toBe(200);
    expect(await count(scene, "open")).toBe(1);
  }
  const rows = await rowsInStore(page, store);
  expect(rows.map(({ name }) => name)).toEqual(Array(5).fill("Alice"));
  expect(await lines(one)).toHaveLength(5);
});

test("a hundred visits and three restarts: what was committed is there, and nothing else", async ({ page, complaints }) => {
  const scene = await start(page, "query_ms=100");
  const ended = async () => (await Promise.all(["served", "other-failures", "timeouts"].map((name) => count(scene, name)))).reduce((a, b) => a + b);
  await scene.getByRole("button", { name: "Send 100 visits" }).click();
  await restartAfter(scene, [15, 40, 65]);
  await expect.poll(ended).toBe(100);
  const rows = await rowsInStore(page, store);
  const [served, failed] = [await count(scene, "served"), await count(scene, "other-failures")];
  // A request that was served was told that its row is committed. One that failed may have been told so too, and then have lost
  // its second connection, the one for the SELECT. No request has more than one row.
  expect(served).toBeGreaterThan(50);
  expect(failed).toBeGreaterThanOrEqual(3);
  expect(rows.length).toBeGreaterThanOrEqual(served);
  expect(rows.length - served).toBeLessThanOrEqual(failed);
  expect(rows.every(({ name }) => name === "Alice")).toBe(true);
  await expect(figureOf(scene, "rows")).toHaveText(String(rows.length));
  // The pool is whole again, and sees what is there.
  await expect.poll(async () => visit(scene, "/")).toBe(200);
  const all = await rowsInStore(page, store);
  const [shown, more] = [await lines(scene), await scene.locator(".page").getByText(/and \d+ lines more/u).textContent()];
  expect(shown.length + Number(more.match(/\d+/u)[0])).toBe(all.length);
});

test("a full disk is said, the page lives, and room is found again", async ({ page, baseURL, complaints }) => {
  const browser = await browserOf(page, baseURL);
  await browser("Storage.overrideQuotaForOrigin", { quotaSize: 1_000_000 });
  const scene = await start(page, "query_ms=50");
  expect(await visit(scene, "/")).toBe(200);
  await browser("Storage.overrideQuotaForOrigin", { quotaSize: 1 });
  // Chromium lets small writes pass for a while after it last looked at the disk. One that is too large makes it look.
  expect(await page.evaluate(large, store)).toBe("QuotaExceededError");
  expect(await visit(scene, "/")).toBe(500);
  await expect(figureOf(scene, "raised")).toContainText("sqlalchemy.exc.OperationalError");
  await expect(figureOf(scene, "complaint")).toContainText("there is no room left for this site's database");
  expect(await visit(scene, "/")).toBe(500);
  expect(await rowsInStore(page, store)).toEqual([{ id: 1, name: "Alice" }]);
  await browser("Storage.overrideQuotaForOrigin");
  expect(await visit(scene, "/")).toBe(200);
  expect(await lines(scene)).toEqual(["Alice", "Alice"]);
  expect(await rowsInStore(page, store)).toHaveLength(2);
  await expect(figureOf(scene, "status")).toContainText("Current Checked out connections: 0");
});

test("a row that is none of ours is set aside and named", async ({ page, complaints }) => {
  let scene = await start(page, "query_ms=50");
  await page.evaluate(
    (name) =>
      new Promise((resolve, reject) => {
        indexedDB.open(name).onsuccess = ({ target }) => {
          const writing = target.result.transaction("user", "readwrite");
          writing.objectStore("user").put({ id: 999, name: 42 });
          writing.onabort = () => reject(writing.error);
          writing.oncomplete = () => resolve(target.result.close());
        };
      }),
    store,
  );
  expect(await visit(scene, "/")).toBe(200);
  expect(await lines(scene)).toEqual(["Alice"]);
  expect((await rowsInStore(page, store)).map(({ name }) => name)).toEqual(["Alice"]);
  expect(await visit(scene, "/")).toBe(200);
  await page.reload();
  scene = await started(page);
  await expect(figureOf(scene, "notices")).toHaveText(
    `A row of ${store} was damaged and has been set aside: key 999, its name is of type number, not a string.`,
  );
  expect(await visit(scene, "/")).toBe(200);
  expect(await lines(scene)).toEqual(["Alice", "Alice", "Alice"]);
});

const deletions = {
  "by a script": (page) =>
    page.evaluate(
      (name) =>
        new Promise((resolve, reject) => {
          const deletion = indexedDB.deleteDatabase(name);
          deletion.onsuccess = resolve;
          deletion.onerror = () => reject(deletion.error);
        }).then(() => undefined),
      store,
    ),
  "by the reader": async (page) => (await browserOf(page, page.url()))("Storage.clearDataForOrigin", { storageTypes: "indexeddb" }),
};

for (const [how, erase] of Object.entries(deletions)) {
  test(`the site's data is deleted ${how}, and visits go on`, async ({ page, complaints }) => {
    const scene = await start(page, "query_ms=50");
    expect(await visit(scene, "/")).toBe(200);
    expect(await visit(scene, "/")).toBe(200);
    await erase(page);
    await expect(figureOf(scene, "open")).toHaveText("0");
    expect(await visit(scene, "/")).toBe(500);
    expect(await visit(scene, "/")).toBe(200);
    expect(await lines(scene)).toEqual(["Alice"]);
    expect(await rowsInStore(page, store)).toHaveLength(1);
    await expect(figureOf(scene, "rows")).toHaveText("1");
  });
}

test("deleted while a statement runs: the request fails, the next one does not", async ({ page, complaints }) => {
  const scene = await start(page, "query_ms=12000"); // it runs for longer than the slowest machine needs to press Pause
  await button(scene, "/").click();
  await expect(figureOf(scene, "open")).toHaveText("1");
  await scene.getByRole("button", { name: "Pause" }).click();
  await deletions["by the reader"](page);
  await scene.getByRole("button", { name: "Play", exact: true }).click();
  expect(await answered(scene, 1)).toBe(500);
  expect(await visit(scene, "/")).toBe(200);
  expect(await rowsInStore(page, store)).toHaveLength(1);
});

// Chromium tells a transaction of a deleted database neither `complete` nor `abort`.
test("deleted again and again under a hundred visits: the next ones are served", async ({ page, complaints }) => {
  const scene = await start(page, "query_ms=50");
  await scene.getByRole("button", { name: "Send 100 visits" }).click();
  for (const part of [10, 40]) {
    await expect.poll(() => count(scene, "served"), { intervals: [50] }).toBeGreaterThan(part);
    await deletions["by the reader"](page);
  }
  // Every request comes to its end.
  await expect(figureOf(scene, "status")).toContainText("Current Checked out connections: 0");
  await expect.poll(async () => (await count(scene, "served")) + (await count(scene, "other-failures"))).toBe(100);
  await expect.poll(() => visit(scene, "/")).toBe(200);
  await expect(figureOf(scene, "rows")).toHaveText(String((await rowsInStore(page, store)).length));
});

test("a tab that does not let go of the database is said, and waited for", async ({ page, context, complaints }) => {
  const scene = await start(page, "query_ms=50");
  expect(await visit(scene, "/")).toBe(200);
  const other = await context.newPage();
  await other.goto("icon.svg");
  await other.evaluate(
    (name) => new Promise((resolve) => (indexedDB.open(name).onsuccess = ({ target }) => resolve(void (window.kept = target.result)))),
    store,
  );
  await page.bringToFront();
  await restart(scene);
  await expect(figureOf(scene, "complaint")).toContainText("another tab of this site keeps the database from restarting");
  await expect(figureOf(scene, "open")).toHaveText("0");
  expect(await visit(scene, "/")).toBe(500);
  await other.close();
  await expect.poll(() => visit(scene, "/")).toBe(200);
  expect(await rowsInStore(page, store)).toHaveLength(2);
});

test("all rows can be deleted, and another application's are its own", async ({ page, complaints }) => {
  const scene = await start(page, "query_ms=50");
  expect(await visit(scene, "/")).toBe(200);
  await choose(scene, "What a session does");
  await expect(figureOf(scene, "rows")).toHaveText("0");
  expect(await visit(scene, "/commit")).toBe(200);
  await expect(figureOf(scene, "rows")).toHaveText("1");
  await scene.getByRole("button", { name: "Delete all rows" }).click();
  await expect(figureOf(scene, "rows")).toHaveText("0");
  expect(await rowsInStore(page, "valet-session")).toEqual([]);
  expect(await rowsInStore(page, store)).toHaveLength(1);
  expect(await requests(scene)).toEqual([1]);
});

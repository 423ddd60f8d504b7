// The live lot on the real store.
import { count, expect, figure, open, rowsInStore, test, told } from "./site.js";

test("opens, and rows grow in IndexedDB", async ({ page, complaints }) => {
  await open(page);
  await expect.poll(() => count(page, "served")).toBeGreaterThan(2);
  const before = await rowsInStore(page);
  await expect.poll(async () => (await rowsInStore(page)).length).toBeGreaterThan(before.length);
  const [first] = await rowsInStore(page);
  expect(first).toEqual({ id: 1, name: "Alice" });
  expect(await count(page, "open")).toBeLessThanOrEqual(7);
});

test("pool.status() is SQLAlchemy's, letter for letter", async ({ page, complaints }) => {
  await open(page, "pool_size=3&max_overflow=0&rate=0");
  await expect(figure(page, "status")).toHaveText(
    "Pool size: 3  Connections in pool: 0 Current Overflow: -3 Current Checked out connections: 0",
    { useInnerText: false },
  );
  expect(await figure(page, "status").textContent()).toBe(
    "Pool size: 3  Connections in pool: 0 Current Overflow: -3 Current Checked out connections: 0",
  );
});

test("one connection and a slow query give the exact error", async ({ page, complaints }) => {
  await open(page, "pool_size=1&max_overflow=0&pool_timeout=1&rate=5&query_ms=4000");
  await expect(figure(page, "error").first()).toHaveText(
    "sqlalchemy.exc.TimeoutError: QueuePool limit of size 1 overflow 0 reached, connection timed out, " +
      "timeout 1.00 (Background on this error at: https://sqlalche.me/e/21/3o7r)",
  );
  expect(await count(page, "timeouts")).toBeGreaterThan(0);
  expect(await count(page, "open")).toBe(1);
});

test("a reload keeps the rows and the settings", async ({ page, complaints }) => {
  await open(page, "rate=10&query_ms=100");
  await page.getByRole("slider", { name: "pool_size" }).fill("7");
  await expect.poll(() => count(page, "served")).toBeGreaterThan(5);
  const before = (await rowsInStore(page)).length;
  expect(before).toBeGreaterThan(5);
  await page.reload();
  await expect(page.locator("#lot-picture.live")).toBeVisible();
  await expect.poll(() => count(page, "rows")).toBeGreaterThan(before);
  await expect(page.getByRole("textbox", { name: "pool_size" })).toHaveValue("7");
});

test("knobs change the pool while it runs; bad values are said in a sentence", async ({ page, complaints }) => {
  await open(page, "rate=8&query_ms=500");
  const box = page.getByRole("textbox", { name: "pool_size" });
  await box.fill("2");
  await box.press("Enter");
  await expect(figure(page, "status")).toContainText("Pool size: 2");
  await box.fill("two");
  await box.press("Enter");
  await expect(page.getByText("pool_size takes a whole number, such as 5.")).toBeVisible();
  await expect(figure(page, "status")).toContainText("Pool size: 2");
  await page.getByRole("button", { name: "pool_size back to SQLAlchemy's default, 5" }).click();
  await expect(figure(page, "status")).toContainText("Pool size: 5");
  await expect(page.getByText("pool_size takes a whole number, such as 5.")).toHaveCount(0);
  const timeout = page.getByRole("textbox", { name: "pool_timeout" });
  await timeout.fill("None");
  await timeout.press("Enter");
  await expect(timeout).toHaveValue("None");
  const overflow = page.getByRole("slider", { name: "max_overflow" });
  await overflow.focus();
  await overflow.press("Home");
  await expect(page.getByRole("textbox", { name: "max_overflow" })).toHaveValue("-1");
});

test("pause stands still, play goes on", async ({ page, complaints }) => {
  await open(page, "rate=20&query_ms=100");
  await expect.poll(() => count(page, "served")).toBeGreaterThan(3);
  await page.getByRole("button", { name: "Pause" }).click();
  await told(page.locator("#lot"));
  const served = await count(page, "served");
  await told(page.locator("#lot"), 10);
  expect(await count(page, "served")).toBe(served);
  await page.getByRole("radio", { name: "4×" }).check({ force: true });
  await page.getByRole("button", { name: "Play" }).click();
  await expect.poll(() => count(page, "served")).toBeGreaterThan(served + 10);
});

test("restarting the database kills every handle, and the pool finds out", async ({ page, complaints }) => {
  await open(page, "pool_size=4&max_overflow=0&rate=6&query_ms=400");
  await expect.poll(() => count(page, "open")).toBe(4);
  const opened = await count(page, "opened");
  await page.getByRole("button", { name: "Restart the database" }).click();
  await expect.poll(() => count(page, "other-failures")).toBeGreaterThan(0);
  await expect(figure(page, "error").first()).toContainText("server closed the connection");
  await expect.poll(() => count(page, "opened")).toBeGreaterThan(opened);
  const served = await count(page, "served");
  await expect.poll(() => count(page, "served")).toBeGreaterThan(served + 5);
});

test("a bad link gets a sentence and the page's own value", async ({ page, complaints }) => {
  await open(page, "pool_size=lots&pool_timeout=-3&rate=2&foo=1");
  await expect(page.getByText("The link has pool_size=lots. It takes a whole number, such as 5.")).toBeVisible();
  await expect(page.getByText("The link has pool_timeout=-3.")).toBeVisible();
  await expect(page.getByText("The link has foo, which means nothing here.")).toBeVisible();
  await expect(page.getByRole("textbox", { name: "pool_size" })).toHaveValue("5");
  await expect(page.getByRole("textbox", { name: "requests per second" })).toHaveValue("2");
});

test("opens in the middle of life, at the moment of the still, on open connections", async ({ page, complaints }) => {
  await page.emulateMedia({ reducedMotion: "reduce" }); // it stands there
  await open(page);
  await expect(figure(page, "clock")).toHaveText("5.500 s");
  const status = await figure(page, "status").textContent();
  expect(status).toBe("Pool size: 5  Connections in pool: 0 Current Overflow: 2 Current Checked out connections: 7");
  expect(await (await page.request.get("still/panorama.svg")).text()).toContain(status);
  expect(await count(page, "open")).toBe(7);
  expect(await count(page, "waiting")).toBe(9);
  expect((await rowsInStore(page)).length).toBe(await count(page, "served"));
  // The first ring runs out, and its car leaves with the error.
  await page.getByRole("combobox", { name: "Run to the next" }).selectOption("timeout");
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await expect(figure(page, "error").first()).toContainText("QueuePool limit of size 5 overflow 2 reached, connection timed out, timeout 5.00");
  await expect(page.getByRole("button", { name: "Play" })).toBeVisible();
  const clock = await figure(page, "clock").textContent();
  expect(parseFloat(clock)).toBeLessThan(5.5 + 12);
  await told(page.locator("#lot"));
  expect(await figure(page, "clock").textContent(), "it stands again").toBe(clock);
});

test("the picture answers to clicks: the road sends a request, a bay says how it is", async ({ page, complaints }) => {
  await open(page, "rate=0&query_ms=60000&pool_size=1&max_overflow=0");
  const picture = page.locator("#lot-picture");
  const { width, height } = await picture.boundingBox();
  const said = page.locator("#lot .said");
  await picture.click({ position: { x: width * 0.9, y: height * 0.93 } });
  await expect(said).toHaveText("One more request.");
  await expect.poll(() => count(page, "open")).toBe(1);
  await picture.click({ position: { x: width * 0.9, y: height * 0.93 } });
  await expect.poll(() => count(page, "waiting")).toBe(1);
  // The only bay is somewhere beside the lane from the gate.
  await expect(async () => {
    for (let part = 0.4; part < 0.8; part += 0.02) {
      await picture.click({ position: { x: width * part, y: height * 0.5 } });
      await told(page.locator("#lot"), 1);
      if (/Bay #1/u.test(await said.textContent())) break;
    }
    await expect(said).toHaveText(/^Bay #1: car 1 has its key\. Its connection is [\d.]+ s old\. “Kill a connection” ends this one\.$/u, { timeout: 1 });
  }).toPass({ timeout: 60_000 });
});

test("a click on a bay is answered where it was clicked, for a while", async ({ page, complaints }) => {
  await page.goto("./?scene=lot&pool_size=4&max_overflow=0&rate=6&query_ms=4000");
  const scene = page.locator("#lot");
  await expect(scene.locator("#lot-picture.live")).toBeVisible();
  await expect.poll(() => count(page, "open")).toBe(4);
  await scene.getByRole("button", { name: "Pause" }).click();
  const box = await scene.locator("#lot-picture").boundingBox();
  const answer = scene.locator(".pointed span");
  // Some place of the picture is a bay: it is looked for as a person would, from the middle outwards.
  await expect(async () => {
    for (const across of [0.55, 0.52, 0.5, 0.66, 0.7]) {
      await page.mouse.click(box.x + box.width * across, box.y + box.height * 0.43);
      if (await answer.filter({ hasText: /^Bay #\d+: car \d+ has its key/u }).count()) return;
    }
    throw new Error("no bay answered");
  }).toPass({ timeout: 20_000 });
  const said = await answer.boundingBox();
  expect(said.x).toBeGreaterThanOrEqual(box.x - 1);
  expect(said.x + said.width).toBeLessThanOrEqual(box.x + box.width + 1);
  await expect(answer).toHaveCount(0, { timeout: 15_000 });
});

// Kept runs: what is kept is there after a reload, and comes out the same; what is broken or refused is said.
import { readFile } from "node:fs/promises";
import { accessible, expect, fits, frames, test, told } from "./site.js";

/** Opens the playground, stands still at a moment, and gives its section with the kept runs open. */
async function play(page, query) {
  await page.goto(`?scene=playground&${query}`);
  return shelf(page);
}

async function shelf(page) {
  const scene = page.locator("#playground");
  // What opens above it may push it out of sight, where a scene rests.
  await expect(async () => {
    await scene.scrollIntoViewIfNeeded();
    await expect(scene.locator(".picture.live").first()).toBeVisible({ timeout: 500 });
  }).toPass();
  await scene.getByText("Kept runs", { exact: true }).click();
  return scene;
}

const figure = (scene, name) => scene.locator(`[data-figure="${name}"]`);
const said = (scene) => figure(scene, "runs-said");
const complaint = (scene) => figure(scene, "runs-complaint");
const button = (scene, name) => scene.getByRole("button", { name, exact: true });
const rows = (scene) => scene.locator(".runs-list tbody");

async function read(scene) {
  const names = ["clock", "status", "served", "waiting", "p50", "p95", "timeouts", "other-failures", "open", "opened", "story"];
  return Promise.all(names.map((name) => figure(scene, name).first().textContent()));
}

const painted = (scene) =>
  scene.locator("#playground-picture canvas:not(.dissolves)").evaluateAll((layers) => layers.map((layer) => layer.toDataURL()).join());

async function keep(scene, name = "") {
  await scene.getByRole("textbox", { name: "name", exact: true }).fill(name);
  await button(scene, "Keep this run").click();
  await expect(said(scene)).toContainText("Kept: ");
}

async function exported(scene, name) {
  const [download] = await Promise.all([scene.page().waitForEvent("download"), button(scene, `Export: ${name}`).click()]);
  return [download.suggestedFilename(), await readFile(await download.path(), "utf8")];
}

const take = (scene, text, name = "run.json") =>
  scene.getByLabel("Import a run").setInputFiles({ name, mimeType: "application/json", buffer: Buffer.from(text) });

const busy = "rate=9&seed=11&acts=5000000-restart*9000000-pool_size-2&at=21.3";

test("a kept run is there after a reload, and replays to the very figures", async ({ page, complaints }) => {
  let scene = await play(page, busy);
  const [figures, picture] = [await read(scene), await painted(scene)];
  const served = await figure(scene, "served").first().textContent();
  await keep(scene);
  await expect(said(scene)).toHaveText("Kept: “pool 2 + 3, 21 s”.");
  await keep(scene, "A bad minute");
  await expect(rows(scene)).toHaveCount(2);
  await page.goto("?scene=playground&seed=99");
  scene = await shelf(page);
  await expect(rows(scene)).toHaveCount(2);
  const row = rows(scene).nth(1);
  await expect(row.getByRole("rowheader")).toContainText("A bad minute");
  await expect(row.getByRole("rowheader")).toContainText("playground");
  await expect(row.locator("td").nth(0)).toHaveText("21.3 s");
  await expect(row.locator("td").nth(1)).toHaveText(served);
  await button(scene, "Replay: A bad minute").click();
  await expect.poll(() => read(scene)).toEqual(figures);
  await told(scene);
  expect(await painted(scene)).toBe(picture);
  await expect(scene.getByText("This is “A bad minute”, at its end.")).toBeVisible();
  // A simulated run goes on, or another way; and its link leads there too.
  await expect.poll(() => decodeURIComponent(page.url())).toContain("acts=5000000-restart*9000000-pool_size-2");
  await button(scene, "Cut the network").click();
  await button(scene, "Play").click();
  await expect.poll(async () => Number.parseFloat(await figure(scene, "clock").textContent())).toBeGreaterThan(22);
});

test("a run is renamed, deleted and put back, by keyboard too", async ({ page, complaints }) => {
  const scene = await play(page, busy);
  await keep(scene, "first");
  await keep(scene, "second");
  await button(scene, "Rename: first").press("Enter");
  const box = scene.getByRole("textbox", { name: "New name of first" });
  await expect(box).toBeFocused();
  await box.press("Escape");
  await expect(box).toBeHidden();
  await button(scene, "Rename: first").press("Enter");
  await box.fill("the first of all");
  await box.press("Enter");
  await expect(said(scene)).toContainText("the first of all");
  await expect(rows(scene).first()).toContainText("the first of all");
  await button(scene, "Delete: the first of all").press("Enter");
  await expect(rows(scene)).toHaveCount(1);
  await expect(scene.getByText("“the first of all” is deleted.")).toBeVisible();
  await expect(button(scene, "Undo")).toBeFocused();
  await button(scene, "Undo").press("Enter");
  await expect(rows(scene)).toHaveCount(2);
  await expect(rows(scene).first()).toContainText("the first of all");
  await button(scene, "Delete: second").click();
  await expect(rows(scene)).toHaveCount(1);
  await page.reload();
  await shelf(page);
  await expect(rows(scene)).toHaveCount(1);
  await expect(scene.getByText("is deleted")).toHaveCount(0);
});

test("a run goes out as a file and comes in again; a bad file shows line and reason", async ({ page, complaints }) => {
  const scene = await play(page, busy);
  const figures = await read(scene);
  await keep(scene, "Out & in");
  const [name, text] = await exported(scene, "Out & in");
  expect(name).toBe("Out-in.valet.json");
  const lines = text.split("\n");
  expect(JSON.parse(text).valet_run).toBe(1);
  const restart = lines.findIndex((line) => line.includes('"do":"restart"'));
  expect(JSON.parse(lines[restart].replace(/,$/, ""))).toMatchObject({ at: 5_000_000, do: "restart" });
  await button(scene, "Delete: Out & in").click();
  await expect(rows(scene)).toHaveCount(0);
  await page.goto("?scene=playground&seed=99");
  await shelf(page);
  await take(scene, text);
  await expect(said(scene)).toHaveText("Taken in: “Out & in”.");
  await button(scene, "Replay: Out & in").click();
  await expect.poll(() => read(scene)).toEqual(figures);
  expect((await exported(scene, "Out & in"))[1]).toBe(text);
  for (const [broken, sentence] of [
    [text.replace('"do":"restart"', '"do":"dance"'), `Line ${restart + 1}, column 1: To do "dance" means nothing here`],
    [text.replace('"valet_run":1', '"valet_run":9'), "Line 2, column 13: this run is of version 9"],
    [text.replace('"pool_size":"5"', '"pool_size":"x"'), "Line 6, column"],
    [text.slice(0, 900), "the file ends too early."],
    ["hello", "Line 1, column 1: expected value."],
    [text.replace('"do":"restart"', '"do":"worked","pool":0,"client":1'), `Line ${restart + 1}, column 1: Only a real store reports`],
  ]) {
    expect(broken).not.toBe(text);
    await take(scene, broken, "broken.json");
    await expect(complaint(scene)).toContainText("broken.json is not a run that can be played.");
    await expect(complaint(scene)).toContainText(sentence);
  }
  await expect(rows(scene)).toHaveCount(1);
  // As text, where files cannot be had.
  await scene.getByText("A run as text", { exact: true }).click();
  await scene.getByRole("textbox", { name: "A run as text" }).fill(text.replace("Out & in", "typed"));
  await button(scene, "Import this text").click();
  await expect(said(scene)).toHaveText("Taken in: “typed”.");
});

test("a file that is chosen before the keep is open is taken in", async ({ page, complaints }) => {
  const scene = await play(page, busy);
  await keep(scene, "early");
  const [, text] = await exported(scene, "early");
  await button(scene, "Delete: early").click();
  await expect(rows(scene)).toHaveCount(0);
  // The keep takes its time.
  await page.addInitScript(() => {
    const open = IDBFactory.prototype.open;
    IDBFactory.prototype.open = function (name, ...rest) {
      const request = open.call(this, name, ...rest);
      if (name !== "valet-keep") return request;
      window.letGo ??= new Promise((go) => (window.go = go));
      const set = Object.getOwnPropertyDescriptor(IDBRequest.prototype, "onsuccess").set;
      Object.defineProperty(request, "onsuccess", { set: (act) => set.call(request, act && ((event) => window.letGo.then(() => act.call(request, event)))) });
      return request;
    };
  });
  await page.goto("?scene=playground&seed=99");
  await shelf(page);
  await take(scene, text);
  await frames(page, 5);
  await expect(said(scene)).toBeEmpty();
  await page.evaluate(() => window.go());
  await expect(said(scene)).toHaveText("Taken in: “early”.");
});

test("two runs stand beside each other, and both pools can be watched", async ({ page, complaints }) => {
  let scene = await play(page, "rate=9&seed=11&pool_size=2&at=30");
  await keep(scene, "small");
  scene = await play(page, "rate=9&seed=11&pool_size=8&at=30");
  await keep(scene, "large");
  await scene.getByRole("checkbox", { name: "Compare: small" }).check();
  await expect(scene.getByText("Choose one more to compare it with.")).toBeVisible();
  await scene.getByRole("checkbox", { name: "Compare: large" }).check();
  await expect(scene.getByText("Different pools, same traffic: pool_size 2 and 8.")).toBeVisible();
  const served = figure(scene, "runs-compared").getByRole("row", { name: "Requests served" }).locator("td");
  const [a, b, more] = (await served.allTextContents()).map(Number);
  expect(b).toBeGreaterThan(a);
  expect(more).toBe(b - a);
  await button(scene, "Watch A, with B's pool beside it").click();
  await expect(scene.locator("#playground-rival canvas").first()).toBeVisible();
  await expect(figure(scene, "verdict")).toContainText("p95");
  await expect(figure(scene, "served").first()).toHaveText(String(a));
});

test("a run of a real database can be watched and not changed", async ({ page, complaints }) => {
  const scene = await play(page, busy);
  await keep(scene, "base");
  const [, text] = await exported(scene, "base");
  const run = JSON.parse(text);
  // One request, served by a store that is not here: written by hand.
  Object.assign(run.run, { real: true, head: { at: 2_000_000, events: 6 }, results: { ...run.run.results, arrived: 1, served: 1 } });
  Object.assign(run.setup, { traffic: "list", arrivals: "0.5", nested_percent: "0", leak_percent: "0", workers: "1" });
  const report = (at, after, what, more = {}) => ({ at, after, do: what, pool: 0, client: 1, ...more });
  run.acts = [report(700_000, 1, "opened", { connection: 1 }), report(1_200_000, 2, "worked", { rows: 7 }), report(1_250_000, 3, "done")];
  run.run.label.name = "real";
  await take(scene, JSON.stringify(run, null, 1));
  await expect(said(scene)).toHaveText("Taken in: “real”.");
  await expect(rows(scene).nth(1).getByRole("rowheader")).toContainText("real database");
  await button(scene, "Replay: real").click();
  await expect(scene.getByText("This is “real”.")).toBeVisible();
  await expect(figure(scene, "clock")).toHaveText("2.000 s");
  await expect(figure(scene, "served").first()).toHaveText("1");
  await button(scene, "Restart the database").click();
  await expect(scene.getByText("it can be watched, and not changed")).toBeVisible();
  await scene.getByRole("slider", { name: "Moment" }).fill("10");
  await expect(figure(scene, "served").first()).toHaveText("0");
  await expect(figure(scene, "status")).toContainText("Connections in pool: 0");
  await button(scene, "Play").click();
  await expect(scene.getByText("The kept run ends here.")).toBeVisible();
  await expect(figure(scene, "served").first()).toHaveText("1");
  expect(page.url()).not.toContain("at=");
});

test("progress is a code that another browser takes", async ({ page, browser, complaints }) => {
  const scene = await play(page, busy);
  await expect(figure(scene, "progress")).toContainText("No progress in this browser yet.");
  await keep(scene, "one");
  await expect(figure(scene, "progress")).toContainText("So far you have kept a run.");
  const code = await scene.getByLabel("progress as a code").inputValue();
  expect(code).toMatch(/^VALET-[0-9A-Z-]+$/);
  await page.reload();
  await shelf(page);
  await expect(scene.getByLabel("progress as a code")).toHaveValue(code);
  const context = await browser.newContext();
  const other = await context.newPage();
  const there = await play(other, "at=1");
  const box = there.getByLabel("a code from elsewhere");
  await box.fill(code.slice(0, -1) + (code.endsWith("0") ? "2" : "0"));
  await box.press("Enter");
  await expect(complaint(there)).toContainText("does not add up");
  await box.fill(code.toLowerCase());
  await box.press("Enter");
  await expect(said(there)).toHaveText("The code brought one thing more.");
  await expect(there.getByLabel("progress as a code")).toHaveValue(code);
  await context.close();
});

test("where storage is refused a notice says so, with the code, and memory serves", async ({ page, complaints }) => {
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException("not here", "SecurityError");
    };
  });
  const scene = await play(page, busy);
  await expect(figure(scene, "keep-notice")).toContainText("Kept runs live in memory and go with this page");
  await keep(scene, "one");
  await expect(rows(scene)).toHaveCount(1);
  await expect(figure(scene, "keep-notice")).toContainText(await scene.getByLabel("progress as a code").inputValue());
  await button(scene, "Replay: one").click();
  await expect(scene.getByText("This is “one”, at its end.")).toBeVisible();
});

test("a full browser says so, and what was kept is still there", async ({ page, complaints }) => {
  const scene = await play(page, busy);
  await keep(scene, "one");
  await page.evaluate(() => {
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (...all) {
      if (this.name === "tape" && !globalThis.room) throw new DOMException("no more", "QuotaExceededError");
      return put.apply(this, all);
    };
  });
  await scene.getByRole("textbox", { name: "name", exact: true }).fill("two");
  await button(scene, "Keep this run").click();
  await expect(complaint(scene)).toContainText("The browser has no more room for this page");
  await expect(rows(scene)).toHaveCount(1);
  await page.evaluate(() => (globalThis.room = true));
  await keep(scene, "three");
  await expect(rows(scene)).toHaveCount(2);
});

test("a sandboxed frame gives the run as text", async ({ page, complaints }) => {
  await page.route("**/host.html", (route) =>
    route.fulfill({
      contentType: "text/html",
      body: `<!doctype html><title>A course</title><iframe sandbox="allow-scripts" width="900" height="1200" src="./?scene=playground&${busy}"></iframe>`,
    }),
  );
  await page.goto("host.html");
  const scene = page.frameLocator("iframe").locator("#playground");
  await expect(scene.locator("#playground-picture.live")).toBeVisible();
  await scene.getByText("Kept runs", { exact: true }).click();
  await expect(figure(scene, "keep-notice")).toContainText("in memory");
  await keep(scene, "boxed");
  await button(scene, "Export: boxed").click();
  await expect(said(scene)).toContainText("the run stands below as text");
  await expect(scene.getByRole("textbox", { name: "A run as text" })).toHaveValue(/"valet_run":1/);
});

for (const [colorScheme, width] of [["light", 1280], ["dark", 320]]) {
  test(`axe finds nothing in kept runs, and nothing scrolls sideways, ${colorScheme}, ${width} px`, async ({ page, complaints }) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    const scene = await play(page, busy);
    await keep(scene, "a run with quite a long name that has to be broken somewhere");
    await keep(scene, "another");
    for (const box of await scene.getByRole("checkbox", { name: /^Compare: / }).all()) await box.check();
    await expect(figure(scene, "runs-compared")).toBeVisible();
    await scene.getByText("A run as text", { exact: true }).click();
    await button(scene, "Rename: another").click();
    await accessible(page, ".runs");
    await fits(page, width);
  });
}

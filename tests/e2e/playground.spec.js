// The playground: a simulated world with time travel, comparison, theory and search.
import { readFile } from "node:fs/promises";
import { accessible, expect, fits, stands, test, told } from "./site.js";

/** Opens the playground with settings in the link, and gives its section. */
async function play(page, query = "") {
  await page.goto(`?scene=playground${query && "&"}${query}`);
  const scene = page.locator("#playground");
  await expect(scene.locator(".picture.live").first()).toBeVisible();
  await scene.scrollIntoViewIfNeeded();
  return scene;
}

const figure = (scene, name) => scene.locator(`[data-figure="${name}"]`);
const now = async (scene) => Number.parseFloat(await figure(scene, "clock").textContent());

/** A figure's number, its thin spaces left out. */
const count = async (scene, name) => Number((await figure(scene, name).first().textContent()).replaceAll(/\s/gu, ""));

/** Everything painted: both layers, as the browser has them. */
const painted = (scene, which = "#playground-picture") =>
  scene.locator(`${which} canvas:not(.dissolves)`).evaluateAll((layers) => layers.map((layer) => layer.toDataURL()).join());

/** All that can be read off a moment. */
async function read(scene) {
  const names = ["clock", "status", "served", "waiting", "p50", "p95", "timeouts", "other-failures", "open", "opened", "story"];
  return Promise.all(names.map((name) => figure(scene, name).first().textContent()));
}

async function pause(scene) {
  await scene.getByRole("button", { name: "Pause" }).click();
  await told(scene);
}

async function seek(scene, seconds) {
  await scene.getByRole("slider", { name: "Moment" }).fill(String(seconds * 10));
  await expect.poll(() => now(scene)).toBeCloseTo(seconds, 1);
  await told(scene);
}

test("a step back, and forward again, gives the very picture", async ({ page, complaints }) => {
  const scene = await play(page, "rate=9");
  await expect.poll(() => now(scene)).toBeGreaterThan(3);
  await pause(scene);
  const forward = scene.getByRole("button", { name: "Step forward" });
  await forward.click();
  await told(scene);
  const [picture, figures] = [await painted(scene), await read(scene)];
  for (let step = 0; step < 3; step++) await scene.getByRole("button", { name: "Step back" }).click();
  await told(scene);
  expect(await read(scene)).not.toEqual(figures);
  for (let step = 0; step < 3; step++) await forward.click();
  await told(scene);
  expect(await read(scene)).toEqual(figures);
  expect(await painted(scene)).toBe(picture);
});

test("a link shows the moment to everybody, acts and all", async ({ page, browser, complaints }) => {
  const scene = await play(page, "rate=8&seed=11");
  await pause(scene);
  await seek(scene, 12);
  await scene.getByRole("button", { name: "Restart the database" }).click();
  await told(scene);
  await seek(scene, 14.5);
  const box = scene.getByRole("textbox", { name: "max_overflow", exact: true });
  await box.fill("6");
  await box.press("Enter");
  await told(scene);
  await seek(scene, 21.3);
  const [picture, figures] = [await painted(scene), await read(scene)];
  await expect.poll(() => page.url()).toContain("at=21.3");
  expect(decodeURIComponent(page.url())).toContain("12000000-restart*14500000-max_overflow-6");
  const other = await browser.newPage({ viewport: page.viewportSize() });
  await other.goto(page.url());
  const same = other.locator("#playground");
  await expect(same.locator("#playground-picture.live")).toBeVisible();
  await same.scrollIntoViewIfNeeded();
  await expect.poll(() => read(same)).toEqual(figures);
  await told(same);
  expect(await painted(same)).toBe(picture);
  await expect(same.getByRole("textbox", { name: "max_overflow", exact: true })).toHaveValue("6");
  await other.close();
});

test("acting in the past makes another future; going back shows the settings of then", async ({ page, complaints }) => {
  const scene = await play(page, "rate=8");
  await pause(scene);
  await seek(scene, 30);
  const then = await read(scene);
  await seek(scene, 10);
  const box = scene.getByRole("textbox", { name: "pool_size", exact: true });
  await box.fill("1");
  await box.press("Enter");
  await told(scene);
  await seek(scene, 30);
  expect(await read(scene)).not.toEqual(then);
  await seek(scene, 5);
  await expect(box).toHaveValue("5");
  await seek(scene, 20);
  await expect(box).toHaveValue("1");
});

test("runs to the next time-out, and says so when there is none", async ({ page, complaints }) => {
  const scene = await play(page, "pool_size=1&max_overflow=0&pool_timeout=2&rate=3");
  await pause(scene);
  await scene.getByLabel("Run to the next").selectOption("timeout");
  await scene.getByRole("button", { name: "Run", exact: true }).click();
  await expect(figure(scene, "error").first()).toContainText("QueuePool limit of size 1 overflow 0 reached, connection timed out, timeout 2.00");
  expect(await count(scene, "timeouts")).toBe(1);
  await scene.getByLabel("Run to the next").selectOption("recycle");
  await scene.getByRole("button", { name: "Run", exact: true }).click();
  await expect(scene.getByText("No recycle with pool_recycle -1: connections of any age are kept.")).toBeVisible();
  await scene.getByLabel("Run to the next").selectOption("disconnect");
  await scene.getByRole("button", { name: "Run", exact: true }).click();
  await expect(scene.getByText("No disconnect within the next ten minutes.")).toBeVisible();
});

test("one connection is killed, by its bay or by the button; the link says so", async ({ page, complaints }) => {
  const scene = await play(page, "rate=6&query_ms=800&pool_size=4&max_overflow=0&at=12");
  const [said, kill] = [scene.locator(".said").first(), scene.getByRole("button", { name: "Kill a connection" })];
  const picture = await scene.locator("#playground-picture").boundingBox();
  for (const x of [0.5, 0.55, 0.66, 0.71]) {
    await page.mouse.click(picture.x + picture.width * x, picture.y + picture.height * 0.32);
    await told(scene);
    if (/ends this one/u.test(await said.textContent())) break;
  }
  const [, number] = /^Bay #(\d+): .* “Kill a connection” ends this one\.$/u.exec(await said.textContent());
  await kill.click();
  await expect(said).toHaveText(`Connection #${number} is dead, and the pool does not know it yet.`);
  await expect(page).toHaveURL(new RegExp(`acts=12000000-kill-${number}$|12000000-kill-${number}&`, "u"));
  await kill.press("Enter");
  await expect(page).toHaveURL(/kill-\d+\*12000000-kill-\d+/u);
  const before = await count(scene, "other-failures");
  await seek(scene, 20);
  expect(await count(scene, "other-failures")).toBeGreaterThan(before);
});

test("by keyboard: arrows step, Space plays", async ({ page, complaints }) => {
  const scene = await play(page);
  await pause(scene);
  const moment = scene.getByRole("slider", { name: "Moment" });
  await moment.focus();
  const before = await now(scene);
  // A step leads to the next event, which may be at the same moment.
  await expect(async () => {
    await moment.press("ArrowRight");
    expect(await now(scene)).toBeGreaterThan(before);
  }).toPass();
  await expect(async () => {
    await moment.press("ArrowLeft");
    expect(await now(scene)).toBeLessThanOrEqual(before);
  }).toPass();
  await moment.press(" ");
  await expect(scene.getByRole("button", { name: "Pause" })).toBeVisible();
});

test("two pools on the same visitors, side by side", async ({ page, complaints }) => {
  const scene = await play(page, "pool_size=2&max_overflow=0&rate=6&b=1&b_pool_size=8");
  await expect(scene.locator("#playground-rival.live")).toBeVisible();
  await pause(scene);
  await seek(scene, 40);
  const verdict = figure(scene, "verdict");
  await expect(verdict).toContainText("p95 wait:");
  await expect(verdict).toContainText("with 2 + 0");
  await expect(verdict).toContainText("with 8 + 0");
  await expect(verdict).toContainText("B waits");
  expect(await painted(scene)).not.toBe(await painted(scene, "#playground-rival"));
  const box = scene.getByRole("textbox", { name: "B: pool_size" });
  await box.fill("2");
  await box.press("Enter");
  await expect(verdict).toHaveText("No difference.");
  await expect.poll(async () => (await painted(scene)) === (await painted(scene, "#playground-rival"))).toBe(true);
  await scene.getByRole("button", { name: "End the comparison" }).click();
  await expect(scene.locator("#playground-rival")).toBeHidden();
});

test("what fails comes before how long is waited", async ({ page, complaints }) => {
  const scene = await play(page, "traffic=list&arrivals=1+80&wait_timeout=60&b=1&b_pool_pre_ping=1&at=90");
  const sentences = figure(scene, "verdict").locator("li");
  await expect(sentences.first()).toHaveText("Failed requests: 1 with A, 0 with B: B has 1 fewer.");
});

test("a search finishes, and its best pool is confirmed by running it", async ({ page, complaints }) => {
  const scene = await play(page, "rate=6&query_ms=800");
  await pause(scene);
  await scene.getByText("Search: which pool is good enough?").click();
  const values = scene.getByLabel("values");
  await values.nth(0).fill("2 4 6 8 10 12");
  await values.nth(0).press("Tab");
  await values.nth(1).fill("0 2");
  await values.nth(1).press("Tab");
  await scene.getByRole("button", { name: "Search", exact: true }).click();
  const found = figure(scene, "found");
  await expect(found).toContainText("The smallest pool is");
  await expect(found).toContainText("With other seeds");
  const [, size, overflow] = /The smallest pool is (\d+) \+ (\d+)/.exec(await found.textContent());
  const column = [2, 4, 6, 8, 10, 12].indexOf(Number(size));
  const row = ["0", "2"].indexOf(overflow);
  expect([column >= 0, row >= 0]).toEqual([true, true]);
  await figure(scene, "map").locator("tr").nth(row).getByRole("button").nth(column).click();
  await expect(scene.getByRole("textbox", { name: "pool_size", exact: true })).toHaveValue(size);
  await expect(scene.getByRole("textbox", { name: "max_overflow", exact: true })).toHaveValue(overflow);
  await seek(scene, 60);
  await seek(scene, 69);
  expect(await count(scene, "timeouts")).toBe(0);
  expect(await figure(scene, "p95").textContent()).toMatch(/^[\d.]+ ms$/);
  await values.nth(0).fill("two");
  await values.nth(0).press("Tab");
  await scene.getByRole("button", { name: "Search", exact: true }).click();
  await expect(scene.getByText("two is not a whole number.")).toBeVisible();
});

test("a search can be cancelled and never holds the page", async ({ page, complaints }) => {
  const scene = await play(page, "rate=30&query_ms=300");
  await scene.getByText("Search: which pool is good enough?").click();
  await scene.getByLabel("seeds").fill("50");
  await scene.getByLabel("seeds").press("Tab");
  // By a clock that goes on a millisecond whenever it is read: how much is done in a frame is then the same on every machine.
  await page.evaluate(() => {
    let time = performance.now();
    performance.now = () => ++time;
    window.frames = 0;
    requestAnimationFrame(function count() {
      window.frames++;
      requestAnimationFrame(count);
    });
  });
  await scene.getByRole("button", { name: "Search", exact: true }).click();
  const progress = scene.locator(".sweep-progress span");
  await expect(progress).toHaveText(/^(?:[4-9]|\d\d+) of \d+ runs$/u);
  const runs = Number.parseInt(await progress.textContent(), 10);
  expect(await page.evaluate(() => window.frames), "frames painted meanwhile").toBeGreaterThan(2 * runs);
  await scene.getByRole("button", { name: "Cancel" }).click();
  await expect(scene.getByText("The search is cancelled")).toBeVisible();
  await stands(page, () => progress.textContent());
});

test("theory stands beside measurement, and says when it must not", async ({ page, complaints }) => {
  const scene = await play(page, "pool_size=5&max_overflow=0&pool_timeout=None&rate=4&query_ms=1000&connect_ms=0&ping_ms=0&reset_ms=0&close_ms=0");
  await pause(scene);
  await scene.getByText("Theory beside measurement").click();
  await seek(scene, 60);
  await expect(figure(scene, "theory")).toContainText("utilisation");
  await expect(figure(scene, "theory")).toContainText("0.800");
  await scene.getByText("What requests do").click();
  await scene.getByRole("combobox", { name: "work" }).selectOption("lognormal");
  await expect(figure(scene, "breaches")).toContainText("lognormal");
});

test("several workers, a deadlock, and a leak are said in words", async ({ page, complaints }) => {
  let scene = await play(page, "workers=3&max_connections=10&rate=20");
  await expect(scene.getByRole("button", { name: "Worker 3" })).toBeVisible();
  await scene.getByRole("button", { name: "Worker 3" }).click();
  await expect(scene.getByRole("button", { name: "Worker 3" })).toHaveAttribute("aria-pressed", "true");
  scene = await play(page, "pool_size=3&max_overflow=0&pool_timeout=None&nested_percent=100&rate=6&at=20");
  await expect(figure(scene, "complaint")).toContainText("Deadlock: 3 requests");
  scene = await play(page, "pool_size=3&max_overflow=0&leak_percent=20&rate=6&query_ms=200&at=30");
  await expect(figure(scene, "complaint")).toContainText("held for ever");
});

test("the run can be taken away as files", async ({ page, complaints }) => {
  const scene = await play(page, "at=10");
  const take = async (name) => {
    const [download] = await Promise.all([page.waitForEvent("download"), scene.getByRole("button", { name }).click()]);
    return [download.suggestedFilename(), await readFile(await download.path(), "utf8")];
  };
  const [csvName, csv] = await take("Download the series (CSV)");
  expect(csvName).toBe("valet-run.csv");
  expect(csv.trim().split(/\r?\n/).length).toBe(101);
  const [jsonName, text] = await take("Download the run (JSON)");
  expect(jsonName).toBe("valet-run.json");
  const run = JSON.parse(text);
  expect([run.format, run.version]).toEqual(["pool run", 1]);
  expect(String(run.tally.served)).toBe(await figure(scene, "served").textContent());
});

test("bad links get sentences, and the playground works", async ({ page, complaints }) => {
  const scene = await play(page, "traffic=rush&at=-5&acts=7-dance*5-restart&b_pool_size=x&contention=2&nonsense=1");
  for (const sentence of [
    "The link has traffic=rush. It takes one of constant, poisson, bursts, spike, ramp, day, list.",
    "The link has at=-5. A moment is seconds from 0 to 86400.",
    "The link has the act 7-dance, which means nothing here.",
    "The link has b_pool_size=x.",
    "The link has contention=2. It takes a number from 0 to 1.",
    "The link has nonsense, which means nothing here.",
  ]) {
    await expect(scene.getByText(sentence)).toBeVisible();
  }
  await expect.poll(() => count(scene, "served")).toBeGreaterThan(2);
});

for (const [colorScheme, width] of [["light", 1280], ["dark", 390], ["light", 320]]) {
  test(`axe finds nothing and nothing scrolls sideways, ${colorScheme}, ${width} px`, async ({ page, complaints }) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    const scene = await play(page, "b=1&b_pool_size=9&workers=2&at=15&pool_recycle=x");
    const closed = scene.locator("details:not([open]) > summary");
    while ((await closed.count()) > 0) await closed.first().click();
    await scene.getByLabel("seeds").fill("1");
    await scene.getByLabel("seeds").press("Tab");
    await scene.getByRole("button", { name: "Search", exact: true }).click();
    await expect(figure(scene, "found")).not.toBeEmpty();
    await accessible(page, "#playground");
    await fits(page, width);
  });
}

test("the live lot travels too: its past is what was, and the present goes on", async ({ page, complaints }) => {
  await page.goto("?rate=6&query_ms=400");
  const scene = page.locator("#lot");
  await expect(scene.locator(".picture.live")).toBeVisible();
  await expect.poll(() => count(scene, "served")).toBeGreaterThan(8);
  await pause(scene);
  const [picture, status, served] = [await painted(scene, "#lot-picture"), await figure(scene, "status").textContent(), await count(scene, "served")];
  for (let step = 0; step < 25; step++) await scene.getByRole("button", { name: "Step back" }).click();
  await told(scene);
  expect(await count(scene, "served")).toBeLessThan(served);
  await scene.getByRole("button", { name: "To the present" }).click();
  await told(scene);
  expect(await painted(scene, "#lot-picture")).toBe(picture);
  expect(await figure(scene, "status").textContent()).toBe(status);
  await expect(scene.getByRole("button", { name: "To the present" })).toBeHidden();
  // Acting in the past goes to the present first, and says so.
  await scene.getByRole("button", { name: "Step back" }).click();
  await scene.getByRole("button", { name: "Restart the database" }).click();
  await expect(scene.getByText("A real database cannot go back")).toBeVisible();
  await scene.getByRole("button", { name: "Play" }).click();
  await expect.poll(() => count(scene, "served")).toBeGreaterThan(served + 3);
});

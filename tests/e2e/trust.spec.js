// No link and no file stops the page: what takes long goes in slices, says how far it is, and can be stopped. Nothing here is
// measured in seconds: the page has to answer while it works, and one that hangs answers never.
import { expect, figure, frames, rowsInStore, test, told } from "./site.js";

const HEAVY = {
  "bursts of a microsecond": "traffic=bursts&lasts=0.000001&rate=7&at=86400",
  "bursts of a microsecond, at any rate": "traffic=bursts&lasts=0.000001&at=86400",
  "retries without a pause": "rate=1000&retries=100&retry_after=0&pool_timeout=0&pool_size=1&max_overflow=0&at=600",
  "an hour of the highest rate": "rate=1000&at=3600",
  "eight workers with 500 connections": "rate=60&workers=8&pool_size=500&query_ms=60000&at=86400",
  "what sliders can set": "rate=60&workers=8&pool_size=20&max_overflow=20&query_ms=5000&pool_timeout=60&at=3600",
};

const underWay = (scene) => scene.locator(".under-way");

/// Opens the playground with a link that asks for much, until that is under way.
async function begin(page, query) {
  await page.goto(`playground/?scene=playground&${query}`);
  const scene = page.locator("#playground");
  await expect(underWay(scene)).toBeVisible();
  return scene;
}

for (const [what, query] of Object.entries(HEAVY)) {
  test(`a link that asks for ${what} goes on in slices, and is stopped`, async ({ page, complaints }) => {
    const scene = await begin(page, query);
    // While it works the page paints, and hears what is pressed.
    await frames(page, 30);
    await scene.getByRole("button", { name: "Stop", exact: true }).click();
    await expect(underWay(scene)).toBeHidden();
    await expect(scene.locator(".said").first()).toContainText("Stopped at ");
    await scene.getByRole("button", { name: "Step forward" }).click();
    await told(scene);
    await expect(page.locator("#panic")).toBeHidden();
  });
}

test("what comes in time is said before it begins", async ({ page, complaints }) => {
  const scene = await begin(page, "rate=1000&at=86400");
  await expect(scene.locator(".said").first()).toContainText("This page plays at most 3,000,000 events, so it will stop before then.");
});

test("a world that is used up says so, stands, and can be gone back in", async ({ page, complaints }) => {
  await page.goto("playground/?scene=playground&rate=1000&query_ms=0&pool_size=0&pool_timeout=0&at=86400");
  const scene = page.locator("#playground");
  await expect(scene.locator(".said").first()).toContainText("This world has played 3,000,000 events", { timeout: 300_000 });
  await scene.getByRole("button", { name: "Play" }).click();
  await expect(scene.getByRole("button", { name: "Play" })).toBeVisible();
  await scene.getByRole("button", { name: "Step back" }).click();
  await told(scene);
  await expect(page.locator("#panic")).toBeHidden();
});

test("the same in a frame, and on the live lot", async ({ page, complaints }) => {
  await page.goto("embed/playground.html?traffic=bursts&lasts=0.000001&rate=7&at=86400");
  await expect(underWay(page.locator("#playground"))).toBeVisible();
  await page.getByRole("button", { name: "Stop", exact: true }).click();
  await page.goto("?traffic=bursts&lasts=0.000001&rate=1000&every=86400");
  await expect(page.locator("#lot-picture.live")).toBeVisible();
  await frames(page, 30);
  await page.getByRole("button", { name: "Pause" }).first().click();
  await expect(page.locator("#panic")).toBeHidden();
});

test("a pool beside a long run catches up in slices", async ({ page, complaints }) => {
  await page.goto("playground/?scene=playground&rate=200&query_ms=20&b=1&b_pool_size=9&at=600");
  const scene = page.locator("#playground");
  await expect(scene.locator("#playground-rival")).toBeVisible();
  await scene.getByRole("button", { name: "Stop", exact: true }).click();
  await told(scene);
  await expect(page.locator("#panic")).toBeHidden();
});

test("a file with three million events is played in slices, and can be stopped", async ({ page, complaints }) => {
  await page.goto("playground/");
  await expect(page.locator("#playground-picture.live")).toBeVisible();
  await page.getByText("Kept runs", { exact: true }).click();
  const scene = page.locator("#playground");
  // The form of a file is the page's own: one is kept, and its numbers are raised.
  await scene.getByRole("button", { name: "Keep this run" }).click();
  await expect(figure(page, "runs-said")).toContainText("Kept");
  const [text] = await rowsInStore(page, "valet-keep", "tape");
  const large = text
    .replace(/"head":\{[^}]*\}/u, '"head":{"at":86400000000,"events":3000000}')
    .replace(/"rate":"[^"]*"/u, '"rate":"60"')
    .replace(/"workers":"[^"]*"/u, '"workers":"8"')
    .replace(/"name":"[^"]*"/u, '"name":"large \u202Eegral"')
    .replace(/"acts":\[[^]*\]/u, '"acts":[{"at":86000000000,"after":2999998,"do":"restart"}]');
  await page.getByLabel("Import a run").setInputFiles({ name: "large.json", mimeType: "application/json", buffer: Buffer.from(large) });
  await expect(figure(page, "importing")).toContainText("Checking that it plays");
  await frames(page, 30);
  await figure(page, "importing").getByRole("button", { name: "Stop" }).click();
  await expect(figure(page, "runs-said")).toHaveText("Stopped: the run is not taken in.");
});

test("a map of more cells than anybody looks at is refused in a sentence", async ({ page, complaints }) => {
  await page.goto("playground/");
  await expect(page.locator("#playground-picture.live")).toBeVisible();
  await page.getByText("Search: which pool is good enough?").click();
  const values = page.locator(".sweep-form").getByLabel("values");
  const to = (most) => Array.from({ length: most }, (_, value) => value + 1).join(" ");
  await values.nth(0).fill(to(310));
  await values.nth(1).fill(to(310));
  await page.getByRole("button", { name: "Search", exact: true }).click();
  await expect(page.locator(".sweep .complaint").first()).toContainText("cells are too many for a map");
});

test("what was answered is kept, however soon the reader leaves", async ({ page, complaints }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto("trial/");
  await expect(page.locator("#trial-run-picture.live")).toBeVisible();
  await page.locator(".claim.heard").getByRole("radio").first().check();
  // The page is left in the same moment in which the ruling is shown.
  const left = page.waitForEvent("framenavigated");
  await page.evaluate(() => {
    const ruling = document.querySelector(".claim.heard details.ruling");
    new MutationObserver(() => location.reload()).observe(ruling, { attributeFilter: ["open"] });
    [...document.querySelectorAll("#trial .bench button")].find((button) => button.textContent === "Put it to the test").click();
  });
  await left;
  await expect(page.locator("#trial-run-picture.live")).toBeVisible();
  await expect.poll(() => rowsInStore(page, "valet-keep", "progress")).toHaveLength(1);
});

test("links say what of them cannot be", async ({ page, complaints }) => {
  await page.goto("?scene=plaground&pool_size=3");
  await expect(page.locator("#lot .complaint, #lot [role=alert]").filter({ hasText: "plaground" })).toContainText(
    "The link is about the scene plaground, and there is none of that name on this page.",
  );
  await page.goto("?at=5&acts=1000000-restart&workers=4");
  const lot = page.locator("#lot");
  for (const what of ["workers=4", "at=5", "acts"]) {
    await expect(lot).toContainText(`The link has ${what}, which only a simulated world takes`);
  }
  await expect(lot.getByRole("button", { name: "Pause" }).first()).toBeVisible();
  await page.goto("?pool_size=3&pool_size=4");
  await expect(page.locator("#lot")).toContainText("The link has pool_size more than once. The first counts, pool_size=3.");
});

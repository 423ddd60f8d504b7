// The film: the lot moves before the program is there, and the program goes on with it.
import { expect, frames, open, test } from "./site.js";

// What keeps the program away, until it is called.
async function hold(page) {
  let let_go;
  const may_come = new Promise((resolve) => (let_go = resolve));
  await page.route(/valet_bg\.wasm$/, async (route) => {
    await may_come;
    await route.continue();
  });
  return let_go;
}

const place = (page) => page.locator("#lot-picture");
const film = (page) => page.locator("#lot-picture[data-film-begun]");

// What is on canvases that lie above each other, as small as it may be to be told apart; in the page.
const pictures = () => {
  globalThis.together = (layers) => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 360, height: 360 });
    const pencil = canvas.getContext("2d", { willReadFrequently: true });
    for (const layer of layers) pencil.drawImage(layer, 0, 0, canvas.width, canvas.height);
    return pencil.getImageData(0, 0, canvas.width, canvas.height).data;
  };
  // How much of one is another colour in the other.
  globalThis.differs = (one, other) => {
    let differ = 0;
    for (let at = 0; at < one.length; at += 4) differ += [0, 1, 2].some((channel) => Math.abs(one[at + channel] - other[at + channel]) > 48);
    return differ / (one.length / 4);
  };
};

for (const [what, width, height, colorScheme] of [["wide", 1280, 800, "light"], ["dark", 1280, 800, "dark"], ["phone", 390, 844, "light"], ["between", 800, 900, "light"]]) {
  test(`the lot moves before the program is there, and the film begins as the still stands: ${what}`, async ({ page, complaints }) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height });
    const let_go = await hold(page);
    await page.addInitScript(pictures);
    await page.addInitScript(() => {
      // As soon as the film has painted its first picture: that, and the still.
      new MutationObserver((_, observer) => {
        const place = document.querySelector("[data-film-begun]");
        if (!place) return;
        observer.disconnect();
        globalThis.first = together([...place.querySelectorAll("canvas")]);
        globalThis.still = together([place.querySelector("img")]);
      }).observe(document, { subtree: true, attributes: true });
    });
    await page.goto("");
    await expect(film(page)).toBeAttached();
    expect(await page.evaluate(() => differs(first, still))).toBeLessThan(0.02);
    // It moves: something is elsewhere.
    const moved = () => page.evaluate(() => differs(first, together([...document.querySelectorAll("#lot-picture canvas")])));
    await expect.poll(moved).toBeGreaterThan(0.003);
    await expect(place(page)).not.toHaveClass(/live/);
    let_go();
    await expect(place(page)).toHaveClass(/live/);
    await expect(place(page).locator("canvas:not(.dissolves)")).toHaveCount(2);
  });
}

test("the program goes on where the film is", async ({ page, complaints }) => {
  const let_go = await hold(page);
  await page.addInitScript(pictures);
  await page.addInitScript(() => {
    // When the program has painted, and before the film's canvases go.
    new MutationObserver((_, observer) => {
      const place = document.querySelector("#lot-picture.live");
      if (!place) return;
      observer.disconnect();
      const canvases = [...place.querySelectorAll("canvas")];
      globalThis.seen = { film: together(canvases.slice(0, 3)), program: together(canvases.slice(3)), canvases: canvases.length };
    }).observe(document, { subtree: true, attributes: true, attributeFilter: ["class"] });
    // What the film showed first.
    new MutationObserver((_, observer) => {
      const place = document.querySelector("[data-film-begun]");
      if (!place) return;
      observer.disconnect();
      globalThis.first = together([...place.querySelectorAll("canvas")]);
    }).observe(document, { subtree: true, attributes: true });
  });
  await page.goto("");
  await expect(film(page)).toBeAttached();
  const far = () => page.evaluate(() => differs(first, together([...document.querySelectorAll("#lot-picture canvas")])));
  await expect.poll(far).toBeGreaterThan(0.02);
  let_go();
  await expect(place(page)).toHaveClass(/live/);
  const { canvases, jump, way } = await page.evaluate(() => ({
    canvases: seen.canvases,
    jump: differs(seen.film, seen.program),
    way: differs(first, seen.program),
  }));
  expect(canvases).toBe(5);
  expect(way).toBeGreaterThan(0.02);
  // Nothing jumps: the film waited where the program went on.
  expect(jump).toBeLessThan(0.003);
});

test("what is not there is done without", async ({ page }) => {
  await page.route(/panorama\.json$/, (route) => route.fulfill({ status: 404, body: "" }));
  await open(page);
  await expect(film(page)).toHaveCount(0);
});

test("no film where a link asks for something, where motion is off, or in a frame", async ({ page, complaints }) => {
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await open(page, "pool_size=3");
  await page.goto("embed/lot.html");
  await expect(place(page)).toHaveClass(/live/);
  await page.emulateMedia({ reducedMotion: "reduce" });
  await open(page);
  expect(asked.filter((path) => /film\.js|panorama\.json/.test(path))).toEqual([]);
});

test("a film that is paused stays where it is, and so does the lot that takes over", async ({ page, complaints }) => {
  const let_go = await hold(page);
  await page.goto("");
  const pause = page.locator("#lot-panel").getByRole("button", { name: "Pause" });
  await pause.click();
  await expect(pause).toHaveCount(0);
  const shown = () => page.locator("#lot-picture canvas").last().evaluate((canvas) => canvas.toDataURL());
  await frames(page, 3);
  const stood = await shown();
  await frames(page, 30);
  expect(await shown()).toBe(stood);
  let_go();
  await expect(place(page)).toHaveClass(/live/);
  await expect(page.locator("#lot").getByRole("button", { name: "Play", exact: true })).toBeVisible();
});

test("in another layout there is another still, and no film of the one before", async ({ page, complaints }) => {
  const let_go = await hold(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("");
  await expect(film(page)).toBeAttached();
  await page.setViewportSize({ width: 1280, height: 800 });
  await expect(place(page).locator("canvas")).toHaveCount(0);
  await expect(film(page)).toHaveCount(0);
  let_go();
  await expect(place(page)).toHaveClass(/live/);
  await expect(place(page).locator("canvas:not(.dissolves)")).toHaveCount(2);
});

test("a film that has stopped goes on with the page: light, dark and size", async ({ page, complaints }) => {
  await page.addInitScript(pictures);
  await hold(page);
  await page.goto("");
  await page.locator("#lot-panel").getByRole("button", { name: "Pause" }).click();
  await frames(page, 3);
  const corner = () => page.evaluate(() => [...together([document.querySelector("#lot-picture canvas")]).slice(-1436, -1432)]);
  const width = () => page.locator("#lot-picture canvas").first().evaluate((canvas) => canvas.width);
  const light = await corner();
  await page.emulateMedia({ colorScheme: "dark" });
  await expect.poll(corner).not.toEqual(light);
  await page.setViewportSize({ width: 1180, height: 800 });
  await expect.poll(width).toBe(1180);
});

test("a film that is none leaves nothing behind", async ({ page }) => {
  await page.route(/panorama\.json$/, (route) => route.fulfill({ json: { size: [1440, 700], colors: [], layers: [[], [[7, 0, 9, [], []]], []], curves: [], looks: [] } }));
  await open(page);
  await expect(place(page).locator("canvas:not(.dissolves)")).toHaveCount(2);
});

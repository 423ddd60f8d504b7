// One scene in a frame of a page on another origin: by the line that "Embed this" gives, with the state it had there.
import { createServer } from "node:http";
import { accessible, count, expect, figure, open, stands, test } from "./site.js";

const scenes = {
  lot: { link: "rate=10&query_ms=100", knob: "pool_size" },
  flask: { link: "scene=flask&rate=5&query_ms=50", knob: "statement time", part: "flask" },
  fastapi: { link: "scene=fastapi&rate=1&query_ms=50", knob: "statement time", part: "flask" },
  playground: { link: "scene=playground&pool_size=4&seed=7", knob: "pool_size", part: "playground" },
};
// Of these one is shown, and nothing else that stands on the pages.
const parts = [".skip", ".masthead", ".site", "#lot", "#shows", "#tutorials", "#flask", "#endpoints", "#fastapi", "#play", "#playground", ".foot"];

let course;
let body;
test.beforeAll(async () => {
  const server = createServer((_, response) => {
    response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" });
    response.end(`<!doctype html><html lang="en"><title>A course</title><main><h1>A course</h1>${body}</main></html>`);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  course = { address: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
});
test.afterAll(() => course.close());

/// Opens a page of the course.
async function host(page, html) {
  body = html;
  await page.goto(course.address);
}

/// The line that the page gives for a scene, by its button; the page is opened at that scene's link first.
async function lineOf(page, scene) {
  await page.goto(`?${scenes[scene].link}`);
  await running(page, scene);
  const place = page.locator(`#${scene} .embed-this`);
  await place.locator("summary").click();
  await place.getByRole("button", { name: "Copy the line" }).click();
  await expect(place.getByRole("status")).toHaveText("Copied.");
  return place.locator("textarea").inputValue();
}

const said = (address) => Object.fromEntries(new URL(address).searchParams);
const running = (frame, scene) => expect(frame.locator(`#${scene}-picture.live`)).toBeVisible();
const foot = (frame) => frame.getByRole("link", { name: "Valet: the whole lesson" });

for (const [scene, { link, knob, part }] of Object.entries(scenes)) {
  test(`the ${scene} by its line, sandboxed`, async ({ page, context, complaints }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const line = await lineOf(page, scene);
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(line);
    expect(line).toMatch(/^<iframe src="http:[^"]+" title="Valet: the [^"]+" width="100%" height="\d+" loading="lazy" frameborder="0" sandbox="allow-scripts allow-same-origin [^"]*" allow="fullscreen; clipboard-write"><\/iframe>$/);

    const loaded = new Set();
    page.on("request", (request) => {
      const name = /\/part_(\w+)\.wasm$/.exec(request.url())?.[1];
      if (name) loaded.add(name);
    });
    await host(page, line);
    const frame = page.frameLocator("iframe");
    await running(frame, scene);
    for (const part of parts) await expect(frame.locator(part), part).toBeVisible({ visible: part === `#${scene}` });
    await expect(frame.locator(".embed-this")).toHaveCount(0);
    expect([...loaded]).toEqual(part ? [part] : []);
    const address = await page.locator("iframe").evaluate((iframe) => iframe.src);
    expect(new URL(address).pathname).toMatch(new RegExp(`/embed/${scene}\\.html$`, "u"));
    expect(said(address)).toEqual({ scene, ...Object.fromEntries(new URLSearchParams(link)) });

    // The frame may not change its address; the way to the whole page has what was turned all the same.
    await frame.locator(`#${scene}`).getByRole("slider", { name: knob }).first().fill("9");
    const key = knob === "pool_size" ? knob : "query_ms";
    await expect.poll(() => frame.locator("html").getAttribute("data-link")).toContain(`${key}=`);
    const [whole] = await Promise.all([context.waitForEvent("page"), foot(frame).click()]);
    await expect(whole.locator(`#${scene}-picture.live`)).toBeVisible();
    await expect(whole.getByRole("heading", { level: 1 })).toBeAttached();
    const there = said(whole.url());
    expect(there).toMatchObject({ v: "1", scene });
    expect(there).not.toHaveProperty("embed");
    expect(there[key]).not.toBe(new URLSearchParams(link).get(key));
    expect(await whole.evaluate(() => origin)).not.toBe("null");
    await whole.close();
  });
}

test("scripts are all that a frame needs, and what it may not do it says", async ({ page, baseURL }) => {
  await host(page, `<iframe title="lot" sandbox="allow-scripts" width="390" height="900" src="${baseURL}?embed=1&scene=lot&rate=10"></iframe>`);
  const frame = page.frameLocator("iframe");
  await expect(frame.locator("#lot").locator("[data-figure=notice]")).toContainText("Rows are kept in memory");
  await expect.poll(() => count(frame, "rows")).toBeGreaterThan(2);
  await foot(frame).click();
  await expect(frame.locator("#embed-said")).toContainText(/may not open it\. Its address: http.*\?scene=lot&rate=10$/);
});

test("several on one page; those out of sight rest", async ({ page, baseURL, complaints }) => {
  const frame = (scene, how) => `<iframe id="${scene}" title="${scene}" ${how} width="600" height="900" src="${baseURL}?embed=1&scene=${scene}"></iframe>`;
  const away = '<p style="height: 1500vh"></p>'; // browsers load lazy frames thousands of pixels ahead
  await host(page, frame("lot", 'sandbox="allow-scripts"') + frame("playground", "") + away + frame("flask", 'sandbox="allow-scripts" loading="lazy"'));
  const [lot, playground] = ["lot", "playground"].map((scene) => page.frameLocator(`#${scene}`));
  for (const [frame, scene] of [[lot, "lot"], [playground, "playground"]]) await running(frame, scene);
  expect(page.frames().filter((frame) => frame.url().includes("scene=flask"))).toEqual([]); // lazy, and far away
  const clocks = () => Promise.all([lot, playground].map((frame) => frame.locator(".clock").first().textContent()));
  await page.locator("#flask").scrollIntoViewIfNeeded();
  await running(page.frameLocator("#flask"), "flask");
  const rested = await stands(page, clocks);
  await page.locator("#lot").scrollIntoViewIfNeeded();
  await expect.poll(async () => (await clocks())[0]).not.toBe(rested[0]);
});

test("a frame of the same origin rests out of sight, too", async ({ page, complaints }) => {
  await page.route("**/host.html", (route) =>
    route.fulfill({
      contentType: "text/html",
      body: '<!doctype html><title>A course</title><iframe width="600" height="700" src="./?embed=1&scene=lot"></iframe><p id="end" style="margin-top: 300vh">End</p>',
    }),
  );
  await page.goto("host.html");
  const frame = page.frameLocator("iframe");
  await running(frame, "lot");
  await page.locator("#end").scrollIntoViewIfNeeded();
  const clock = frame.locator(".clock").first();
  const rested = await stands(page, () => clock.textContent());
  await page.locator("iframe").scrollIntoViewIfNeeded();
  await expect(clock).not.toHaveText(rested);
});

test("a scene that there is not is named, and those that there are", async ({ page, baseURL, complaints }) => {
  await host(page, `<iframe title="nothing" width="600" height="700" src="${baseURL}?embed=1&scene=%3Cb%3Enix"></iframe>`);
  const frame = page.frameLocator("iframe");
  await expect(frame.getByText("The address of this frame asks for <b>nix.")).toBeVisible();
  const listed = frame.locator("#scenes li");
  for (const scene of ["lot", "lazy", "lazy-run", "lazy-challenge", "trial", "flask", "fastapi", "playground"]) {
    await expect(listed.filter({ has: frame.getByRole("link", { name: scene, exact: true }) }), scene).toHaveCount(1);
  }
  await frame.getByRole("link", { name: "lot", exact: true }).click();
  await running(frame, "lot");
});

test("what is turned in an embed stays in its address, and the embed an embed", async ({ page, complaints }) => {
  await page.goto("?embed=1&scene=lot&pool_size=3");
  await running(page, "lot");
  await page.getByRole("slider", { name: "max_overflow" }).fill("4");
  await expect(page).toHaveURL(/embed\/lot\.html\?scene=lot&v=1&pool_size=3&max_overflow=4$/);
  await page.reload();
  await expect(figure(page, "status")).toContainText("Pool size: 3");
  await expect(page.locator("#shows")).toBeHidden();
  await expect(page.locator(".bar .complaint")).toHaveCount(0);
});

// Lessons hold scenes: all of one can be shown, or one of its scenes.
for (const [scene, there] of [
  ["lazy", ["#lazy-title", "#lazy-run", "#lazy-challenge"]],
  ["lazy-run", ["#lazy-run"]],
  ["lazy-challenge", ["#lazy-challenge"]],
  ["trial", ["#trial"]],
]) {
  test(`${scene} alone, in a frame that may only run scripts`, async ({ page, baseURL, complaints }) => {
    await host(page, `<iframe title="x" width="800" height="900" sandbox="allow-scripts" src="${baseURL}?embed=1&scene=${scene}"></iframe>`);
    const frame = page.frameLocator("iframe");
    await expect(frame.locator(`#${scene}`)).toBeVisible();
    await expect(foot(frame)).toHaveAttribute("href", new RegExp(`\\?scene=${scene}#${scene}$`));
    for (const part of ["#lazy-title", "#lazy-run", "#lazy-challenge", "#trial", "#lot", "#contents"]) {
      await expect(frame.locator(part), part).toBeVisible({ visible: there.includes(part) });
    }
    if (scene === "lazy-challenge") {
      await expect(frame.locator("#lazy-challenge-picture.live")).toBeVisible();
      await frame.locator("#lazy-challenge").getByRole("radio", { name: "four SELECT 1 at once" }).check();
      const size = frame.locator("#lazy-challenge").getByRole("textbox", { name: "pool_size" });
      await size.fill("4");
      await size.press("Enter");
      await expect(frame.locator('#lazy-challenge [data-figure="verdict"]')).toHaveText(/^Solved with 2 changes/u);
    } else if (scene !== "trial") {
      await frame.locator("#lazy-run-picture").scrollIntoViewIfNeeded();
      await expect(frame.locator("#lazy-run-picture.live")).toBeVisible();
      await frame.locator("#lazy-run").getByRole("button", { name: "Play" }).click();
      await expect(frame.locator("#lazy-run .clock")).not.toHaveText("0.000 s");
    } else {
      await frame.getByRole("button", { name: "Put it to the test" }).click();
      await expect(frame.locator("#trial-run .clock")).not.toHaveText("0.000 s");
    }
  });
}

test("nothing else is ever seen, and nothing jumps", async ({ page, complaints }) => {
  await page.addInitScript(() => {
    [window.shift, window.seen] = [0, new Set()];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.shift += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
    requestAnimationFrame(function look() {
      for (const part of document.querySelectorAll(".masthead, #shows, #contents, .foot")) {
        if (part.checkVisibility()) window.seen.add(part.id || part.className);
      }
      requestAnimationFrame(look);
    });
  });
  await page.goto("?embed=1&scene=playground");
  await running(page, "playground");
  expect(await page.evaluate(() => [...window.seen])).toEqual([]);
  expect(await page.evaluate(() => window.shift)).toBeLessThan(0.02);
});

test("axe finds nothing in embeds", async ({ page, baseURL }) => {
  await host(page, ["lot", "nix"].map((scene) => `<iframe title="${scene}" sandbox="allow-scripts" width="600" height="900" src="${baseURL}?embed=1&scene=${scene}"></iframe>`).join(""));
  await running(page.frameLocator("iframe").first(), "lot");
  await accessible(page);
});

test("where the program cannot be had, the page is as without scripts, and says why", async ({ page, baseURL }) => {
  await page.route("**/*.wasm", (route) => route.abort());
  await page.goto("?embed=1&scene=lot");
  await expect(page.getByText("The lot has stopped.")).toBeVisible();
  await expect(page.locator("html")).not.toHaveAttribute("data-js");
  await expect(page.locator("#lot-picture img")).toBeVisible();
  // As from a server that does not let everybody load modules: a frame without an origin gets none.
  await page.route("**/boot.js", (route) => route.abort());
  await host(page, `<iframe title="lot" sandbox="allow-scripts" width="800" height="900" src="${baseURL}?embed=1&scene=lot"></iframe>`);
  const frame = page.frameLocator("iframe");
  await expect(frame.locator("#panic-detail")).toContainText("boot.js did not load");
  await expect(frame.locator("html")).not.toHaveAttribute("data-js");
  await expect(frame.locator("#lot-picture img")).toBeVisible();
});

test("where nothing may be copied, the line is selected, and as the link is by then", async ({ page, complaints }) => {
  await page.addInitScript(() => (document.execCommand = () => false));
  await open(page, "pool_size=3");
  const place = page.locator("#lot .embed-this");
  await place.locator("summary").click();
  const line = place.locator("textarea");
  await expect(line).toHaveValue(/scene=lot&amp;pool_size=3"/);
  await page.locator("#lot").getByRole("slider", { name: "pool_size" }).fill("4");
  await expect(page).toHaveURL(/pool_size=4/);
  await place.getByRole("button", { name: "Copy the line" }).click();
  await expect(place.getByRole("status")).toContainText("The line is selected");
  await expect(line).toHaveValue(/scene=lot&amp;v=1&amp;pool_size=4"/);
  expect(await line.evaluate((field) => field.selectionEnd - field.selectionStart === field.value.length)).toBe(true);
});

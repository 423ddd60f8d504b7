// Course pages of the kinds that there are (examples/hosts), each on an origin of its own. HOSTS is where `make hosts` has built
// those that need a generator.
import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { expect, test } from "./site.js";

const TYPES = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".json": "application/json", ".woff2": "font/woff2" };
const sources = new URL("../../examples/hosts/", import.meta.url).pathname;
const modules = new URL("node_modules/", import.meta.url).pathname;

/// Serves a folder; `https://valet.example/` is where the site is in this test.
async function serve(folder, site) {
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, "http://x").pathname));
    let file = path.startsWith("/reveal.js/") ? join(modules, path) : join(folder, path);
    if (existsSync(file) && statSync(file).isDirectory()) file = join(file, "index.html");
    if (!existsSync(file)) return response.writeHead(404).end();
    const type = TYPES[extname(file)] ?? "application/octet-stream";
    const body = readFileSync(file);
    response.writeHead(200, { "Content-Type": type });
    response.end(extname(file) === ".html" ? body.toString().replaceAll("https://valet.example/", site) : body);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return { address: `http://127.0.0.1:${server.address().port}/`, close: () => (server.close(), server.closeAllConnections()) };
}

async function open(page, name, baseURL) {
  const built = process.env.HOSTS && join(process.env.HOSTS, name);
  const folder = built && existsSync(built) ? built : join(sources, name);
  const host = await serve(folder, baseURL);
  await page.goto(host.address);
  return host;
}

/// The scene lives, and neither it nor the page around it is wider than its place.
async function lives(page, frame, name) {
  const picture = frame.locator(`#${name}-picture`);
  await page.locator("iframe").first().scrollIntoViewIfNeeded();
  await expect(picture).toHaveClass(/live/u);
  const wide = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
  expect(await page.evaluate(wide)).toBeLessThanOrEqual(0);
  expect(await frame.locator("html").evaluate((root) => root.scrollWidth - root.clientWidth)).toBeLessThanOrEqual(0);
}

for (const width of [1280, 390]) {
  test(`plain HTML, ${width} pixels wide: a frame, and an element that tells the page the score`, async ({ page, baseURL, complaints }) => {
    await page.setViewportSize({ width, height: 900 });
    const host = await open(page, "plain", baseURL);
    await lives(page, page.frameLocator("iframe").first(), "timeout-run");
    const challenge = page.frameLocator("valet-lot iframe");
    await page.locator("valet-lot").scrollIntoViewIfNeeded();
    await challenge.getByRole("radio", { name: "query, close, PDF" }).check();
    await challenge.getByRole("textbox", { name: "pool_timeout" }).fill("5");
    await challenge.getByRole("textbox", { name: "pool_timeout" }).press("Enter");
    await expect(page.getByText("3 of 3 points.", { exact: true })).toBeVisible();
    // The element is as high as its scene: nothing scrolls inside.
    await expect.poll(() => challenge.locator("html").evaluate((root) => root.scrollHeight - root.clientHeight)).toBeLessThanOrEqual(0);
    host.close();
  });
}

test("a page as Moodle's editor leaves it", async ({ page, baseURL, complaints }) => {
  const host = await open(page, "moodle", baseURL);
  const frame = page.frameLocator("iframe");
  await lives(page, frame, "overflow-run");
  await expect(frame.getByRole("slider", { name: "max_overflow" })).toBeDisabled();
  await expect(frame.locator("#embed-said")).toBeEmpty();
  host.close();
});

test("slides of reveal.js: after a click in the frame the keys still turn them", async ({ page, baseURL, complaints }) => {
  const host = await open(page, "reveal", baseURL);
  await page.keyboard.press("ArrowRight");
  const frame = page.frameLocator("iframe");
  await expect(frame.locator("#timeout-run-picture.live")).toBeVisible();
  await frame.locator("#timeout-run-picture").click();
  await expect(page.locator("section.present iframe")).toBeVisible();
  await page.keyboard.press("PageDown");
  await expect(page.locator("section.present")).toHaveText("The two that wait");
  host.close();
});

for (const name of ["mkdocs", "sphinx"]) {
  test(`a page of ${name}`, async ({ page, baseURL, complaints }) => {
    test.skip(!process.env.HOSTS, "make hosts builds it");
    const host = await open(page, name, baseURL);
    const frame = page.frameLocator("iframe");
    await lives(page, frame, "timeout-run");
    await expect(frame.getByRole("textbox", { name: "pool_timeout" })).toHaveValue("8");
    expect(await frame.locator("html").evaluate((root) => root.scrollHeight - root.clientHeight)).toBeLessThanOrEqual(0);
    host.close();
  });
}

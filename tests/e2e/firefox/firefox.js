// Firefox, driven by WebDriver BiDi, and words for what is on a page in it. Every test has a visitor of its own, with storage of
// their own, whom nothing may be complained to: no console error or warning, no request to another origin, no notice that something
// has stopped. Nothing here waits for a time: what never comes ends by a deadline that no slow machine reaches.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, test as base } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import puppeteer from "puppeteer-core";

process.env.E2E_PORT ??= 0;
const { server, address } = await import("../serve.js");
export const site = await address;

// A page of another origin, with whatever a test puts into it.
let body;
const course = createServer((_, response) => {
  response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" });
  response.end(`<!doctype html><html lang="en"><title>A course</title><link rel="icon" href="data:,"><script>
    const heard = [];
    addEventListener("message", ({ data }) => heard.push(data));
    const tell = (message) => document.querySelector("iframe").contentWindow.postMessage(message, "*");
    </script><body style="margin: 0">${body}</body></html>`);
});
await new Promise((listening) => course.listen(0, "127.0.0.1", listening));
const COURSE = `http://127.0.0.1:${course.address().port}/`;

const PATIENCE = 600_000;

// What Firefox says of its own when a page is left that still waits for the service worker. What the worker cannot give is missed on
// the page.
const ON_LEAVING = /A ServiceWorker intercepted the request and encountered an unexpected error/u;

// Puppeteer cannot emulate these in Firefox: what the reader has set in the browser does it.
export const DARK = { "layout.css.prefers-color-scheme.content-override": 0 };
export const LIGHT = { "layout.css.prefers-color-scheme.content-override": 1 };
export const STILL = { "ui.prefersReducedMotion": 1 };
export const MOVING = { "ui.prefersReducedMotion": 0 };
export const WITHOUT_JAVASCRIPT = { "javascript.enabled": false };

// Who is told to end takes the browsers along.
const started = [];
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => process.exit(1));
process.on("exit", () => {
  for (const one of started) if (one.exitCode === null && one.signalCode === null) one.kill("SIGKILL");
});

// One Firefox for each set of preferences, for as long as the file's tests last.
const browsers = new Map();
export function firefox(preferences = {}) {
  const all = { ...LIGHT, ...MOVING, ...preferences };
  const key = JSON.stringify(all);
  if (!browsers.has(key)) {
    const options = { browser: "firefox", executablePath: process.env.FIREFOX ?? "/usr/bin/firefox-esr", headless: true, timeout: PATIENCE, protocolTimeout: PATIENCE };
    const signals = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };
    const browser = puppeteer.launch({ ...options, ...signals, extraPrefsFirefox: all });
    browsers.set(key, browser);
    browser.then((browser) => started.push(browser.process()), () => {});
  }
  return browsers.get(key);
}
/// What is closed when a file's tests are over.
export const atEnd = [
  async () => {
    for (const browser of browsers.values()) await (await browser).close();
  },
  ...[server, course].map((one) => () => (one.close(), one.closeAllConnections())),
];
after(async () => {
  for (const close of atEnd) await close();
});

/// A page of a new visitor, and what is complained of in it. `elsewhere`: another address that may be asked.
export async function visitor(browser, elsewhere = COURSE) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  const complaints = [];
  page.setDefaultTimeout(PATIENCE);
  page.on("console", async (message) => {
    if (!["error", "warn"].includes(message.type())) return;
    const place = complaints.push(`console: ${message.text()}`) - 1;
    const words = await Promise.all(message.args().map((said) => said.evaluate((said) => `${said?.message ?? said} ${said?.stack ?? ""}`))).catch(() => []);
    if (words.length) complaints[place] = `console: ${words.join(" ")}`;
  });
  page.on("pageerror", (error) => ON_LEAVING.test(error.message) || complaints.push(`error: ${error.message}`));
  page.on("request", (request) => {
    const url = request.url();
    if (![site, elsewhere, "data:", "blob:"].some((known) => url.startsWith(known))) complaints.push(`asked ${url}`);
  });
  await page.setViewport({ width: 1280, height: 800 });
  return { context, page, complaints };
}

/// A test with a visitor's page. Whatever they saw, nothing is complained of at the end, in no frame.
export function test(name, { preferences, width = 1280, height = 800, elsewhere } = {}, act) {
  base(name, async () => {
    const browser = await firefox(preferences);
    const { context, page, complaints } = await visitor(browser, elsewhere);
    try {
      await page.setViewport({ width, height });
      await act(page, { browser, context, complaints });
      await calm(page);
      assert.deepEqual(complaints, []);
    } catch (error) {
      if (complaints.length) error.message += `\ncomplaints: ${complaints.join("\n")}`;
      throw error;
    } finally {
      await context.close();
    }
  });
}

/// Nothing says that it has stopped or did not load, in the page and its frames.
export async function calm(page) {
  for (const frame of page.frames()) {
    const notice = await frame.evaluate(() => {
      const panic = document.getElementById("panic");
      const lost = [...document.querySelectorAll(".notice")].find((said) => said.textContent.startsWith("This did not load"));
      return (panic?.checkVisibility() && panic.textContent.trim()) || lost?.textContent || "";
    });
    assert.equal(notice, "", frame.url());
  }
}

/// Goes to an address of the site.
export async function go(page, path = "") {
  const answer = await page.goto(new URL(path, site).href, { waitUntil: "load" });
  assert.ok(!answer || answer.ok(), `${path}: ${answer?.status()}`); // none where only the place in the page changes
}

/// Opens a page of another origin with this in it, and gives the frame that is in that.
export async function host(page, html) {
  body = html;
  await page.goto(COURSE, { waitUntil: "domcontentloaded" });
  return until("a frame", () => page.frames().find((frame) => frame.url().startsWith(site)));
}

/// Looks again and again, and gives what is seen once it is something; `seen` says at the end what was there instead.
export async function until(what, look, seen = () => "", patience = PATIENCE / 5) {
  let failure;
  for (const end = Date.now() + patience; Date.now() < end; await pause(50)) {
    try {
      const found = await look();
      if (found) return found;
      failure = undefined;
    } catch (error) {
      failure = error; // as where the page is just left
    }
  }
  throw new Error(`never: ${what}. ${failure?.message ?? (await seen())}`);
}

/// What the page comes to say there.
export async function says(place, selector, wanted) {
  const read = () => text(place, selector);
  const fits = (said) => said !== null && (typeof wanted === "string" ? said.includes(wanted) : wanted.test(said));
  await until(`${selector} says ${wanted}`, async () => fits(await read()), async () => `It says: ${await read()}`);
  return read();
}
export const text = (place, selector) => place.evaluate((selector) => document.querySelector(selector)?.textContent.trim() ?? null, selector);
export const figure = (name, scene = "") => `${scene} [data-figure="${name}"]`.trim();
export const count = async (place, selector) => Number((await text(place, selector)).replaceAll(/\s/gu, ""));
export const moreThan = (place, selector, number) =>
  until(`${selector} is more than ${number}`, async () => (await count(place, selector)) > number, async () => `It is ${await text(place, selector)}`);

/// Brings a scene into view, and waits until it lives.
export const lives = (place, scene) =>
  until(`${scene} lives`, () =>
    place.evaluate((scene) => {
      const picture = document.getElementById(`${scene}-picture`);
      const { top, bottom } = picture.getBoundingClientRect();
      if (bottom < 0 || top > innerHeight) picture.scrollIntoView();
      return picture.classList.contains("live") && picture.checkVisibility();
    }, scene),
  );

/// What Firefox tells a screen reader: role and name; within a scene where several have the same.
export async function find(place, role, name, scene = "") {
  const selector = `${scene} ::-p-aria([name="${name}"][role="${role}"])`.trim();
  return until(`${role} “${name}” ${scene}`, () => place.$(selector));
}

/// Presses what is to be seen, where it is to be seen: once it stands still and nothing lies over it.
export async function press(place, role, name, scene) {
  await pressed(place, () => find(place, role, name, scene));
}
export async function pressed(place, look) {
  await until("something to press", async () => {
    const goal = await look();
    if (!goal) return false;
    await goal.evaluate((element) => element.scrollIntoView({ block: "center", behavior: "instant" }));
    const where = () => goal.evaluate((element) => JSON.stringify(element.getBoundingClientRect()));
    const before = await where();
    await pause(50);
    if ((await where()) !== before) return false;
    const isOnTop = await goal.evaluate((element) => {
      const { left, top, width, height } = element.getBoundingClientRect();
      const hit = document.elementFromPoint(left + width / 2, top + height / 2);
      return element.contains(hit) || !!element.closest("label")?.contains(hit) || (element.labels && [...element.labels].some((label) => label.contains(hit)));
    });
    if (!isOnTop || (await goal.evaluate((element) => element.disabled))) return false;
    await goal.click();
    return true;
  });
}

/// Writes something over what a box says, and presses Enter.
export async function write(page, place, name, value, scene) {
  await (await find(place, "textbox", name, scene)).focus();
  await page.keyboard.down("Control");
  await page.keyboard.press("a");
  await page.keyboard.up("Control");
  await page.keyboard.type(value);
  await page.keyboard.press("Enter");
}

/// Presses Tab, from the page's first link on, until the keyboard is there. Behind the page's last stop come the browser's own.
export async function tabTo(page, role, name, scene) {
  const goal = await find(page, role, name, scene);
  await page.focus("a[href]");
  for (let presses = 0; presses < 200; presses++) {
    if (await goal.evaluate((element) => element === document.activeElement && document.hasFocus())) return;
    await page.keyboard.press("Tab");
  }
  assert.fail(`${role} “${name}” is not reached by Tab`);
}

/// Lets a scene's time go quicker than for readers.
export const hurry = (page, scene) => pressed(page, async () => (await page.$$(`${scene} .speeds label`)).at(-1));

/// Nothing is wider than the page.
export const fits = async (page, width, state) => assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width, `${state} scrolls sideways`);

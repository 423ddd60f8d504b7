// How people read, in Firefox: without JavaScript, without motion, in the dark, on a phone, without a network.
import assert from "node:assert/strict";
import { serve } from "../mortal.js";
import { frames, LESSONS } from "../page.js";
import { atEnd, count, DARK, figure, fits, go, lives, moreThan, press, STILL, test, text, until, WITHOUT_JAVASCRIPT } from "./firefox.js";

// Before the first test: what a file waits for between its tests lets them seem to be over.
const mortal = await serve();
atEnd.push(mortal.close);

// Where scripts are off, what Puppeteer asks is still answered, as long as it waits for nothing.
const seen = (page, selector) =>
  page.evaluate((selector) => [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility()).map((one) => one.textContent.replaceAll(/\s+/gu, " ").trim()), selector);
/// The first image to be seen there, once it is loaded.
const still = (page, selector) =>
  until(`an image of ${selector} is loaded`, () =>
    page.evaluate((selector) => {
      const image = [...document.querySelectorAll(selector)].find((image) => image.checkVisibility());
      image.scrollIntoView();
      return image.complete && image.naturalWidth > 0 && image.currentSrc;
    }, selector),
  );

for (const width of [1280, 390]) {
  test(`without JavaScript the prose is there, and stills, ${width} px`, { preferences: WITHOUT_JAVASCRIPT, width }, async (page) => {
    await go(page);
    assert.equal(await page.evaluate(() => document.documentElement.dataset.js), undefined);
    assert.ok((await seen(page, "h2")).includes("What you see"));
    assert.match((await seen(page, "main p")).join(" "), /Without JavaScript the lot stands still/u);
    assert.match(await still(page, "#lot-picture img"), width > 960 ? /panorama\.svg$/u : /tall\.svg$/u);
    for (const name of LESSONS) {
      await go(page, `lessons/${name}/`);
      assert.equal((await seen(page, `#${name} .question`)).length, 1, name);
      assert.ok((await seen(page, "main p")).join().length > 500, name);
      await still(page, "main img");
      await fits(page, width, name);
    }
    await go(page, "clinic/");
    assert.match((await seen(page, "main p")).join(" "), /Reading a paste needs JavaScript/u);
  });
}

test("with motion off the lot stands until asked, and then plays", { preferences: STILL }, async (page) => {
  await go(page, "?rate=10&query_ms=200");
  await lives(page, "lot");
  assert.ok(await page.evaluate(() => matchMedia("(prefers-reduced-motion: reduce)").matches));
  await frames(page, 90);
  assert.equal(await count(page, figure("served")), 0);
  await press(page, "button", "Play", "#lot");
  await moreThan(page, figure("served"), 3);
});

test("with motion on it plays by itself", {}, async (page) => {
  await go(page, "?rate=10&query_ms=200");
  await lives(page, "lot");
  await moreThan(page, figure("served"), 3);
});

/// How light an element's own background is, and the lot's middle as it is painted: from 0 to 255.
const light = (page) =>
  page.evaluate(() => {
    const sample = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    sample.canvas.width = sample.canvas.height = 1;
    const of = () => sample.getImageData(0, 0, 1, 1).data.slice(0, 3).reduce((sum, part) => sum + part) / 3;
    sample.fillStyle = getComputedStyle(document.documentElement).getPropertyValue("--page").trim();
    sample.fillRect(0, 0, 1, 1);
    const ground = of();
    sample.clearRect(0, 0, 1, 1);
    const layers = [...document.querySelectorAll("#lot-picture canvas:not(.dissolves)")];
    for (const layer of layers) sample.drawImage(layer, 0, 0, layer.width, layer.height, 0, 0, 1, 1);
    return [ground, of()];
  });

for (const [theme, preferences] of Object.entries({ light: undefined, dark: DARK })) {
  test(`the page and the lot are ${theme} where the reader's are`, { preferences }, async (page) => {
    await go(page, "?rate=0");
    await lives(page, "lot");
    await frames(page, 30);
    const [ground, lot] = await light(page);
    assert.equal(ground < 60, theme === "dark", `the page: ${ground}`);
    assert.equal(lot < 70, theme === "dark", `the lot: ${lot}`); // asphalt is dark by day, too: about 82, and 57 by night
    assert.equal(ground > 200, theme === "light", `the page: ${ground}`);
  });
}

for (const width of [390, 320]) {
  test(`nothing scrolls sideways on any page, ${width} px`, { width, height: 844 }, async (page) => {
    const scenes = { "": "lot", "playground/": "playground", "flask/": "flask", "fastapi/": "fastapi", "daily/#2026-11-17": "daily", "clinic/#try-queuepool-limit": "clinic", "fleet/": "fleet" };
    for (const [path, scene] of Object.entries(scenes)) {
      await go(page, path);
      await lives(page, scene);
      await fits(page, width, path);
    }
    for (const name of LESSONS) {
      await go(page, `lessons/${name}/`);
      await lives(page, `${name}-run`);
      await lives(page, `${name}-challenge`);
      await fits(page, width, name);
    }
    for (const path of ["trial/", "glossary/", "about/", "handout/", "embed/"]) {
      await go(page, path);
      await frames(page, 5);
      await fits(page, width, path);
    }
  });
}

/// The notices to be seen; sessionStorage keeps each, over pages.
const note = () => {
  globalThis.notices = () => [...document.querySelectorAll(".notice:not([hidden])")].map((notice) => notice.textContent.trim()).filter((said) => /stopped|did not load/u.test(said));
  new MutationObserver(() => notices().forEach((said) => sessionStorage.setItem(`said ${said}`, ""))).observe(document, { attributes: true, childList: true, subtree: true });
};

for (const [what, held] of Object.entries({ "the program": /valet_bg\.wasm$/u, "a part of it": /part_\w+\.wasm$/u })) {
  test(`who leaves while ${what} comes is told of no failure, and who stays after all is`, { elsewhere: mortal.address }, async (page, { complaints }) => {
    await page.evaluateOnNewDocument(note);
    const asked = async () => {
      mortal.asked.length = 0;
      await go(page, `${mortal.address}playground/`);
      await until(`${what} is asked for`, () => mortal.asked.some((url) => held.test(url)));
    };
    mortal.held = held;
    try {
      for (let times = 0; times < 5; times++) {
        await asked();
        await go(page, `${mortal.address}glossary/`);
      }
      assert.deepEqual(await page.evaluate(() => Object.keys(sessionStorage).filter((key) => key.startsWith("said "))), []);
      assert.deepEqual(complaints, []);
      // A link to a file leads nowhere: what fails from then on is told as soon as it is known that the reader stays.
      await asked();
      await page.evaluate(() => dispatchEvent(new Event("beforeunload")));
      mortal.gone = true;
      mortal.cut();
      await until("nothing comes any more", () => page.evaluate(() => fetch("worker.js?").then(() => false, () => true)));
      await frames(page, 10);
      assert.deepEqual(await page.evaluate(() => notices()), []);
      await page.evaluate(() => dispatchEvent(new Event("pageshow")));
      await until("the failure is told", () => page.evaluate(() => notices().length > 0));
    } finally {
      Object.assign(mortal, { held: undefined, gone: false });
    }
    complaints.length = 0;
    await go(page, `${mortal.address}glossary/`);
  });
}

test("a second visit needs no network", { elsewhere: mortal.address }, async (page) => {
  await go(page, mortal.address);
  await lives(page, "lot");
  await until("the site is kept", () => page.evaluate(() => navigator.serviceWorker.getRegistration().then((kept) => !!kept?.active)));
  mortal.gone = true;
  await assert.rejects(fetch(mortal.address));
  for (const [path, scene] of [["", "lot"], ["lessons/why/", "why-run"], ["playground/?rate=9", "playground"], ["flask/", "flask"]]) {
    await go(page, mortal.address + path);
    await lives(page, scene);
  }
  await go(page, `${mortal.address}glossary/`);
  assert.ok((await text(page, "h1")).length > 0);
});

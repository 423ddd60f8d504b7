// Scenes in frames of a page on another origin, in Firefox.
import assert from "node:assert/strict";
import { figure, host, lives, moreThan, press, says, site, test, text, until } from "./firefox.js";

const heard = (page, type) => page.evaluate((type) => heard.filter((message) => message.valet === 1 && message.type === type), type);
const last = (page, type) => until(`the host hears ${type}`, async () => (await heard(page, type)).at(-1));
const tell = (page, message) => page.evaluate((message) => tell(message), message);

for (const [which, sandbox] of Object.entries({ "scripts alone": "allow-scripts", "the line's own": "allow-scripts allow-same-origin allow-popups" })) {
  test(`sandboxed with ${which}: it lives, says that it is ready and how high it is, and does what the host tells it`, {}, async (page) => {
    const frame = await host(page, `<iframe title="x" width="760" height="900" sandbox="${sandbox}" src="${site}embed/lazy-run.html?pool_size=3"></iframe>`);
    await lives(frame, "lazy-run");
    assert.equal((await last(page, "ready")).scene, "lazy-run");
    const height = () => frame.evaluate(() => Math.ceil(document.querySelector("main").getBoundingClientRect().bottom + scrollY));
    await until("the height that is told is the scene's", async () => (await last(page, "resize")).height === (await height()));
    const high = await height();
    assert.ok(high > 300);
    assert.ok((await page.evaluate(() => heard.filter(({ subject }) => subject === "lti.frameResize").map(({ height }) => height))).includes(high));
    await tell(page, { valet: 1, type: "set", settings: { pool_size: 2 } });
    await says(frame, figure("status"), "Pool size: 2");
    await tell(page, { valet: 1, type: "seek", at: 14 });
    await says(frame, ".clock", /^14\.000 s$/u);
    await until("the host hears the state", async () => /pool_size=2/u.test((await last(page, "state")).state));
    await press(frame, "button", "Play");
    await until("it plays", async () => (await text(frame, ".clock")) !== "14.000 s");
  });
}

test("without an origin the lot keeps its rows in memory, and says so", {}, async (page) => {
  const frame = await host(page, `<iframe title="lot" width="700" height="800" sandbox="allow-scripts" src="${site}embed/lot.html?rate=10&query_ms=100"></iframe>`);
  await lives(frame, "lot");
  assert.equal(await frame.evaluate(() => origin), "null");
  await says(frame, figure("notice"), "Rows are kept in memory");
  await moreThan(frame, figure("rows"), 3);
});

test("with an origin of its own, or one that is shared out, the lot keeps them in IndexedDB", {}, async (page) => {
  const frame = await host(page, `<iframe title="lot" width="700" height="800" sandbox="allow-scripts allow-same-origin" src="${site}embed/lot.html?rate=10&query_ms=100"></iframe>`);
  await lives(frame, "lot");
  await moreThan(frame, figure("rows"), 3);
  assert.equal(await text(frame, figure("notice")), null);
});

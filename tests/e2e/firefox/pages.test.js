// The site in Firefox, as a visitor uses it: each kind of page, by mouse and by keyboard.
import assert from "node:assert/strict";
import { frames, rowsInStore } from "../page.js";
import { count, figure, find, go, hurry, lives, moreThan, press, pressed, says, tabTo, test, text, until, write } from "./firefox.js";

const value = async (page, name, scene) => (await find(page, "textbox", name, scene)).evaluate((box) => box.value);

test("the lot lives, is played with on the picture and by keyboard, and its rows are in IndexedDB", {}, async (page) => {
  await go(page, "?pool_size=3&max_overflow=0&rate=0");
  await lives(page, "lot");
  assert.equal(await text(page, figure("status")), "Pool size: 3  Connections in pool: 0 Current Overflow: -3 Current Checked out connections: 0");
  await press(page, "button", "pool_size: more", "#lot");
  await says(page, figure("status"), "Pool size: 4");
  assert.equal(await value(page, "pool_size", "#lot"), "4");
  await press(page, "button", "max_overflow: more", "#lot");
  await until("max_overflow is 1", async () => (await value(page, "max_overflow", "#lot")) === "1");
  await press(page, "button", "max_overflow: less", "#lot");
  await until("max_overflow is 0", async () => (await value(page, "max_overflow", "#lot")) === "0");
  // By keyboard: on the picture, in a box, on a slider.
  await tabTo(page, "button", "pool_size: less", "#lot");
  await page.keyboard.press("Enter");
  await says(page, figure("status"), "Pool size: 3");
  await write(page, page, "requests per second", "20", "#lot");
  await write(page, page, "query time", "100", "#lot");
  await (await find(page, "slider", "pool_timeout", "#lot")).focus();
  await page.keyboard.press("Home");
  await until("pool_timeout is 0", async () => Number(await value(page, "pool_timeout", "#lot")) === 0);
  await until("the link says so", () => page.evaluate(() => /pool_timeout=0/u.test(location.search) && /rate=20/u.test(location.search) && !/pool_size=4/u.test(location.search)));
  await moreThan(page, figure("served"), 5);
  assert.deepEqual((await rowsInStore(page))[0], { id: 1, name: "Alice" });
  // Space pauses and plays.
  await tabTo(page, "button", "Pause", "#lot");
  await page.keyboard.press(" ");
  await find(page, "button", "Play", "#lot");
  await frames(page, 30);
  const served = await count(page, figure("served"));
  await frames(page, 60);
  assert.equal(await count(page, figure("served")), served);
  await page.keyboard.press(" ");
  await moreThan(page, figure("served"), served + 5);
});

test("one connection and a slow query give the exact error", {}, async (page) => {
  await go(page, "?pool_size=1&max_overflow=0&pool_timeout=1&rate=5&query_ms=4000");
  await lives(page, "lot");
  await says(page, figure("error"), "sqlalchemy.exc.TimeoutError: QueuePool limit of size 1 overflow 0 reached, connection timed out, timeout 1.00 (Background on this error at: https://sqlalche.me/e/21/3o7r)");
});

test("a reload keeps the rows and the settings", {}, async (page) => {
  await go(page, "?rate=10&query_ms=100");
  await lives(page, "lot");
  await write(page, page, "pool_size", "7", "#lot");
  await moreThan(page, figure("served"), 5);
  const before = (await rowsInStore(page)).length;
  assert.ok(before > 5);
  await page.reload();
  await lives(page, "lot");
  await moreThan(page, figure("rows"), before);
  assert.equal(await value(page, "pool_size", "#lot"), "7");
});

test("a lesson: a guess, the run and its verdict, the challenge solved, and progress that stays", {}, async (page) => {
  await go(page, "lessons/timeout/");
  await press(page, "button", "Run it", "#timeout-guess");
  await says(page, "#timeout-guess [role=status]", "What do you expect?");
  await pressed(page, () => page.$("#timeout-guess label"));
  await press(page, "button", "Run it", "#timeout-guess");
  await lives(page, "timeout-run");
  await find(page, "button", "Pause", "#timeout-run");
  await hurry(page, "#timeout-run");
  await says(page, "#timeout-guess [role=status]", /You expected|As you expected/u);
  await says(page, "#timeout-run .bar .said", /^The end, /u);
  assert.ok(await page.evaluate(() => document.getElementById("timeout-answer").open));
  assert.equal((await page.$$('#timeout-guess [data-mark="right"]')).length, 1);
  await lives(page, "timeout-challenge");
  const verdict = figure("verdict", "#timeout-challenge");
  await says(page, verdict, /^\d of \d goals (is|are) met\./u);
  await press(page, "radio", "query, close, PDF", "#timeout-challenge");
  await write(page, page, "pool_timeout", "5", "#timeout-challenge");
  await says(page, verdict, /^Solved with 2 changes\. 3 of 3 points/u);
  await until("both goals are met", () => page.evaluate(() => document.querySelectorAll('#timeout-challenge [data-figure="goals"] li.met').length === 2));
  await says(page, ".payoff", "Next: When is a connection recycled?");
  await until("progress is written", async () => (await rowsInStore(page, "valet-keep", "progress")).length > 0);
  await go(page, "#contents");
  await says(page, "#progress-timeout", /^predicted, and the challenge solved$/u);
  await page.reload();
  await says(page, "#progress-timeout", /^predicted, and the challenge solved$/u);
});

test("the clinic: an error, its cause, and a cure that works", {}, async (page) => {
  await go(page, "clinic/");
  const box = await find(page, "textbox", "Your error, traceback, log or configuration");
  await box.focus();
  await page.keyboard.type(
    'File "/app/main.py", line 42, in checkout\nsqlalchemy.exc.TimeoutError: QueuePool limit of size 3 overflow 2 reached, connection timed out, timeout 7.00 (Background on this error at: https://sqlalche.me/e/20/3o7r)',
  );
  await press(page, "button", "Look at it");
  await says(page, figure("found"), /^Found: 1 thing\.$/u);
  await says(page, '.cause button[aria-expanded="true"]', "A connection is held while something slow runs");
  await says(page, figure("status", "#clinic"), "Pool size: 3");
  await says(page, figure("first-error"), "QueuePool limit of size 3 overflow 2 reached, connection timed out, timeout 7.00");
  const timeouts = await page.$eval(".cure", (cure) => {
    const row = [...cure.querySelectorAll("tr")].find((row) => row.querySelector("th")?.textContent === "Time-outs");
    return [...row.querySelectorAll("td")].map((cell) => Number(cell.textContent));
  });
  assert.ok(timeouts[0] > 0);
  assert.equal(timeouts[1], 0);
  await pressed(page, () => page.$("::-p-xpath(//button[starts-with(normalize-space(), 'Cured: ')])"));
  await lives(page, "clinic");
  await until("the cured world has no time-outs", () =>
    page.evaluate(() => {
      const term = [...document.querySelectorAll("#clinic dt")].find((term) => term.textContent.trim() === "Time-outs");
      return Number(term?.parentElement.querySelector("dd").textContent) === 0;
    }),
  );
  // Another cause, and the numbers taken along without the paste.
  await press(page, "button", "The pool is too small for the load");
  await says(page, '.cause button[aria-expanded="true"]', "The pool is too small for the load");
  const link = await find(page, "link", "Open this world in the playground");
  const address = await link.evaluate((link) => link.href);
  assert.match(address, /pool_size=3/u);
  assert.doesNotMatch(address, /main\.py/u);
  await press(page, "link", "Open this world in the playground");
  await lives(page, "playground");
  await says(page, figure("status", "#playground"), "Pool size: 3");
});

test("the playground: a setting turned, a step back to the very picture, a link that shows it again", {}, async (page) => {
  await go(page, "playground/?rate=9");
  await lives(page, "playground");
  const clock = figure("clock", "#playground");
  await until("it plays", async () => Number.parseFloat(await text(page, clock)) > 2);
  await press(page, "button", "Pause", "#playground");
  await find(page, "button", "Play", "#playground");
  await write(page, page, "pool_size", "4", "#playground");
  await says(page, figure("status", "#playground"), "Pool size: 4");
  await frames(page, 30);
  const read = async () => [
    await page.$$eval("#playground-picture canvas:not(.dissolves)", (layers) => layers.map((layer) => layer.toDataURL()).join()),
    ...(await Promise.all(["clock", "status", "served", "waiting", "open"].map((name) => text(page, figure(name, "#playground"))))),
  ];
  const step = async (name) => {
    await press(page, "button", name, "#playground");
    await frames(page, 30);
  };
  await step("Step forward");
  const before = await read();
  for (let steps = 0; steps < 3; steps++) await step("Step back");
  assert.notDeepEqual((await read()).slice(1), before.slice(1));
  for (let steps = 0; steps < 3; steps++) await step("Step forward");
  assert.deepEqual(await read(), before);
  await until("the link says so", () => page.evaluate(() => /pool_size-4|pool_size=4/u.test(decodeURIComponent(location.search)) && /at=/u.test(location.search)));
  await page.reload();
  await lives(page, "playground");
  await says(page, figure("status", "#playground"), "Pool size: 4");
  await frames(page, 30);
  const [, ...shown] = await read();
  assert.deepEqual(shown, before.slice(1));
});

/// Presses a visitor's button and gives the status and the lines of the answer. Nobody else may be visiting.
async function visit(page, scene, path) {
  const requests = () => page.$$eval(`${figure("request", scene)} option`, (options) => options.map((option) => [Number(option.value), option.textContent]).filter(([number]) => number > 0));
  const [[before = 0] = []] = await requests();
  await press(page, "button", `Visit ${path}`, scene);
  const [, said] = await until(`${path} is answered`, async () => (await requests()).find(([number, said]) => number > before && /\(\d+\)$/u.test(said)));
  const lines = await page.$eval(`${figure("page", scene)} .body`, (body) => body.innerText.trim().split("\n"));
  return [Number(/\((\d+)\)$/u.exec(said)[1]), lines];
}

test("the Flask application: visits are answered, and are rows that stay", {}, async (page) => {
  await go(page, "flask/?query_ms=50");
  await lives(page, "flask");
  await hurry(page, "#flask");
  assert.deepEqual(await visit(page, "#flask", "/"), [200, ["Alice"]]);
  assert.deepEqual(await visit(page, "#flask", "/"), [200, ["Alice", "Alice"]]);
  const rows = [1, 2].map((id) => ({ id, name: "Alice" }));
  assert.deepEqual(await rowsInStore(page, "valet-example"), rows);
  await page.reload();
  await lives(page, "flask");
  await hurry(page, "#flask");
  await says(page, figure("rows", "#flask"), /^2$/u);
  assert.deepEqual(await visit(page, "#flask", "/"), [200, ["Alice", "Alice", "Alice"]]);
  await go(page, "flask/?app=users&query_ms=50");
  await lives(page, "flask");
  await hurry(page, "#flask");
  assert.equal((await visit(page, "#flask", "/register"))[0], 200);
  assert.equal((await visit(page, "#flask", "/register"))[0], 500);
  await says(page, figure("raised", "#flask"), /^sqlalchemy\.exc\.IntegrityError: .*UNIQUE constraint failed: user\.username/u);
});

test("the FastAPI application: a sign-up is a row, and the list has it", {}, async (page) => {
  await go(page, "fastapi/?query_ms=50");
  await lives(page, "fastapi");
  await hurry(page, "#fastapi");
  assert.deepEqual(await visit(page, "#fastapi", "/sign-up"), [200, ["Saved."]]);
  assert.deepEqual(await rowsInStore(page, "valet-coroutines"), [{ id: 1, name: "Alice" }]);
  assert.equal(await text(page, figure("address", "#fastapi")), "http://localhost:8000/sign-up");
});

test("the daily outage: a wrong guess, the cause, the cure, and all of it there after a reload", {}, async (page) => {
  // The day is fixed: its outage is the same for ever (tests/native/daily.rs).
  const [cause, cure] = ["A connection is held while something slow runs", "Commit before the email is sent"];
  await go(page, "daily/#2026-11-17");
  await lives(page, "daily");
  await says(page, figure("alert"), /\d+ of \d+ requests fail/u);
  const option = (isRight) =>
    page.evaluateHandle((cause, isRight) => [...document.querySelectorAll(".guessing .ways label")].find((label) => label.textContent.includes(cause) === isRight), cause, isRight);
  await pressed(page, () => option(false));
  await press(page, "button", "That is it");
  await says(page, figure("reply"), /^No\. .*2 guesses are left\./su);
  await pressed(page, () => option(true));
  await press(page, "button", "That is it");
  await says(page, figure("reply"), /^That is it\./u);
  await press(page, "radio", cure);
  await press(page, "button", "Run the same traffic again");
  await says(page, ".payoff", "cause 2/3 · cure 3/3");
  await page.reload();
  await lives(page, "daily");
  await says(page, figure("score"), /^cause 2\/3 · cure 3\/3 · nothing broken$/u);
});

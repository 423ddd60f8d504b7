// A course page that knows docs/embedding.md and nothing else: what a teacher sets, and messages both ways.
import { createServer } from "node:http";
import { hold, isToFrame } from "./schema.js";
import { expect, stands, test } from "./site.js";

let course;
let body;
test.beforeAll(async () => {
  const server = createServer((_, response) => {
    response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" });
    response.end(`<!doctype html><html lang="en"><title>A course</title><script>
      const heard = [];
      addEventListener("message", ({ data }) => heard.push(data));
      const tell = (message) => document.querySelector("iframe").contentWindow.postMessage(message, "*");
      </script><body style="margin: 0">${body}</body></html>`);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  course = { address: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
});
test.afterAll(() => course.close());

const SANDBOXES = { "scripts alone": "allow-scripts", "the line's own": "allow-scripts allow-same-origin allow-popups" };
const frameOf = (baseURL, name, query, sandbox = SANDBOXES["the line's own"], width = 800) =>
  `<iframe title="x" width="${width}" height="900" frameborder="0" sandbox="${sandbox}" src="${baseURL}embed/${name}.html${query}"></iframe>`;

async function host(page, html) {
  body = html;
  await page.goto(course.address);
  return page.frameLocator("iframe");
}
const said = (page) => page.evaluate(() => heard);
const heard = (page, type) => page.evaluate((type) => heard.filter((message) => message.valet === 1 && message.type === type), type);
const tell = (page, message) => page.evaluate((message) => tell(message), message);
const last = async (page, type) => (await heard(page, type)).at(-1);
const height = (frame) => frame.locator("main").evaluate((main) => Math.ceil(main.getBoundingClientRect().bottom + scrollY));

for (const [which, sandbox] of Object.entries(SANDBOXES)) {
  test(`a host hears, asks, keeps and gives back, sandboxed with ${which}`, async ({ page, baseURL, complaints }) => {
    const frame = await host(page, frameOf(baseURL, "lazy-run", "?pool_size=3", sandbox));
    await expect.poll(() => last(page, "ready")).toMatchObject({ scene: "lazy-run" });
    await tell(page, { valet: 1, type: "set", settings: { pool_size: 2, max_overflow: "4" } });
    await expect(frame.locator('[data-figure="status"]')).toContainText("Pool size: 2");
    await expect.poll(async () => (await last(page, "state"))?.state).toMatch(/pool_size=2.*max_overflow=4|max_overflow=4.*pool_size=2/u);
    await tell(page, { valet: 1, type: "seek", at: 14 });
    await expect(frame.locator(".clock")).toHaveText("14.000 s");
    await tell(page, { valet: 1, type: "play" });
    await expect(frame.getByRole("button", { name: "Pause" })).toBeVisible();
    await tell(page, { valet: 1, type: "pause" });
    await expect(frame.getByRole("button", { name: "Play", exact: true })).toBeVisible();
    const clock = frame.locator(".clock");
    await tell(page, { valet: 1, type: "seek", at: 6 });
    await expect(clock).toHaveText("6.000 s");
    await tell(page, { valet: 1, type: "step" });
    await expect(clock).not.toHaveText("6.000 s");
    await tell(page, { valet: 1, type: "step", back: true });
    await tell(page, { valet: 1, type: "seek", at: 9 });
    await expect(clock).toHaveText("9.000 s");
    await expect.poll(async () => (await last(page, "state"))?.state).toContain("at=9");
    await page.evaluate(() => (heard.length = 0));
    await tell(page, { valet: 1, type: "get" });
    await expect.poll(() => last(page, "state")).toBeTruthy();
    const { state } = await last(page, "state");
    await tell(page, { valet: 1, type: "reset" });
    await expect(frame.locator('[data-figure="status"]')).toContainText("Pool size: 3");
    await tell(page, { valet: 1, type: "restore", state });
    await expect(frame.locator('[data-figure="status"]')).toContainText("Pool size: 2");
    await expect(clock).toHaveText("9.000 s");
    // What a setting does not take is said, to the reader and to the host.
    await tell(page, { valet: 1, type: "set", settings: { pool_size: "many", pool_sise: 3 } });
    await expect.poll(async () => (await heard(page, "error")).length).toBeGreaterThan(0);
    await expect.poll(async () => (await heard(page, "error")).map(({ text }) => text)).toEqual([expect.stringMatching(/^pool_size /u), "There is no setting pool_sise."]);
    hold(await said(page));
  });
}

test("the height of the scene is told, in the words of hosts that there are", async ({ page, baseURL, complaints }) => {
  const frame = await host(page, frameOf(baseURL, "lot", "?compact=1", undefined, 760));
  await expect.poll(() => last(page, "ready")).toBeTruthy();
  await expect.poll(async () => (await last(page, "resize")).height === (await height(frame))).toBe(true);
  const high = await height(frame);
  expect(high).toBeLessThanOrEqual(680); // as the line offers: nothing scrolls inside
  const all = () => page.evaluate(() => heard);
  const others = await all();
  expect(others).toContainEqual({ subject: "lti.frameResize", height: high });
  expect(others).toContainEqual({ type: "plugin.resize", payload: { width: 760, height: high } });
  expect(others).toContainEqual({ sentinel: "amp", type: "embed-size", width: 760, height: high });
  expect(others.filter((one) => typeof one === "string").map((one) => JSON.parse(one))).toContainEqual(expect.objectContaining({ context: "iframe.resize", height: high }));
  await tell(page, "[iFrameSizer]frame1:8:false:false:32:true:true:null:bodyOffset:null:null:0:false:parent:scroll");
  await expect.poll(all).toContainEqual(`[iFrameSizer]frame1:${high}:760:size`);
  await tell(page, { context: "h5p", action: "hello" });
  await expect.poll(all).toContainEqual(expect.objectContaining({ context: "h5p", action: "prepareResize", scrollHeight: high }));
  await tell(page, { context: "h5p", action: "resizePrepared" });
  await expect.poll(all).toContainEqual({ context: "h5p", action: "resize", scrollHeight: high });
});

test("what is not listed is ignored, with one note, and nothing breaks", async ({ page, baseURL, complaints }) => {
  const frame = await host(page, frameOf(baseURL, "lazy-run", ""));
  await expect.poll(() => last(page, "ready")).toBeTruthy();
  const notes = [];
  page.on("console", (message) => message.text().startsWith("Valet ignores") && notes.push(message.text()));
  const odd = [
    null, 0, "", "valet", [], {}, { valet: 1 }, { valet: 2, type: "play" }, { valet: 1, type: "__proto__" }, { valet: 1, type: "toString" },
    { valet: 1, type: "seek" }, { valet: 1, type: "seek", at: "9" }, { valet: 1, type: "seek", at: -1 }, { valet: 1, type: "seek", at: 1e300 },
    { valet: 1, type: "set" }, { valet: 1, type: "set", settings: null }, { valet: 1, type: "set", settings: { "pool size": 1, __proto__: 2 } },
    { valet: 1, type: "set", settings: { pool_size: "9".repeat(1_000) } }, { valet: 1, type: "restore" }, { valet: 1, type: "restore", state: "javascript:alert(1)" },
    { valet: 1, type: "restore", state: "https://example.org/" }, { context: "h5p" }, { context: "h5p", action: "x" }, "[iFrameSizer]", "[iFrameSizer]:::", { valet: 1, type: "nonsense", a: { b: [] } },
  ];
  for (const message of odd) {
    expect(isToFrame(message) && message.settings === undefined && message.at !== 1e300, JSON.stringify(message)).toBe(false);
    await tell(page, message);
  }
  // Whatever a seeded generator makes of the words of the promise.
  let seed = 7;
  const random = (most) => (seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31) % most;
  const parts = ["play", "set", "seek", "measure", "at", "back", "valet", "settings", 1, -1, NaN, 1e9, null, true, "pool_size", "?", "x".repeat(500)];
  const any = (depth) => (depth && random(3) ? Object.fromEntries(Array.from({ length: random(4) }, () => [String(parts[random(parts.length)]), any(depth - 1)])) : parts[random(parts.length)]);
  for (let many = 0; many < 500; many++) await tell(page, { valet: 1, type: parts[random(6)], ...(typeof any(1) === "object" ? any(2) : {}) });
  await tell(page, { valet: 1, type: "pause" });
  await tell(page, { valet: 1, type: "seek", at: 7 });
  await expect(frame.locator(".clock")).toHaveText("7.000 s");
  expect(notes).toHaveLength(1);
});

test("a teacher limits what is shown and turned, and says how it looks", async ({ page, baseURL, complaints }) => {
  const frame = await host(page, frameOf(baseURL, "timeout-challenge", "?lock=max_overflow&hide=pool_recycle&panels=time,knobs&solution=0&links=0&theme=dark&text=large&show=all,pool_timeout,max_overflow"));
  await expect.poll(() => last(page, "ready")).toBeTruthy();
  await expect(frame.getByRole("slider", { name: "max_overflow" })).toBeDisabled();
  await expect(frame.getByRole("slider", { name: "pool_timeout" })).toBeEnabled();
  await expect(frame.getByRole("slider", { name: "pool_recycle" })).toBeHidden();
  await expect(frame.getByRole("button", { name: "Show solution" })).toHaveCount(0);
  for (const gone of [".figures", ".status", ".chart", ".hint[open], details.hint", ".embed-foot > p a"]) await expect(frame.locator(gone).first()).toBeHidden();
  await expect(frame.locator("html")).toHaveCSS("color-scheme", "dark");
  expect(await frame.locator("html").evaluate((root) => getComputedStyle(root).getPropertyValue("--page").trim())).toBe("#15181b");
  await frame.getByRole("radio", { name: "query, close, PDF" }).check();
  await frame.getByRole("textbox", { name: "pool_timeout" }).fill("5");
  await frame.getByRole("textbox", { name: "pool_timeout" }).press("Enter");
  await expect.poll(() => last(page, "goal")).toMatchObject({ goal: "challenge-timeout", points: 3, of: 3 });
  await expect.poll(async () => (await last(page, "state"))?.state).toMatch(/choice=report-4.*lock=max_overflow/u);
  // The same in xAPI's shape: who it was the host adds.
  const { statement } = await last(page, "xapi");
  expect(statement).toMatchObject({
    verb: { id: "http://adlnet.gov/expapi/verbs/completed" },
    object: { id: `${baseURL}lessons/timeout/#timeout-challenge` },
    result: { completion: true, success: true, score: { raw: 3, min: 0, max: 3, scaled: 1 } },
  });
  hold(await said(page));
});

for (const [query, addressed, other] of [["", "run", "challenge"], ["?scene=timeout-challenge", "challenge", "run"]]) {
  test(`of two scenes in a frame the host speaks with the ${addressed}`, async ({ page, baseURL, complaints }) => {
    const frame = await host(page, frameOf(baseURL, "timeout", query));
    const [heeds, stays] = [addressed, other].map((part) => frame.locator(`#timeout-${part}`));
    await expect(frame.locator(`#timeout-${addressed}-picture.live`)).toBeAttached();
    await stays.scrollIntoViewIfNeeded();
    await expect(frame.locator(`#timeout-${other}-picture.live`)).toBeAttached();
    const before = await stays.locator(".clock").textContent();
    await tell(page, { valet: 1, type: "seek", at: 3.25 });
    await expect(heeds.locator(".clock")).toHaveText("3.250 s");
    await expect(stays.locator(".clock")).toHaveText(before);
    await tell(page, { valet: 1, type: "set", settings: { pool_timeout: 9 } });
    await expect(heeds.getByRole("textbox", { name: "pool_timeout" })).toHaveValue("9");
    await expect(stays.getByRole("textbox", { name: "pool_timeout" })).not.toHaveValue("9");
  });
}

test("a teacher's own task: goals on figures, a prediction, hints", async ({ page, baseURL, complaints }) => {
  const query = new URLSearchParams({
    task: "Nobody may wait long.", goal: "longest-at-most-2000*timeouts-at-most-3", hint: "Look at the bays.*How long is a connection held?",
    ask: "How many time out?", answers: "0*10*18*40", decides: "timeouts", show: "all,query_ms",
  });
  const frame = await host(page, frameOf(baseURL, "timeout-run", `?${query}`));
  const task = frame.getByRole("group", { name: "The task" });
  await expect(task).toContainText("Nobody may wait long.");
  await expect(task.locator('[data-figure="goals"] li')).toHaveText([/Longest wait: at most 2 s now 5 s, not met/u, /Time-outs: at most 3 now 18, not met/u]);
  await task.getByText("Hint 2").click();
  await expect(task.getByText("How long is a connection held?")).toBeVisible();
  await task.getByRole("button", { name: "Run it" }).click();
  await expect(frame.locator('[data-figure="own-answer"]')).toHaveText("What do you expect? Choose an answer first.");
  await task.getByRole("radio", { name: "18" }).check();
  await task.getByRole("button", { name: "Run it" }).click();
  await expect(frame.locator('[data-figure="own-answer"]')).toHaveText("As you expected. Time-outs: 18.");
  await expect.poll(() => last(page, "goal")).toMatchObject({ goal: "own-guess", points: 3, of: 3 });
  // A setting that the lesson does not turn is shown, and solves it together with another.
  await expect(frame.getByRole("textbox", { name: "query_ms" })).toBeVisible();
  await tell(page, { valet: 1, type: "set", settings: { pool_size: 20 } });
  await expect.poll(() => last(page, "goal")).toMatchObject({ goal: "own-goal", points: 3, of: 3 });
  expect((await last(page, "xapi")).statement.object.id).toContain("embed/timeout-run.html?goal=");
  hold(await said(page));
  // A task that is not of the form is said, and the scene lives without it.
  const bad = await host(page, frameOf(baseURL, "timeout-run", "?goal=cake-at-most-3&ask=Why"));
  await expect(bad.locator("#embed-said")).toContainText("cake: there is no such figure to measure. There are arrived, served,");
  await expect(bad.locator("#embed-said")).toContainText("ask, answers and decides belong together");
  await expect(bad.locator("#timeout-run-picture.live")).toBeVisible();
  await expect(bad.getByRole("group", { name: "The task" })).toHaveCount(0);
});

test("a host measures a run, and nothing of that is shown", async ({ page, baseURL, complaints }) => {
  const frame = await host(page, frameOf(baseURL, "timeout-run", ""));
  await expect.poll(() => last(page, "ready")).toBeTruthy();
  const ask = async (message) => {
    expect(isToFrame({ valet: 1, type: "measure", ...message })).toBe(true);
    await tell(page, { valet: 1, type: "measure", ...message });
  };
  const answer = (id) => expect.poll(async () => (await heard(page, "measured")).find((one) => one.id === id));
  // The numbers of the lesson's own prose, which tests work out.
  await ask({ id: "a", figures: ["served", "timeouts", "longest"] });
  await ask({ id: "b", figures: ["served", "timeouts", "longest"], settings: { pool_timeout: 10 } });
  await ask({ id: "c", figures: ["served"], at: 17 });
  await answer("a").toMatchObject({ figures: { served: { number: 61, text: "61" }, timeouts: { number: 18 } } });
  await answer("b").toMatchObject({ figures: { served: { number: 61 }, timeouts: { number: 3 }, longest: { text: "10 s" } } });
  await answer("c").toMatchObject({ at: 17, figures: { served: { number: 4 } } });
  await expect(frame.getByRole("textbox", { name: "pool_timeout" })).toHaveValue("5");
  await ask({ id: "d", figures: ["cake"] });
  await ask({ id: "e", figures: ["served"], settings: { pool_size: "many" } });
  await expect.poll(async () => (await heard(page, "error")).map(({ text }) => text)).toEqual(["There is no figure cake.", expect.stringMatching(/^pool_size=many: /u)]);
  hold(await said(page));
});

test("wrong values are said in the frame", async ({ page, baseURL, complaints }) => {
  const frame = await host(page, frameOf(baseURL, "lot", "?theme=pink&panels=time,cake&amp;amp;pool_size=3"));
  await expect(frame.locator("#embed-said")).toHaveText("The address of this frame: theme=pink: it takes light, dark, auto. panels: there is no cake. There are time, status, knobs, figures, words, chart, story.");
  await expect(frame.locator('[data-figure="status"]')).toContainText("Pool size: 3");
});

test("a height is told when it stands, and ready with it", async ({ page, baseURL, complaints }) => {
  for (const [name, query] of [["trial", ""], ["timeout-challenge", "?compact=1"], ["lot", ""]]) {
    const frame = await host(page, frameOf(baseURL, name, query, undefined, 700));
    await expect.poll(() => last(page, "ready")).toBeTruthy();
    const told = (await last(page, "ready")).height;
    expect(await stands(page, () => height(frame)), name).toBe(told);
    // What is told before is no page without scripts: nobody's page jumps by thousands of pixels.
    for (const { height } of await heard(page, "resize")) expect(Math.abs(height - told), name).toBeLessThan(700);
  }
});

test("names that mean nothing in the scene are said, with the nearest", async ({ page, baseURL, complaints }) => {
  const frame = await host(page, frameOf(baseURL, "timeout-run", "?lock=pool_sise&hide=max_overflo,all&show=all,cake"));
  const foot = frame.locator("#embed-said");
  for (const said of ["lock: this scene has no control for pool_sise. The nearest name is pool_size.", "hide: this scene has no control for max_overflo. The nearest name is max_overflow.", "show: this scene has no control for cake."]) {
    await expect(foot).toContainText(said);
    await expect.poll(async () => (await heard(page, "error")).map(({ text }) => text).join(" ")).toContain(said);
  }
  hold(await said(page));
  // A task where the scene takes none.
  for (const name of ["lot", "timeout-challenge", "trial"]) {
    const other = await host(page, frameOf(baseURL, name, "?task=Do+it&goal=timeouts-at-most-3"));
    await expect(other.locator("#embed-said"), name).toContainText("task, goal: only the run of a lesson takes a task of yours, such as timeout-run.");
  }
  // What is right is not said.
  for (const [name, query] of [["timeout-run", "?lock=pool_size&show=all,query_ms&task=Do+it&goal=timeouts-at-most-3"], ["flask", "?lock=pool_size,pool_timeout&hide=rate"], ["timeout", "?task=Do+it&goal=timeouts-at-most-3"]]) {
    const fine = await host(page, frameOf(baseURL, name, query));
    await expect.poll(() => last(page, "ready")).toBeTruthy();
    await expect(fine.locator("#embed-said"), name).toHaveText("");
    expect(await heard(page, "error"), name).toEqual([]);
  }
});

test("what an address has that is not taken the host hears", async ({ page, baseURL, complaints }) => {
  await host(page, frameOf(baseURL, "timeout-run", "?pool_size=abc&goal=timeouts-at-most-half&theme=pink"));
  const errors = async () => (await heard(page, "error")).map(({ text }) => text).sort();
  await expect.poll(errors).toEqual([expect.stringMatching(/^The link has pool_size=abc\. /u), expect.stringMatching(/^goal=timeouts-at-most-half: /u), expect.stringMatching(/^theme=pink: /u)]);
  hold(await said(page));
});

test("the numbers that nothing reads in the Flask application are locked, too", async ({ page, baseURL, complaints }) => {
  const frame = await host(page, frameOf(baseURL, "flask", "?lock=pool_size,rate"));
  await expect(frame.getByRole("textbox", { name: "SQLALCHEMY_POOL_SIZE" })).toBeDisabled();
  await expect(frame.getByRole("slider", { name: "requests per second" })).toBeDisabled();
  await expect(frame.getByRole("textbox", { name: "SQLALCHEMY_MAX_OVERFLOW" })).toBeEnabled();
  // In the corrected application they are real, and locked as well.
  await frame.getByRole("radio", { name: "corrected" }).check({ force: true });
  await expect(frame.getByRole("slider", { name: "pool_size" })).toBeDisabled();
  await expect(frame.getByRole("slider", { name: "max_overflow" })).toBeEnabled();
});

test("the moment at which a played scene was paused is in its state", async ({ page, baseURL, complaints }) => {
  const frame = await host(page, frameOf(baseURL, "timeout-run", ""));
  await expect.poll(() => last(page, "ready")).toBeTruthy();
  const opens = await frame.locator(".clock").textContent();
  await tell(page, { valet: 1, type: "play" });
  await expect(frame.locator(".clock")).not.toHaveText(opens);
  await tell(page, { valet: 1, type: "pause" });
  const shown = parseFloat(await stands(page, () => frame.locator(".clock").textContent()));
  const at = async () => {
    await tell(page, { valet: 1, type: "get" });
    return Number(/[?&]at=([\d.]+)/u.exec((await last(page, "state"))?.state ?? "")?.[1]);
  };
  await expect.poll(async () => Math.abs((await at()) - shown)).toBeLessThan(0.001);
});

test("what is locked no host turns, and a state that is restored leaves the frame's own address in force", async ({ page, baseURL, complaints }) => {
  const frame = await host(page, frameOf(baseURL, "timeout-run", "?pool_size=4&lock=pool_size&task=Do+it&goal=timeouts-at-most-3&theme=dark"));
  await expect.poll(() => last(page, "ready")).toBeTruthy();
  await tell(page, { valet: 1, type: "set", settings: { pool_size: 9, max_overflow: 2 } });
  await expect.poll(async () => (await heard(page, "error")).map(({ text }) => text)).toEqual(["pool_size is locked in this frame."]);
  await expect(frame.getByRole("textbox", { name: "max_overflow" })).toHaveValue("2");
  await expect(frame.getByRole("textbox", { name: "pool_size" })).toHaveValue("4");
  await tell(page, { valet: 1, type: "restore", state: "?scene=timeout-run&v=1&pool_size=9&max_overflow=5&theme=light&lock=max_overflow&at=7" });
  await expect(frame.locator(".clock")).toHaveText("7.000 s");
  await expect(frame.getByRole("textbox", { name: "max_overflow" })).toHaveValue("5");
  await expect(frame.getByRole("textbox", { name: "pool_size" })).toHaveValue("4");
  await expect(frame.getByRole("textbox", { name: "pool_size" })).toBeDisabled();
  await expect(frame.getByRole("textbox", { name: "max_overflow" })).toBeEnabled();
  await expect(frame.getByRole("group", { name: "The task" })).toContainText("Do it");
  await expect(frame.locator("html")).toHaveCSS("color-scheme", "dark");
  hold(await said(page));
});

test("for a screen in a room picture and Play are in sight, and the scene plays", async ({ page, baseURL, complaints }) => {
  const panels = { "timeout-run": "&panels=time", "timeout-challenge": "&panels=time,knobs" };
  for (const [width, height] of [[1280, 850], [1920, 1080]]) {
    await page.setViewportSize({ width, height });
    for (const name of ["timeout-run", "timeout-challenge", "leak-challenge", "lot", "playground", "flask"]) {
      await page.goto(`${baseURL}embed/${name}.html?projector=1&text=large${panels[name] ?? ""}`);
      const pause = page.getByRole("button", { name: "Pause" });
      await expect(pause, name).toBeVisible();
      const inSight = (one) => one.evaluate((element) => element.getBoundingClientRect().top >= 0 && element.getBoundingClientRect().bottom <= innerHeight);
      for (const one of [page.locator(`#${name}-picture`), pause]) await expect.poll(() => inSight(one), `${name} ${width}`).toBe(true);
      const wide = await page.locator(`#${name}-picture`).evaluate((picture) => picture.offsetWidth / innerWidth);
      expect(wide, `${name} ${width}`).toBeGreaterThan(name === "timeout-run" ? 0.7 : 0.45);
    }
  }
  await page.goto(`${baseURL}embed/timeout-challenge.html?projector=1&panels=time,knobs`);
  await expect(page.getByRole("textbox", { name: "pool_timeout" })).toBeVisible();
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto(`${baseURL}embed/timeout-run.html?projector=1`);
  await expect(page.locator("#timeout-run-picture.live")).toBeVisible();
  const clock = page.locator(".clock");
  await expect(page.getByRole("button", { name: "Play", exact: true })).toBeVisible();
  expect(await stands(page, () => clock.textContent())).toBe("6.000 s");
});

test("the element has its scene's height, its attributes, methods and events", async ({ page, baseURL, complaints }) => {
  body = `<script type="module" src="${baseURL}embed.js"></script><valet-lot scene="lazy-run" pool-size="3" lock="max_overflow" panels="time,status,knobs"></valet-lot>
    <valet-lot scene="lot" compact="1" height="500"></valet-lot>`;
  await page.goto(course.address);
  const frame = page.frameLocator("valet-lot:first-of-type iframe");
  await expect(frame.locator('[data-figure="status"]')).toContainText("Pool size: 3");
  await expect(frame.getByRole("slider", { name: "max_overflow" })).toBeDisabled();
  const element = page.locator("valet-lot").first();
  await expect.poll(async () => (await element.locator("iframe").evaluate((one) => one.offsetHeight)) === (await height(frame))).toBe(true);
  expect(await page.locator("valet-lot iframe").nth(1).evaluate((one) => one.offsetHeight)).toBe(500);
  await element.evaluate((lot) => lot.set({ pool_size: 4 }));
  await expect(frame.locator('[data-figure="status"]')).toContainText("Pool size: 4");
  await element.evaluate((lot) => lot.seek(8));
  await expect(frame.locator(".clock")).toHaveText("8.000 s");
  await expect.poll(() => element.evaluate((lot) => lot.state())).toMatch(/^\?scene=lazy-run.*pool_size=4.*at=8/u);
  // What is said otherwise the scene shows, several things at once too.
  await element.evaluate((lot) => {
    lot.setAttribute("pool-size", "2");
    lot.setAttribute("theme", "dark");
    lot.removeAttribute("lock");
  });
  await expect(frame.locator('[data-figure="status"]')).toContainText("Pool size: 2");
  await expect(frame.locator("html")).toHaveCSS("color-scheme", "dark");
  await expect(frame.getByRole("slider", { name: "max_overflow" })).toBeEnabled();
  await element.evaluate((lot) => lot.setAttribute("title", "Who times out?"));
  await expect(element.locator("iframe")).toHaveAttribute("title", "Who times out?");
  await element.evaluate((lot) => lot.setAttribute("height", "444"));
  await expect.poll(() => element.locator("iframe").evaluate((one) => one.offsetHeight)).toBe(444);
  await element.evaluate((lot) => lot.removeAttribute("height"));
  await expect.poll(async () => (await element.locator("iframe").evaluate((one) => one.offsetHeight)) === (await height(frame))).toBe(true);
  // Another scene in the same element; none when it goes.
  await element.evaluate((lot) => lot.setAttribute("scene", "timeout-run"));
  await expect(frame.locator("#timeout-run-picture.live")).toBeVisible();
  await element.evaluate((lot) => lot.remove());
  await expect(page.locator("valet-lot iframe")).toHaveCount(1);
});

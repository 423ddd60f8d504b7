// The teachers' page: from a choice to a limited, scored frame, a worksheet with its key, packages; and without scripts.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { accessible, expect, fits, stands, test } from "./site.js";

/// A course page of another origin, made of lines that were copied.
let body = "";
let host;
test.beforeAll(async () => {
  host = createServer((_, response) => {
    response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" });
    response.end(`<!doctype html><html lang="en"><title>A course</title><body style="margin: 0">${body}</body></html>`);
  });
  await new Promise((listening) => host.listen(0, "127.0.0.1", listening));
});
test.afterAll(() => host.close());
async function course(page, lines) {
  body = lines;
  await page.goto(`http://127.0.0.1:${host.address().port}/`);
}

const preview = (page) => page.frameLocator("iframe[title=Preview]");
const line = (page) => page.getByRole("textbox", { name: "The lines for your page" });
const says = (page) => page.locator("[data-teach=says]");
async function openTeach(page) {
  await page.goto("teach/");
  await page.locator("iframe[title=Preview]").scrollIntoViewIfNeeded(); // out of sight a scene waits
  await expect(preview(page).locator("#timeout-challenge-picture.live")).toBeVisible();
}

test("what is chosen is seen in the preview, and copied in every way", async ({ page, baseURL, complaints }) => {
  await openTeach(page);
  await page.getByRole("combobox", { name: "Scene", exact: true }).selectOption("timeout-run");
  await expect(preview(page).locator("#timeout-run-picture.live")).toBeVisible();
  await page.getByRole("textbox", { name: /^pool_size:/u }).fill("4");
  await page.getByRole("combobox", { name: "max_overflow: who turns it" }).selectOption("lock");
  await page.getByRole("combobox", { name: "Colours" }).selectOption("dark");
  await page.getByRole("checkbox", { name: "Links may lead out" }).uncheck();
  await expect(preview(page).locator('[data-figure="status"]')).toContainText("Pool size: 4");
  await expect(preview(page).getByRole("slider", { name: "max_overflow" })).toBeDisabled();
  await expect(preview(page).locator("html")).toHaveCSS("color-scheme", "dark");
  await expect(says(page)).toHaveText(/^The scene lives\. In a column of 700 pixels it is \d+ pixels high\.$/u);
  const address = `${baseURL}embed/timeout-run.html?pool_size=4&lock=max_overflow&theme=dark&compact=1&links=0`;
  const way = page.getByRole("combobox", { name: "Copy as" });
  const forms = {
    "HTML: a frame": `<iframe src="${address.replaceAll("&", "&amp;")}"`,
    "HTML: an element": `<valet-lot scene="timeout-run" title="Valet: Who times out?" pool-size="4" lock="max_overflow" theme="dark" compact="1" links="0"><a href="`,
    "Markdown (": "<iframe ",
    "Markdown without HTML": `](${address})`,
    MyST: "```{raw} html\n<iframe ",
    MDX: `src={${JSON.stringify(address)}}`,
    Moodle: 'frameborder="0" allowfullscreen="allowfullscreen"></iframe></p>',
    "The address": address,
  };
  for (const [name, text] of Object.entries(forms)) {
    const option = await way.locator("option").evaluateAll((all, name) => all.find((one) => one.value.startsWith(name)).value, name);
    await way.selectOption(option);
    await expect(line(page), name).not.toHaveValue("");
    expect(await line(page).inputValue(), name).toContain(text);
  }
  // What is copied works: the address leads to what was chosen.
  await page.goto(address);
  await expect(page.locator('[data-figure="status"]')).toContainText("Pool size: 4");
});

test("a goal and a question of one's own, tried in the preview", async ({ page, baseURL, complaints }) => {
  await openTeach(page);
  await page.getByRole("combobox", { name: "Scene", exact: true }).selectOption("timeout-run");
  await page.getByRole("textbox", { name: "What is asked for" }).fill("Nobody times out.");
  await page.getByRole("combobox", { name: "Goal 1: figure" }).selectOption("timeouts");
  await page.getByRole("textbox", { name: "Hints, one a line" }).fill("One.\nTwo.");
  const task = preview(page).getByRole("group", { name: "The task" });
  await expect(task).toContainText("Time-outs: none");
  await expect(task.getByText("Hint 2")).toBeVisible();
  // A teacher sees what the course page will hear.
  await preview(page).getByRole("textbox", { name: "pool_size" }).fill("20");
  await preview(page).getByRole("textbox", { name: "pool_size" }).press("Enter");
  await expect(says(page)).toHaveText("Your page hears: own-goal, 3 of 3 points.");
  // A goal that is met from the beginning is none.
  await page.getByRole("textbox", { name: "Goal 1: number" }).fill("500");
  await expect(says(page)).toHaveText(/^The goal is already met when the scene opens/u);
  // One more setting, which the lesson does not turn.
  await page.getByRole("combobox", { name: "One more setting", exact: true }).selectOption("query_ms");
  await page.getByRole("textbox", { name: /^query_ms:/u }).fill("100");
  await expect(preview(page).getByRole("textbox", { name: "query_ms" })).toHaveValue("100");
});

test("a worksheet's answers are worked out by the scene with the chosen settings", async ({ page, baseURL, complaints }) => {
  await openTeach(page);
  await page.getByRole("combobox", { name: "Scene", exact: true }).selectOption("timeout-run");
  await expect(preview(page).locator("#timeout-run-picture.live")).toBeVisible();
  await page.getByRole("combobox", { name: "The setting that the worksheet varies" }).selectOption("pool_timeout");
  await page.getByRole("textbox", { name: "Its values" }).fill("3, 5, 10");
  await page.getByRole("button", { name: "Make the worksheet" }).click();
  const sheet = page.locator("#teach-sheet");
  const key = sheet.locator("[data-sheet=key]");
  await expect(key.locator("table").first()).toContainText("Requests served61");
  // As the lesson's own prose says it: served, timed out.
  await expect(key.locator("table").nth(1).locator("tr")).toHaveText([/pool_timeout/u, /^36124/u, /^56118/u, /^10613/u]);
  await expect(sheet.locator("[data-sheet=questions] table").nth(1).locator("tr")).toHaveText([/pool_timeout/u, "3", "5", "10"]);
  // On a phone its tables scroll by themselves, and the page does not.
  await page.setViewportSize({ width: 390, height: 800 });
  await fits(page, 390, "the worksheet");
  for (const table of await sheet.locator("table").all()) {
    expect(await table.evaluate((one) => one.parentElement.getBoundingClientRect().right <= innerWidth && getComputedStyle(one.parentElement).overflowX)).toBe("auto");
  }
  await accessible(page, "#teach-sheet", "the worksheet");
  // Paper shows the one that is printed, and nothing else.
  await page.evaluate(() => (window.print = () => {}));
  await page.getByRole("button", { name: "Print the answer key" }).click();
  await page.emulateMedia({ media: "print" });
  await expect(key).toBeVisible();
  for (const gone of ["[data-sheet=questions]", "#teach", "#teach-bench", "#teach-answers"]) await expect(page.locator(gone)).toBeHidden();
});

test("packages for learning platforms are made in the page", async ({ page, baseURL, complaints }) => {
  await openTeach(page);
  await expect(says(page)).toContainText("The scene lives"); // before that there is no package
  for (const edition of ["1.2", "2004"]) {
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: `SCORM ${edition}` }).click()]);
    expect(download.suggestedFilename()).toBe(`valet-timeout-challenge-scorm-${edition}.zip`);
    const bytes = readFileSync(await download.path());
    expect(bytes.subarray(0, 4).toString("latin1")).toBe("PK\u0003\u0004");
    expect(bytes.toString("latin1")).toContain(`${baseURL}embed/timeout-challenge.html`);
  }
});

test("a worksheet asks for what the scene that it hands out shows", async ({ page, baseURL, complaints }) => {
  await openTeach(page);
  await page.getByRole("combobox", { name: "Scene", exact: true }).selectOption("overflow-run");
  await page.getByText("What is shown besides the picture", { exact: true }).click();
  for (const panel of ["figures", "settings"]) await page.getByRole("checkbox", { name: panel, exact: true }).uncheck();
  await page.getByRole("button", { name: "Make the worksheet" }).click();
  const sheet = page.locator("#teach-sheet");
  await expect(sheet.locator("[data-sheet=key]")).toBeVisible();
  const rows = await sheet.locator("[data-sheet=key] table").first().locator("tr:has(td)").evaluateAll((all) => all.map((row) => [...row.cells].map((cell) => cell.textContent)));
  expect(rows.length).toBeGreaterThan(3);
  const varied = await page.getByRole("combobox", { name: "The setting that the worksheet varies" }).inputValue();
  await page.goto(await sheet.locator("[data-sheet=questions] .address").textContent());
  await expect(page.getByRole("textbox", { name: varied })).toBeVisible();
  // To its end, as the sheet says.
  const moment = page.getByRole("slider", { name: "Moment" });
  await moment.fill(await moment.getAttribute("max"));
  for (const [title, value] of rows) {
    const shown = page.locator(".figures > div").filter({ has: page.getByText(title, { exact: true }) }).locator("dd");
    await expect(shown, title).toBeVisible();
    // The key rounds as prose does: it says 1.4 s of what the frame shows as 1.38 s.
    const seconds = (text) => parseFloat(text.replaceAll(/\s/gu, "")) / (text.endsWith("ms") ? 1_000 : 1);
    const [asked, there] = [seconds(value), seconds(await stands(page, () => shown.textContent()))];
    expect(Math.abs(there - asked), `${title}: ${value}`).toBeLessThanOrEqual(0.05);
  }
});

test("nothing has to be looked at first: heights, lines and worksheets come out of sight", async ({ page, baseURL, complaints }) => {
  await page.setViewportSize({ width: 390, height: 700 });
  await page.goto("teach/");
  const high = /height="(\d+)"/u;
  await expect(line(page)).toHaveValue(high);
  await page.getByRole("button", { name: "Make the worksheet" }).dispatchEvent("click");
  await expect(page.locator("#teach-sheet [data-sheet=key]")).toBeAttached();
  expect(await page.evaluate(() => scrollY + document.querySelector("iframe[title=Preview]").getBoundingClientRect().top - innerHeight)).toBeGreaterThan(0);
  await expect(page.locator(".teach-gauge")).toHaveCount(0);
});

for (const width of [480, 700, 1000]) {
  test(`a frame for a column of ${width} pixels is as high as the scene is there`, async ({ page, baseURL, complaints }) => {
    await page.goto("teach/");
    await page.getByRole("combobox", { name: "Scene", exact: true }).selectOption("timeout-run");
    await page.getByRole("textbox", { name: "Width of your column in pixels" }).fill(String(width));
    await expect(says(page)).toHaveText(new RegExp(`In a column of ${width} pixels`, "u"));
    await expect(line(page)).toHaveValue(/^<iframe/u);
    await page.setViewportSize({ width, height: 900 });
    await course(page, await line(page).inputValue());
    const frame = page.frameLocator("iframe");
    await expect(frame.locator("#timeout-run-picture.live")).toBeVisible();
    const rest = () => frame.locator("html").evaluate((root) => innerHeight - Math.ceil(document.querySelector("main").getBoundingClientRect().bottom + scrollY));
    await expect.poll(rest).toBeGreaterThanOrEqual(0);
    expect(await rest()).toBeLessThan(40);
  });
}

for (const way of ["HTML: a frame", "HTML: an element that grows with the scene"]) {
  test(`a page of the copied lines and the copied listener hears a score: ${way}`, async ({ page, baseURL, complaints }) => {
    await page.goto("teach/");
    await page.getByRole("combobox", { name: "Copy as" }).selectOption(way);
    await expect(line(page)).toHaveValue(way.includes("element") ? /<valet-lot/u : /<iframe/u);
    await page.getByText("A listener for your page: heights and scores").click();
    const listener = await page.getByRole("textbox", { name: "The listener for your page" }).inputValue();
    expect(listener.split("\n").length).toBeLessThanOrEqual(8);
    const heard = [];
    page.on("console", (message) => heard.push(message.text()));
    await page.setViewportSize({ width: 900, height: 900 });
    await course(page, `${await line(page).inputValue()}\n${listener}`);
    const frame = page.frameLocator("iframe");
    await frame.getByRole("radio", { name: "query, close, PDF" }).check();
    await frame.getByRole("textbox", { name: "pool_timeout" }).fill("5");
    await frame.getByRole("textbox", { name: "pool_timeout" }).press("Enter");
    await expect.poll(() => heard.filter((text) => text.startsWith("timeout-challenge challenge-timeout 3 of 3"))).toHaveLength(1);
    // In a wider column than was said, too, it has its scene's height.
    const rest = () => frame.locator("html").evaluate(() => innerHeight - Math.ceil(document.querySelector("main").getBoundingClientRect().bottom + scrollY));
    await expect.poll(rest).toBe(0);
  });
}

test("what the form has that is not taken is said beside it, and no line is offered", async ({ page, baseURL, complaints }) => {
  await openTeach(page);
  await page.getByRole("combobox", { name: "Scene", exact: true }).selectOption("timeout-run");
  await expect(line(page)).toHaveValue(/timeout-run/u);
  const form = page.locator("#teach-form");
  const bad = async (field, value, says, good) => {
    await field.fill(value);
    await expect(form.locator(".teach-wrong")).toContainText(says);
    await expect(field).toHaveAttribute("aria-invalid", "true");
    await expect(line(page)).toHaveValue("");
    await page.getByRole("button", { name: "Copy", exact: true }).click();
    await expect(page.getByText("Nothing is copied: something in the form is not taken.")).toBeVisible();
    await field.fill(good);
    await expect(line(page)).toHaveValue(/^<iframe/u);
    await expect(form.locator(".teach-wrong")).toHaveCount(0);
    await expect(field).not.toHaveAttribute("aria-invalid", /./u);
  };
  await bad(page.getByRole("textbox", { name: /^pool_size:/u }), "abc", "pool_size=abc", "4");
  await bad(page.getByRole("textbox", { name: "Seed" }), "x", "seed=x", "");
  await page.getByRole("combobox", { name: "Goal 1: figure" }).selectOption("timeouts");
  await bad(page.getByRole("textbox", { name: "Goal 1: number" }), "half", "goal=timeouts-at-most-half", "3");
  const width = page.getByRole("textbox", { name: "Width of your column in pixels" });
  await width.fill("wide");
  await expect(page.locator(".teach-problems")).toContainText("takes a whole number of pixels from 280 to 2000");
  await expect(line(page)).toHaveValue("");
});

test("a task of one's own is offered where a scene takes one, and elsewhere it is said where", async ({ page, complaints }) => {
  await page.goto("teach/");
  const own = page.getByRole("group", { name: "A task of your own" });
  const elsewhere = own.getByText("stands in the run of a lesson");
  await expect(elsewhere).toBeVisible();
  await expect(own.getByRole("textbox")).toHaveCount(0);
  await page.getByRole("combobox", { name: "Scene", exact: true }).selectOption("timeout-run");
  await expect(elsewhere).toBeHidden();
  await expect(own.getByRole("textbox", { name: "What is asked for" })).toBeVisible();
});

test("an address brings all that it says into the form, and out again", async ({ page, baseURL, complaints }) => {
  const said = "pool_size=4&query_ms=100&seed=7&show=all,query_ms&lock=max_overflow&hide=pool_timeout&theme=dark&text=large&compact=1&panels=time,knobs&solution=0&links=0&keys=1&acts=2000000-pool_size-5&task=Nobody+waits.&goal=timeouts-at-most-3*longest-at-most-2000&hint=One*Two&ask=How+many%3F&answers=0*10&decides=timeouts";
  await page.goto(`teach/?scene=timeout-run&v=1&${said}`);
  await page.getByRole("combobox", { name: "Copy as" }).selectOption("The address alone");
  await expect(line(page)).toHaveValue(/^http/u);
  const sorted = (text) => [...new URLSearchParams(text)].sort();
  expect(sorted(new URL(await line(page).inputValue()).search)).toEqual(sorted(said));
  // What the form has no field for is said, and can be left out.
  await expect(page.getByText("Also, as it was done in the scene: acts=2000000-pool_size-5.")).toBeVisible();
  await page.getByRole("button", { name: "Leave it out" }).click();
  await expect(line(page)).toHaveValue(/^http[^]*$/u);
  expect(await line(page).inputValue()).not.toContain("acts=");
});

test("the projector gets the scene in large, of a challenge with its controls", async ({ page, complaints }) => {
  await page.goto("teach/");
  const projector = page.getByRole("link", { name: "Open for the projector" });
  await expect(projector).toHaveAttribute("href", /embed\/timeout-challenge\.html\?projector=1&text=large&panels=time,knobs$/u);
  await page.getByRole("combobox", { name: "Scene", exact: true }).selectOption("timeout");
  await expect(projector).toHaveAttribute("href", /embed\/timeout-run\.html\?projector=1&text=large&panels=time$/u);
});

test("the site has the promise to course pages, all of it", async ({ page, complaints }) => {
  await page.goto("embed/");
  await page.getByRole("link", { name: "messages", exact: true }).click();
  const promise = page.locator("#teach-embedding");
  await expect(promise.getByRole("heading", { name: "Messages", exact: true })).toBeInViewport();
  const source = readFileSync(new URL("../../docs/embedding.md", import.meta.url), "utf8");
  const first = (line) => line.split("|")[1].replaceAll("`", "").trim();
  const rows = source.split("\n").filter((line) => line.startsWith("| ")).map(first);
  expect(rows.length).toBeGreaterThan(30);
  const cells = await promise.locator("tr > :first-child").allTextContents();
  expect(cells).toEqual(rows);
  // The listener is the same in the document and beside the lines.
  const listener = await page.locator("#teach-listener-frame").textContent();
  expect(source).toContain(listener);
  await expect(promise.locator("pre").filter({ hasText: "addEventListener" })).toHaveText(listener);
  await accessible(page, "#teach-embedding", "the promise");
  await page.setViewportSize({ width: 390, height: 800 });
  await fits(page, 390, "the promise");
});

for (const width of [320, 390, 1280]) {
  test(`the teachers' page fits ${width} pixels and is accessible`, async ({ page, baseURL, complaints }) => {
    await page.setViewportSize({ width, height: 900 });
    await openTeach(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await accessible(page, undefined, `${width} px`);
  });
}

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });
  test("lesson plans and answers are read", async ({ page, complaints }) => {
    await page.goto("");
    await page.getByRole("link", { name: "Teach with it" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Teach with it");
    await expect(page.locator("#teach-bench")).toBeHidden();
    await expect(page.locator("#teach-45 ~ table").first()).toContainText("The error on the screen");
    await page.getByText("Show the answers").click();
    await expect(page.locator("#teach-map")).toContainText("QueuePool, max_overflow: 0");
  });
});

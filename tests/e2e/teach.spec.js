// The teachers' page: from a choice to a limited, scored frame, a worksheet with its key, packages; and without scripts.
import { readFileSync } from "node:fs";
import { accessible, expect, test } from "./site.js";

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
  await expect(says(page)).toHaveText(/^The scene lives\. At this width it is \d+ pixels high\.$/u);
  const address = `${baseURL}embed/timeout-run.html?pool_size=4&lock=max_overflow&theme=dark&compact=1&links=0`;
  const way = page.getByRole("combobox", { name: "Copy as" });
  const forms = {
    "HTML: a frame": `<iframe src="${address.replaceAll("&", "&amp;")}"`,
    "HTML: an element": `<valet-lot scene="timeout-run" title="Valet: Who times out?" pool-size="4" lock="max_overflow" theme="dark" compact="1" links="0"><a href="`,
    "Markdown (": "<iframe ",
    "Markdown without HTML": `](${address})`,
    MyST: "```{raw} html\n<iframe ",
    MDX: `src={${JSON.stringify(address)}}`,
    Moodle: 'allowfullscreen="allowfullscreen"></iframe></p>',
    "The address": address,
  };
  for (const [name, text] of Object.entries(forms)) {
    const option = await way.locator("option").evaluateAll((all, name) => all.find((one) => one.value.startsWith(name)).value, name);
    await way.selectOption(option);
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
  for (const edition of ["1.2", "2004"]) {
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: `SCORM ${edition}` }).click()]);
    expect(download.suggestedFilename()).toBe(`valet-timeout-challenge-scorm-${edition}.zip`);
    const bytes = readFileSync(await download.path());
    expect(bytes.subarray(0, 4).toString("latin1")).toBe("PK\u0003\u0004");
    expect(bytes.toString("latin1")).toContain(`${baseURL}embed/timeout-challenge.html`);
  }
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

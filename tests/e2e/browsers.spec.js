// Browsers that lack something, and hosts that ask for something: the page says what is missing, and shows its stills; or works.
import { expect, figure, test } from "./site.js";

for (const name of ["WebAssembly", "IntersectionObserver", "ResizeObserver"]) {
  test(`without ${name} the stills stand, and the page says why`, async ({ page, complaints }) => {
    await page.addInitScript((name) => delete globalThis[name], name);
    for (const address of ["", "lessons/timeout/", "playground/", "embed/overflow-run.html"]) {
      await page.goto(address);
      await expect(page.locator("#panic")).toContainText(`The pictures stand still here: this browser lacks ${name}.`);
      await expect(page.locator("main img:visible").first()).toBeVisible();
      await expect(page.getByRole("button", { name: "Reload" })).toBeHidden();
    }
  });
}

test("a host that asks for Trusted Types gets a page that works", async ({ page, complaints }) => {
  await page.route("**/*", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), "content-security-policy": "require-trusted-types-for 'script'" } });
  });
  await page.goto("");
  await expect(page.locator("#lot-picture.live")).toBeVisible();
  await page.goto("playground/");
  await expect(page.locator("#playground-picture.live")).toBeVisible();
  await page.getByText("Kept runs", { exact: true }).click();
  await page.getByRole("button", { name: "Keep this run" }).click();
  await expect(figure(page, "runs-said")).toContainText("Kept");
  await page.goto("lessons/timeout/");
  await expect(page.locator("#timeout-run-picture.live")).toBeVisible();
});

test("one that allows no policy is told so", async ({ page }) => {
  await page.route("**/*", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), "content-security-policy": "trusted-types 'none'" } });
  });
  await page.goto("");
  await expect(page.locator("#panic")).toContainText("lacks a policy for Trusted Types");
  await expect(page.locator("#lot-picture img")).toBeVisible();
});

test("the site asks nobody but its own files", async ({ page, complaints, baseURL }) => {
  const elsewhere = [];
  page.on("request", (request) => {
    const address = request.url();
    if (!address.startsWith(baseURL) && !address.startsWith("data:") && !address.startsWith("blob:")) elsewhere.push(address);
  });
  for (const [address, scene] of [
    ["", "#lot"],
    ["lessons/timeout/", "#timeout-run"],
    ["playground/", "#playground"],
    ["flask/", "#flask"],
    ["fastapi/", "#fastapi"],
    ["trial/", "#trial-run"],
    ["embed/overflow-run.html", "#overflow-run"],
  ]) {
    await page.goto(address);
    await page.locator(`${scene}-picture`).scrollIntoViewIfNeeded();
    await expect(page.locator(`${scene}-picture.live`)).toBeVisible();
  }
  for (const address of ["about/", "clinic/", "glossary/", "handout/", "embed/"]) await page.goto(address, { waitUntil: "networkidle" });
  expect(elsewhere).toEqual([]);
});

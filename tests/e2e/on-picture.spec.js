// Controls on the picture: by mouse and by keyboard, large enough for a finger, and as limited as an embed or a challenge says.
import { accessible, expect, open, test } from "./site.js";

const steppers = (scene) => scene.locator(".on-picture");
const box = (scene, name) => scene.getByRole("textbox", { name, exact: true });

test("+ and − on the picture turn what the knobs turn, and the link says so", async ({ page, complaints }) => {
  await open(page, "pool_size=5&max_overflow=2&rate=0");
  const lot = page.locator("#lot");
  for (const [name, before, more] of [["pool_size", "5", "6"], ["max_overflow", "2", "3"]]) {
    await expect(box(lot, name)).toHaveValue(before);
    await lot.getByRole("button", { name: `${name}: more` }).click();
    await expect(box(lot, name)).toHaveValue(more);
    await lot.getByRole("button", { name: `${name}: less` }).click();
    await expect(box(lot, name)).toHaveValue(before);
  }
  await lot.getByRole("button", { name: "requests per second: more" }).click();
  await expect(box(lot, "requests per second")).toHaveValue("1");
  await expect(page).toHaveURL(/rate=1/u);
});

test("by keyboard alone; no step leads to no limit", async ({ page, complaints }) => {
  await open(page, "pool_size=2&max_overflow=1&rate=0");
  const lot = page.locator("#lot");
  const less = lot.getByRole("button", { name: "pool_size: less" });
  await less.focus();
  await page.keyboard.press("Enter");
  await expect(box(lot, "pool_size")).toHaveValue("1");
  await page.keyboard.press("Space");
  await expect(lot.locator(".said")).toContainText("pool_size is 1.");
  await expect(box(lot, "pool_size")).toHaveValue("1");
  await page.keyboard.press("Tab");
  await expect(lot.getByRole("button", { name: "pool_size: more" })).toBeFocused();
  const cones = lot.getByRole("button", { name: "max_overflow: less" });
  await cones.click();
  await expect(box(lot, "max_overflow")).toHaveValue("0");
  await cones.click();
  await expect(lot.locator(".said")).toContainText("max_overflow is 0.");
  await expect(box(lot, "max_overflow")).toHaveValue("0");
});

test("a hint the first time, and never again", async ({ page, complaints }) => {
  await open(page);
  await page.getByRole("button", { name: "Got it" }).click();
  await expect(page.locator(".hint-once")).toHaveCount(0);
  await page.reload();
  await expect(page.locator("#lot").getByRole("button", { name: "pool_size: more" })).toBeVisible();
  await expect(page.locator(".hint-once")).toHaveCount(0);
});

for (const width of [1280, 390, 320]) {
  test(`large enough for a finger, on the picture or just below it, ${width} px`, async ({ page, complaints }) => {
    await page.setViewportSize({ width, height: 800 });
    await open(page);
    const place = await page.locator("#lot-picture").boundingBox();
    const buttons = await steppers(page.locator("#lot")).getByRole("button").all();
    expect(buttons).toHaveLength(7);
    for (const button of buttons) {
      const at = await button.boundingBox();
      expect(Math.min(at.width, at.height)).toBeGreaterThanOrEqual(44);
      expect(at.x).toBeGreaterThanOrEqual(0);
      expect(at.x + at.width).toBeLessThanOrEqual(width);
      expect(at.y).toBeLessThan(place.y + place.height + 240);
    }
    await accessible(page, ".on-picture");
  });
}

test("a challenge's picture offers what may be turned, and nothing else", async ({ page, complaints }) => {
  await page.goto("embed/timeout-challenge.html");
  const scene = page.locator("#timeout-challenge");
  await expect(scene.locator(".picture.live")).toBeVisible();
  const turned = await scene.locator(".knob[data-setting]").evaluateAll((knobs) => knobs.map((knob) => knob.dataset.setting));
  const offered = await steppers(scene).locator("[data-setting]").evaluateAll((all) => all.map((one) => one.dataset.setting));
  expect(offered).toEqual(["pool_size", "max_overflow", "rate"].filter((name) => turned.includes(name)));
  expect(offered.length).toBeLessThan(3);
});

test("what an embed locks or hides is so on the picture", async ({ page, complaints }) => {
  await page.goto("embed/lot.html?lock=pool_size&hide=max_overflow");
  const lot = page.locator("#lot");
  await expect(lot.locator(".picture.live")).toBeVisible();
  await expect(lot.getByRole("button", { name: "pool_size: more" })).toBeDisabled();
  await expect(lot.getByRole("button", { name: "pool_size: less" })).toBeDisabled();
  await expect(lot.getByRole("button", { name: "max_overflow: more" })).toHaveCount(0);
  await expect(lot.getByRole("button", { name: "requests per second: more" })).toBeEnabled();
  await expect(page.locator(".hint-once")).toHaveCount(0);
});

test("in the comparison, what differs stands by each lot", async ({ page, complaints }) => {
  await page.goto("playground/?pool_size=5&max_overflow=2");
  const scene = page.locator("#playground");
  await expect(scene.locator(".picture.live")).toBeVisible();
  await scene.getByRole("button", { name: "Compare with another pool" }).click();
  await expect(scene.locator(".differs")).toHaveText(["A: pool_size 5", "B: pool_size 10"]);
  await expect(steppers(scene)).toBeHidden();
  await scene.getByRole("button", { name: "End the comparison" }).click();
  await expect(scene.locator(".differs").first()).toBeHidden();
  await expect(steppers(scene)).toBeVisible();
});

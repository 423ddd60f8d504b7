// Browsers and frames that refuse IndexedDB: the lot runs all the same, and says where its rows live.
import { refusals } from "./refusals.js";
import { count, expect, figure, open, test } from "./site.js";

for (const [how, refuse] of Object.entries(refusals)) {
  test(`IndexedDB ${how}`, async ({ page, complaints }) => {
    await page.addInitScript(refuse);
    await open(page, "rate=10&query_ms=100");
    await expect(figure(page, "notice")).toContainText("Rows are kept in memory");
    await expect.poll(() => count(page, "rows")).toBeGreaterThan(3);
    await page.getByRole("button", { name: "Restart the database" }).click();
    await expect.poll(() => count(page, "other-failures")).toBeGreaterThan(0);
  });
}

test("in a sandboxed frame", async ({ page, complaints }) => {
  await page.route("**/host.html", (route) =>
    route.fulfill({
      contentType: "text/html",
      body: '<!doctype html><title>A course</title><iframe sandbox="allow-scripts" width="800" height="900" src="./?rate=10&query_ms=100"></iframe>',
    }),
  );
  await page.goto("host.html");
  const frame = page.frameLocator("iframe");
  await expect(frame.locator("#lot-picture.live")).toBeVisible();
  await expect(figure(frame, "notice")).toContainText("Rows are kept in memory");
  await expect.poll(() => count(frame, "rows")).toBeGreaterThan(3);
  // The link is not the frame's to change; the knobs turn all the same.
  await frame.getByRole("slider", { name: "pool_size" }).fill("3");
  await expect(figure(frame, "status")).toContainText("Pool size: 3");
});

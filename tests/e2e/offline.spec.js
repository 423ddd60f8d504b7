// The second visit needs no network; a newer version is told of, and shown as a whole.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { dist, serve } from "./mortal.js";
import { expect, test } from "./site.js";

test.use({ serviceWorkers: "allow" });

/// Waits until the site is kept.
const isKept = (page) => page.evaluate(() => navigator.serviceWorker.ready.then(() => true));

test("a second visit without a network", async ({ page, complaints }) => {
  const site = await serve();
  await page.goto(site.address);
  await expect(page.locator("#lot-picture.live")).toBeVisible();
  await isKept(page);
  site.gone = true;
  for (const [address, scene] of [["", "lot"], ["lessons/why/", "why-run"], ["playground/?rate=9", "playground"], ["flask/", "flask"]]) {
    await page.goto(site.address + address);
    await page.locator(`#${scene}-picture`).scrollIntoViewIfNeeded();
    await expect(page.locator(`#${scene}-picture.live`)).toBeVisible();
  }
  await page.goto(`${site.address}glossary/`);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await site.close();
});

test("a newer version is told of, and comes as a whole or not at all", async ({ page, complaints }) => {
  const site = await serve();
  await page.goto(site.address);
  await isKept(page);
  // Half of a new version: its worker names a page that is still the old one.
  const fnv = (bytes) => bytes.reduce((hash, byte) => Math.imul(hash ^ byte, 0x01000193), 0x811c9dc5 | 0) >>> 0;
  const page2 = (await readFile(join(dist, "index.html"), "utf8")).replace("<p class=\"name\">Valet</p>", "<p class=\"name\">Valet again</p>");
  const worker = await readFile(join(dist, "worker.js"), "utf8");
  const hash = fnv(Buffer.from(page2)).toString(16).padStart(8, "0");
  site.changed["worker.js"] = worker.replace(/VERSION = "\w+"/u, 'VERSION = "00000002"').replace(/"":"\w+"/u, `"":"${hash}"`);
  const update = () => page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update().then(() => true, () => false));
  await page.reload();
  await update();
  const version = () => page.evaluate(async () => (await caches.keys()).map((name) => name.split(" ").at(-1)));
  await expect.poll(() => page.evaluate(async () => !(await navigator.serviceWorker.getRegistration()).installing)).toBe(true);
  expect(await version()).toHaveLength(1);
  await expect(page.locator("#newer")).toHaveCount(0);
  // Now all of it is there.
  site.changed["index.html"] = page2;
  await update();
  await expect(page.locator("#newer")).toContainText("There is a newer version of this site.");
  await expect(page.locator("p.name").first()).toHaveText("Valet");
  await page.getByRole("button", { name: "Show it" }).click();
  await expect(page.locator("p.name").first()).toHaveText("Valet again");
  await expect(page.locator("#lot-picture.live")).toBeVisible();
  await site.close();
});

test("a frame keeps nothing", async ({ page, complaints }) => {
  const site = await serve();
  await page.goto(`${site.address}embed/lot.html`);
  await expect(page.locator("#lot-picture.live")).toBeVisible();
  expect(await page.evaluate(() => navigator.serviceWorker.getRegistrations().then((all) => all.length))).toBe(0);
  await site.close();
});

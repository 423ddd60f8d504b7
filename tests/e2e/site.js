// What all tests share: a page whose every console error fails the test, and words for what is on it.
import { test as base, expect } from "@playwright/test";

export const test = base.extend({
  complaints: async ({ page }, use) => {
    const complaints = [];
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(error.message));
    await use(complaints);
    expect(complaints, "console errors and warnings").toEqual([]);
  },
});

/// Opens the site with settings in the link and waits for the lot to live.
export async function open(page, query = "") {
  await page.goto(query ? `?${query}` : "");
  await expect(page.locator("#lot-picture.live")).toBeVisible();
}

export const figure = (page, name) => page.locator(`[data-figure="${name}"]`);

/// A figure's number, its thin spaces left out.
export async function count(page, name) {
  return Number((await figure(page, name).first().textContent()).replaceAll(/\s/gu, ""));
}

/// The rows of the `user` table, read from the database and not from the page.
export async function rowsInStore(page, name = "valet") {
  return page.evaluate(
    (name) =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open(name);
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const database = opening.result;
          const all = database.transaction("user").objectStore("user").getAll();
          all.onerror = () => reject(all.error);
          all.onsuccess = () => {
            database.close();
            resolve(all.result);
          };
        };
      }),
    name,
  );
}

export { expect };

// What holds in any browser, driven by Playwright or by Puppeteer: a page evaluates a function for both.
import { readFileSync } from "node:fs";

/// The lessons as the built home page lists them.
const html = readFileSync(new URL("../../dist/index.html", import.meta.url), "utf8");
export const LESSONS = [...html.matchAll(/<li><a href="lessons\/([\w-]+)\/">/gu)].map(([, name]) => name);

/// Lets the page paint so many frames.
export const frames = (page, number) =>
  page.evaluate(
    (number) =>
      new Promise((resolve) => {
        const next = () => (number-- > 0 ? requestAnimationFrame(next) : resolve());
        next();
      }),
    number,
  );

/// The rows of the `user` table, or of another one, read from the database and not from the page.
export async function rowsInStore(page, name = "valet", table = "user") {
  return page.evaluate(
    ([name, table]) =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open(name);
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const database = opening.result;
          const all = database.transaction(table).objectStore(table).getAll();
          all.onerror = () => reject(all.error);
          all.onsuccess = () => {
            database.close();
            resolve(all.result);
          };
        };
      }),
    [name, table],
  );
}

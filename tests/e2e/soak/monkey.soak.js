// A monkey at all pages and frames: seeded clicks and keys, and links with settings at their ends. Whatever it does, the page lives
// on, says nothing to the console, and goes on answering. A failure prints the command that does the same again, up to the step.
//
//   MONKEY="seed page steps" npx playwright test -c soak    the same monkey once more
import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, frames, test } from "../site.js";

const dist = fileURLToPath(new URL("../../../dist/", import.meta.url));
const SEEDS = [1, 2, 3, 4];
const STEPS = Number(process.env.MONKEY_STEPS ?? 60);

/// All pages of the site, as addresses from its root.
const pages = readdirSync(dist, { recursive: true })
  .filter((file) => file.endsWith(".html") && !file.startsWith("404"))
  .map((file) => file.replace(/(^|\/)index\.html$/u, "$1"))
  .sort();

/// Random numbers that a seed gives again: mulberry32.
function chance(seed) {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

const KEYS = ["Tab", "Tab", "Tab", "Enter", "Space", "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "Escape", "PageUp", "PageDown"];
const TEXTS = ["", "0", "-1", "None", "1e9", "99999", "nonsense", "\u202egnorw", "<img src=x onerror=alert(1)>", "create_engine('sqlite://', pool_size=0)"];

/// One step. What is chosen depends on the seed and on what is there, by its place.
async function step(page, pick) {
  const kind = pick(10);
  if (kind < 2) return page.keyboard.press(KEYS[pick(KEYS.length)]);
  // In the page at once: what is there now may not be there a moment later, and that is nobody's fault.
  return page.evaluate(
    ([kind, number, text]) => {
      const shown = (element) => element.checkVisibility() && !element.disabled;
      const all = (selector) => [...document.querySelectorAll(selector)].filter(shown);
      const leaves = (element) => element.closest("a[href]") || element.id === "reload" || element.type === "file";
      const fire = (element, ...types) => types.forEach((type) => element.dispatchEvent(new Event(type, { bubbles: true })));
      const ranges = kind < 5 && all("input[type=range]");
      if (ranges?.length) {
        const range = ranges[number % ranges.length];
        range.value = number % 3 === 0 ? range.min : number % 3 === 1 ? range.max : Number(range.min) + (number % 100) * 0.01 * (range.max - range.min);
        return fire(range, "input", "change");
      }
      const texts = kind === 5 && all("input[type=text], input[type=number], textarea");
      if (texts?.length) {
        const field = texts[number % texts.length];
        field.value = text;
        return fire(field, "input", "change");
      }
      const selects = kind === 6 && all("select");
      if (selects?.length) {
        const select = selects[number % selects.length];
        select.selectedIndex = number % select.options.length;
        return fire(select, "input", "change");
      }
      const pressed = all("button, summary, input[type=radio], input[type=checkbox], label").filter((element) => !leaves(element));
      pressed[number % Math.max(1, pressed.length)]?.click();
    },
    [kind, pick(100_000), TEXTS[pick(TEXTS.length)]],
  );
}

async function monkey(page, seed, address, steps) {
  const said = [];
  page.on("pageerror", (error) => said.push(error.message));
  page.on("dialog", (dialog) => (said.push(`a dialog: ${dialog.message()}`), dialog.dismiss()));
  const pick = chance(seed * 7919 + address.length);
  await page.goto(address);
  await frames(page, 10);
  for (let done = 1; done <= steps; done++) {
    await step(page, pick);
    await frames(page, 1 + pick(4));
    const again = `do it again: MONKEY="${seed} ${address || "."} ${done}" npx playwright test -c soak\nthe address then: ${page.url()}`;
    expect(said, again).toEqual([]);
    expect(await page.locator("#panic:visible").count(), again).toBe(0);
  }
}

const [seed, only, steps] = process.env.MONKEY?.split(" ") ?? [];
for (const address of only ? [only.replace(/^\.$/u, "")] : pages) {
  for (const one of seed ? [Number(seed)] : SEEDS) {
    test(`monkey ${one} at ${address || "the home page"}`, async ({ page }) => {
      await monkey(page, one, address, Number(steps ?? STEPS));
    });
  }
}

// Links with several settings at their ends. The ends are those that the page says itself of a setting.
const table = readFileSync(fileURLToPath(new URL("../../../src/settings/table.rs", import.meta.url)), "utf8");
const names = [...table.matchAll(/^ {4}\w+ "(\w+)"/gmu)].map(([, name]) => name);
const ENDS = ["0", "1", "-1", "0.000001", "60000", "86400", "500", "1000", "None", "100"];
for (let number = 1; number <= (only ? 0 : 60); number++) {
  test(`a link with settings at their ends, ${number}`, async ({ page }) => {
    const pick = chance(number);
    const chosen = Array.from({ length: 3 + pick(8) }, () => `${names[pick(names.length)]}=${ENDS[pick(ENDS.length)]}`);
    const address = `playground/?scene=playground&${chosen.join("&")}&at=${[1, 60, 3600][pick(3)]}`;
    const said = [];
    page.on("pageerror", (error) => said.push(error.message));
    await page.goto(address);
    await expect(page.locator("#playground-picture.live"), address).toBeVisible();
    const stop = page.locator("#playground .under-way").getByRole("button", { name: "Stop" });
    if (await stop.isVisible()) await stop.click({ timeout: 5_000 }).catch(() => {}); // it may have arrived meanwhile
    await page.locator("#playground").getByRole("button", { name: "Step forward" }).click();
    await frames(page, 5);
    expect(said, address).toEqual([]);
    expect(await page.locator("#panic:visible").count(), address).toBe(0);
  });
}

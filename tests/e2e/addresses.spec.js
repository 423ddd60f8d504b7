// Every address that was ever printed leads to its place, and going back does what people expect. docs/links.md promises it.
import { expect, figure, test } from "./site.js";

const old = [
  // Then, now, and what is to be seen there.
  ["", /\/$/u, "#lot-picture.live"],
  ["#contents", /\/#contents$/u, "#contents"],
  ["#timeout", /\/lessons\/timeout\/#timeout$/u, "#timeout-run"],
  ["#timeout-challenge-title", /\/lessons\/timeout\/#timeout-challenge-title$/u, "#timeout-challenge"],
  ["#pre-ping-monday", /\/lessons\/pre-ping\/#pre-ping-monday$/u, "#pre-ping-monday"],
  ["#trial", /\/trial\/#trial$/u, "#trial-run-picture.live"],
  ["#claim-every-half-hour", /\/trial\/#claim-every-half-hour$/u, "#trial"],
  ["#word-pre-ping", /\/glossary\/#word-pre-ping$/u, "#word-pre-ping"],
  ["#look-marks", /\/about\/#look-marks$/u, "#look-marks"],
  ["#conformance", /\/about\/#conformance$/u, "#conformance"],
  ["#tutorials", /\/flask\/#tutorials$/u, "#flask-picture.live"],
  ["#play", /\/playground\/#play$/u, "#playground"],
  ["#clinic", /\/clinic\/#clinic$/u, "#case"],
  ["?scene=clinic", /\/clinic\/\?scene=clinic$/u, "#case"],
  ["?scene=flask&rate=5&query_ms=50", /\/flask\/\?scene=flask/u, "#flask-picture.live"],
  ["?scene=timeout&at=9", /\/lessons\/timeout\/\?scene=timeout&/u, "#timeout-run-picture.live"],
  ["?scene=lazy-run&at=14", /\/lessons\/lazy\/\?scene=lazy-run/u, "#lazy-run-picture.live"],
  ["?scene=lazy-challenge", /\/lessons\/lazy\/\?scene=lazy-challenge/u, "#lazy-challenge-picture.live"],
  ["?scene=playground&rate=9&seed=11&acts=5000000-restart*9000000-pool_size-2&at=21.3", /\/playground\/\?scene=playground/u, "#playground-picture.live"],
  ["?embed=1", /\/embed\/lot\.html/u, "#lot-picture.live"],
  ["?embed=1&scene=lot&pool_size=3", /\/embed\/lot\.html\?scene=lot&pool_size=3/u, "#lot-picture.live"],
  ["?embed=lazy&scene=lazy-run&at=14", /\/embed\/lazy\.html\?scene=lazy-run/u, "#lazy-run-picture.live"],
  ["?embed=trial", /\/embed\/trial\.html/u, "#trial-run-picture.live"],
  ["?embed=1&scene=%3Cb%3Enix", /\/embed\/\?missing=/u, "#lost"],
];

for (const [then, now, place] of old) {
  test(`${then || "the home page"} leads to its place`, async ({ page, complaints }) => {
    await page.goto(`./${then}`);
    await expect(page).toHaveURL(now);
    await expect(page.locator(place)).toBeVisible();
    if (then.includes("at=")) await expect(figure(page, "clock").first()).toHaveText(`${Number(/at=([\d.]+)/u.exec(then)[1]).toFixed(3)} s`);
    if (then.includes("pool_size=3")) await expect(figure(page, "status")).toContainText("Pool size: 3");
  });
}

test("a page's own scene needs no name in its address", async ({ page, complaints }) => {
  await page.goto("playground/?pool_size=3&at=5");
  await expect(figure(page, "status").first()).toContainText("Pool size: 3");
  await page.goto("embed/timeout-run.html?pool_timeout=3&at=9");
  await expect(page.locator("#timeout-run .bar .complaint")).toHaveCount(0);
  await expect(page.getByRole("textbox", { name: "pool_timeout" })).toHaveValue("3");
});

test("back and forward lead to where one was", async ({ page, complaints }) => {
  await page.goto("./");
  await page.goto("playground/?pool_size=3&at=5");
  await expect(figure(page, "clock").first()).toHaveText("5.000 s");
  await page.getByRole("button", { name: "Step forward" }).click();
  await expect(page).not.toHaveURL(/at=5(&|$)/u);
  const moment = await figure(page, "clock").first().textContent();
  await page.getByRole("link", { name: "Valet", exact: true }).click();
  await expect(page.locator("#lot-picture.live")).toBeVisible();
  await page.goBack();
  await expect(figure(page, "clock").first()).toHaveText(moment);
  await expect(figure(page, "status").first()).toContainText("Pool size: 3");
});

/// As a build does it that knows where the site will be.
const knows = (page) =>
  page.route("**/some/where/**", async (route) => {
    if (route.request().resourceType() !== "document") return route.continue();
    const answer = await route.fetch();
    if (answer.status() !== 404) return route.fulfill({ response: answer });
    await route.fulfill({ response: answer, body: (await answer.text()).replace('<base href="/">', '<base href="/some/where/">') });
  });

test("an address that is none names the nearest that is one", async ({ page }) => {
  await knows(page);
  await page.goto("lesons/timeot/");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("There is no page at this address");
  await expect(page.locator("#nearest")).toHaveText("You may have meant Who times out?");
  await page.locator("#nearest").getByRole("link", { name: "Who times out?" }).click();
  await expect(page.locator("#timeout")).toBeVisible();
});

for (const [asked, words, leads] of [
  ["lessons", "The lessons", "#contents"],
  ["lessons/", "The lessons", "#contents"],
  ["lesson/index.html", "The lessons", "#contents"],
  ["index.htm", "Home", ""],
  ["timeout", "Who times out?", "lessons/timeout/"],
  ["Lessons/Leak.html", "Find the leak", "lessons/leak/"],
  ["playgrund/?pool_size=3&at=5#play", "The playground", "playground/?pool_size=3&at=5#play"],
  ["flett/#hosts=3", "Size your pools", "fleet/#hosts=3"],
  ["pricing/", null],
  ["lessons/timeout/nothing/like/it", null],
  ["%E0%A4%A", null],
]) {
  test(`${asked} is no page, and ${words ? `may have meant ${words}` : "is like none"}`, async ({ page, baseURL }) => {
    const errors = [];
    page.on("pageerror", (error) => errors.push(error.message));
    await knows(page);
    await page.goto(asked);
    await expect(page.locator("#elsewhere")).toBeHidden(); // the page's script has run
    if (words) {
      await expect(page.locator("#nearest")).toHaveText(`You may have meant ${words}${words.endsWith("?") ? "" : "."}`);
      expect(await page.locator("#nearest a").evaluate((link) => link.href)).toBe(baseURL + leads);
    } else {
      await expect(page.locator("#nearest")).toHaveText("");
    }
    expect(errors).toEqual([]);
  });
}

test("a build that was not told where the site begins says so on the page of no address", async ({ page }) => {
  await page.goto("lesons/timeot/");
  await expect(page.locator("#elsewhere")).toContainText("the site does not begin at the root of its server");
});

// Every lesson, as its readers take it: by keyboard alone, by ear, without motion, without JavaScript, on paper.
import { LESSONS, arrive, challenge, solution, tabTo, turn } from "./lessons.js";
import { accessible, expect, fits, frames, nearby, rowsInStore, test } from "./site.js";

test("one lesson leads to the next, and back, and all of them to the list", async ({ page, complaints }) => {
  await page.goto("");
  expect(LESSONS).toHaveLength(15);
  await page.getByRole("link", { name: "Start lesson 1" }).click();
  for (const [place, name] of LESSONS.entries()) {
    await expect(page.locator(`#${name}`)).toBeVisible();
    await expect(page.locator(".here")).toHaveText(`Lesson ${place + 1} of ${LESSONS.length}`);
    await page.getByRole("link", { name: /^Next: /u }).first().click();
  }
  await expect(page).toHaveURL(/\/trial\/$/u);
  await page.goBack();
  await expect(page.locator(`#${LESSONS.at(-1)}`)).toBeVisible();
  // So wide, the contents stand beside the lesson.
  await page.getByRole("navigation", { name: "Contents" }).getByRole("link", { name: "When are connections opened?" }).click();
  await expect(page.locator("#lazy")).toBeVisible();
});

for (const width of [1280, 390]) {
  test(`a link leads to its lesson, and stays there while the scenes above grow, ${width} px`, async ({ page, complaints }) => {
    await page.setViewportSize({ width, height: 844 });
    const staysAt = async (name, most = 40) => {
      const top = () => page.locator(`#${name}`).evaluate((element) => Math.abs(element.getBoundingClientRect().top));
      await expect.poll(top, name).toBeLessThan(most);
      await nearby(page);
      await frames(page, 10);
      expect(await top(), name).toBeLessThan(most);
    };
    for (const name of ["overflow", "outage", "glossary"]) {
      await page.goto("about:blank");
      await page.goto(`./#${name}`);
      await staysAt(name);
    }
    await page.goto("./#contents");
    await page.locator("#contents ol a").nth(8).click();
    await staysAt("sizing", 120); // at the page's top, below its header
  });
}

for (const name of LESSONS) {
  test.describe(name, () => {
    test.use({ contextOptions: { reducedMotion: "reduce" } });

    test("is done by keyboard alone: guess, run, challenge", async ({ page, complaints }) => {
      await arrive(page, name);
      const guess = page.locator(`#${name}-guess`);
      await page.locator(`#${name}-title a`).focus();
      const typed = (await guess.getByRole("textbox").count()) > 0;
      if (typed) {
        await tabTo(page, guess.getByRole("textbox"));
        await page.keyboard.type("1");
      } else {
        await tabTo(page, guess.getByRole("radio").first());
        await page.keyboard.press("Space");
        await page.keyboard.press("ArrowDown");
        await expect(guess.getByRole("radio").nth(1)).toBeChecked();
      }
      await tabTo(page, guess.getByRole("button", { name: "Run it" }));
      await page.keyboard.press("Enter");
      await expect(guess.getByRole("status")).toHaveText(/^(As you expected: “.+”|You expected: “.+” What happened: “.+” .+)$/u);
      await expect(page.locator(`#${name}-answer`)).toHaveAttribute("open", "");
      await expect(guess.locator('[data-mark="right"]')).toHaveCount(typed ? 0 : 1);
      // What is seen is also said, and stands in a table.
      await expect(page.locator(`#${name}-run .bar .said`)).toHaveText(/^(The end, )?\d+\.\d s: .+\.$/u);
      await expect(page.locator(`#${name}-run [data-figure="summary"]`)).not.toBeEmpty();
      await expect(page.locator(`#${name}-run .board img`).first()).toBeVisible();

      const place = await challenge(page, name);
      const verdict = place.locator('[data-figure="verdict"]');
      await expect(verdict).toHaveText(/^\d of \d goals (is|are) met\./u);
      await page.locator(`#${name}-challenge-title a`).focus();
      const changes = await solution(place);
      expect(changes.length).toBeGreaterThan(0);
      for (const [key, value] of changes) {
        await page.locator(`#${name}-challenge-title a`).focus();
        await turn(page, place, key, value);
      }
      await expect(verdict).toHaveText(/^Solved with \d changes?\. 3 of 3 points/u);
      await expect(place.locator('[data-figure="goals"] li.open')).toHaveCount(0);
      await page.locator(`#${name}-challenge-title a`).focus();
      await tabTo(page, place.getByRole("button", { name: "Undo" }));
      await page.keyboard.press("Enter");
      const reset = place.getByRole("button", { name: "Reset" });
      if (await reset.isEnabled()) {
        await tabTo(page, reset);
        await page.keyboard.press("Enter");
      }
      await expect(verdict).toHaveText(/^\d of \d goals (is|are) met\./u);
      await tabTo(page, place.getByRole("button", { name: "Show solution" }));
      await page.keyboard.press("Enter");
      await expect(verdict).toHaveText(/^Solved, with our solution/u);
      await page.goto("./#contents");
      await expect(page.locator(`#progress-${name}`)).toHaveText("predicted, and the challenge solved");
    });

    for (const [colorScheme, width] of [
      ["light", 1280],
      ["dark", 320],
    ]) {
      test(`axe finds nothing in any state, ${colorScheme}, ${width} px, and nothing scrolls sideways`, async ({ page, complaints }) => {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        await page.setViewportSize({ width, height: 900 });
        const clean = async (state) => {
          await accessible(page, `#${name}`, state);
          await fits(page, width, state);
        };
        await arrive(page, name);
        const place = await challenge(page, name);
        await clean("before");
        const box = page.locator(`#${name}-guess`).getByRole("textbox");
        if (await box.count()) await box.fill("1");
        else await page.locator(`#${name}-guess label`).first().click();
        await page.locator(`#${name}-guess`).getByRole("button", { name: "Run it" }).click();
        await expect(page.locator(`#${name}-answer`)).toHaveAttribute("open", "");
        await page.locator(`#${name}-run .in-words summary`).click();
        await place.getByRole("button", { name: "Show goal" }).click();
        await place.getByRole("button", { name: "Show solution" }).click();
        await page.locator(`#${name} details`).evaluateAll((folded) => folded.forEach((details) => (details.open = true)));
        await clean("after");
      });
    }
  });
}

test("with motion a run plays, ends, and says so; the story is told on the way", async ({ page, complaints }) => {
  await arrive(page, "lazy");
  const run = page.locator("#lazy-run");
  await expect(run.locator(".board")).toBeHidden();
  await page.locator("#lazy-guess label").nth(0).click();
  await page.locator("#lazy-guess").getByRole("button", { name: "Run it" }).click();
  await expect(run.getByRole("button", { name: "Pause" })).toBeVisible();
  await run.getByRole("radio", { name: "4×" }).check({ force: true });
  await expect(page.locator("#lazy-guess").getByRole("status")).toHaveText(/^You expected: “Twenty.+” What happened: “One/u);
  await expect(run.locator(".bar .said")).toHaveText(/^The end, 15\.0 s: 4 bays are paved: 0 out, 4 on the rack\. Nobody waits\.$/u);
  await expect(run.getByRole("button", { name: "Play" })).toBeVisible();
  await expect(run.locator('[data-figure="story"] li').first()).toHaveText(/Car 14 has bay #4 built\.$/u);
});

test("a knob makes it the same story with another pool, at the same moment", async ({ page, complaints }) => {
  await page.goto("?scene=lazy-run&at=14");
  const run = page.locator("#lazy-run");
  await expect(run.locator(".picture.live")).toBeVisible();
  await expect(run.locator('[data-figure="clock"]')).toHaveText("14.000 s");
  await expect(run.locator('[data-figure="status"]')).toContainText("Connections in pool: 4");
  const box = run.getByRole("textbox", { name: "pool_size" });
  await box.fill("2");
  await box.press("Enter");
  await expect(run.locator('[data-figure="status"]')).toContainText("Pool size: 2  Connections in pool: 2", { useInnerText: false });
  await expect(run.locator('[data-figure="clock"]')).toHaveText("14.000 s");
  await expect(page).toHaveURL(/scene=lazy-run.*pool_size=2.*at=14/u);
});

test("a usual wrong move is answered, and a bad value is said beside its knob", async ({ page, complaints }) => {
  await arrive(page, "lazy");
  const place = await challenge(page, "lazy");
  const box = place.getByRole("textbox", { name: "pool_size" });
  await box.fill("many");
  await box.press("Enter");
  await expect(place.locator(".knob .complaint").first()).not.toBeEmpty();
  await box.fill("12");
  await box.press("Enter");
  await expect(place.locator('[data-figure="verdict"]')).toContainText("pool_size is how many the pool keeps, not how many it opens");
  await place.getByRole("button", { name: "Reset" }).click();
  await expect(box).toHaveValue("2");
});

test("a solved challenge is felt: the whole run in short, meters in sight, the way on; and a link takes it along", async ({ page, browser, complaints }) => {
  await arrive(page, "timeout");
  const place = await challenge(page, "timeout");
  const goals = place.locator('[data-figure="goals"] li');
  const payoff = page.getByRole("complementary", { name: "Solved" });
  // It opens where there is something to see, not on an empty lot.
  await expect(place.locator('[data-figure="clock"]')).toHaveText("18.000 s");
  await expect(goals.nth(0)).toContainText("now 61");
  await place.getByRole("radio", { name: "query, close, PDF" }).check();
  await expect(goals.nth(0)).toHaveClass("running");
  await expect(goals).toHaveClass(["open", "met"]);
  await expect(payoff).toHaveCount(0);
  const timeout = place.getByRole("textbox", { name: "pool_timeout" });
  await timeout.fill("5");
  await timeout.press("Enter");
  await expect(payoff).toBeInViewport();
  await expect(place.locator('[data-figure="clock"]')).toHaveText("45.000 s");
  await expect(goals).toHaveClass(["met", "met"]);
  await expect(goals.nth(0)).toContainText("now 0");
  await expect(payoff.getByRole("link", { name: "Next: When is a connection recycled?" })).toBeVisible();
  await expect(payoff).toContainText("A report holds its connection only while it reads");
  await expect(page).toHaveURL(/pool_timeout=5.*choice=report-4/u);
  // In another browser the link shows the same.
  const other = await (await browser.newContext()).newPage();
  await other.goto(page.url());
  const there = other.locator("#timeout-challenge");
  await expect(there.getByRole("radio", { name: "query, close, PDF" })).toBeChecked();
  await expect(there.locator('[data-figure="goals"] li')).toHaveClass(["met", "met"]);
  await other.goto(page.url().replace("choice=report-4", "choice=report-9*rport-1*report"));
  for (const odd of ["report-9", "rport-1", "report"]) {
    await expect(there.getByText(`The link has the choice ${odd}, which`)).toBeVisible();
  }
  await other.context().close();
  // Put aside it stays away; another change is another run.
  await payoff.getByRole("button", { name: "Close" }).click();
  await expect(payoff).toHaveCount(0);
  await place.getByRole("button", { name: "Undo" }).click();
  await expect(goals).toHaveClass(["open", "met"]);
  await expect(payoff).toHaveCount(0);
});

test("a prediction and a challenge half done survive a reload, and coming back", async ({ page, complaints }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await arrive(page, "lazy");
  await page.locator("#lazy-guess label").nth(0).click();
  await page.locator("#lazy-guess").getByRole("button", { name: "Run it" }).click();
  const said = page.locator("#lazy-guess").getByRole("status");
  await expect(said).toHaveText(/^You expected: “Twenty/u);
  const verdict = await said.textContent();
  const place = await challenge(page, "lazy");
  await place.getByRole("radio", { name: "one SELECT 1" }).check();
  const judged = await place.locator('[data-figure="verdict"]').textContent();
  const stays = async () => {
    await expect(said).toHaveText(verdict);
    await expect(page.locator("#lazy-guess").getByRole("radio").nth(0)).toBeChecked();
    await challenge(page, "lazy");
    await expect(place.getByRole("radio", { name: "one SELECT 1" })).toBeChecked();
    await expect(place.locator('[data-figure="verdict"]')).toHaveText(judged);
  };
  await page.reload();
  await stays();
  await page.getByRole("link", { name: /^Next: /u }).first().click();
  await expect(page.locator("#overflow")).toBeVisible();
  await page.getByRole("link", { name: /^Previous: /u }).click();
  await stays();
});

test("progress is kept, can be taken along as a code, and a slip of the pen is noticed", async ({ page, browser, complaints }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await arrive(page, "lazy");
  // Without a guess it asks for one first, and nothing runs.
  const guess = page.locator("#lazy-guess");
  await guess.getByRole("button", { name: "Run it" }).click();
  await expect(guess.getByRole("status")).toContainText("What do you expect?");
  await expect(page.locator("#lazy-answer")).not.toHaveAttribute("open", "");
  await expect(page.locator("#lazy-run").getByRole("button", { name: "Play", exact: true })).toBeVisible();
  await page.locator("#lazy-guess").getByRole("button", { name: "Run it" }).click();
  await expect(page.locator("#lazy-answer")).toHaveAttribute("open", "");
  await expect.poll(() => rowsInStore(page, "valet-keep", "progress")).toHaveLength(1); // this leaves the page: the address has got a query
  await page.goto("./#contents");
  await expect(page.locator("#progress-lazy")).toHaveText("predicted");
  await page.reload();
  await expect(page.locator("#progress-lazy")).toHaveText("predicted");
  const code = (await page.locator('[data-figure="progress-code"]').textContent()).trim();
  const other = await (await browser.newContext()).newPage();
  await other.goto(page.url());
  const contents = other.locator("#contents");
  await contents.locator("summary").click();
  const box = contents.getByRole("textbox", { name: "A code" });
  await box.fill(code.slice(0, -1));
  await contents.getByRole("button", { name: "Take it over" }).click();
  await expect(contents.getByRole("status")).toHaveText(/slip of the pen|not all of a code/u);
  await box.fill(code);
  await contents.getByRole("button", { name: "Take it over" }).click();
  await expect(other.locator("#progress-lazy")).toHaveText("predicted");
  await other.context().close();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("every lesson has its text and its stills, and what is folded opens", async ({ page }) => {
    await page.goto("handout/");
    for (const name of LESSONS) {
      const lesson = page.locator(`#${name}`);
      await expect(lesson.locator(".question")).toBeVisible();
      const stills = lesson.locator("img:not(.picture *)"); // a scene that cannot live is hidden
      expect(await stills.count()).toBeGreaterThan(3);
      for (const still of await stills.all()) {
        await still.scrollIntoViewIfNeeded();
        await expect(still).toBeVisible();
        await expect.poll(() => still.evaluate((image) => image.naturalWidth)).toBe(390);
      }
      await expect(lesson.locator(`#${name}-run-picture`)).toBeHidden();
      await lesson.locator(`#${name}-answer summary`).click();
      await expect(lesson.locator(`#${name}-answer p`).first()).toBeVisible();
    }
    await expect(page.locator("#trial .claim").last()).toBeVisible();
  });
});

test("on paper everything is open, and the stills stand for the scenes", async ({ page, complaints }) => {
  await arrive(page, "lazy");
  await page.emulateMedia({ media: "print" });
  await expect(page.locator("#lazy-run .picture")).toBeHidden();
  await expect(page.locator("#lazy-run .board img").first()).toBeVisible();
  await expect(page.locator("#lazy-answer p").first()).toBeVisible();
  await expect(page.locator("#lazy-solution p").first()).toBeVisible();
});

for (const [zoom, width] of [
  [1, 320],
  [2, 640],
]) {
  test(`nothing scrolls sideways on any page, ${width} px at ${zoom * 100} %`, async ({ browser }) => {
    const page = await (await browser.newContext({ viewport: { width, height: 700 }, deviceScaleFactor: zoom })).newPage();
    const pages = [...LESSONS.map((name) => `lessons/${name}/`), "", "trial/", "glossary/", "about/", "handout/", "embed/", "nowhere/"];
    for (const path of pages) {
      await page.goto(path || "./");
      await nearby(page);
      await fits(page, width, path);
    }
    await page.context().close();
  });
}

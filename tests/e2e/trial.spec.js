// Claims on trial: a vote, an experiment, a ruling, a tally; by keyboard too.
import { tabTo } from "./lessons.js";
import { accessible, expect, fits, test } from "./site.js";

async function hear(page) {
  await page.goto("#trial");
  await expect(page.locator("#trial-run-picture.live")).toBeVisible();
}

const heard = (page) => page.locator(".claim.heard");
const ruling = (page) => page.locator('#trial .bench [data-figure="ruling"]');

test("every claim is heard: one at a time, voted by keyboard, tried, ruled, tallied", async ({ page, complaints }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await hear(page);
  const claims = await page.locator(".claim").count();
  expect(claims).toBeGreaterThanOrEqual(20);
  const run = page.locator("#trial .bench");
  for (let place = 1; place <= claims; place++) {
    await expect(run.locator('[data-figure="place"]')).toContainText(`Sentence ${place} of ${claims}.`);
    await expect(heard(page)).toHaveCount(1);
    await expect(page.locator(".claim:visible")).toHaveCount(1);
    const truth = (await heard(page).locator("strong.found").textContent()).replace(".", "").trim();
    const first = heard(page).getByRole("radio").first();
    await page.locator("#trial-title a").focus();
    await tabTo(page, first);
    await page.keyboard.press("Space");
    await tabTo(page, run.getByRole("button", { name: "Put it to the test" }));
    await page.keyboard.press("Enter");
    await expect(ruling(page)).toHaveText(truth === "True" ? "The ruling agrees with your vote: True." : `You voted: True. The ruling: ${truth}.`);
    await expect(heard(page).locator("details.ruling")).toHaveAttribute("open", "");
    await expect(heard(page).locator(".corrected")).toBeVisible();
    if (place < claims) {
      await tabTo(page, run.getByRole("button", { name: "Next sentence" }));
      await page.keyboard.press("Enter");
    }
  }
  const right = await page.locator('strong.found:text-is("True.")').count();
  await expect(run.locator('[data-figure="place"]')).toContainText(`You have voted on all ${claims} sentences and were right about ${right}.`);
  // A reload goes on there, with the votes.
  await page.reload();
  await page.locator("#trial-run-picture").scrollIntoViewIfNeeded();
  await expect(run.locator('[data-figure="place"]')).toContainText(`Sentence ${claims} of ${claims}. You have voted on all ${claims} sentences and were right about ${right}.`);
  await expect(page.locator(".claim:visible")).toHaveCount(1);
  // The score is worth sharing, and tells nobody a ruling.
  await run.getByText("Share your score").click();
  const line = run.getByRole("textbox", { name: "The line to share" });
  await expect(line).toHaveValue(`Valet, claims about connection pools on trial · right about ${right} of ${claims} · ${new URL("trial/", page.url().replace(/trial\/.*$/u, ""))}`);
});

for (const [colorScheme, width] of [
  ["light", 320],
  ["dark", 1280],
]) {
  test(`axe finds nothing, ${colorScheme}, ${width} px`, async ({ page, complaints }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.setViewportSize({ width, height: 900 });
    await hear(page);
    const clean = async (state) => {
      await accessible(page, "#trial", state);
      await fits(page, width, state);
    };
    await clean("before");
    await heard(page).locator("label").nth(1).click();
    await page.getByRole("button", { name: "Put it to the test" }).click();
    await expect(heard(page).locator("details.ruling")).toHaveAttribute("open", "");
    await clean("after");
  });
}

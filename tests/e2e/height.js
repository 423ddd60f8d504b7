// How high a scene is in a frame, when the frame is as high as that: what a host's page would have to offer.
import { refusals } from "./refusals.js";
import { stands } from "./site.js";

/// The end of what there is to see, in CSS pixels.
const end = (page) => page.evaluate(() => Math.ceil(document.querySelector("main").getBoundingClientRect().bottom + scrollY));

/// The height of the scene of this name in a column so wide, whole or compact, where the browser refuses its frame storage: the
/// scene has a line more then.
export async function heightOf(page, name, width, isCompact) {
  await page.addInitScript(refusals["throws at once"]);
  await page.setViewportSize({ width, height: 900 });
  await page.goto(`embed/${name}.html${isCompact ? "?compact=1" : ""}`);
  await page.locator(".picture.live").first().waitFor();
  // A lesson's second scene comes when the frame is high enough to show it; a picture may heed how high its frame is.
  for (let round = 0; round < 3; round++) {
    await page.setViewportSize({ width, height: await stands(page, () => end(page)) });
    await page.locator("[data-shown]:not(:has([aria-busy]))").waitFor();
  }
  return stands(page, () => end(page));
}

// The heights that the site offers for its frames, against the frames: src/site/heights.json.
import { readFileSync } from "node:fs";
import { heightOf } from "./height.js";
import { expect, test } from "./site.js";

const table = JSON.parse(readFileSync(new URL("../../src/site/heights.json", import.meta.url), "utf8"));

for (const [name, measured] of Object.entries(table)) {
  test(`${name} is as high in a column of 700 pixels as its frame is offered`, async ({ page }) => {
    for (const [place, isCompact] of [[0, false], [1, true]]) {
      const offered = Math.ceil(measured[place] / 10) * 10 + 10; // src/site/heights.rs
      const height = await heightOf(page, name, 700, isCompact);
      expect(height, `${isCompact ? "compact" : "whole"}: run "make heights"`).toBeLessThanOrEqual(offered);
      expect(height, `${isCompact ? "compact" : "whole"}: run "make heights"`).toBeGreaterThan(offered - 40);
    }
  });
}

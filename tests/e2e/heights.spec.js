// The heights that the site offers for its frames, against the frames: src/site/heights.json.
import { readFileSync } from "node:fs";
import { heightOf } from "./height.js";
import { expect, test } from "./site.js";

const table = JSON.parse(readFileSync(new URL("../../src/site/heights.json", import.meta.url), "utf8"));

for (const [name, measured] of Object.entries(table)) {
  test(`${name} is as high in a column of 700 pixels as its frame is offered`, async ({ page }) => {
    for (const [place, isCompact] of [[0, false], [1, true]]) {
      const height = await heightOf(page, name, 700, isCompact);
      // Another machine has other fonts, whose lines break elsewhere.
      const most = Math.max(40, 0.04 * measured[place]);
      expect(Math.abs(height - measured[place]), `${isCompact ? "compact" : "whole"}: ${height} px, run "make heights"`).toBeLessThanOrEqual(most);
    }
  });
}

// SCORM packages, 1.2 and 2004, in scorm-again as the learning platform: score, completion and the way back arrive.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "./site.js";

/// The files of a zip whose files are not compressed.
function unzip(bytes) {
  const files = {};
  for (let at = 0; bytes.readUInt32LE(at) === 0x04034b50; ) {
    const [size, name] = [bytes.readUInt32LE(at + 18), bytes.readUInt16LE(at + 26)];
    const begin = at + 30 + name + bytes.readUInt16LE(at + 28);
    files[bytes.subarray(at + 30, at + 30 + name).toString()] = bytes.subarray(begin, begin + size);
    at = begin + size;
  }
  return files;
}

const EDITIONS = {
  1.2: { script: "scorm12.min.js", make: "window.API = new Scorm12API(settings)", get: (name) => window.API.LMSGetValue(name), status: "cmi.core.lesson_status", first: "incomplete", last: "passed", score: "cmi.core.score.raw" },
  2004: { script: "scorm2004.min.js", make: "window.API_1484_11 = new Scorm2004API(settings)", get: (name) => window.API_1484_11.GetValue(name), status: "cmi.success_status", first: "unknown", last: "passed", score: "cmi.score.raw" },
};

for (const [edition, about] of Object.entries(EDITIONS)) {
  test(`a package of SCORM ${edition} passes on score and completion, and goes on where it was`, async ({ page, baseURL, complaints }) => {
    const folder = mkdtempSync(join(tmpdir(), "scorm-"));
    execFileSync("../../scripts/scorm", { env: { ...process.env, SITE: baseURL, SCENE: "timeout-challenge?solution=0", TITLE: "Who & why?", OUT: folder } });
    const files = unzip(readFileSync(join(folder, `timeout-challenge-${edition}.zip`)));
    expect(Object.keys(files)).toEqual(["imsmanifest.xml", "frame.html", "frame.css", "frame.js"]);
    expect(files["imsmanifest.xml"].toString()).toContain("<title>Who &#38; why?</title>");
    let kept = "";
    const platform = createServer((request, response) => {
      const name = new URL(request.url, "http://x").pathname.slice(1);
      const types = { html: "text/html; charset=utf-8", css: "text/css", js: "text/javascript", xml: "application/xml" };
      const body = name === "api.js" ? readFileSync(new URL(`node_modules/scorm-again/dist/${about.script}`, import.meta.url)) : files[name];
      response.writeHead(200, { "Content-Type": types[name.split(".").at(-1)] ?? types.html });
      response.end(
        body ??
          `<!doctype html><html lang="en"><title>A platform</title><script src="/api.js"></script><script>
            const settings = { autocommit: false, logLevel: 5 };
            ${about.make};
            const api = window.API ?? window.API_1484_11;
            const kept = ${JSON.stringify(kept)};
            if (kept) api.loadFromFlattenedJSON({ "cmi.suspend_data": kept${edition === "1.2" ? ', "cmi.core.lesson_status": "incomplete"' : ', "cmi.entry": "resume"'} });
          </script><iframe title="package" width="1000" height="900" src="/frame.html"></iframe></html>`,
      );
    });
    await new Promise((listening) => platform.listen(0, "127.0.0.1", listening));
    const address = `http://127.0.0.1:${platform.address().port}/`;
    const value = (name) => page.evaluate(`(${about.get})(${JSON.stringify(name)})`);
    await page.goto(address);
    const scene = page.frameLocator("iframe").frameLocator("iframe");
    await expect(scene.locator("#timeout-challenge-picture.live")).toBeVisible();
    await expect.poll(() => value(about.status)).toBe(about.first);
    await scene.getByRole("textbox", { name: "pool_timeout" }).fill("5");
    await scene.getByRole("textbox", { name: "pool_timeout" }).press("Enter");
    await expect.poll(() => value("cmi.suspend_data")).toContain("pool_timeout=5");
    kept = await value("cmi.suspend_data");
    // Another day, another browser: the platform gives back what it kept.
    await page.evaluate(() => sessionStorage.clear());
    await page.goto(address);
    await expect(scene.getByRole("textbox", { name: "pool_timeout" })).toHaveValue("5");
    await expect(scene.getByRole("button", { name: "Show solution" })).toHaveCount(0);
    await scene.getByRole("radio", { name: "query, close, PDF" }).check();
    await expect.poll(() => value(about.status)).toBe(about.last);
    expect(Number(await value(about.score))).toBe(100);
    if (edition === "2004") expect(await value("cmi.completion_status")).toBe("completed");
    platform.close();
    platform.closeAllConnections();
  });
}

test("a package on a page that is no platform says so", async ({ page, baseURL, complaints }) => {
  const folder = mkdtempSync(join(tmpdir(), "scorm-"));
  execFileSync("../../scripts/scorm", { env: { ...process.env, SITE: baseURL, SCENE: "lazy-run", OUT: folder } });
  const files = unzip(readFileSync(join(folder, "lazy-run-1.2.zip")));
  const server = createServer((request, response) => {
    const name = new URL(request.url, "http://x").pathname.slice(1);
    response.writeHead(200, { "Content-Type": { html: "text/html", css: "text/css", js: "text/javascript" }[name.split(".").at(-1)] });
    response.end(files[name]);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  await page.goto(`http://127.0.0.1:${server.address().port}/frame.html`);
  await expect(page.getByRole("status")).toHaveText("This page found no SCORM platform around it: nothing is kept, and no score is passed on.");
  await expect(page.frameLocator("iframe").locator("#lazy-run-picture.live")).toBeVisible();
  server.close();
  server.closeAllConnections();
});

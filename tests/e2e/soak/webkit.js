// A smoke in WebKit: home, a lesson, the application, the playground, a frame, and a sandboxed frame on another page, each alive; then
// a running lot is left and come back to. It needs MiniBrowser and WebKitWebDriver (Debian: webkit2gtk-driver) and a display (xvfb).
//
//   E2E_PORT=8340 xvfb-run -a node soak/webkit.js
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";

const BROWSERS = ["4.1", "4.0", "6.0"].map((version) => `/usr/lib/x86_64-linux-gnu/webkit2gtk-${version}/MiniBrowser`);
const binary = process.env.MINIBROWSER ?? BROWSERS.find((file) => existsSync(file));
if (!binary) {
  console.log("WebKit is left out: there is no MiniBrowser here.");
  process.exit(0);
}
const port = Number(process.env.E2E_PORT ?? 8322);
const site = `http://127.0.0.1:${port}/some/where/`;
const started = [
  spawn("node", ["serve.js"], { cwd: fileURLToPath(new URL("..", import.meta.url)), env: { ...process.env, E2E_PORT: port }, stdio: "inherit" }),
  spawn("WebKitWebDriver", [`--port=${port + 1}`], { stdio: "inherit" }),
];
const host = createServer((_, response) =>
  response
    .writeHead(200, { "Content-Type": "text/html" })
    .end(`<!doctype html><title>A course</title><iframe sandbox="allow-scripts" width="900" height="800" src="${site}embed/lot.html"></iframe>`),
).listen(port + 2, "127.0.0.1");

async function ask(method, path, body) {
  const init = body && { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
  const answer = await fetch(`http://127.0.0.1:${port + 1}${path}`, { method, ...init });
  const { value } = await answer.json();
  if (value?.error) throw new Error(`${path}: ${value.error} ${value.message}`);
  return value;
}

/// Tries again until it works; what never does ends by the deadline of the whole.
async function until(what, look) {
  for (let tries = 0; tries < 300; tries++) {
    const found = await look().catch(() => false);
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`${what}: never`);
}

let failed = false;
try {
  const session = await until("a session", async () => {
    const options = { binary, args: ["--automation"] };
    const begun = await ask("POST", "/session", { capabilities: { alwaysMatch: { "webkitgtk:browserOptions": options } } });
    return `/session/${begun.sessionId}`;
  });
  const go = (url) => ask("POST", `${session}/url`, { url });
  const run = (script) => ask("POST", `${session}/execute/sync`, { script, args: [] });
  const lives = async (what, scene) => {
    await until(`${what} lives`, () => run(`const place = document.getElementById("${scene}-picture"); place?.scrollIntoView(); return !!place?.classList.contains("live")`));
    const notice = await run(`const place = document.getElementById("panic"); return place && !place.hidden ? place.textContent : ""`);
    if (notice) throw new Error(`${what} says: ${notice}`);
    console.log(`${what} lives`);
  };
  for (const [what, address, scene] of [
    ["home", "", "lot"],
    ["a lesson", "lessons/timeout/", "timeout-run"],
    ["the application", "flask/", "flask"],
    ["the playground", "playground/", "playground"],
    ["a frame", "embed/overflow-run.html", "overflow-run"],
  ]) {
    await go(site + address);
    await lives(what, scene);
  }
  await go(`http://127.0.0.1:${port + 2}/`);
  await ask("POST", `${session}/frame`, { id: 0 });
  await lives("a sandboxed frame on another page", "lot");
  for (let number = 1; number <= 4; number++) {
    await go(`${site}?rate=20&query_ms=500`);
    await lives(`a running lot, left and come back to ${number} times`, "lot");
    const said = await run(`return document.querySelector('[data-figure="notice"]')?.textContent ?? ""`);
    if (said.includes("Rows are kept in memory")) throw new Error(`its rows are in memory: ${said}`);
  }
  await ask("DELETE", session);
} catch (error) {
  failed = true;
  console.error(`WebKit: ${error.message}\ndo it again: E2E_PORT=${port} xvfb-run -a node soak/webkit.js (in tests/e2e)`);
} finally {
  for (const one of started) one.kill();
  host.close();
}
process.exit(failed ? 1 : 0);

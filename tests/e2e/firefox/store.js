// The store's tests (tests/browser), on Firefox's IndexedDB. wasm-bindgen-test-runner would ask geckodriver for a Firefox; asked for
// no browser (NO_HEADLESS) it only serves the tests, and they are run by whoever opens that page.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { firefox, until, visitor } from "./firefox.js";

const TESTS = ["test", "--release", "--target", "wasm32-unknown-unknown", "--test", "browser"];
const environment = { ...process.env, NO_HEADLESS: "1", WASM_BINDGEN_TEST_ADDRESS: "127.0.0.1:0" };
// In a process group of its own: cargo runs what has to be ended.
const cargo = spawn("cargo", TESTS, { cwd: fileURLToPath(new URL("../../..", import.meta.url)), env: environment, detached: true, stdio: ["ignore", "pipe", "inherit"] });
let ended = false;
cargo.on("exit", () => (ended = true));
const end = () => ended || process.kill(-cargo.pid);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => process.exit(130));
process.on("exit", end);

const address = await new Promise((resolve, reject) => {
  createInterface({ input: cargo.stdout }).on("line", (line) => {
    const [found] = /http:\/\/127\.0\.0\.1:\d+/u.exec(line) ?? [];
    if (found) resolve(found);
  });
  cargo.on("error", reject);
  cargo.on("exit", (code) => reject(new Error(`cargo ended (${code}) and serves no tests`)));
});

const browser = await firefox();
const { page } = await visitor(browser, address);
await page.goto(address, { waitUntil: "domcontentloaded" });
const output = () => page.$eval("#output", (output) => output.textContent);
let shown = "";
const verdict = await until(
  "the tests' result",
  async () => {
    const all = await output();
    if (all.startsWith(shown)) process.stdout.write(all.slice(shown.length));
    shown = all;
    return /^test result: (.*)$/mu.exec(all)?.[1];
  },
  output,
  1_800_000,
);
process.stdout.write("\n");
await browser.close();
const passed = /^ok\. (\d+) passed; 0 failed/u.exec(verdict);
process.exit(passed && Number(passed[1]) > 0 ? 0 : 1);

// What the engine costs in a browser's machine, as a ratio to native, in one run. `make bench-ratios`.
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";

const [native, glue] = process.argv.slice(2);
const { run } = createRequire(import.meta.url)(glue);

/** Nanoseconds a cycle, the best of many batches. */
function time() {
  let best = Infinity;
  for (let batch = 0; batch < 15; batch++) {
    const start = process.hrtime.bigint();
    run(false, 1_000_000);
    best = Math.min(best, Number(process.hrtime.bigint() - start) / 1e6);
  }
  return best;
}

run(false, 1_000_000); // let the machine compile it well first
const ratios = [];
for (let round = 0; round < 5; round++) {
  const here = time();
  const there = Number(execFileSync(native, ["time"], { encoding: "utf8" }));
  ratios.push(here / there);
  console.log(`wasm ${here.toFixed(1)} ns, native ${there.toFixed(1)} ns a cycle: ${(here / there).toFixed(2)}`);
}
console.log(`median ${ratios.sort((a, b) => a - b)[2].toFixed(2)}`);

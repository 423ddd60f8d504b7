// The contestants of world.rs in a browser's machine: `node world.mjs GLUE A|B REQUESTS`, a line for each as race.rs does.
import { createRequire } from "node:module";
import { race } from "./cpu.mjs";

const [glue, workload, requests] = process.argv.slice(2);
const { names, play } = createRequire(import.meta.url)(glue);
for (const [contestant, name] of names().entries()) {
  race(`${name}-wasm`, (...what) => play(contestant, ...what), workload, Number(requests));
}

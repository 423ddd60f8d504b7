// Loads the files of the program's parts, each once. Written by src/site/program.rs, which knows the parts.
import { initSync } from "./valet.js";

const files = {};

// What did not load is asked for again with the next call.
const loaded = new Map();
function load(file) {
  if (!loaded.has(file)) {
    const loading = WebAssembly.instantiateStreaming(fetch(new URL(file, import.meta.url)), { __wasm_split: initSync() });
    loading.catch(() => loaded.delete(file));
    loaded.set(file, loading);
  }
  return loaded.get(file);
}

// The program is told by a function in its table whether a part is there.
async function loadPart(part, told, data) {
  let isThere = true;
  try {
    await Promise.all(files[part].map(load));
  } catch {
    isThere = false; // boot.js says so, unless the page is being left
  }
  initSync().__indirect_function_table.get(told)(data, isThere);
}

// Serves dist/ as a good host does: with brotli, and what has a hash in its name for ever.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { types } from "../mime.mjs";

const dist = fileURLToPath(new URL("../../dist/", import.meta.url));
const packed = new Map();

async function file(path) {
  if (!packed.has(path)) packed.set(path, brotliCompressSync(await readFile(join(dist, path))));
  return packed.get(path);
}

/// Serves the site, and gives its address.
export async function serve() {
  const server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url, "http://localhost").pathname.slice(1).replace(/(^|\/)$/u, "$1index.html"));
    try {
      const body = await file(path);
      response.writeHead(200, {
        "Content-Type": types[extname(path)] ?? "text/plain; charset=utf-8",
        "Content-Encoding": "br",
        "Cache-Control": /-[0-9a-f]{8,}/u.test(path) ? "public, max-age=31536000, immutable" : "public, max-age=3600",
      }).end(body);
    } catch {
      response.writeHead(404, { "Content-Type": types[".html"] }).end("nothing");
    }
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return `http://127.0.0.1:${server.address().port}/`;
}

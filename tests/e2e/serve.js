// Serves ../../dist under a sub-path, to show that the site works under any.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { types } from "../mime.mjs";

const dist = fileURLToPath(new URL("../../dist/", import.meta.url));
const base = "/some/where/";

export const server = createServer(async (request, response) => {
  const { pathname } = new URL(request.url, "http://localhost");
  const path = normalize(pathname.slice(base.length).replace(/(^|\/)$/u, "$1index.html"));
  if (!pathname.startsWith(base) || path.startsWith("..")) {
    response.writeHead(404).end();
    return;
  }
  try {
    const body = await readFile(join(dist, path));
    const type = types[extname(path)] ?? "application/octet-stream";
    // A sandboxed frame has no origin, and may load modules only from who says that everybody may.
    response.writeHead(200, { "Content-Type": type, "Access-Control-Allow-Origin": "*" }).end(body);
  } catch {
    response.writeHead(404, { "Content-Type": types[".html"] }).end(await readFile(join(dist, "404.html")));
  }
}).listen(process.env.E2E_PORT ?? 8322);

/// Where the site is; with E2E_PORT=0 that is known only then.
export const address = new Promise((resolve) => server.on("listening", () => resolve(`http://localhost:${server.address().port}${base}`)));

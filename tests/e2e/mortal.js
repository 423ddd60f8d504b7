// The site on a server of its own, at the root, that may change, keep somebody waiting, and go.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { types } from "../mime.mjs";

export const dist = fileURLToPath(new URL("../../dist/", import.meta.url));

/// A server of the site whose files can be others from some moment on, which can keep back those that match `held`, and can be gone.
export async function serve() {
  const site = { changed: {}, held: undefined, asked: [], gone: false };
  const server = createServer(async (request, response) => {
    if (site.gone) return request.socket.destroy();
    site.asked.push(request.url);
    if (site.held?.test(request.url)) return;
    const path = new URL(request.url, "http://localhost").pathname.slice(1).replace(/(^|\/)$/u, "$1index.html");
    try {
      const body = site.changed[path] ?? (await readFile(join(dist, path)));
      response.writeHead(200, { "Content-Type": types[extname(path)] ?? "application/octet-stream", "Cache-Control": "no-cache" }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  site.address = `http://127.0.0.1:${server.address().port}/`;
  site.cut = () => server.closeAllConnections();
  site.close = () => new Promise((resolve) => (server.close(resolve), server.closeAllConnections()));
  return site;
}

// Keeps the site for when there is no network. It is written anew at each build, with that build's files and what is in them;
// all pages of one version come from one cache, which is filled as a whole or not at all, so versions are never mixed.
const VERSION = "/* version */";
// Each file with the FNV-1a hash of its bytes: a server that is half-way through a new version is not believed.
const FILES = {/* files */};

const ROOT = new URL("./", self.location).href;
const PREFIX = `valet ${ROOT} `; // other sites may live on this host
const NAME = PREFIX + VERSION;

function hash(bytes) {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}

async function take(cache, file, expected) {
  const response = await fetch(ROOT + file, { cache: "no-cache" });
  if (!response.ok) throw new Error(`${file} answers ${response.status}`);
  const found = hash(new Uint8Array(await response.clone().arrayBuffer()));
  if (found !== expected) throw new Error(`${file} is of another version`);
  await cache.put(ROOT + file, response);
}

async function install() {
  const cache = await caches.open(NAME);
  try {
    for (const [file, expected] of Object.entries(FILES)) await take(cache, file, expected);
  } catch (error) {
    await caches.delete(NAME);
    throw error;
  }
}

// The version before stays until the next one comes: a page of it that is still open may ask for a part of its program.
async function activate() {
  const ours = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== NAME);
  await Promise.all(ours.slice(0, -1).map((name) => caches.delete(name)));
}

async function answer(request) {
  const { origin, pathname } = new URL(request.url);
  const cache = await caches.open(NAME);
  return (await cache.match(origin + pathname)) ?? (await caches.match(origin + pathname)) ?? fetch(request);
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", ({ data }) => data === "take over" && self.skipWaiting());
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method === "GET" && request.url.startsWith(ROOT) && !request.url.endsWith("/worker.js")) event.respondWith(answer(request));
});

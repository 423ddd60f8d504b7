// Loads the program, part by part, and says so when one cannot be loaded or stops. A module of its own because the page's
// Content-Security-Policy allows no inline script.
const root = document.documentElement;
const notice = document.getElementById("panic");

// Where the site begins, whatever page this is.
const base = new URL(".", import.meta.url);

// The program's folder, and the files of each part: src/site/program.rs.
const { folder, parts } = JSON.parse(root.dataset.program);
const MAIN = ["valet.js", "valet_bg.wasm", "valet_parts.js"];

// Each part, and the elements it is for. The lot's is loaded at once, another when somebody gets near its elements, by so many
// pixels, or has a link to one; in an embed at once what the embed shows.
const uses = [
  { part: "lot", scenes: "#lot", atOnce: true },
  { part: "lessons", scenes: ".lesson, .challenge, .trial, .scene[id$=-run]", near: 600 },
  { part: "flask", scenes: "#flask", near: 600 },
  { part: "playground", scenes: "#playground", near: 600 },
  // On the home page: what the reader has done stands beside the lessons.
  { part: "lessons", scenes: "main .contents", near: 0 },
];

// A panic shows the notice by itself, with better words than "unreachable executed": the first to speak is heard.
function tell(error) {
  if (!notice.hidden) return;
  document.getElementById("panic-detail").textContent = String(error?.message ?? error);
  notice.hidden = false;
}
addEventListener("error", (event) => tell(event.error ?? event.message));
addEventListener("unhandledrejection", (event) => tell(event.reason));

// The files of a part, on their way before they are asked for.
const inFolder = (file) => new URL(folder + file, base).href;
function hint(rel, part) {
  for (const file of [...MAIN, ...(parts[part] ?? [])]) {
    const isScript = file.endsWith(".js");
    const link = { rel: isScript && rel === "preload" ? "modulepreload" : rel, href: inFolder(file) };
    if (!isScript) Object.assign(link, { as: "fetch", type: "application/wasm", crossOrigin: "anonymous" });
    document.head.append(Object.assign(document.createElement("link"), link));
  }
}

let program;
async function start() {
  const valet = await import(inFolder("valet.js"));
  await valet.default();
  return valet;
}

async function load({ part, scenes }) {
  hint("preload", part);
  let valet;
  try {
    valet = await (program ??= start());
  } catch (error) {
    delete root.dataset.js; // what stands for the scenes without scripts stands for them now
    return tell(error);
  }
  try {
    await valet[part]();
    until = performance.now() + HELD; // its scenes grow from now on
    whenIdle(fetchAhead);
  } catch (error) {
    lose({ part, scenes }, error);
  }
}

// A part that did not load stops its own scenes only, and can be asked for again.
function lose({ part, scenes }, error) {
  const again = Object.assign(document.createElement("button"), { type: "button", textContent: "Try again" });
  const said = Object.assign(document.createElement("p"), { className: "notice", textContent: `This did not load: ${error.message}. ` });
  said.append(again);
  said.setAttribute("role", "status");
  again.addEventListener("click", () => {
    said.remove();
    load({ part, scenes });
  });
  document.querySelector(scenes).prepend(said);
}

const whenIdle = (act) => (globalThis.requestIdleCallback ? requestIdleCallback(act, { timeout: 5_000 }) : setTimeout(act, 2_000));

// What the reader may well want next is fetched when there is nothing else to do; not where each byte is paid for.
let isAhead = false;
function fetchAhead() {
  if (isAhead || embed || navigator.connection?.saveData) return;
  isAhead = true;
  const isHome = document.querySelector("main .contents");
  const next = isHome ? new URL("lessons/why/", base).href : document.querySelector("a[rel=next]")?.href;
  if (next) document.head.append(Object.assign(document.createElement("link"), { rel: "prefetch", href: next }));
  if (isHome) hint("prefetch", "lessons");
}

function loadWhenNear(use, places) {
  if (!places.length) return;
  const near = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      near.disconnect();
      load(use);
    },
    { rootMargin: `${use.near ?? 0}px` },
  );
  for (const place of places) near.observe(place);
}

const embed = document.querySelector("[data-shown]");
const goal = embed ?? document.getElementById(new URLSearchParams(location.search).get("scene"));
for (const use of uses) {
  const places = [...document.querySelectorAll(use.scenes)];
  const isGoal = goal && places.some((place) => place.contains(goal) || goal.contains(place));
  if (isGoal || (use.atOnce && places.length && !embed)) load(use);
  else if (!embed) loadWhenNear(use, places);
}

// Scenes grow as they come to life. The place that a link leads to stays where it is meanwhile, for some seconds after the last
// program was loaded, however long that takes, or until the reader does something.
const HELD = 6000;
let held;
let until = 0;
function hold(place) {
  [held, until] = [place, performance.now() + HELD];
}
if (!embed) {
  const byHash = () => hold(document.getElementById(location.hash.slice(1)));
  if (location.hash) byHash();
  else hold(goal);
  addEventListener("hashchange", byHash);
  for (const event of ["wheel", "touchmove", "keydown", "pointerdown"]) addEventListener(event, () => (held = null), { passive: true });
  new ResizeObserver(() => {
    if (held && performance.now() < until) held.scrollIntoView();
  }).observe(document.body);
}

// Loads the programs, and says so when one cannot be loaded or stops. A module of its own because the page's
// Content-Security-Policy allows no inline script.
const root = document.documentElement;
const notice = document.getElementById("panic");

// Where the site begins, whatever page this is.
const base = new URL(".", import.meta.url);

// Each program, and the elements it is for. The lot's is loaded at once, another when somebody gets near its elements, by so
// many pixels, or has a link to one; in an embed at once what the embed shows.
const programs = [
  { scenes: "#lot", atOnce: true, ...document.querySelector("script[data-wasm]").dataset },
  { scenes: ".lesson, .challenge, .trial, .scene[id$=-run]", near: 600, js: "lessons.js", wasm: "lessons_bg.wasm" },
  { scenes: "#flask, #playground", near: 600, js: "playground.js", wasm: "playground_bg.wasm" },
  // On the home page: what the reader has done stands beside the lessons.
  { scenes: "main .contents", near: 0, js: "lessons.js", wasm: "lessons_bg.wasm" },
];

// A panic shows the notice by itself, with better words than "unreachable executed": the first to speak is heard.
function tell(error) {
  if (!notice.hidden) return;
  document.getElementById("panic-detail").textContent = String(error?.message ?? error);
  notice.hidden = false;
}
addEventListener("error", (event) => tell(event.error ?? event.message));
addEventListener("unhandledrejection", (event) => tell(event.reason));

async function load({ js, wasm }) {
  try {
    const program = await import(new URL(js, base).href);
    await program.default({ module_or_path: new URL(wasm, base).href });
    until = performance.now() + HELD; // its scenes grow from now on
    whenIdle(fetchAhead);
  } catch (error) {
    delete root.dataset.js; // what stands for the scenes without scripts stands for them now
    tell(error);
  }
}

const whenIdle = (act) => (globalThis.requestIdleCallback ? requestIdleCallback(act, { timeout: 5_000 }) : setTimeout(act, 2_000));

// What the reader may well want next is fetched when there is nothing else to do; not where each byte is paid for.
let isAhead = false;
function fetchAhead() {
  if (isAhead || embed || navigator.connection?.saveData) return;
  isAhead = true;
  const next = document.querySelector("a[rel=next]")?.href;
  const lessons = document.querySelector("main .contents") && ["lessons/why/", "lessons.js", "lessons_bg.wasm"];
  for (const address of next ? [next] : (lessons || [])) {
    const href = new URL(address, base).href;
    document.head.append(Object.assign(document.createElement("link"), { rel: "prefetch", href }));
  }
}

function loadWhenNear(program, places) {
  if (!places.length) return;
  const near = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      near.disconnect();
      load(program);
    },
    { rootMargin: `${program.near ?? 0}px` },
  );
  for (const place of places) near.observe(place);
}

const embed = document.querySelector("[data-shown]");
const goal = embed ?? document.getElementById(new URLSearchParams(location.search).get("scene"));
for (const program of programs) {
  const places = [...document.querySelectorAll(program.scenes)];
  const isGoal = goal && places.some((place) => place.contains(goal) || goal.contains(place));
  if (isGoal || (program.atOnce && places.length && !embed)) load(program);
  else if (!embed) loadWhenNear(program, places);
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

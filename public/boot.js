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
  { part: "lessons", scenes: ".lesson, .challenge, .scene[id$=-run]:not(#trial-run)", near: 600 },
  { part: "trial", scenes: ".trial, #trial-run", near: 600 },
  { part: "flask", scenes: "#flask, #fastapi", near: 600 },
  { part: "clinic", scenes: "#clinic-box, #clinic", atOnce: true },
  { part: "daily", scenes: "#daily", atOnce: true },
  { part: "playground", scenes: "#playground", near: 600 },
  { part: "playground", scenes: "#fleet-form, #fleet", atOnce: true },
  // What the reader has done stands beside the lessons, on the home page and in the menu of others. These parts show it too.
  { part: "home", scenes: "#clinic-door, .contents", near: 0, unless: ".lesson, .challenge, .trial, #daily" },
];

// Who leaves cuts off what is still on its way, and in Firefox that fails before the page is gone. It is told to who stays after all,
// as where the link was to a file, or comes back to the page as it was.
const LEAVING = 10_000;
let leaving = false;
const untold = [];
const whoStays = (act) => (leaving ? untold.push(act) : act());
function stays() {
  leaving = false;
  for (const act of untold.splice(0)) act();
}
addEventListener("pageshow", stays);
addEventListener("beforeunload", () => {
  leaving = true;
  setTimeout(stays, LEAVING);
});

// A panic shows the notice by itself, with better words than "unreachable executed": the first to speak is heard.
function tell(error) {
  if (!notice.hidden) return;
  document.getElementById("panic-detail").textContent = String(error?.message ?? error);
  notice.hidden = false;
}
addEventListener("error", (event) => whoStays(() => tell(event.error ?? event.message)));
addEventListener("unhandledrejection", (event) => whoStays(() => tell(event.reason)));

// The files of a part, on their way before they are asked for. Each once: what is sent for again when it has been used is not used
// again, and the browser says so.
const hinted = new Set();
const inFolder = (file) => new URL(folder + file, base).href;
function hint(rel, part) {
  for (const file of [...MAIN, ...(parts[part] ?? [])]) {
    if (hinted.has(file)) continue;
    hinted.add(file);
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

// The page first: what stands for the scenes is to be seen before the program comes down the same line. A picture that does not
// come holds nothing up for long.
const PATIENCE = 2_000;
const pageIsThere = new Promise((resolve) => {
  if (document.readyState === "complete") return resolve();
  addEventListener("load", resolve, { once: true });
  setTimeout(resolve, PATIENCE);
});

// Then the film: where nothing else is asked of it, the lot moves while the program comes. The still is painted before it is sent for.
const embed = document.querySelector("[data-shown]");
const filmed = document.querySelector("[data-film]");
const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
const isFilmed = filmed && !embed && !location.search && !isStill;
const isPainted = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
const play = () => isPainted().then(() => import("./film.js")).then(({ play }) => play(filmed)).catch(() => {});
const filmIsThere = isFilmed && pageIsThere.then(() => Promise.race([play(), new Promise((resolve) => setTimeout(resolve, PATIENCE))]));

async function load({ part, scenes }) {
  await pageIsThere;
  await filmIsThere;
  hint("preload", part);
  let valet;
  try {
    valet = await (program ??= start());
  } catch (error) {
    return whoStays(() => {
      delete root.dataset.js; // what stands for the scenes without scripts stands for them now
      tell(error);
    });
  }
  try {
    await valet[part]();
    until = performance.now() + HELD; // its scenes grow from now on
    whenIdle(fetchAhead);
  } catch (error) {
    whoStays(() => lose({ part, scenes }, error));
  }
}

// A part that did not load stops its own scenes only, and can be asked for again.
function lose({ part, scenes }, error) {
  console.error(error);
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

const savesData = () => navigator.connection?.saveData;
const whenIdle = (act) => (globalThis.requestIdleCallback ? requestIdleCallback(act, { timeout: 5_000 }) : setTimeout(act, 2_000));

// What the reader may well want next is fetched when there is nothing else to do; not where each byte is paid for.
let isAhead = false;
function fetchAhead() {
  if (isAhead || embed || savesData()) return;
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
  for (const place of places) {
    // Nobody is near what stands in a closed menu; on wide screens it is shown all the same, and waits where each byte is paid for.
    const closed = place.closest("details:not([open])");
    if (closed && (savesData() || !place.checkVisibility?.())) closed.addEventListener("toggle", () => near.observe(place), { once: true });
    else near.observe(place);
  }
}

const goal = embed ?? document.getElementById(new URLSearchParams(location.search).get("scene"));
const lacks = "lacks" in root.dataset; // early.js has said so
for (const use of lacks ? [] : uses) {
  const places = use.unless && document.querySelector(use.unless) ? [] : [...document.querySelectorAll(use.scenes)];
  const isGoal = goal && places.some((place) => place.contains(goal) || goal.contains(place));
  if (isGoal || (use.atOnce && places.length && !embed)) load(use);
  else if (!embed) loadWhenNear(use, places);
}

// The site stays for when there is no network; not in a frame. Another version is told of, and shown when the reader wants it.
async function keep() {
  const workers = navigator.serviceWorker;
  const kept = await workers.register(new URL("worker.js", base));
  const offer = () => {
    if (!kept.waiting || !workers.controller || document.getElementById("newer")) return;
    const show = Object.assign(document.createElement("button"), { type: "button", textContent: "Show it" });
    const said = Object.assign(document.createElement("p"), { id: "newer", className: "notice", textContent: "There is a newer version of this site. " });
    said.append(show);
    said.setAttribute("role", "status");
    show.addEventListener("click", () => {
      const again = () => location.reload();
      workers.addEventListener("controllerchange", again, { once: true });
      // The worker before it goes when nothing is asked of it any more.
      leaving = true;
      stop();
      kept.waiting?.postMessage("take over");
      setTimeout(again, PATIENCE);
    });
    document.querySelector("main").append(said);
  };
  offer();
  kept.addEventListener("updatefound", () => kept.installing?.addEventListener("statechange", offer));
}
if (!embed && window === top) whenIdle(() => keep().catch(() => {})); // where that may not be, the network is needed

// A word of the glossary opens a card where it stands; with another button or a key held down it is a link like any other. Before
// early.js, which opens the links of a frame beside it.
for (const word of document.querySelectorAll("a.word")) word.setAttribute("aria-haspopup", "dialog");
function openCard(event) {
  const word = event.target.closest?.("a.word");
  if (!word || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const follow = () => (word.target ? open(word.href, word.target, "noopener") : location.assign(word.href));
  import("./words.js").then(({ show }) => show(word)).catch(follow);
}
addEventListener("click", openCard, { capture: true });

// Scenes grow as they come to life. The place that a link leads to stays where it is meanwhile, for some seconds after the last
// program was loaded, however long that takes, or until the reader does something. After a reload or on the way back it is the place
// where the reader was: so many pixels below the beginning of something that the page has from the start.
const HELD = 6000;
let held;
let until = 0;
function hold(place, below) {
  [held, until] = [place && { place, below }, performance.now() + HELD];
}
function stay() {
  if (!held || performance.now() > until) return;
  if (held.below === undefined) held.place.scrollIntoView();
  else scrollBy(0, held.place.getBoundingClientRect().top + held.below);
}
const PLACE = `valet-place ${location.pathname}`;
const visit = () => globalThis.navigation?.currentEntry?.key;
function wasAt() {
  try {
    const { key, id, below } = JSON.parse(sessionStorage.getItem(PLACE));
    if (key === visit()) return [document.getElementById(id), below];
  } catch {
    // It was not here, or nothing is kept.
  }
  return [];
}
if (!embed && !lacks) {
  const isNew = !["reload", "back_forward"].includes(performance.getEntriesByType("navigation")[0]?.type);
  const byHash = () => hold(document.getElementById(location.hash.slice(1)));
  const marks = [...document.querySelectorAll("main [id]")];
  root.toggleAttribute("data-back", !isNew); // the program leads nowhere then
  if (!isNew) hold(...wasAt());
  else if (location.hash) byHash();
  else hold(goal);
  stay();
  // Where one goes back to a place on the same page, the browser has led there.
  addEventListener("hashchange", () => {
    byHash();
    if (Math.abs(held?.place.getBoundingClientRect().top) > 99) held = null;
  });
  for (const event of ["wheel", "touchmove", "keydown", "pointerdown"]) addEventListener(event, () => (held = null), { passive: true });
  addEventListener("pagehide", () => {
    const top = (mark) => mark.getBoundingClientRect().top;
    const isAbove = (mark) => top(mark) <= 0 && mark.checkVisibility() && getComputedStyle(mark).position !== "sticky";
    try {
      const mark = marks.findLast(isAbove);
      sessionStorage.setItem(PLACE, JSON.stringify(mark && { key: visit(), id: mark.id, below: -top(mark) }));
    } catch {
      // Nothing is kept here.
    }
  });
  new ResizeObserver(stay).observe(document.body);
  addEventListener("load", stay); // by then the browser has led to where it believes the place is
}

// Escape closes the contents.
const menu = document.querySelector(".menu");
addEventListener("keydown", ({ key }) => {
  if (key !== "Escape" || !menu?.open) return;
  menu.open = false;
  menu.firstElementChild.focus();
});

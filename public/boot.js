// Loads the program, and says so when it stops. A module of its own because the page's Content-Security-Policy allows
document.documentElement.dataset.js = "";
// no inline script.
const notice = document.getElementById("panic");

// A panic shows the notice by itself, with better words than "unreachable executed": the first to speak is heard.
function tell(error) {
  if (!notice.hidden) return;
  document.getElementById("panic-detail").textContent = String(error?.message ?? error);
  notice.hidden = false;
}

document.getElementById("reload").addEventListener("click", () => location.reload());
addEventListener("error", (event) => tell(event.error ?? event.message));
addEventListener("unhandledrejection", (event) => tell(event.reason));

async function load(js, wasm) {
  const program = await import(new URL(js, document.baseURI).href);
  await program.default({ module_or_path: new URL(wasm, document.baseURI).href });
}

// The application and the playground are a program of their own, loaded once somebody gets near them or has a link to them.
const playground = document.getElementById("playground");
const scenes = [document.getElementById("flask"), playground];
function play() {
  const { js, wasm } = playground.dataset;
  return load(js, wasm);
}
if (scenes.some(({ id }) => new URLSearchParams(location.search).get("scene") === id)) {
  play();
} else {
  const near = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      near.disconnect();
      play();
    },
    { rootMargin: "600px" },
  );
  for (const scene of scenes) near.observe(scene);
}

const lessons = document.getElementById("lessons");
const nearLessons = new IntersectionObserver(
  (entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    nearLessons.disconnect();
    load(lessons.dataset.js, lessons.dataset.wasm);
  },
  { rootMargin: "600px" },
);
nearLessons.observe(document.getElementById("contents"));
nearLessons.observe(lessons);

const { js, wasm } = document.querySelector("script[data-wasm]").dataset;
await load(js, wasm);

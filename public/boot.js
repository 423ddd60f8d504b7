// Loads the program, and says so when it stops. A module of its own because the page's Content-Security-Policy allows
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

// The playground is a program of its own, loaded once somebody gets near it or has a link to it.
const playground = document.getElementById("playground");
function play() {
  const { js, wasm } = playground.dataset;
  return load(js, wasm);
}
if (new URLSearchParams(location.search).get("scene") === "playground") {
  play();
} else {
  const near = new IntersectionObserver(
    ([entry]) => {
      if (!entry.isIntersecting) return;
      near.disconnect();
      play();
    },
    { rootMargin: "600px" },
  );
  near.observe(playground);
}

const { js, wasm } = document.querySelector("script[data-wasm]").dataset;
await load(js, wasm);

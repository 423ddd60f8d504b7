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

const { js, wasm } = document.querySelector("script[data-wasm]").dataset;
const program = await import(new URL(js, document.baseURI).href);
await program.default({ module_or_path: new URL(wasm, document.baseURI).href });

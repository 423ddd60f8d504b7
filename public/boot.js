// Loads the program. A module of its own because the page's Content-Security-Policy allows no inline script.
const notice = document.getElementById("panic");
document.getElementById("reload")?.addEventListener("click", () => location.reload());

const { js, wasm } = document.querySelector("script[data-wasm]").dataset;
try {
  const program = await import(new URL(js, document.baseURI).href);
  await program.default({ module_or_path: new URL(wasm, document.baseURI).href });
} catch (error) {
  // A panic shows the notice by itself, with better words than "unreachable executed".
  if (notice?.hidden) {
    document.getElementById("panic-detail").textContent = String(error);
    notice.hidden = false;
  }
  throw error;
}

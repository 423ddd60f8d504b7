// Runs before anything is painted. Says on <html> that scripts run (data-js) and, in an embed, which element is shown
// (data-embed); marks that element and the way to it as soon as the page is parsed; style/embed.css hides the rest. A classic
// script, since a frame without an origin may load modules only from servers that allow it: who cannot is told here.
{
  const root = document.documentElement;
  root.dataset.js = "";
  const byId = (id) => document.getElementById(id);
  const ready = (act) =>
    document.readyState === "loading" ? document.addEventListener("readystatechange", act, { once: true }) : act();

  // embed=1 shows the scene of the link; embed=NAME shows that, and the link's scene is one inside it.
  const said = new URLSearchParams(location.search);
  const embed = said.get("embed");
  if (embed !== null) root.dataset.embed = embed === "1" ? (said.get("scene") ?? "lot") : embed;

  // The lot's program is on its way before boot.js asks for it, unless an embed shows something else.
  if ((root.dataset.embed ?? "lot") === "lot") {
    const { js, wasm } = document.currentScript.dataset;
    const program = { rel: "preload", href: wasm, as: "fetch", type: "application/wasm", crossOrigin: "anonymous" };
    for (const link of [{ rel: "modulepreload", href: js }, program]) {
      document.head.append(Object.assign(document.createElement("link"), link));
    }
  }

  const nameOf = (scene) => scene.getAttribute("aria-label") ?? scene.querySelector("h2, h3")?.textContent ?? scene.id;

  function show() {
    const scenes = [...document.querySelectorAll(":is(.scene, .challenge, .lesson, .trial)[id]")];
    const shown = scenes.find(({ id }) => id === root.dataset.embed) ?? lost(scenes);
    shown.dataset.shown = "";
    for (let up = shown.parentElement; up !== root; up = up.parentElement) up.dataset.way = "";
    root.dataset.found = "";
    // A page may hold several embeds: each main part has its own name.
    document.querySelector("main").setAttribute("aria-label", nameOf(shown));
    foot(shown.id);
  }

  // Nothing has the name that was asked for: says so, and what there is.
  function lost(scenes) {
    for (const scene of scenes) {
      const link = document.createElement("a");
      link.href = `?embed=1&scene=${scene.id}`;
      link.textContent = scene.id;
      const item = document.createElement("li");
      item.append(link, ` ${nameOf(scene)}`);
      byId("lost-scenes").append(item);
    }
    byId("lost-name").textContent = root.dataset.embed;
    byId("lost").hidden = false;
    return byId("lost");
  }

  // The link to the whole page, with the state that the scene has by then.
  function foot(id) {
    const link = byId("embed-foot").querySelector("a");
    const follow = () => {
      const pairs = new URLSearchParams(root.dataset.link ?? location.search);
      pairs.delete("embed");
      link.href = id === "lost" ? "./" : `./?${pairs}#${id}`;
    };
    follow();
    for (const event of ["pointerdown", "keydown", "focus"]) link.addEventListener(event, follow);
    link.addEventListener("click", (event) => {
      follow();
      event.preventDefault();
      const opened = open(link.href);
      if (opened) opened.opener = null;
      else byId("embed-said").textContent = `This frame may not open it. Its address: ${link.href}`;
    });
    byId("embed-foot").hidden = false;
  }

  // What a link of the element leads to elsewhere in the page is not shown here: it opens in the whole page.
  function away(event) {
    const link = event.target.closest?.('a[href^="#"]');
    const goal = link && byId(link.hash.slice(1));
    if (!goal || goal.closest("[data-shown]")) return;
    event.preventDefault();
    const address = new URL(`./${link.hash}`, location.href.split(/[?#]/u)[0]).href;
    const opened = open(address);
    if (opened) opened.opener = null;
    else byId("embed-said").textContent = `This frame may not open it. Its address: ${address}`;
  }

  if (embed !== null) {
    ready(show);
    document.addEventListener("click", away);
  }
  ready(() => byId("reload").addEventListener("click", () => location.reload()));
  addEventListener(
    "error",
    ({ target }) => {
      if (target.tagName !== "SCRIPT") return;
      delete root.dataset.js;
      ready(() => {
        byId("panic-detail").textContent = `${target.src} did not load.`;
        byId("panic").hidden = false;
      });
    },
    true,
  );
}

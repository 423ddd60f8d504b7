// Runs before anything is painted. Says on <html> that scripts run (data-js), and leads from an address of long ago to the page
// that it means now. A classic script, since a frame without an origin may load modules only from servers that allow it: who
// cannot is told here. docs/links.md says which addresses there are.
{
  const root = document.documentElement;
  const base = new URL(".", document.currentScript.src);
  root.dataset.js = "";
  const byId = (id) => document.getElementById(id);
  // Not while the browser leaves for another page: of this one only a part may be there.
  const ready = (act) =>
    "leaving" in root.dataset
      ? undefined
      : document.readyState === "loading"
        ? document.addEventListener("readystatechange", act, { once: true })
        : act();

  // A host may ask that no text becomes HTML without a policy (require-trusted-types-for). The page makes all of its own, and
  // masks what it is given.
  try {
    globalThis.trustedTypes?.createPolicy("default", {
      createHTML: (html) => html,
      createScriptURL: (address) => (new URL(address, base).href.startsWith(base.href) ? address : null),
    });
  } catch {
    root.dataset.lacks = "a policy for Trusted Types, which this site's server does not allow it";
  }
  // What the programs cannot do without. Without it the stills stand, and all that is written.
  const lacks = ["WebAssembly", "IntersectionObserver", "ResizeObserver"].filter((name) => !(name in globalThis));
  if (lacks.length) root.dataset.lacks = lacks.join(" and ");
  if ("lacks" in root.dataset) {
    delete root.dataset.js;
    ready(() => {
      byId("panic").querySelector("p").textContent = `The pictures stand still here: this browser lacks ${root.dataset.lacks}. All that is written is there.`;
      byId("panic").hidden = false;
      byId("reload").hidden = true;
    });
  }

  // Everything used to stand on the home page: `#timeout`, `?scene=playground`, and `?embed=1&scene=lot` for a frame. embed=1
  // shows the scene of the link; embed=NAME shows that, and the link's scene is one inside it.
  function moved({ places, embeds }) {
    const said = new URLSearchParams(location.search);
    const embed = said.get("embed");
    if (embed !== null) {
      const name = embed === "1" ? (said.get("scene") ?? "lot") : embed;
      said.delete("embed");
      return embeds.includes(name) ? `embed/${name}.html?${said}` : `embed/?${new URLSearchParams({ missing: name })}`;
    }
    let name = said.get("scene") ?? location.hash.slice(1);
    while (name && !Object.hasOwn(places, name)) name = name.slice(0, Math.max(0, name.lastIndexOf("-")));
    const page = places[name]; // of the home page's own elements it is empty
    return page && page + location.search + location.hash;
  }
  const goal = root.dataset.moved && moved(JSON.parse(root.dataset.moved));
  if (goal) {
    root.dataset.leaving = ""; // nothing of this page is shown meanwhile
    location.replace(new URL(goal, base));
  }

  // Opens an address beside the frame, or says it where the frame may not.
  function openBeside(address) {
    const opened = open(address);
    if (opened) opened.opener = null;
    else byId("embed-said").textContent = `This frame may not open it. Its address: ${address}`;
  }

  // An embed's links lead out of its frame; the one at its foot to the whole page, with the state that the scene has by then.
  function away(event) {
    const link = event.target.closest?.("a[target=_blank]");
    if (!link || event.defaultPrevented) return;
    event.preventDefault();
    openBeside(link.href);
  }
  function foot() {
    const link = byId("embed-foot").querySelector("a");
    const page = new URL(link.href);
    const follow = () => {
      page.search = root.dataset.link ?? location.search;
      link.href = page;
    };
    follow();
    for (const event of ["pointerdown", "keydown", "focus", "click"]) link.addEventListener(event, follow);
  }
  if (root.dataset.embed) {
    ready(foot);
    document.addEventListener("click", away);
  }

  // A frame that asked for what there is not: says so above the list of what there is.
  const missing = new URLSearchParams(location.search).get("missing");
  if (missing !== null) {
    ready(() => {
      if (!byId("lost")) return;
      byId("lost-name").textContent = missing;
      byId("lost").hidden = false;
    });
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

// On the page of an address that is none: names the page whose address is much alike, if there is one.
const base = new URL(document.baseURI);
const plain = (path) => path.toLowerCase().replace(/(^|\/)index\.\w*$/u, "").replace(/\.html?$/u, "").replace(/^(\.?\/)+|\/+$/gu, "");
function decoded(path) {
  try {
    return decodeURIComponent(path);
  } catch {
    return path; // a % that escapes nothing
  }
}

/// How many letters have to be added, removed or exchanged to make one word of another (Levenshtein's distance).
function distance(one, other) {
  let row = Array.from({ length: other.length + 1 }, (_, place) => place);
  for (const [place, letter] of [...one].entries()) {
    const next = [place + 1];
    for (const [at, also] of [...other].entries()) next.push(Math.min(next[at] + 1, row[at + 1] + 1, row[at] + (letter !== also)));
    row = next;
  }
  return row.at(-1);
}

/// How far two addresses are from each other, as a part of their length: the whole of them, or what they end in.
const far = (one, other) => {
  const part = (one, other) => distance(one, other) / Math.max(one.length, other.length, 1);
  const end = (path) => path.split("/").at(-1);
  return Math.min(part(one, other), part(end(one), end(other)) + 0.01);
};
const ALIKE = 0.34;

// As seen from the site's root, even if the root itself is written otherwise.
const path = location.pathname;
const asked = plain(decoded(path.startsWith(base.pathname) ? path.slice(base.pathname.length) : path));
const places = [...document.querySelectorAll("#missing ul a")].map((link) => {
  const { href } = link;
  return { path: plain(link.getAttribute("href")), href: href + location.search + location.hash, words: link.textContent };
});
places.push({ path: "lessons", href: new URL("./#contents", base).href, words: "The lessons" });
const nearest = places.reduce((best, place) => (far(asked, place.path) < far(asked, best.path) ? place : best));
if (far(asked, nearest.path) < ALIKE) {
  const link = Object.assign(document.createElement("a"), { href: nearest.href, textContent: nearest.words });
  document.getElementById("nearest").append("You may have meant ", link, nearest.words.endsWith("?") ? "" : ".");
}
// This file was found, so the links are right.
document.getElementById("elsewhere").hidden = true;

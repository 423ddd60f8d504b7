// On the page of an address that is none: names the page whose address is the most alike.
const asked = decodeURIComponent(location.pathname).replace(/\/+$/u, "").split("/").at(-1).replace(/\.html$/u, "").toLowerCase();

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

const links = [...document.querySelectorAll("#missing ul a")];
const far = (link) => distance(asked, link.getAttribute("href").replace(/\/$/u, "").split("/").at(-1));
const nearest = links.reduce((best, link) => (far(link) < far(best) ? link : best));
const place = document.getElementById("nearest");
place.append("You may have meant ", nearest.cloneNode(true), ".");

// A word of the glossary as a small card where it stands. boot.js loads this when somebody first opens one. What the card says is
// read from the glossary's own page: nothing is written twice. Where that cannot be read, boot.js follows the link.
const SENTENCES = 2;
const GAP = 8;

const glossaries = new Map();
function glossary(address) {
  if (!glossaries.has(address)) glossaries.set(address, read(address));
  return glossaries.get(address);
}

async function read(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  // Its links begin at its own address.
  for (const link of page.querySelectorAll("dd a")) link.setAttribute("href", new URL(link.getAttribute("href"), address).href);
  return page;
}

// The first sentences of an explanation, with their code and links.
function beginning(explanation) {
  const ends = [...explanation.textContent.matchAll(/[.?!](?=\s|$)/gu)].map(({ index }) => index + 1);
  let left = ends[SENTENCES - 1] ?? explanation.textContent.length;
  const texts = document.createNodeIterator(explanation, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  range.setStart(explanation, 0);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    if (left <= text.length) {
      range.setEnd(text, left);
      break;
    }
    left -= text.length;
  }
  return range.cloneContents();
}

const card = Object.assign(document.createElement("div"), { id: "word-card", className: "word-card", popover: "auto", tabIndex: -1 });
card.setAttribute("role", "dialog");
card.setAttribute("aria-labelledby", "word-card-title");
card.innerHTML = '<p class="title" id="word-card-title"></p><p class="text"></p><p class="more"><a>More in the glossary</a></p>';
document.body.append(card);

let opener; // the link whose card is open
let pressed; // the link whose card was open when the pointer went down: that closed it, and the click is not to open it again
addEventListener("pointerdown", ({ target }) => (pressed = opener?.contains(target) ? opener : undefined), { capture: true });

card.addEventListener("toggle", ({ newState }) => {
  if (newState === "open" || !opener) return;
  opener.removeAttribute("aria-expanded");
  opener = undefined;
});

// Tab leaves the card for what comes after the word, as if it stood there.
card.addEventListener("keydown", (event) => {
  if (event.key !== "Tab") return;
  const stops = [card, ...card.querySelectorAll("a")];
  const isEdge = event.shiftKey ? stops.indexOf(document.activeElement) < 2 : document.activeElement === stops.at(-1);
  if (!isEdge) return;
  const word = opener;
  card.hidePopover();
  word?.focus({ preventScroll: true });
});

// Under the word, or over it where there is no room below; in the window, in a frame too. It scrolls with the text.
function place(word) {
  const at = [...word.getClientRects()].at(-1);
  const room = document.documentElement.clientWidth - 2 * GAP;
  const left = Math.max(GAP, Math.min(at.left, room + GAP - card.offsetWidth));
  const isBelow = at.bottom + GAP + card.offsetHeight <= innerHeight || at.top < card.offsetHeight + GAP;
  const top = isBelow ? at.bottom + GAP : at.top - GAP - card.offsetHeight;
  card.style.left = `${left + scrollX}px`;
  card.style.top = `${top + scrollY}px`;
}

/** Opens the card of the word that a link is about. It throws where there can be none. */
export async function show(word) {
  if (pressed === word) return void (pressed = undefined);
  const explained = (await glossary(word.href.split("#")[0])).getElementById(word.hash.slice(1));
  if (!explained || !card.showPopover) throw new Error(`There is no card for ${word.href}`);
  if (card.matches(":popover-open")) card.hidePopover();
  card.querySelector(".title").replaceChildren(...explained.querySelector("dt").cloneNode(true).childNodes);
  card.querySelector(".text").replaceChildren(beginning(explained.querySelector("dd")));
  const links = card.querySelectorAll("a");
  links[links.length - 1].href = word.href;
  for (const link of links) Object.assign(link, { target: word.target, rel: word.rel });
  card.showPopover();
  opener = word;
  word.setAttribute("aria-expanded", "true");
  place(word);
  card.focus({ preventScroll: true });
}

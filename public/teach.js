// The teachers' page: an address is chosen, looked at in a frame, and copied. It knows docs/embedding.md and the tables in the page
// (src/site/teach.rs); every number of a worksheet is worked out by the scene in the frame.
const root = document.documentElement;
const base = new URL(".", import.meta.url);
const { scenes, settings, figures } = JSON.parse(document.getElementById("teach-choices").textContent);
const place = (name) => document.getElementById(`teach-${name}`);

document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: new URL("teach.css", base).href }));

/// An element with its attributes and what is in it.
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (typeof value === "boolean") element.toggleAttribute(name, value);
    else element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== undefined));
  return element;
}
const option = (value, text = value) => make("option", { value }, text);
const labelled = (text, control, hint) => make("label", {}, make("span", {}, text), control, hint && make("small", {}, hint));
const group = (legend, ...children) => make("fieldset", {}, make("legend", {}, legend), ...children);

// What is chosen.
const KINDS = { run: "Runs to predict and watch", challenge: "Challenges", lesson: "Whole lessons", scene: "Others" };
const scene = make(
  "select",
  { name: "scene" },
  ...Object.entries(KINDS).map(([kind, label]) => make("optgroup", { label }, ...scenes.filter((one) => one.kind === kind).map((one) => option(one.name, `${one.title}${kind === "scene" ? "" : ` (${one.name})`}`)))),
);
const chosen = () => scenes.find((one) => one.name === scene.value);
const text = (name, attributes) => make("input", { name, type: "text", autocomplete: "off", spellcheck: "false", ...attributes });
const seed = text("seed", { inputmode: "numeric" });
const at = text("at", { inputmode: "decimal", placeholder: "as it opens" });
const choice = (name, ...values) => make("select", { name }, ...values.map(([value, says]) => option(value, says)));
const theme = choice("theme", ["", "as the student’s system"], ["light", "light"], ["dark", "dark"]);
const size = choice("text", ["", "as in the student’s browser"], ["small", "small"], ["large", "large"]);
const PANELS = { time: "time", status: "status line", knobs: "settings", figures: "figures", words: "the lot in words", chart: "chart", story: "story" };
const tick = (name, says, checked) => make("label", { class: "tick" }, make("input", { type: "checkbox", name, checked }), make("span", {}, says));
const compact = tick("compact", "Compact: the picture, time and one row of controls", true);
const panels = Object.entries(PANELS).map(([name, says]) => tick(name, says, true));
const solution = tick("solution", "Hints and solution can be opened", true);
const links = tick("links", "Links may lead out of the frame", true);
const keys = tick("keys", "Slides: unused keys go to the page around", false);
const is = (label) => label.firstChild.checked;

// A row for each setting: its value, and whether a student may turn it.
const rows = make("div", { class: "teach-rows" });
const more = make("select", { "aria-label": "One more setting" });
function row(name, value) {
  const about = settings.find((one) => one.name === name);
  const field = text(name, { "data-first": value ?? "", value: value ?? "", "aria-label": `${name}: ${about.hint}` });
  const may = make("select", { "aria-label": `${name}: who turns it` }, option("turn", "can be turned"), option("lock", "locked"), option("hide", "hidden"));
  rows.append(make("div", { class: "teach-row", "data-setting": name, "data-added": value === undefined, title: about.hint }, make("code", {}, name), field, make("span", { class: "unit" }, about.unit), may));
}
function fill() {
  const { knobs, seed: first } = chosen();
  rows.replaceChildren();
  for (const [name, value] of knobs) row(name, value);
  const others = settings.filter(({ name }) => !knobs.some(([known]) => known === name));
  more.replaceChildren(option("", "Add a setting…"), ...others.map(({ name, hint }) => option(name, `${name}: ${hint}`)));
  seed.value = "";
  seed.placeholder = String(first);
  at.value = "";
  const { kind } = chosen();
  own.hidden = kind !== "run";
  more.parentElement.hidden = kind === "challenge";
}

// A task of one's own.
const unit = { requests: "requests", connections: "connections", thousandths: "thousandths", ms: "ms" };
const figureOf = (name, label) => make("select", { name, "aria-label": label }, option("", "–"), ...figures.map((one) => option(one.name, `${one.title} (${unit[one.unit]})`)));
const task = make("textarea", { name: "task", rows: "2", maxlength: "600" });
const goals = [1, 2, 3].map((number) => {
  const figure = figureOf(`goal-${number}`, `Goal ${number}: figure`);
  const bound = make("select", { "aria-label": `Goal ${number}: bound` }, option("at-most", "at most"), option("at-least", "at least"));
  const value = text(`bound-${number}`, { inputmode: "numeric", "aria-label": `Goal ${number}: number`, value: "0" });
  return { figure, bound, value, row: make("div", { class: "teach-goal" }, figure, bound, value) };
});
const hints = make("textarea", { name: "hints", rows: "2" });
const ask = text("ask", { maxlength: "600" });
const answers = text("answers", { inputmode: "numeric", placeholder: "0, 10, 18, 40" });
const decides = figureOf("decides", "The figure that decides");
const own = group(
  "A task of your own",
  labelled("What is asked for", task),
  make("p", { class: "caption" }, "Goals, for the whole run; times in milliseconds"),
  ...goals.map((goal) => goal.row),
  labelled("Hints, one a line", hints),
  labelled("A prediction to make first", ask, "A question with a number for an answer."),
  labelled("Its answers", answers, "Two to eight whole numbers. The run decides: the nearest is right."),
  labelled("Decided by", decides),
);

/// The pairs that the address of the frame says.
function pairs() {
  const said = [];
  const modes = { lock: [], hide: [], show: [] };
  for (const one of rows.children) {
    const name = one.dataset.setting;
    const [field, may] = [one.querySelector("input"), one.querySelector("select").value];
    if (field.value.trim() && field.value.trim() !== field.dataset.first) said.push([name, field.value.trim()]);
    if (may !== "turn") modes[may].push(name);
    if (one.hasAttribute("data-added") && may !== "hide") modes.show.push(name);
  }
  if (seed.value.trim()) said.push(["seed", seed.value.trim()]);
  if (at.value.trim()) said.push(["at", at.value.trim()]);
  if (modes.show.length) said.push(["show", ["all", ...modes.show].join(",")]);
  for (const mode of ["lock", "hide"]) if (modes[mode].length) said.push([mode, modes[mode].join(",")]);
  if (theme.value) said.push(["theme", theme.value]);
  if (size.value) said.push(["text", size.value]);
  if (is(compact)) said.push(["compact", "1"]);
  if (!panels.every(is)) said.push(["panels", Object.keys(PANELS).filter((_, number) => is(panels[number])).join(",")]);
  if (!is(solution)) said.push(["solution", "0"]);
  if (!is(links)) said.push(["links", "0"]);
  if (is(keys)) said.push(["keys", "1"]);
  if (!own.hidden) {
    const asked = goals.filter(({ figure }) => figure.value).map(({ figure, bound, value }) => `${figure.value}-${bound.value}-${value.value.trim()}`);
    if (task.value.trim()) said.push(["task", task.value.trim()]);
    if (asked.length) said.push(["goal", asked.join("*")]);
    const lines = hints.value.split("\n").map((line) => line.trim()).filter(Boolean);
    if (lines.length) said.push(["hint", lines.join("*")]);
    if (ask.value.trim()) said.push(["ask", ask.value.trim()], ["answers", answers.value.split(/[\s,*]+/u).filter(Boolean).join("*")], ["decides", decides.value]);
  }
  return said;
}
/// As `*` and `,` may stand in an address: it stays readable.
const query = (said) => new URLSearchParams(said).toString().replaceAll("%2C", ",").replaceAll("%2A", "*");
function address(extra = []) {
  const said = query([...pairs(), ...extra]);
  return new URL(`embed/${chosen().name}.html${said && `?${said}`}`, base).href;
}

// The preview.
const SANDBOX = "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox";
const frame = make("iframe", { title: "Preview", allow: "fullscreen; clipboard-write" });
const says = make("p", { class: "quiet", role: "status", "data-teach": "says" });
let height = 640;
let isMet = false; // as the scene opens
addEventListener("message", ({ source, data }) => {
  if (source !== frame.contentWindow || data?.valet !== 1) return;
  if (data.type === "resize") {
    height = data.height;
    frame.style.height = `${height}px`;
    write();
  }
  if (data.type === "ready" && !isMet) says.textContent = `The scene lives. At this width it is ${data.height} pixels high.`;
  if (data.type === "goal") isMet = Boolean(data.opening);
  if (isMet) says.textContent = "The goal is already met when the scene opens, so there is nothing to do. Choose another bound, or other settings.";
  else if (data.type === "goal") says.textContent = `Your page hears: ${data.goal}, ${data.points ?? "no"} of ${data.of ?? 3} points.`;
  if (data.type === "error") says.textContent = data.text;
  for (const act of [...waiting]) act(data);
});
let shown;
let due;
function refresh() {
  clearTimeout(due);
  due = setTimeout(show, 300);
  write();
}
function show() {
  if (shown === address()) return;
  shown = address();
  isMet = false;
  says.textContent = "Loading…";
  frame.contentWindow.location.replace(shown);
}

// What is copied.
const escape = (words) => words.replace(/[&<>"]/gu, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign]);
const title = () => `Valet: ${chosen().title}`;
const still = () => new URL(`still/${chosen().name}.png`, base).href;
const iframe = () =>
  `<iframe src="${escape(address())}" title="${escape(title())}" width="100%" height="${Math.ceil(height / 10) * 10}" loading="lazy" frameborder="0" sandbox="${SANDBOX}" allow="fullscreen; clipboard-write"></iframe>`;
const WAYS = {
  "HTML: a frame": iframe,
  "HTML: an element that grows with the scene": () => {
    const attributes = pairs().map(([name, value]) => ` ${name.replaceAll("_", "-")}="${escape(value)}"`);
    return `<script type="module" src="${new URL("embed.js", base).href}"></script>\n<valet-lot scene="${chosen().name}" title="${escape(title())}"${attributes.join("")}><a href="${escape(address())}"><img src="${still()}" alt="${escape(title())}"></a></valet-lot>`;
  },
  "Markdown (MkDocs, Jekyll, Hugo, Jupyter)": iframe,
  "Markdown without HTML: a picture that leads to the scene": () => `[![${title()}](${still()})](${address()})`,
  "MyST (Sphinx, Jupyter Book)": () => `\`\`\`{raw} html\n${iframe()}\n\`\`\``,
  "MDX (Docusaurus, Astro, Next)": () =>
    `<iframe src={${JSON.stringify(address())}} title={${JSON.stringify(title())}} width="100%" height={${Math.ceil(height / 10) * 10}} loading="lazy" frameBorder="0" sandbox="${SANDBOX}" allow="fullscreen; clipboard-write" />`,
  "Moodle or Canvas: into the editor’s HTML view": () =>
    `<p><iframe src="${escape(address())}" title="${escape(title())}" width="100%" height="${Math.ceil(height / 10) * 10}" loading="lazy" allowfullscreen="allowfullscreen"></iframe></p>`,
  "The address alone": () => address(),
};
const way = make("select", { onchange: write, "aria-label": "Copy as" }, ...Object.keys(WAYS).map((name) => option(name)));
const line = make("textarea", { readonly: true, rows: "7", "aria-label": "The lines for your page", spellcheck: "false" });
const copied = make("span", { class: "quiet", role: "status" });
const projector = make("a", { target: "_blank", rel: "noopener" }, "Open for the projector");
function write() {
  line.value = WAYS[way.value]();
  copied.textContent = "";
  projector.href = address([["text", "large"], ["panels", "time"]].filter(([name]) => !pairs().some(([said]) => said === name)));
}
async function copy() {
  line.select();
  try {
    await navigator.clipboard.writeText(line.value);
    copied.textContent = "Copied.";
  } catch {
    copied.textContent = document.execCommand("copy") ? "Copied." : "This browser does not let the page copy. The lines are selected: copy them yourself.";
  }
}

// SCORM packages.
async function pack(edition) {
  try {
    const { FILES, scorm } = await import(new URL("scorm.js", base).href);
    const read = async (file) => {
      const answer = await fetch(new URL(`scorm/${file}`, base));
      if (!answer.ok) throw new Error(`${file} did not load`);
      return [file, await answer.text()];
    };
    const files = Object.fromEntries(await Promise.all(FILES.map(read)));
    const bytes = scorm(edition, { name: chosen().name, title: title(), address: address() }, files);
    const link = make("a", { href: URL.createObjectURL(new Blob([bytes], { type: "application/zip" })), download: `valet-${chosen().name}-scorm-${edition}.zip` });
    link.click();
    URL.revokeObjectURL(link.href);
  } catch (error) {
    copied.textContent = `The package is not made: ${error.message}.`;
  }
}
const isLocal = ["localhost", "127.0.0.1", "[::1]"].includes(location.hostname) || location.protocol === "file:";

// The worksheet. The scene in the frame works its numbers out.
const waiting = new Set();
let asked = 0;
function measure(names, said = {}) {
  const id = `sheet-${asked++}`;
  return new Promise((done, failed) => {
    const hear = (data) => {
      if (data.type === "measured" && data.id === id) done(data.figures);
      else if (data.type === "error") failed(new Error(data.text));
      else return;
      waiting.delete(hear);
    };
    waiting.add(hear);
    frame.contentWindow.postMessage({ valet: 1, type: "measure", id, figures: names, settings: said }, base.origin);
  });
}
const SHEET = ["served", "timeouts", "opened", "most-open", "most-waiting", "longest"];
const titleOf = (name) => figures.find((one) => one.name === name).title;
const vary = make("select", { "aria-label": "The setting that the worksheet varies" });
const values = text("values", { "aria-label": "Its values", inputmode: "numeric" });
function fillSheet() {
  const numbers = [...rows.children].filter((one) => /^\d+(\.\d+)?$/u.test(one.querySelector("input").value));
  vary.replaceChildren(...numbers.map((one) => option(one.dataset.setting)));
  suggest();
}
function suggest() {
  const field = [...rows.children].find((one) => one.dataset.setting === vary.value)?.querySelector("input");
  if (!field) return (values.value = "");
  const now = Number(field.value);
  const around = Number.isInteger(now) ? [Math.max(1, now - 1), now, now + 1, now * 2 + 2] : [now / 2, now, now * 2];
  values.value = [...new Set(around)].sort((one, other) => one - other).join(", ");
}
vary.addEventListener("change", suggest);
const table = (head, body) =>
  make("table", {}, make("tr", {}, ...head.map((cell) => make("th", { scope: "col" }, cell))), ...body.map((cells) => make("tr", {}, ...cells.map((cell, number) => make(number ? "td" : "th", number ? {} : { scope: "row" }, cell)))));
async function worksheet() {
  const sheet = place("sheet");
  sheet.replaceChildren(make("p", { role: "status" }, "Working the answers out…"));
  try {
    const list = values.value.split(/[\s,]+/u).filter(Boolean).slice(0, 8);
    const first = await measure(SHEET);
    const found = [];
    for (const value of vary.value ? list : []) found.push([value, await measure(SHEET, { [vary.value]: value })]);
    const { seconds, seed: usual } = chosen();
    const set = [...rows.children].map((one) => [one.dataset.setting, one.querySelector("input").value.trim()]).filter(([, value]) => value);
    const head = (words) => make("h2", {}, words);
    const about = make("p", {}, `The run lasts ${seconds} s, with the seed ${seed.value.trim() || usual} and `, ...set.flatMap(([name, value], number) => [number ? ", " : "", make("code", {}, `${name}=${value}`)]), ". It is the same for everybody.");
    const lines = SHEET.map((name) => [titleOf(name), "", ""]);
    const questions = [
      make("li", {}, "Before you play it: what do you expect? Then play the run to its end, and write down what you find.", table(["Figure", "I expect", "I find"], lines)),
      ...(found.length ? [make("li", {}, "Change ", make("code", {}, vary.value), " and nothing else. Fill in the table.", table([vary.value, ...SHEET.map(titleOf)], found.map(([value]) => [value, ...SHEET.map(() => "")])))] : []),
      make("li", {}, "Which setting would you choose, and what does it cost? Two sentences, with numbers from your tables.", make("div", { class: "lines" })),
    ];
    const best = (name) => {
      const least = Math.min(...found.map(([, all]) => all[name].number));
      return found.filter(([, all]) => all[name].number === least).map(([value]) => value).join(" or ");
    };
    const key = [
      make("li", {}, table(["Figure", "In the run"], SHEET.map((name) => [titleOf(name), first[name].text]))),
      ...(found.length ? [make("li", {}, table([vary.value, ...SHEET.map(titleOf)], found.map(([value, all]) => [value, ...SHEET.map((name) => all[name].text)])))] : []),
      make("li", {}, found.length ? `Open. The fewest time-outs are with ${vary.value} ${best("timeouts")}, the shortest longest wait with ${best("longest")}, the fewest connections opened with ${best("opened")}.` : "Open."),
    ];
    if (!own.hidden && task.value.trim()) questions.push(make("li", {}, task.value.trim(), make("div", { class: "lines" })));
    const print = (which) => () => {
      root.dataset.print = which;
      addEventListener("afterprint", () => delete root.dataset.print, { once: true });
      globalThis.print();
    };
    sheet.replaceChildren(
      make("div", { class: "sheet-page", "data-sheet": "questions" }, head(`Worksheet: ${chosen().title}`), make("p", { class: "name" }, "Name: "), about, make("p", {}, "The scene: ", make("span", { class: "address" }, address())), make("ol", {}, ...questions)),
      make("div", { class: "sheet-page", "data-sheet": "key" }, head(`Answer key: ${chosen().title}`), about.cloneNode(true), make("ol", {}, ...key)),
      make("p", { class: "acts" }, make("button", { type: "button", onclick: print("questions") }, "Print the worksheet"), make("button", { type: "button", onclick: print("key") }, "Print the answer key")),
    );
    sheet.scrollIntoView({ block: "nearest" });
  } catch (error) {
    sheet.replaceChildren(make("p", { class: "notice", role: "alert" }, `The worksheet is not made: ${error.message}`));
  }
}
const sheetMaker = group("A worksheet with its answer key", labelled("It varies", vary), labelled("with the values", values), make("p", { class: "acts" }, make("button", { type: "button", onclick: worksheet }, "Make the worksheet")));

const form = place("form");
form.addEventListener("submit", (event) => event.preventDefault());
form.append(
  group("The scene", labelled("Scene", scene)),
  group("Its settings", rows, labelled("One more", more), make("div", { class: "teach-two" }, labelled("Seed", seed), labelled("Moment (s)", at))),
  own,
  group("How it looks", make("div", { class: "teach-two" }, labelled("Colours", theme), labelled("Text", size)), compact, make("details", {}, make("summary", {}, "What is shown besides the picture"), ...panels), solution, links, keys),
);
place("result").append(
  make("div", { class: "teach-copy" }, labelled("Copy as", way), line, make("p", { class: "acts" }, make("button", { type: "button", class: "primary", onclick: copy }, "Copy"), projector, copied), isLocal ? make("p", { class: "notice" }, "This site runs on your own machine: other people’s browsers cannot reach its address. Put it on a server first.") : undefined),
  make("h3", {}, "Preview"),
  says,
  frame,
  make("div", { class: "teach-away" }, group("For a learning platform", make("p", {}, "A package passes score and completion on, and keeps where each student was."), make("p", { class: "acts" }, make("button", { type: "button", onclick: () => pack("1.2") }, "SCORM 1.2"), make("button", { type: "button", onclick: () => pack("2004") }, "SCORM 2004"))), sheetMaker),
);
scene.value = "timeout-challenge";
scene.addEventListener("change", () => {
  fill();
  fillSheet();
  sheetMaker.hidden = chosen().kind === "scene";
});
more.addEventListener("change", () => {
  if (more.value) row(more.value);
  more.selectedOptions[0]?.remove();
  more.value = "";
  rows.lastChild.querySelector("input").focus();
});
form.addEventListener("input", refresh);
form.addEventListener("change", refresh);
fill();
fillSheet();
show();
write();

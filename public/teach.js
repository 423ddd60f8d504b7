// The teachers' page: an address is chosen, looked at in a frame, and copied. It knows docs/embedding.md and the tables in the page
// (src/site/teach.rs); every number of a worksheet is worked out by the scene in the frame.
const root = document.documentElement;
const base = new URL(".", import.meta.url);
const { scenes, settings, figures, width: COLUMN } = JSON.parse(document.getElementById("teach-choices").textContent);
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
  return rows.lastChild;
}
const rowOf = (name) => [...rows.children].find((one) => one.dataset.setting === name);
/// One more row, of a setting that the scene does not turn by itself.
function add(name) {
  [...more.options].find((one) => one.value === name)?.remove();
  return row(name);
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
  for (const part of ownParts) part.hidden = kind !== "run";
  elsewhere.hidden = kind === "run";
  more.parentElement.hidden = kind === "challenge";
  carry([]);
}
// What an address brought here that this form has no field for: what was done in the scene, what was chosen of its code.
let carried = [];
const carriedSaid = make("span");
const carriedPlace = make("p", { class: "acts", hidden: true }, carriedSaid, make("button", { type: "button", onclick: () => (carry([]), refresh()) }, "Leave it out"));
function carry(said) {
  carried = said;
  carriedSaid.textContent = `Also, as it was done in the scene: ${query(said)}.`;
  carriedPlace.hidden = !said.length;
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
const elsewhere = make("p", {}, "A task of your own stands in the run of a lesson: choose one under “Runs to predict and watch”.");
const ownParts = [
  labelled("What is asked for", task),
  make("p", { class: "caption" }, "Goals, for the whole run; times in milliseconds"),
  ...goals.map((goal) => goal.row),
  labelled("Hints, one a line", hints),
  labelled("A prediction to make first", ask, "A question with a number for an answer."),
  labelled("Its answers", answers, "Two to eight whole numbers. The run decides: the nearest is right."),
  labelled("Decided by", decides),
];
const own = group("A task of your own", elsewhere, ...ownParts);
const takesTask = () => chosen().kind === "run";

/// The pairs that the address of the frame says.
function pairs() {
  const said = [];
  const modes = { lock: [], hide: [], show: [] };
  for (const one of rows.children) {
    const name = one.dataset.setting;
    const [field, may] = [one.querySelector("input"), one.querySelector("select").value];
    if (field.value.trim() && field.value.trim() !== field.dataset.first) said.push([name, field.value.trim()]);
    if (may !== "turn") modes[may].push(name);
    if (one.hasAttribute("data-added") && may !== "hide" && takesTask()) modes.show.push(name);
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
  said.push(...carried);
  if (takesTask()) {
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
function address(said = pairs(), name = chosen().name) {
  return new URL(`embed/${name}.html${said.length ? `?${query(said)}` : ""}`, base).href;
}
/// The pairs with others in their place; null leaves one out.
const changed = (others) => [...pairs().filter(([name]) => !Object.hasOwn(others, name)), ...Object.entries(others).filter(([, value]) => value !== null)];

// The preview: to look at, and to try.
const SANDBOX = "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox";
const frame = make("iframe", { title: "Preview", allow: "fullscreen; clipboard-write" });
const says = make("p", { class: "quiet", role: "status", "data-teach": "says" });
let isMet = false; // as the scene opens
let isHeard = false; // of a goal: that is said, however late the height comes
addEventListener("message", ({ source, data }) => {
  if (source !== frame.contentWindow || data?.valet !== 1) return;
  if (data.type === "resize") frame.style.height = `${data.height}px`;
  if (data.type === "goal") [isHeard, isMet] = [true, Boolean(data.opening)];
  if (isMet) says.textContent = "The goal is already met when the scene opens, so there is nothing to do. Choose another bound, or other settings.";
  else if (data.type === "goal") says.textContent = `Your page hears: ${data.goal}, ${data.points ?? "no"} of ${data.of ?? 3} points.`;
});

// A scene that nobody sees answers for the one that is chosen: how high it is in a column of the chosen width, what is wrong in
// its address, and what its run comes to. It is in sight for the browser, wherever the reader has scrolled.
const PATIENCE = 30_000; // until a scene that says nothing is taken for one that cannot live here
const QUIET = 400; // a height that was told stands for so long
class Gauge {
  #frame = make("iframe", { title: "The scene that is measured", tabindex: "-1" });
  #place = make("div", { class: "teach-gauge", "aria-hidden": "true", inert: true }, this.#frame);
  #hear = ({ source, data }) => {
    if (source === this.#frame.contentWindow && data?.valet === 1) this.#heard(data);
  };
  #errors = [];
  #asked = 0;
  #waiting = new Map();

  /// Opens an address in a column so wide. `done` is called once: with the height and what is wrong, or with nothing.
  constructor(address, width, done) {
    this.done = done;
    this.#frame.style.width = `${width}px`;
    addEventListener("message", this.#hear);
    this.patience = setTimeout(() => this.#finish(), PATIENCE);
    this.#frame.src = address;
    document.body.append(this.#place);
  }

  #heard(data) {
    if (data.type === "resize") {
      this.height = data.height;
      this.#frame.style.height = `${data.height}px`; // as a host does: a picture may heed how high its frame is
    }
    if (data.type === "error") this.#errors.push(data.text);
    if (data.type === "ready") this.isReady = true;
    if (this.isReady && ["ready", "resize", "error"].includes(data.type)) {
      clearTimeout(this.settles);
      this.settles = setTimeout(() => this.#finish(), QUIET);
    }
    if (data.type === "measured") this.#waiting.get(data.id)?.[0](data.figures);
    if (data.type === "error") for (const [, failed] of this.#waiting.values()) failed(new Error(data.text));
  }

  #finish() {
    clearTimeout(this.patience);
    this.done?.(this.isReady ? { height: this.height, errors: [...new Set(this.#errors)] } : undefined);
    this.done = undefined;
  }

  /// Figures of the whole run, with other settings if some are said.
  measure(names, said = {}) {
    const id = `sheet-${this.#asked++}`;
    const answer = new Promise((...ways) => this.#waiting.set(id, ways));
    this.#frame.contentWindow.postMessage({ valet: 1, type: "measure", id, figures: names, settings: said }, base.origin);
    return answer.finally(() => this.#waiting.delete(id));
  }

  close() {
    for (const timer of [this.patience, this.settles]) clearTimeout(timer);
    removeEventListener("message", this.#hear);
    this.#place.remove();
  }
}
/// A gauge that has answered.
const opened = (where) =>
  new Promise((done, failed) => {
    const gauge = new Gauge(where, COLUMN, (found) => {
      if (found && !found.errors.length) return done(gauge);
      gauge.close();
      failed(new Error(found?.errors.join(" ") || "The scene does not open in this browser."));
    });
  });

// What is known of the address by now: nothing while the scene is asked.
const width = text("width", { inputmode: "numeric", value: String(COLUMN), "aria-label": "Width of your column in pixels" });
const column = () => Number(width.value.trim());
const isColumn = () => /^\d+$/u.test(width.value.trim()) && column() >= 280 && column() <= 2_000;
const key = () => `${width.value.trim()} ${address()}`;
let asked; // the key of what the scene was asked about
let answer; // and what it said
const found = () => (key() === asked ? answer : undefined);
let gauge;
let shown;
let due;
const problems = make("ul", { class: "complaint teach-problems", role: "alert", hidden: true });
function refresh() {
  clearTimeout(due);
  if (key() !== asked) due = setTimeout(show, 300);
  write();
}
function show() {
  frame.style.width = isColumn() ? `${column()}px` : "";
  if (shown !== address()) {
    shown = address();
    isMet = isHeard = false;
    frame.contentWindow.location.replace(shown);
  }
  [asked, answer] = [key(), undefined];
  gauge?.close();
  if (!isColumn()) {
    answer = { errors: ["The width of the column takes a whole number of pixels from 280 to 2000."] };
    return write();
  }
  says.textContent = "Loading…";
  gauge = new Gauge(shown, column(), (heard) => {
    gauge.close();
    answer = heard ?? { errors: [] };
    if (!heard) says.textContent = `The scene does not open in this browser. The height is that of a column of ${COLUMN} pixels, as it was measured elsewhere.`;
    else if (heard.errors.length) says.textContent = "Something in the form is not taken: it is said beside it.";
    else if (!isMet && !isHeard) says.textContent = `The scene lives. In a column of ${column()} pixels it is ${heard.height} pixels high.`;
    write();
  });
  write();
}
/// The fields that a sentence about an address is about.
function about(error) {
  const named = /(?:The link has |^)([a-z_]+)[=:, ]/u.exec(error)?.[1];
  if (error.startsWith("The width")) return [width];
  if (/there is no such figure/u.test(error)) return goals.map((goal) => goal.figure);
  const fields = { seed: [seed], at: [at], goal: goals.map((goal) => goal.value), answers: [answers], ask: [ask, answers, decides], task: [task] };
  return fields[named] ?? [rowOf(named)?.querySelector("input")].filter(Boolean);
}
/// A goal's number that is none, among those of several goals.
const isNumber = (field) => /^-?\d+$/u.test(field.value.trim());
function mark() {
  const errors = found()?.errors ?? [];
  for (const field of place("bench").querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
  for (const said of form.querySelectorAll(".teach-wrong")) said.remove();
  for (const error of errors) {
    const all = about(error);
    const wrong = all.length > 1 && all.every((field) => goals.some((goal) => goal.value === field)) ? all.filter((field) => !isNumber(field)) : all;
    for (const field of wrong) field.setAttribute("aria-invalid", "true");
    const said = make("p", { class: "complaint teach-wrong" }, error);
    const line = wrong[0]?.closest(".teach-row");
    if (line) line.append(said);
    else if (wrong[0] && form.contains(wrong[0])) wrong[0].closest(".teach-goal, label").after(said);
  }
  problems.replaceChildren(...errors.map((error) => make("li", {}, error)));
  problems.hidden = !errors.length;
}

// What is copied.
const escape = (words) => words.replace(/[&<>"]/gu, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign]);
const title = () => `Valet: ${chosen().title}`;
const still = () => new URL(`still/${chosen().name}.png`, base).href;
/// What the frame is offered: in tens, with a little to spare, since a reader's letters may be larger.
const height = () => (found()?.height ? Math.ceil(found().height / 10) * 10 + 10 : chosen().heights[is(compact) ? 1 : 0]);
const iframe = () =>
  `<iframe src="${escape(address())}" title="${escape(title())}" width="100%" height="${height()}" loading="lazy" frameborder="0" sandbox="${SANDBOX}" allow="fullscreen; clipboard-write"></iframe>`;
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
    `<iframe src={${JSON.stringify(address())}} title={${JSON.stringify(title())}} width="100%" height={${height()}} loading="lazy" frameBorder="0" sandbox="${SANDBOX}" allow="fullscreen; clipboard-write" />`,
  "Moodle or Canvas: into the editor’s HTML view": () =>
    `<p><iframe src="${escape(address())}" title="${escape(title())}" width="100%" height="${height()}" loading="lazy" frameborder="0" allowfullscreen="allowfullscreen"></iframe></p>`,
  "The address alone": () => address(),
};
const way = make("select", { onchange: write, "aria-label": "Copy as" }, ...Object.keys(WAYS).map((name) => option(name)));
const line = make("textarea", { readonly: true, rows: "7", "aria-label": "The lines for your page", spellcheck: "false" });
const copied = make("span", { class: "quiet", role: "status" });
const projector = make("a", { target: "_blank", rel: "noopener" }, "Open for the projector");
const isFine = () => found() && !found().errors.length;
/// The scene for a screen in a room: of a whole lesson its run, of a challenge with its controls.
function projected() {
  const { name, kind } = chosen();
  const said = changed({ compact: null, keys: null, projector: "1", text: size.value || "large", panels: { run: "time", challenge: "time,knobs", lesson: "time" }[kind] ?? null });
  return address(said, kind === "lesson" ? `${name}-run` : name);
}
function write() {
  line.value = isFine() ? WAYS[way.value]() : "";
  line.placeholder = found() ? "Nothing to copy yet: something in the form is not taken." : "The scene is asked whether it takes this…";
  const heard = way.value.startsWith("HTML: an element") ? "element" : "frame";
  listener.value = place(`listener-${heard}`).textContent;
  for (const said of [copied, copiedListener]) said.textContent = "";
  projector.href = projected();
  mark();
}
async function copyOf(field, said) {
  if (!field.value) return (said.textContent = found() ? "Nothing is copied: something in the form is not taken." : "One moment: the scene is being asked.");
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    said.textContent = "Copied.";
  } catch {
    said.textContent = document.execCommand("copy") ? "Copied." : "This browser does not let the page copy. The lines are selected: copy them yourself.";
  }
}
const listener = make("textarea", { readonly: true, rows: "8", "aria-label": "The listener for your page", spellcheck: "false" });
const copiedListener = make("span", { class: "quiet", role: "status" });

// SCORM packages.
async function pack(edition) {
  if (!isFine()) return (copied.textContent = "No package is made: something in the form is not taken, or the scene is still being asked.");
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

// The worksheet. A scene works its numbers out, and it asks for what that scene shows: its panel of figures is not among what is
// left out.
const SHEET = ["served", "timeouts", "p50", "p95", "opened"].filter((name) => figures.some((one) => one.name === name && one.shown));
const NEEDED = ["time", "status", "knobs", "figures"];
function sheetAddress() {
  const said = panels.every(is) ? null : [...new Set([...NEEDED, ...Object.keys(PANELS).filter((_, number) => is(panels[number]))])].join(",");
  return address(changed({ compact: null, panels: said }));
}
const titleOf = (name) => figures.find((one) => one.name === name).title;
const vary = make("select", { "aria-label": "The setting that the worksheet varies" });
const values = text("values", { "aria-label": "Its values", inputmode: "numeric" });
function fillSheet() {
  const turns = (one) => one.querySelector("select").value === "turn";
  const numbers = [...rows.children].filter((one) => turns(one) && /^\d+(\.\d+)?$/u.test(one.querySelector("input").value));
  const before = vary.value;
  vary.replaceChildren(...numbers.map((one) => option(one.dataset.setting)));
  if (numbers.some((one) => one.dataset.setting === before)) vary.value = before;
  else suggest();
}
function suggest() {
  const field = rowOf(vary.value)?.querySelector("input");
  if (!field) return (values.value = "");
  const now = Number(field.value);
  const around = Number.isInteger(now) ? [Math.max(1, now - 1), now, now + 1, now * 2 + 2] : [now / 2, now, now * 2];
  values.value = [...new Set(around)].sort((one, other) => one - other).join(", ");
}
vary.addEventListener("change", suggest);
const table = (head, body) =>
  make("div", { class: "scrolls", tabindex: "0", role: "group", "aria-label": "Table" }, make("table", {}, make("tr", {}, ...head.map((cell) => make("th", { scope: "col" }, cell))), ...body.map((cells) => make("tr", {}, ...cells.map((cell, number) => make(number ? "td" : "th", number ? {} : { scope: "row" }, cell))))));
async function worksheet() {
  const sheet = place("sheet");
  sheet.replaceChildren(make("p", { role: "status" }, "Working the answers out…"));
  let scene;
  try {
    const where = sheetAddress();
    const list = values.value.split(/[\s,]+/u).filter(Boolean).slice(0, 8);
    scene = await opened(where);
    const first = await scene.measure(SHEET);
    const found = [];
    for (const value of vary.value ? list : []) found.push([value, await scene.measure(SHEET, { [vary.value]: value })]);
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
      make("li", {}, found.length ? `Open. The fewest time-outs are with ${vary.value} ${best("timeouts")}, the shortest p95 wait with ${best("p95")}, the fewest connections opened with ${best("opened")}.` : "Open."),
    ];
    if (takesTask() && task.value.trim()) questions.push(make("li", {}, task.value.trim(), make("div", { class: "lines" })));
    const print = (which) => () => {
      root.dataset.print = which;
      addEventListener("afterprint", () => delete root.dataset.print, { once: true });
      globalThis.print();
    };
    sheet.replaceChildren(
      make("div", { class: "sheet-page", "data-sheet": "questions" }, head(`Worksheet: ${chosen().title}`), make("p", { class: "name" }, "Name: "), about, make("p", {}, "The scene: ", make("span", { class: "address" }, where), " Its figures stand below the picture."), make("ol", {}, ...questions)),
      make("div", { class: "sheet-page", "data-sheet": "key" }, head(`Answer key: ${chosen().title}`), about.cloneNode(true), make("ol", {}, ...key)),
      make("p", { class: "acts" }, make("button", { type: "button", onclick: print("questions") }, "Print the worksheet"), make("button", { type: "button", onclick: print("key") }, "Print the answer key")),
    );
    sheet.scrollIntoView({ block: "nearest" });
  } catch (error) {
    sheet.replaceChildren(make("p", { class: "notice", role: "alert" }, `The worksheet is not made: ${error.message}`));
  } finally {
    scene?.close();
  }
}
const sheetMaker = group("A worksheet with its answer key", labelled("It varies", vary), labelled("with the values", values), make("p", { class: "acts" }, make("button", { type: "button", onclick: worksheet }, "Make the worksheet")));

const form = place("form");
form.addEventListener("submit", (event) => event.preventDefault());
form.append(
  group("The scene", labelled("Scene", scene)),
  group("Its settings", rows, labelled("One more", more), make("div", { class: "teach-two" }, labelled("Seed", seed), labelled("Moment (s)", at)), carriedPlace),
  own,
  group("How it looks", make("div", { class: "teach-two" }, labelled("Colours", theme), labelled("Text", size)), compact, make("details", {}, make("summary", {}, "What is shown besides the picture"), ...panels), solution, links, keys),
);
place("result").append(
  make("div", { class: "teach-copy" }, make("div", { class: "teach-two" }, labelled("Copy as", way), labelled("For a column so wide (px)", width)), problems, line, make("p", { class: "acts" }, make("button", { type: "button", class: "primary", onclick: () => copyOf(line, copied) }, "Copy"), projector, copied), make("details", {}, make("summary", {}, "A listener for your page: heights and scores"), make("p", {}, "Put it into the same page once. It hears what a student achieves; console.log stands for what your page does with it."), listener, make("p", { class: "acts" }, make("button", { type: "button", onclick: () => copyOf(listener, copiedListener) }, "Copy the listener"), copiedListener)), isLocal ? make("p", { class: "notice" }, "This site runs on your own machine: other people’s browsers cannot reach its address. Put it on a server first.") : undefined),
  make("h3", {}, "Preview"),
  says,
  make("div", { class: "teach-preview", tabindex: "0", role: "group", "aria-label": "Preview, as wide as your column" }, frame),
  make("div", { class: "teach-away" }, group("For a learning platform", make("p", {}, "A package passes score and completion on, and keeps where each student was."), make("p", { class: "acts" }, make("button", { type: "button", onclick: () => pack("1.2") }, "SCORM 1.2"), make("button", { type: "button", onclick: () => pack("2004") }, "SCORM 2004"))), sheetMaker),
);
/// What an address says of a scene: as "Embed this" under it leads here.
function take(said) {
  const named = said.get("scene") ?? "";
  const name = [named, named.replace(/-run$/u, "")].find((one) => scenes.some((other) => other.name === one));
  if (name) scene.value = name;
  fill();
  const words = (key) => (said.get(key) ?? "").split(/[\s,]+/u).filter(Boolean);
  const modes = { lock: words("lock"), hide: words("hide") };
  const isKnown = (one) => settings.some((other) => other.name === one);
  const all = (key) => modes[key].includes("all");
  for (const one of new Set([...said.keys(), ...modes.lock, ...modes.hide, ...words("show")].filter(isKnown))) {
    const line = rowOf(one) ?? add(one);
    if (said.has(one)) line.querySelector("input").value = said.get(one);
  }
  for (const line of rows.children) {
    const mode = ["hide", "lock"].find((key) => all(key) || modes[key].includes(line.dataset.setting));
    if (mode) line.querySelector("select").value = mode;
  }
  const fields = { seed, at, theme, text: size, task, ask, decides };
  for (const [key, field] of Object.entries(fields)) if (said.has(key)) field.value = said.get(key);
  const ticks = { compact, solution, links, keys };
  for (const [key, label] of Object.entries(ticks)) if (said.has(key)) label.firstChild.checked = said.get(key) === "1";
  if (name && !said.has("compact")) compact.firstChild.checked = false;
  if (said.has("panels")) for (const [number, panel] of Object.keys(PANELS).entries()) panels[number].firstChild.checked = words("panels").includes(panel);
  for (const [number, goal] of (said.get("goal") ?? "").split("*").slice(0, goals.length).entries()) {
    const [, figure, bound, value] = /^(.+)-(at-most|at-least)-(.+)$/u.exec(goal) ?? [];
    if (figure) [goals[number].figure.value, goals[number].bound.value, goals[number].value.value] = [figure, bound, value];
  }
  if (said.has("hint")) hints.value = said.get("hint").split("*").join("\n");
  if (said.has("answers")) answers.value = said.get("answers").split("*").join(", ");
  const known = [...Object.keys(fields), ...Object.keys(ticks), "scene", "v", "lock", "hide", "show", "panels", "goal", "hint", "answers"];
  carry([...said].filter(([key]) => !known.includes(key) && !isKnown(key)));
}
function choose() {
  fillSheet();
  sheetMaker.hidden = chosen().kind === "scene";
}
scene.value = "timeout-challenge";
scene.addEventListener("change", () => {
  fill();
  choose();
});
more.addEventListener("change", () => {
  if (more.value) add(more.value).querySelector("input").focus();
  more.value = "";
});
rows.addEventListener("change", fillSheet);
for (const event of ["input", "change"]) {
  form.addEventListener(event, refresh);
  width.addEventListener(event, refresh);
}
take(new URLSearchParams(location.search));
choose();
show();
write();

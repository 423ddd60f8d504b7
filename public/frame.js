// What an embed does with the page around it: what a teacher sets in its address, its height, and messages both ways. The
// promise is docs/embedding.md. A classic script that runs before anything is painted; the program hears of it by events, and says
// what it did in attributes of <html>.
{
  const root = document.documentElement;
  const opened = location.search;
  const asked = new URLSearchParams(opened.replaceAll("&amp;", "&")); // as some editors write an address
  const list = (name) => (asked.get(name) ?? "").split(/[\s,]+/u).filter(Boolean);
  const complaints = [];

  // What is one of a few words.
  const WORDS = { theme: ["light", "dark", "auto"], text: ["small", "large"], compact: ["0", "1"], links: ["0", "1"], solution: ["0", "1"], keys: ["0", "1"], projector: ["0", "1"] };
  for (const [name, words] of Object.entries(WORDS)) {
    const said = asked.get(name);
    if (said === null) continue;
    if (words.includes(said)) root.dataset[name] = said;
    else complaints.push(`${name}=${said.slice(0, 40)}: it takes ${words.join(", ")}.`);
  }

  // What is shown of a scene besides its picture.
  const PANELS = ["time", "status", "knobs", "figures", "words", "chart", "story"];
  if (asked.has("panels")) {
    for (const odd of list("panels").filter((name) => !PANELS.includes(name))) complaints.push(`panels: there is no ${odd.slice(0, 40)}. There are ${PANELS.join(", ")}.`);
    root.dataset.panels = list("panels").join(" ");
  }

  // Which settings are shown, and which can be turned.
  const [lock, hide, show] = ["lock", "hide", "show"].map(list);
  const isIn = (names, name) => names.includes(name) || names.includes("all");
  function limit() {
    for (const knob of document.querySelectorAll("[data-setting]")) {
      const name = knob.dataset.setting;
      knob.hidden = isIn(hide, name) || (asked.has("show") && !isIn(show, name));
      if (isIn(lock, name)) for (const control of knob.querySelectorAll("input, select, button")) control.disabled = true;
    }
    for (const group of document.querySelectorAll(".knobs fieldset:has(.knob[data-setting])")) {
      group.hidden = !group.querySelector(".knob[data-setting]:not([hidden])");
    }
  }
  if (asked.has("show")) root.dataset.show = "";
  const isLimited = lock.length + hide.length > 0 || asked.has("show");

  // What the address says of controls that the scene does not have, and of a task where it takes none.
  const scene = root.dataset.embed;
  const TASK = ["task", "goal", "hint", "ask", "answers", "decides"];
  // Of the applications one is shown at a time; these settings are those of the others.
  const LATER = ["flask", "fastapi"].includes(scene) ? ["pool_timeout", "pool_recycle", "pool_pre_ping", "pool_reset_on_return"] : [];
  /** How many letters have to be added, removed or exchanged to make one word of another. */
  function distance(one, other) {
    let row = Array.from({ length: other.length + 1 }, (_, place) => place);
    for (const [place, letter] of [...one].entries()) {
      const next = [place + 1];
      for (const [at, also] of [...other].entries()) next.push(Math.min(next[at] + 1, row[at + 1] + 1, row[at] + (letter !== also)));
      row = next;
    }
    return row.at(-1);
  }
  function nameOdd() {
    const there = [...new Set([...document.querySelectorAll("[data-setting]")].map((knob) => knob.dataset.setting)), ...LATER];
    for (const [key, names] of Object.entries({ lock, hide, show })) {
      for (const name of new Set(names.map((one) => one.slice(0, 40)))) {
        if (name === "all" || there.includes(name)) continue;
        const far = (other) => distance(name, other);
        const nearest = there.reduce((best, other) => (far(other) < far(best) ? other : best), there[0] ?? "");
        complain(`${key}: this scene has no control for ${name}.${nearest && ` The nearest name is ${nearest}.`}`);
      }
    }
    const run = scene.endsWith("-run") ? scene : `${scene}-run`;
    const takesTask = scene !== "trial" && document.getElementById(`${run}-picture`) && !asked.get("scene")?.endsWith("-challenge");
    const task = TASK.filter((name) => asked.has(name));
    if (task.length && !takesTask) complain(`${task.join(", ")}: only the run of a lesson takes a task of yours, such as timeout-run.`);
  }

  // Messages to the host. A page that is nobody's frame has no host.
  const VERSION = 1;
  const state = () => `?${root.dataset.link ?? location.search.slice(1)}`;
  const post = (message) => parent !== window && parent.postMessage(message, "*");
  const tell = (type, more) => post({ valet: VERSION, type, scene, ...more });

  // Heights, in the words of the hosts that there are. iframe-resizer and H5P speak first.
  let height = 0;
  let sizer; // iframe-resizer's name for this frame
  // A height is told when it has stood for so long, in milliseconds, and the program has come: until then it is that of a page
  // without scripts.
  const STANDS = 150;
  const LONGEST = 1_000; // something that never stands is told that often
  let due;
  let since = 0;
  let lives = false; // and that has not been told yet
  function resized() {
    clearTimeout(due);
    since ||= performance.now();
    due = setTimeout(settle, performance.now() - since > LONGEST ? 0 : STANDS);
  }
  function settle() {
    const main = document.querySelector("main");
    const isComing = "js" in root.dataset && document.getElementById("panic")?.hidden !== false && !document.querySelector("[data-shown] .panel:not([aria-busy])");
    since = 0;
    if (!main || isComing) return;
    const now = Math.ceil(main.getBoundingClientRect().bottom + scrollY);
    if (now !== height) {
      height = now;
      tellHeight();
    }
    if (!lives) return;
    lives = false;
    tell("ready", { height, state: state() });
    nameOdd();
    const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (root.dataset.projector === "1" && !isStill) command("play");
  }
  function tellHeight() {
    tell("resize", { height });
    post({ subject: "lti.frameResize", height }); // Canvas
    post({ type: "plugin.resize", payload: { width: innerWidth, height } }); // Open edX
    post({ sentinel: "amp", type: "embed-size", width: innerWidth, height });
    post(JSON.stringify({ context: "iframe.resize", src: location.href, height })); // Embedly, Iframely
    if (sizer) post(`[iFrameSizer]${sizer}:${height}:${innerWidth}:size`);
  }

  // Messages from the host.
  const KNOWN = {
    play: () => "play",
    pause: () => "pause",
    step: ({ back }) => (back ? "back" : "step"),
    seek: ({ at }) => Number.isFinite(at) && at >= 0 && `seek ${at.toFixed(6)}`,
    measure: ({ id, at, figures, settings }) => {
      const pairs = Object.entries(settings ?? {}).slice(0, 20);
      const isFine =
        /^[\w-]{1,40}$/u.test(id) && (at === undefined || (Number.isFinite(at) && at >= 0)) && Array.isArray(figures) && figures.length > 0 && figures.length <= 40 &&
        figures.every((name) => /^[\w-]{1,40}$/u.test(name)) && pairs.every(([name, value]) => /^\w{1,40}$/u.test(name) && /^[^&]{1,400}$/u.test(String(value)));
      return isFine && `measure ${id} ${at === undefined ? "-" : at.toFixed(6)} ${figures.join(",")} ${pairs.map(([name, value]) => `${name}=${value}`).join("&")}`;
    },
    set: ({ settings }) =>
      settings !== null && typeof settings === "object" &&
      Object.entries(settings).slice(0, 100).map(([name, value]) => /^\w{1,40}$/u.test(name) && String(value).length < 400 && `set ${name} ${value}`),
  };
  const own = {
    get: () => tell("state", { state: state() }),
    reset: () => location.replace(opened || location.pathname),
    restore: ({ state }) => typeof state === "string" && state.length < 20_000 && /^\?[^#]*$/u.test(state) && location.replace(restored(state)),
  };
  /** A state that was told before, in this frame: what it may and looks like its own address says, and the values of what is locked. */
  const OPTIONS = [...Object.keys(WORDS), "panels", "lock", "hide", "show", ...TASK];
  function restored(state) {
    const said = new URLSearchParams(state);
    const isLocked = (name) => lock.includes(name) || (lock.includes("all") && document.querySelector(`[data-setting="${CSS.escape(name)}"]`));
    const isOwn = (name) => OPTIONS.includes(name) || isLocked(name);
    for (const name of new Set(said.keys())) if (isOwn(name)) said.delete(name);
    for (const [name, value] of asked) if (isOwn(name)) said.append(name, value);
    return `?${said}`;
  }
  const command = (detail) => document.dispatchEvent(new CustomEvent("valet-command", { detail }));
  function obey(said) {
    const name = /^set (\w+) /u.exec(said)?.[1];
    if (name && isIn(lock, name)) tell("error", { text: `${name} is locked in this frame.` });
    else command(said);
  }
  let isOdd = false;
  function ignore() {
    if (!isOdd) console.info("Valet ignores a message that docs/embedding.md does not list.");
    isOdd = true;
  }
  function hear({ source, data }) {
    if (source !== parent || parent === window) return;
    if (typeof data === "string" && data.startsWith("[iFrameSizer]")) {
      sizer = data.slice("[iFrameSizer]".length).split(":")[0];
      return tellHeight();
    }
    if (data?.context === "h5p") {
      if (data.action === "ready") post({ context: "h5p", action: "hello" });
      if (data.action === "hello") post({ context: "h5p", action: "prepareResize", scrollHeight: height, clientHeight: innerHeight });
      if (data.action === "resizePrepared") post({ context: "h5p", action: "resize", scrollHeight: height });
      return;
    }
    if (data?.valet === undefined) return; // not meant for us
    if (data.valet !== VERSION || typeof data.type !== "string") return ignore();
    if (Object.hasOwn(own, data.type)) return own[data.type](data) === false && ignore();
    const commands = Object.hasOwn(KNOWN, data.type) ? [KNOWN[data.type](data)].flat() : [false];
    for (const said of commands) {
      if (said) obey(said);
      else ignore();
    }
  }
  addEventListener("message", hear);

  // What a reader achieved, in the shape of xAPI (https://adlnet.gov/projects/xapi/). Who the reader is the host knows.
  const began = performance.now();
  function statement(goal, points) {
    const place = goal.replace(/^(?:guess|challenge)-/u, "");
    const address = (path) => new URL(path, location.href).href;
    const isGuess = /guess/u.test(goal);
    // A teacher's own task is told from others by what its address asks for.
    const own = new URLSearchParams([...asked].filter(([name]) => ["goal", "ask", "answers", "decides"].includes(name))).toString();
    const id = goal.startsWith("own-") ? address(`${scene}.html?${own}#${goal}`) : address(`../lessons/${place}/#${place}-${isGuess ? "guess" : "challenge"}`);
    const score = points && { raw: Number(points), min: 0, max: 3, scaled: Number(points) / 3 };
    return {
      verb: { id: `http://adlnet.gov/expapi/verbs/${isGuess ? "answered" : "completed"}`, display: { en: isGuess ? "answered" : "completed" } },
      object: {
        objectType: "Activity",
        id,
        definition: { type: `http://adlnet.gov/expapi/activities/${isGuess ? "question" : "simulation"}`, name: { en: document.title } },
      },
      result: {
        completion: true,
        ...(score && { score, success: isGuess ? score.raw === 3 : true }),
        duration: `PT${((performance.now() - began) / 1_000).toFixed(2)}S`,
      },
      timestamp: new Date().toISOString(),
    };
  }

  // What the program says.
  const SAID = {
    goal(rest) {
      const [goal, points, opening] = rest.split(" ");
      tell("goal", { goal, ...(points && { points: Number(points), of: 3 }), ...(opening && { opening: true }) });
      tell("xapi", { statement: statement(goal, points) });
    },
    measured(rest) {
      const [head, ...lines] = rest.split("\n");
      const [id, at] = head.split(" ");
      const figures = lines.map((line) => line.split("\t")).map(([name, number, text]) => [name, { number: number === "" ? null : Number(number), text }]);
      tell("measured", { id, at: Number(at), figures: Object.fromEntries(figures) });
    },
    error: (text) => tell("error", { text }),
    complaint: complain,
  };
  document.addEventListener("valet-said", ({ detail }) => {
    const [kind] = detail.split(" ", 1);
    SAID[kind]?.(detail.slice(kind.length + 1));
  });
  const HEARD = {
    "data-link": () => tell("state", { state: state() }),
    "data-live": () => {
      lives = true;
      resized();
    },
  };
  new MutationObserver((changes) => {
    for (const name of new Set(changes.map((change) => change.attributeName))) {
      if (root.hasAttribute(name)) HEARD[name]();
    }
  }).observe(root, { attributes: true, attributeFilter: Object.keys(HEARD) });

  // Whoever reads the frame is told, and the page around it.
  function complain(text) {
    if (text) {
      complaints.push(text);
      tell("error", { text });
    }
    const place = document.getElementById("embed-said");
    if (place && complaints.length) place.textContent = `The address of this frame: ${complaints.slice(0, 5).join(" ")}`;
  }

  // In slides: keys that mean nothing here go to the host, which may turn its page.
  addEventListener("keydown", (event) => {
    const isOurs = event.defaultPrevented || event.target.matches?.("input, select, textarea, button, summary, a");
    if (!isOurs && root.dataset.keys === "1") tell("key", { key: event.key });
  });

  document.addEventListener("readystatechange", () => {
    if (document.readyState !== "interactive") return;
    if (!("lacks" in root.dataset)) new ResizeObserver(resized).observe(document.body);
    new MutationObserver((changes) => {
      if (isLimited) limit();
      if (!("live" in root.dataset) && document.querySelector(".picture.live")) root.dataset.live = "";
      if (changes.some(({ attributeName }) => attributeName === "aria-busy")) resized();
    }).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ["class", "aria-busy"] });
    new MutationObserver(resized).observe(document.getElementById("panic"), { attributes: true, attributeFilter: ["hidden"] });
    for (const text of complaints) tell("error", { text });
    complain();
  });
}

// Stands in a SCORM package beside the frame of a scene: what the scene tells (docs/embedding.md) becomes SCORM's data, 1.2 or 2004,
// whichever the platform has; what was kept for the learner goes back into the scene.
{
  const frame = document.querySelector("iframe");
  const origin = new URL(frame.src).origin;
  const began = Date.now();

  // The platform's object is in a window around this one, or around its opener.
  function find(name) {
    for (const first of [window, window.opener]) {
      let here = first;
      for (let depth = 0; here && depth < 20; depth++) {
        try {
          if (here[name]) return here[name];
        } catch {
          break; // a window of another origin has none for us
        }
        if (here.parent === here) break;
        here = here.parent;
      }
    }
    return undefined;
  }
  const is2004 = Boolean(find("API_1484_11"));
  const api = find("API_1484_11") ?? find("API");

  // What each edition calls it, and how much of the state it keeps.
  const WORDS = is2004
    ? { begin: "Initialize", get: "GetValue", set: "SetValue", commit: "Commit", end: "Terminate", score: "cmi.score.", time: "cmi.session_time", exit: "cmi.exit", most: 64_000 }
    : { begin: "LMSInitialize", get: "LMSGetValue", set: "LMSSetValue", commit: "LMSCommit", end: "LMSFinish", score: "cmi.core.score.", time: "cmi.core.session_time", exit: "cmi.core.exit", most: 4_096 };
  const call = (what, ...given) => api[WORDS[what]](...given);
  const set = (name, value) => call("set", name, String(value));
  const get = (name) => String(call("get", name) ?? "");

  let isRestored = false;
  let best = -1;
  function hear({ source, data }) {
    if (source !== frame.contentWindow || data?.valet !== 1) return;
    if (data.type === "ready" && !isRestored) {
      isRestored = true;
      const state = get("cmi.suspend_data");
      if (state) frame.contentWindow.postMessage({ valet: 1, type: "restore", state }, origin);
    }
    // A state that does not fit is not cut: what was kept before leads to a scene that works.
    if (data.type === "state" && isRestored && data.state.length <= WORDS.most) {
      set("cmi.suspend_data", data.state);
      call("commit", "");
    }
    if (data.type === "goal" && data.points !== undefined) achieve(data.points / data.of);
  }

  function achieve(part) {
    if (part <= best) return; // a later, worse attempt takes nothing away
    best = part;
    set(`${WORDS.score}min`, 0);
    set(`${WORDS.score}max`, 100);
    set(`${WORDS.score}raw`, Math.round(part * 100));
    const isPassed = part > 0;
    if (is2004) {
      set("cmi.score.scaled", part.toFixed(4));
      set("cmi.completion_status", "completed");
      set("cmi.success_status", isPassed ? "passed" : "failed");
    } else {
      set("cmi.core.lesson_status", isPassed ? "passed" : "failed");
    }
    call("commit", "");
  }

  function time(seconds) {
    if (is2004) return `PT${seconds.toFixed(2)}S`;
    const two = (number) => String(Math.floor(number)).padStart(2, "0");
    return `${two(seconds / 3_600).padStart(4, "0")}:${two((seconds / 60) % 60)}:${two(seconds % 60)}.00`;
  }

  let isOver = false;
  function leave() {
    if (isOver) return;
    isOver = true;
    set(WORDS.time, time((Date.now() - began) / 1_000));
    set(WORDS.exit, "suspend");
    call("commit", "");
    call("end", "");
  }

  if (api) {
    call("begin", "");
    const status = is2004 ? "cmi.completion_status" : "cmi.core.lesson_status";
    if (["", "unknown", "not attempted"].includes(get(status))) set(status, "incomplete");
    best = Number(get(`${WORDS.score}raw`) || -100) / 100;
    addEventListener("message", hear);
    addEventListener("pagehide", leave);
    addEventListener("beforeunload", leave);
  } else {
    document.getElementById("said").textContent = "This page found no SCORM platform around it: nothing is kept, and no score is passed on.";
  }
}

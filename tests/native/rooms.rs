//! The one table of the rooms of `src/`: what each is for, and whose doors it may use.
//!
//! A room may only use rooms that stand above it. `src/lib.rs` and `ARCHITECTURE.md` show the table; `make rooms` writes it
//! there, and `layers.rs` holds them to it.

/// A room: a folder or a file of `src/`.
pub struct Room {
    pub name: &'static str,
    /// Where it exists only, if not everywhere: in the browser's build, or on the machine that builds.
    pub only: Option<&'static str>,
    pub what: &'static str,
    /// The rooms that it may use.
    pub uses: &'static [&'static str],
}

/// In the browser's build.
pub const WASM: &str = "wasm";
/// On the machine that builds.
pub const HOST: &str = "host";

const fn room(name: &'static str, what: &'static str, uses: &'static [&'static str]) -> Room {
    Room { name, only: None, what, uses }
}

const fn browser(name: &'static str, what: &'static str, uses: &'static [&'static str]) -> Room {
    Room { name, only: Some(WASM), what, uses }
}

const fn host(name: &'static str, what: &'static str, uses: &'static [&'static str]) -> Room {
    Room { name, only: Some(HOST), what, uses }
}

/// Every room, each below all that it uses.
pub const ROOMS: &[Room] = &[
    room("time", "whole microseconds, the only clock type", &[]),
    room("pool", "THE ENGINE: SQLAlchemy's six pool classes as one state machine without input or output", &["time"]),
    room("sql", "statement, reply, rows: the words between an application and a database", &["pool"]),
    room("apps", "the tutorials' applications as steps, with SQLAlchemy's session as it is", &["pool", "sql", "time"]),
    room(
        "service",
        "an application around a pool: requests, orders, reports, news, and what is counted",
        &["apps", "pool", "sql", "time"],
    ),
    room(
        "sim",
        "a world around pools, repeatable from its seed: traffic, workers, a simulated server, and its journal",
        &["apps", "pool", "service", "sql", "time"],
    ),
    room("theory", "queueing formulas for a pool seen as c servers, to show beside what is measured", &[]),
    room("format", "times and numbers as people read them", &["time"]),
    room(
        "figures",
        "the one table of what a run shows, as numbers and as files, beside what theory says",
        &["format", "pool", "service", "sim", "theory", "time"],
    ),
    room(
        "search",
        "two worlds compared, grids of them, and the smallest pool that is good enough",
        &["figures", "format", "pool", "sim", "time"],
    ),
    room(
        "paste",
        "WHAT PEOPLE PASTE: errors, tracebacks and logs with secrets masked, and what is found in them",
        &["pool", "time"],
    ),
    room(
        "log",
        "THE POOL'S LOG: who held which connection from when to when, read in pieces, from SQLAlchemy's log or a recorded file",
        &["paste", "pool", "time"],
    ),
    room("python", "settings as create_engine, engine_from_config and Flask-SQLAlchemy take them", &["pool", "time"]),
    room(
        "source",
        "Python and configuration files as people paste them: the engines in them, and what is not known",
        &["pool", "python"],
    ),
    room(
        "settings",
        "the one table of everything that can be set: typed values, their texts, ranges and errors; what is done to a world",
        &["apps", "pool", "service", "sim", "sql", "time"],
    ),
    room(
        "link",
        "settings, acts and the moment as an address, and every address ever printed read again",
        &["apps", "pool", "service", "settings", "sim", "time"],
    ),
    room(
        "lot",
        "THE PICTURE in numbers: where everything is at a moment; also as SVG text",
        &["pool", "service", "time"],
    ),
    room(
        "travel",
        "a recorded run in which one goes back, forth, and off into another future",
        &["figures", "lot", "service", "sim", "time"],
    ),
    room(
        "run",
        "a run as a file: settings, acts, the store's answers, results; played again it shows the same pictures",
        &["apps", "figures", "lot", "pool", "service", "settings", "sim", "sql", "time", "travel"],
    ),
    room(
        "lesson",
        "THE TUTORIAL: lessons as pairs of prose (HTML) and data (Rust), challenges, claims on trial, the glossary",
        &[
            "apps", "figures", "format", "lot", "pool", "python", "service", "settings", "sim", "theory", "time",
            "travel",
        ],
    ),
    room("progress", "what a reader has done, and the same as a code to copy", &[]),
    room(
        "fleet",
        "SIZING: from processes, traffic and a server's limit to a pool_size, with reasons, and the advice played",
        &["figures", "lesson", "pool", "search", "settings", "sim", "theory", "time"],
    ),
    room(
        "still",
        "the still first frame, and the settings the page opens with",
        &["apps", "fleet", "lesson", "lot", "pool", "service", "sim", "time", "travel"],
    ),
    room(
        "film",
        "THE FILM: the lot's pictures one after another, as a page without the program can play them",
        &["lot", "still", "time"],
    ),
    room(
        "clinic",
        "THE CLINIC: from a paste to ranked causes, each with a world that shows it, cures, and code",
        &[
            "apps", "figures", "lesson", "link", "log", "paste", "pool", "service", "settings", "sim", "source", "sql",
            "still", "time",
        ],
    ),
    room(
        "report",
        "THE REPORT: a case as one file of HTML, in which what was found still plays",
        &["clinic", "film", "format", "lesson", "lot", "still", "time", "travel"],
    ),
    room(
        "daily",
        "THE DAILY OUTAGE: a world a day from its date, certified to be fair; its evidence, replies, and scores",
        &["apps", "clinic", "figures", "format", "lesson", "pool", "service", "settings", "sim", "sql", "time"],
    ),
    host(
        "site",
        "THE PAGES: one table of them, and the HTML of each, made from index.html and fragments",
        &["clinic", "figures", "lesson", "settings", "sim", "still"],
    ),
    browser(
        "indexeddb",
        "one way to open, migrate, restart and use a database of the browser's; errors, deadline, quarantine",
        &[],
    ),
    browser(
        "database",
        "THE REAL STORE: transactions on IndexedDB, memory where it is refused, the pool's driver",
        &["indexeddb", "pool", "sql", "time"],
    ),
    browser(
        "storage",
        "kept runs and progress, in an IndexedDB database of their own, or in memory",
        &["indexeddb", "progress", "run"],
    ),
    browser(
        "browser",
        "what the page asks of its browser: elements, visibility, media, address, clipboard, downloads",
        &[],
    ),
    browser(
        "app",
        "THE PAGE: Leptos components, the frame loop, the canvas",
        &[
            "apps", "browser", "clinic", "daily", "database", "figures", "fleet", "format", "lesson", "link", "log",
            "lot", "paste", "pool", "progress", "report", "run", "search", "service", "settings", "sim", "source",
            "sql", "still", "storage", "time", "travel",
        ],
    ),
];

/// The table in Markdown; `link` writes a room's name.
pub fn table(link: impl Fn(&Room) -> String) -> String {
    let mut text = String::from("| room | what it is for | may use |\n|---|---|---|\n");
    for room in ROOMS {
        let uses = match room.uses {
            [] => "–".into(),
            uses if uses.len() + 1 == ROOMS.len() => "all".into(),
            uses => uses.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", "),
        };
        let what = room.what;
        text += &format!(
            "| {}{} | {what} | {uses} |\n",
            link(room),
            room.only.map_or(String::new(), |only| format!(" ({only})"))
        );
    }
    text
}

//! What a paste was wrapped in.

/// What stands around the text: a log's prefix, a tool's frame, an answer of an interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrapping {
    /// `service-1  | ` of docker compose.
    Compose,
    /// `kubectl logs --timestamps`, or the container runtime's `stdout F`.
    Kubernetes,
    /// `Nov 26 08:12:44 host unit[123]: `.
    Journald,
    /// `app[web.1]: `.
    Heroku,
    /// An engine's own echo, and Python's logging with a time, a level and a logger.
    PythonLog,
    /// `LEVEL:logger:message`.
    BasicConfig,
    /// `[time] {file.py:442} LEVEL - `.
    Airflow,
    /// `time [error    ] event [logger] key=value`.
    Structlog,
    /// `[time] [pid] [LEVEL] `.
    Gunicorn,
    /// `INFO:     ` without a time.
    Uvicorn,
    /// `time | LEVEL | module:function:line - `.
    Loguru,
    /// Lines or answers in JSON.
    Json,
    /// A `b'...'` of Python.
    Bytes,
    /// A traceback in rich's box.
    Rich,
    /// A traceback with trees of values.
    BetterExceptions,
    /// A page of an error tracker, copied as text.
    Tracker,
    /// Text from a page, with its entities.
    Html,
    /// A cell of a table, with doubled quotes.
    Csv,
    /// Colours of a terminal.
    Colours,
}

impl Wrapping {
    /// What it is called.
    pub const fn name(self) -> &'static str {
        match self {
            Wrapping::Compose => "docker compose",
            Wrapping::Kubernetes => "kubectl",
            Wrapping::Journald => "journald",
            Wrapping::Heroku => "Heroku",
            Wrapping::PythonLog => "Python’s logging",
            Wrapping::BasicConfig => "logging.basicConfig",
            Wrapping::Airflow => "Airflow",
            Wrapping::Structlog => "structlog",
            Wrapping::Gunicorn => "gunicorn",
            Wrapping::Uvicorn => "uvicorn",
            Wrapping::Loguru => "loguru",
            Wrapping::Json => "JSON",
            Wrapping::Bytes => "a bytes literal",
            Wrapping::Rich => "rich",
            Wrapping::BetterExceptions => "better-exceptions",
            Wrapping::Tracker => "an error tracker",
            Wrapping::Html => "HTML",
            Wrapping::Csv => "CSV",
            Wrapping::Colours => "terminal colours",
        }
    }

    pub(super) fn note(self, all: &mut Vec<Wrapping>) {
        if !all.contains(&self) {
            all.push(self);
        }
    }
}

//! Frames of tracebacks: which are the reader's own, and which of them asked for the connection.

use super::context::Context;
use super::line::Line;
use super::program::Hint;
use super::wrapping::Wrapping;

/// A frame in the reader's own code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// The file, as the traceback has it.
    pub file: String,
    /// The line in that file.
    pub line: u32,
    /// The function.
    pub function: String,
    /// The code of the line, if it was pasted.
    pub code: String,
    /// The line of the paste.
    pub number: u32,
}

/// Parts of paths that are nobody's own code.
const LIBRARIES: [&str; 14] = [
    "site-packages",
    "dist-packages",
    "/lib/python",
    "\\lib\\",
    "/lib64/python",
    "<frozen",
    "<string>",
    "/asyncio/",
    "/concurrent/",
    "/threading.py",
    "/contextlib.py",
    "importlib",
    ".pyx",
    "/usr/local/bin",
];
/// Packages with which a path of a library begins where a tracker cut it short.
const PACKAGES: [&str; 24] = [
    "sqlalchemy",
    "starlette",
    "fastapi",
    "uvicorn",
    "anyio",
    "flask",
    "flask_sqlalchemy",
    "werkzeug",
    "gunicorn",
    "celery",
    "kombu",
    "airflow",
    "django",
    "psycopg2",
    "psycopg",
    "asyncpg",
    "pymysql",
    "aiomysql",
    "asyncio",
    "concurrent",
    "threading.py",
    "contextlib.py",
    "sentry_sdk",
    "greenlet",
];
/// The most own frames that are kept.
const MOST_FRAMES: usize = 40;

/// Notes the own frames, and what they show.
pub(super) fn note(lines: &[Line], context: &mut Context) {
    let mut last_of_pool: Option<Frame> = None;
    let mut own: Option<Frame> = None;
    for (index, line) in lines.iter().enumerate() {
        let Some((file, number, function)) = parse(&line.text) else { continue };
        if is_library(file) {
            let in_pool = file.contains("pool") || file.contains("sqlalchemy");
            if in_pool && let Some(own) = own.take() {
                last_of_pool = Some(own);
            }
            continue;
        }
        let code = lines
            .get(index + 1)
            .map(|next| next.text[next.message..].trim_matches(|c: char| c.is_whitespace() || c == '|'));
        let code = code.filter(|code| parse(code).is_none()).unwrap_or_default();
        let frame = Frame {
            file: file.to_owned(),
            line: number,
            function: function.to_owned(),
            code: code.chars().take(200).collect(),
            number: line.number,
        };
        let makes = code.contains("create_engine(") || code.contains("create_async_engine(");
        if makes && function != "<module>" {
            context.hint(Hint::EngineInFunction, line.number, 0);
        }
        own = Some(frame.clone());
        if context.frames.len() < MOST_FRAMES {
            context.frames.push(frame);
        }
    }
    context.checkout = last_of_pool.or(own);
    let opens = |frame: &&Frame| OPENERS.iter().any(|opener| frame.code.contains(opener));
    let mut openers: Vec<&Frame> = context.frames.iter().filter(opens).collect();
    openers.dedup_by(|one, other| one.file == other.file && one.line == other.line);
    if openers.len() >= 2 {
        let line = openers[1].number;
        context.hint(Hint::TwoCheckouts, line, 0);
    }
}

/// What opens a connection in a line of code.
const OPENERS: [&str; 9] = [
    "Session()",
    "SessionLocal()",
    ".connect()",
    ".begin()",
    "session_scope()",
    "get_session()",
    "async_session()",
    "Session(engine)",
    "sessionmaker()",
];

/// Whether a line is a frame of a traceback.
pub(super) fn is_frame(text: &str) -> bool {
    parse(text).is_some()
}

/// The file, line and function of a frame in any of the shapes that tools print.
fn parse(text: &str) -> Option<(&str, u32, &str)> {
    if let Some((_, rest)) = text.split_once("File ") {
        let rest = rest.trim_start_matches(['\\', '"', '\'']);
        let end = rest.find(['"', '\'', '\\']).filter(|_| !rest.starts_with(char::is_whitespace));
        let end = match (end, rest.find("\", line ")) {
            (_, Some(end)) => end,
            (Some(end), None) => end,
            (None, None) => rest.find(", line ")?,
        };
        let (file, after) = rest.split_at(end);
        let (_, after) = after.split_once("line ")?;
        let (number, after) = leading_number(after)?;
        let function = after.split_once("in ").map_or("", |(_, name)| name);
        return Some((file, number, word(function)));
    }
    // `app/services/orders.py in load at line 88`.
    if let Some((before, after)) = text.split_once(" at line ")
        && let Some((file, function)) = before.split_once(" in ")
        && file.trim().ends_with(".py")
    {
        let file = file.trim_matches(|c: char| c.is_whitespace() || c == '|');
        return Some((file, leading_number(after)?.0, word(function)));
    }
    // rich: `/app/main.py:42 in handler`.
    let (before, after) = text.split_once(".py:")?;
    let start = before.rfind(|c: char| c.is_whitespace() || c == '|').map_or(0, |at| at + 1);
    let (number, after) = leading_number(after)?;
    let function = after.trim_start().strip_prefix("in ")?;
    let file = text.get(start..before.len() + 3)?;
    Some((file, number, word(function)))
}

fn leading_number(text: &str) -> Option<(u32, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    Some((text[..end].parse().ok()?, &text[end..]))
}

/// The first word of a text.
fn word(text: &str) -> &str {
    let text = text.trim_start();
    &text[..text.find(|c: char| c.is_whitespace() || matches!(c, '\\' | '"' | '|' | ',')).unwrap_or(text.len())]
}

fn is_library(file: &str) -> bool {
    let lower = file.to_ascii_lowercase();
    let first = lower.split(['/', '\\', '.']).next().unwrap_or_default();
    let first_file = lower.split(['/', '\\']).next().unwrap_or_default();
    LIBRARIES.iter().any(|part| lower.contains(part)) || PACKAGES.contains(&first) || PACKAGES.contains(&first_file)
}

/// What the frames look like tells which tool printed them.
pub(super) fn wrapping(text: &str) -> Option<Wrapping> {
    let rich = text.contains("Traceback (most recent call last)") && text.contains("---");
    let tracker = text.contains(" at line ") && text.contains(".py in ");
    if rich {
        Some(Wrapping::Rich)
    } else if tracker {
        Some(Wrapping::Tracker)
    } else {
        None
    }
}

//! What stands in front of a line: containers, time, level, logger.

use super::stamp::Stamp;
use super::wrapping::Wrapping;

/// What stands in front of a line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Prefix {
    /// When, if it says so.
    pub stamp: Option<Stamp>,
    /// The process that wrote it, if it says so.
    pub pid: Option<u32>,
    /// Where the message begins.
    pub message: usize,
}

const LEVELS: [&str; 9] = ["CRITICAL", "ERROR", "WARNING", "WARN", "INFO", "DEBUG", "NOTICE", "FATAL", "TRACE"];

/// Reads the prefix of a line.
pub(super) fn read(line: &str, wrappings: &mut Vec<Wrapping>) -> Prefix {
    let mut prefix = Prefix::default();
    let mut at = container(line, &mut prefix, wrappings);
    at += spaces(&line[at..]);
    let start = at;
    let bracketed = line[at..].starts_with('[');
    if bracketed {
        at += 1;
    }
    if let Some((stamp, bytes)) = Stamp::read(&line[at..]) {
        at += bytes;
        prefix.stamp = Some(stamp);
        at += line[at..].bytes().take_while(|byte| matches!(byte, b']' | b' ' | b'|' | b'-')).count();
    } else if bracketed {
        at -= 1;
    }
    let timed = at > start;
    let rest = &line[at..];
    if let Some(wrapping) = shape(rest, timed, bracketed, &mut prefix) {
        wrapping.note(wrappings);
    }
    prefix.message = at;
    prefix
}

/// What containers and their tools put in front; returns where that ends.
fn container(line: &str, prefix: &mut Prefix, wrappings: &mut Vec<Wrapping>) -> usize {
    if let Some((name, _)) = line.split_once('|') {
        let service = name.trim_end();
        let is_name = !service.is_empty()
            && service.len() < 48
            && service.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'));
        let is_level = LEVELS.contains(&service) || service.bytes().all(|byte| byte.is_ascii_digit());
        if is_name && !is_level && name.len() > service.len() {
            Wrapping::Compose.note(wrappings);
            return name.len() + 1;
        }
    }
    let Some((stamp, bytes)) = Stamp::read(line) else { return 0 };
    let rest = &line[bytes..];
    let words: Vec<(usize, &str)> =
        rest.match_indices(|c: char| !c.is_whitespace()).take(1).map(|(at, _)| (at, &rest[at..])).collect();
    let Some(&(gap, words)) = words.first() else { return 0 };
    let first = words.split_whitespace().next().unwrap_or_default();
    if matches!(first, "stdout" | "stderr") {
        Wrapping::Kubernetes.note(wrappings);
        prefix.stamp = Some(stamp);
        let tag = words[first.len()..].trim_start();
        let tag = if tag.starts_with("F ") || tag.starts_with("P ") { &tag[2..] } else { tag };
        return line.len() - tag.len();
    }
    if first.starts_with("app[") || first.starts_with("heroku[") {
        Wrapping::Heroku.note(wrappings);
        prefix.stamp = Some(stamp);
        return bytes + gap + words.find(": ").map_or(first.len(), |at| at + 2);
    }
    let unit = words[first.len()..].trim_start();
    let unit = unit.split_whitespace().next().unwrap_or_default();
    let is_unit = unit.ends_with("]:") && unit.contains('[');
    if is_unit {
        Wrapping::Journald.note(wrappings);
        prefix.pid = unit.rsplit_once('[').and_then(|(_, pid)| pid.trim_end_matches("]:").parse().ok());
        prefix.stamp = Some(stamp);
        return words.find("]: ").map_or(0, |at| bytes + gap + at + 3);
    }
    // `kubectl logs --timestamps`: nine places of a second, and then the line as it was.
    let is_nanos = stamp.text.ends_with('Z') && stamp.text.split('.').next_back().is_some_and(|part| part.len() >= 8);
    if is_nanos && (Stamp::read(words.trim_start_matches('[')).is_some() || stamp.text.len() >= 30) {
        Wrapping::Kubernetes.note(wrappings);
        prefix.stamp = Some(stamp);
        return bytes + gap;
    }
    0
}

/// The shape of what follows the time.
fn shape(rest: &str, timed: bool, bracketed: bool, prefix: &mut Prefix) -> Option<Wrapping> {
    let level_at = |text: &str| LEVELS.iter().find(|level| text.starts_with(**level)).map(|level| level.len());
    if rest.starts_with('{') && rest.contains(".py:") && rest.contains('}') && timed {
        return Some(Wrapping::Airflow);
    }
    if let Some(inner) = rest.strip_prefix('[') {
        let (word, after) = inner.split_once(']')?;
        let word = word.trim();
        if let Ok(pid) = word.parse() {
            prefix.pid = Some(pid);
            return after.trim_start().starts_with('[').then_some(Wrapping::Gunicorn);
        }
        let lower = LEVELS.iter().any(|level| word.eq_ignore_ascii_case(level));
        return (lower && timed && !bracketed).then_some(Wrapping::Structlog);
    }
    match level_at(rest) {
        Some(length) if timed => {
            let after = rest[length..].trim_start();
            Some(if after.starts_with('|') { Wrapping::Loguru } else { Wrapping::PythonLog })
        }
        Some(length) => {
            let after = rest[length..].strip_prefix(':')?;
            match after.as_bytes().first() {
                Some(b' ') if after.starts_with("    ") => Some(Wrapping::Uvicorn),
                Some(byte) if byte.is_ascii_alphabetic() => Some(Wrapping::BasicConfig),
                Some(b' ') => Stamp::read(after.trim_start()).map(|(stamp, _)| {
                    prefix.stamp = Some(stamp);
                    Wrapping::PythonLog
                }),
                _ => None,
            }
        }
        None if timed && rest.contains(" - ") => Some(Wrapping::PythonLog),
        None => None,
    }
}

fn spaces(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

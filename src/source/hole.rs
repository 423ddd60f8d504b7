//! Places in a text that are not known: parts of f-strings, and what is joined to a text.

use crate::python::Argument;

/// Around the name of what is not known.
const OPEN: char = '\u{e000}';
const CLOSE: char = '\u{e001}';

/// A hole with what belongs there.
pub(super) fn hole(name: &str) -> String {
    let name: String = name.chars().filter(|c| ![OPEN, CLOSE].contains(c)).collect();
    format!("{OPEN}{name}{CLOSE}")
}

pub(super) fn has_hole(text: &str) -> bool {
    text.contains(OPEN)
}

/// As people read it: `{name}`.
pub(super) fn shown(text: &str) -> String {
    text.replace(OPEN, "{").replace(CLOSE, "}")
}

/// With something in each hole.
pub(super) fn filled(text: &str, with: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(OPEN) {
        out += before;
        out += with;
        rest = after.split_once(CLOSE).map_or("", |(_, rest)| rest);
    }
    out + rest
}

/// The text of a value within another text.
pub(super) fn piece(argument: &Argument) -> String {
    match argument {
        Argument::Str(text) => text.clone(),
        other => other.to_string(),
    }
}

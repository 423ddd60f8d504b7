//! A text, taken for what it is.

use super::found::{Kind, Reading};
use super::interpreter::Interpreter;
use super::parse_statement::program;
use super::remark::{About, Remark};
use super::statement::Statement;
use super::tidy::tidied;
use super::value::{Key, Value};

/// Without one of these nothing is said about an engine.
const WORDS: [&str; 5] = ["engine", "sqlalchemy", "sql_alchemy", "pool", "overflow"];

/// Engines in a text, or `None` if nothing in it speaks of one. Whatever the text: it does not panic, and takes a time that
/// grows with the length of the text and no faster.
pub fn read(text: &str) -> Option<Reading> {
    measured(text).0
}

/// How many steps reading takes: tokens looked at, statements and expressions gone through.
pub fn work(text: &str) -> usize {
    measured(text).1
}

fn measured(text: &str) -> (Option<Reading>, usize) {
    let lower = text.to_ascii_lowercase();
    if !WORDS.iter().any(|word| lower.contains(word)) {
        return (None, 0);
    }
    drop(lower);
    let text = tidied(text);
    let mut steps = 0;
    let order: &[Kind] = if text.trim_start().starts_with('{') {
        &[Kind::Json, Kind::Python, Kind::Ini]
    } else if has_sections(&text) || is_env(&text) {
        &[Kind::Ini, Kind::Python]
    } else {
        &[Kind::Python, Kind::Ini]
    };
    for kind in order {
        let (reading, more) = attempt(&text, *kind);
        steps += more;
        if reading.is_some() {
            return (reading, steps);
        }
    }
    (None, steps)
}

fn attempt(text: &str, kind: Kind) -> (Option<Reading>, usize) {
    let (block, looked) = if kind == Kind::Ini { (Vec::new(), 0) } else { program(text) };
    let fuel = 20_000 + 8 * text.len();
    let mut interpreter = Interpreter::new(text, fuel);
    let kind = match kind {
        Kind::Json => {
            for (name, value) in [("true", Value::plain(true)), ("false", Value::plain(false)), ("null", Value::none())]
            {
                interpreter.heap.set(interpreter.module, Key::name(name), Some(value));
            }
            if let [Statement::Expression(expression)] = &block[..] {
                let value = interpreter.value(expression);
                interpreter.mapping(&value, "", 0);
            }
            kind
        }
        Kind::Python => {
            interpreter.block(&block);
            interpreter.uncalled();
            interpreter.flask();
            if interpreter.found.is_empty() {
                interpreter.names();
            }
            kind
        }
        _ => interpreter.configuration(),
    };
    let steps = looked + fuel - interpreter.fuel;
    let Interpreter { found: engines, mut remarks, .. } = interpreter;
    let Some(first) = engines.first() else { return (None, steps) };
    // The sides of a condition are one engine, of which one side is made.
    let mut sides: Vec<_> =
        engines.iter().filter(|engine| !engine.when.is_empty()).map(|engine| engine.place).collect();
    sides.dedup();
    let several = engines.iter().filter(|engine| engine.when.is_empty()).count() + sides.len();
    if several > 1 {
        remarks.push(Remark { place: first.place, about: About::Several(several) });
    }
    (Some(Reading { kind, engines, remarks }), steps)
}

/// Whether it has sections, as files have and programs do not.
fn has_sections(text: &str) -> bool {
    let is_section = |line: &str| {
        let name = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        name.is_some_and(|name| {
            !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "_.-: []\"".contains(c))
        })
    };
    let program = ["import ", "from ", "def ", "class "];
    let mut lines = text.lines().map(str::trim_end);
    lines.clone().any(is_section) && !lines.any(|line| program.iter().any(|word| line.starts_with(word)))
}

/// Whether all lines are `NAME=value`.
fn is_env(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).peekable();
    lines.peek().is_some()
        && lines.all(|line| {
            let line = line.strip_prefix("export ").unwrap_or(line);
            let name = line.split_once('=').map_or("", |(name, _)| name);
            let in_name = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
            !name.is_empty() && name.chars().all(in_name)
        })
}

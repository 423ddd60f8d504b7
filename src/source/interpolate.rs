//! Values of configuration files: texts, numbers, and variables within them.

use super::hole::hole;
use super::interpreter::Interpreter;
use super::remark::About;
use super::value::{Value, Why};
use crate::python::Argument;

impl<'a> Interpreter<'a> {
    /// A value of a file: `${NAME:-default}` is what stands behind the sign, and `${NAME}` is not known.
    pub(super) fn interpolated(&mut self, text: &str, at: u32, as_text: bool) -> Value {
        let variable = |text: &str| -> Option<(String, Option<String>)> {
            let inside =
                text.strip_prefix("${").and_then(|rest| rest.strip_suffix('}')).or_else(|| text.strip_prefix('$'))?;
            let end = inside.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(inside.len());
            let rest = &inside[end..];
            let default = rest.strip_prefix(":-").or_else(|| rest.strip_prefix('-'));
            (end > 0 && (rest.is_empty() || default.is_some()))
                .then(|| (inside[..end].to_owned(), default.map(str::to_owned)))
        };
        match variable(text) {
            Some((variable, Some(default))) => {
                let mut value = scalar(&default, as_text);
                let about = About::EnvironmentDefault { variable, taken: self.shown(&value) };
                let number = self.assume(at, about);
                value.assuming(number);
                value
            }
            Some((variable, None)) => Value::unknown(variable, Why::Environment),
            None => scalar(&with_holes(text), as_text),
        }
    }
}

/// A value as a program takes it: a number where it is one.
fn scalar(text: &str, as_text: bool) -> Value {
    let argument = match text.to_ascii_lowercase().as_str() {
        _ if as_text => Argument::from(text),
        "true" | "yes" | "on" => true.into(),
        "false" | "no" | "off" => false.into(),
        "none" | "null" | "~" | "" => Argument::None,
        _ => match (text.parse::<i128>(), text.parse::<f64>()) {
            (Ok(whole), _) => Argument::Int(whole),
            (_, Ok(float)) => Argument::Float(float),
            _ => Argument::from(text),
        },
    };
    Value::plain(argument)
}

/// Variables within a text are not known.
fn with_holes(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        let Some((name, after)) = after.split_once('}') else { break };
        out += before;
        out += &hole(name);
        rest = after;
    }
    out + rest
}

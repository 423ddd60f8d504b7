//! Secrets, masked before anybody sees them.

use crate::python::Argument;

/// What stands for one.
const MASK: &str = "***";

/// Parts of names whose values nobody may see.
const SECRET: [&str; 8] = ["password", "passwd", "pwd", "secret", "token", "apikey", "api_key", "sslkey"];

/// Whether what has this name is a secret.
pub(super) fn is_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    SECRET.iter().any(|part| name.contains(part))
}

/// A text, with the passwords of URLs in it masked, and of their queries.
pub(super) fn masked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("://") {
        out += before;
        out += "://";
        let end = after.find(|c: char| c.is_whitespace() || "\"'`<>".contains(c)).unwrap_or(after.len());
        // Another URL may follow without a blank.
        let end = after[..end].find("://").map_or(end, |next| after[..next].rfind(',').unwrap_or(next));
        out += &address(&after[..end]);
        rest = &after[end..];
    }
    out + rest
}

/// A text that is one URL, whatever its password is made of.
pub(super) fn url(text: &str) -> String {
    match text.split_once("://") {
        Some((name, rest)) => format!("{name}://{}", address(rest)),
        None => masked(text),
    }
}

/// A piece of a program: texts in it stay if they look like names, and so like no secret.
pub(super) fn code(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find(['"', '\'']) {
        let quote = &rest[open..=open];
        let (before, after) = rest.split_at(open + 1);
        out += before;
        let end = after.find(quote).unwrap_or(after.len());
        let plain = after[..end].chars().all(|c| c.is_alphabetic() || "_.-: %".contains(c));
        out += if plain && end < 40 { &after[..end] } else { MASK };
        out += &after[end..(end + 1).min(after.len())];
        rest = after.get(end + 1..).unwrap_or_default();
    }
    masked(&(out + rest))
}

/// What follows `://`.
fn address(text: &str) -> String {
    let at = text.rfind('@').filter(|at| text[..*at].contains(':'));
    let (mut out, rest) = match (at, text.find(':')) {
        (Some(at), Some(colon)) if colon < at => (format!("{}:{MASK}", &text[..colon]), &text[at..]),
        _ => (String::new(), text),
    };
    let Some((path, query)) = rest.split_once('?') else { return out + rest };
    out += path;
    for (number, pair) in query.split('&').enumerate() {
        out.push(if number == 0 { '?' } else { '&' });
        match pair.split_once('=') {
            Some((name, _)) if is_secret(name) => out += &format!("{name}={MASK}"),
            _ => out += pair,
        }
    }
    out
}

/// An argument, with what is secret in it masked.
pub(super) fn masked_argument(name: &str, argument: Argument) -> Argument {
    match argument {
        Argument::Dict(pairs) => Argument::Dict(
            pairs
                .into_iter()
                .map(|(key, value)| {
                    let value = masked_argument(key.as_deref().unwrap_or_default(), value);
                    (key, value)
                })
                .collect(),
        ),
        Argument::Str(_) | Argument::Int(_) | Argument::Object { .. } if is_secret(name) => MASK.into(),
        Argument::Str(text) => Argument::Str(masked(&text)),
        Argument::Object { class, text, truthy, hashable } => {
            Argument::Object { class, text: masked(&text), truthy, hashable }
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::{code, masked, url};

    #[test]
    fn whatever_they_are_made_of() {
        assert_eq!(url("postgresql://me:{quote('p@ss')}@h/db"), "postgresql://me:***@h/db");
        assert_eq!(code("vault('hunter2', \"DB_NAME\")"), "vault('***', \"DB_NAME\")");
        assert_eq!(code("x('it"), "x('it");
    }

    #[test]
    fn passwords_are_gone() {
        for (text, shown) in [
            ("postgresql://me:pass@h:5432/db", "postgresql://me:***@h:5432/db"),
            ("x=postgresql://me:p@ss/w:o?rd@h/db y", "x=postgresql://me:***@h/db y"),
            ("postgresql://h:5432/db", "postgresql://h:5432/db"),
            ("postgresql:///db?user=me&password=p%40ss&host=h", "postgresql:///db?user=me&password=***&host=h"),
            ("a://b:c@d,e://f:g@h", "a://b:***@d,e://f:***@h"),
        ] {
            assert_eq!(masked(text), shown);
        }
    }
}

//! A database URL, as far as it decides about the pool.

use super::coercion::int;
use super::{Argument, PythonError};

/// The parts of a URL.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Url {
    pub(super) drivername: String,
    pub(super) username: Option<String>,
    pub(super) password: Option<String>,
    pub(super) host: Option<String>,
    pub(super) port: Option<i128>,
    pub(super) database: Option<String>,
    /// Pairs in order; a name may come more than once.
    pub(super) query: Vec<(String, String)>,
}

impl Url {
    /// `make_url`.
    pub(super) fn make(url: &Argument) -> Result<Url, PythonError> {
        match url {
            Argument::Str(text) => Url::parse(text),
            other => Err(PythonError::UrlType(other.to_string())),
        }
    }

    /// Reads what the regular expression in `sqlalchemy/engine/url.py` reads, step by step. What is left over is ignored there too.
    fn parse(text: &str) -> Result<Url, PythonError> {
        let in_name = |c: char| c.is_alphanumeric() || c == '_' || c == '+';
        let name = &text[..text.find(|c| !in_name(c)).unwrap_or(text.len())];
        let rest = text[name.len()..].strip_prefix("://").filter(|_| !name.is_empty()).ok_or(PythonError::UrlText)?;
        let (username, password, rest) = userinfo(rest);
        let (host, rest) = host(rest);
        let (port, rest) = after(':', &['/', '?'], rest);
        let (database, rest) = after('/', &['?'], rest);
        let (query, _) = after('?', &['\n'], rest);
        Ok(Url {
            drivername: name.to_owned(),
            username: username.map(|part| unquoted(part, false)),
            password: password.map(|part| unquoted(part, false)),
            host: host.map(str::to_owned),
            port: port.map(int).transpose()?,
            database: database.map(|part| unquoted(part, false)),
            query: query.map(pairs).unwrap_or_default(),
        })
    }

    /// The value of a query argument, where it is given once.
    pub(super) fn query(&self, name: &str) -> Option<&str> {
        let mut values = self.query.iter().filter(|(known, _)| known == name);
        values.next().filter(|_| values.next().is_none()).map(|(_, value)| value.as_str())
    }

    /// The URL as text, with its password hidden.
    pub(super) fn render(&self) -> String {
        let mut out = format!("{}://", self.drivername);
        if let Some(username) = &self.username {
            out += &quoted(username, " +");
            if self.password.is_some() {
                out += ":***";
            }
            out += "@";
        }
        if let Some(host) = &self.host {
            out += &if host.contains(':') { format!("[{host}]") } else { host.clone() };
        }
        if let Some(port) = self.port {
            out += &format!(":{port}");
        }
        if let Some(database) = &self.database {
            out += &format!("/{}", quoted(database, " +/"));
        }
        let mut query: Vec<_> = self.query.iter().collect();
        query.sort_by(|(one, _), (other, _)| one.cmp(other));
        for (number, (name, value)) in query.into_iter().enumerate() {
            let plus = |part: &str| quoted(part, " ").replace(' ', "+");
            out += &format!("{}{}={}", if number == 0 { '?' } else { '&' }, plus(name), plus(value));
        }
        out
    }
}

/// `name:password@`. A colon reaches for the next `@`, however far: in `h:1/x?y=a@b` the user is `h`.
fn userinfo(text: &str) -> (Option<&str>, Option<&str>, &str) {
    let (run, rest) = text.split_at(text.find([':', '/']).unwrap_or(text.len()));
    if let Some((password, rest)) = rest.strip_prefix(':').and_then(|rest| rest.split_once('@')) {
        return (Some(run), Some(password), rest);
    }
    match run.rfind('@') {
        Some(at) => (Some(&text[..at]), None, &text[at + 1..]),
        None => (None, None, text),
    }
}

/// A name, or an address in brackets.
fn host(text: &str) -> (Option<&str>, &str) {
    let run = &text[..text.find(['/', '?']).unwrap_or(text.len())];
    if let Some(end) = run.rfind(']').filter(|end| run.starts_with('[') && *end > 1) {
        return (Some(&text[1..end]), &text[end + 1..]);
    }
    let (name, rest) = text.split_at(text.find(['/', ':', '?']).unwrap_or(text.len()));
    (Some(name).filter(|name| !name.is_empty()), rest)
}

/// What follows a mark up to one of the ends, if the mark is there.
fn after<'a>(mark: char, ends: &[char], text: &'a str) -> (Option<&'a str>, &'a str) {
    match text.strip_prefix(mark) {
        Some(rest) => {
            let (part, rest) = rest.split_at(rest.find(ends).unwrap_or(rest.len()));
            (Some(part), rest)
        }
        None => (None, text),
    }
}

/// `a=1&b=2`; what has no value is dropped.
fn pairs(text: &str) -> Vec<(String, String)> {
    let halves = text.split('&').filter_map(|pair| pair.split_once('=')).filter(|(_, value)| !value.is_empty());
    halves.map(|(name, value)| (unquoted(name, true), unquoted(value, true))).collect()
}

/// Percent signs undone, and in a query plus signs.
fn unquoted(text: &str, plus: bool) -> String {
    let text = if plus { text.replace('+', " ") } else { text.to_owned() };
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let digit = |place: usize| bytes.get(place).and_then(|byte| char::from(*byte).to_digit(16));
        match (bytes[at], digit(at + 1), digit(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                out.push((high * 16 + low) as u8);
                at += 3;
            }
            (byte, ..) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// Percent signs for all but letters, digits and what is safe.
fn quoted(text: &str, safe: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        let c = char::from(byte);
        if c.is_ascii_alphanumeric() || "_.-~".contains(c) || safe.contains(c) {
            out.push(c);
        } else {
            out += &format!("%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts() {
        let url = Url::parse("sqlite+pysqlite:///file:x%20y?mode=memory&uri=true").unwrap();
        assert_eq!((url.drivername.as_str(), url.database.as_deref()), ("sqlite+pysqlite", Some("file:x y")));
        assert_eq!((url.query("mode"), url.query("cache")), (Some("memory"), None));
        let url = Url::parse("postgresql://me:p:w@[::1]:5432/db").unwrap();
        assert_eq!((url.password.as_deref(), url.host.as_deref(), url.port), (Some("p:w"), Some("::1"), Some(5432)));
        assert_eq!(url.render(), "postgresql://me:***@[::1]:5432/db");
        assert_eq!(Url::parse("postgresql://h:5432/db?x=a@b").unwrap().username.as_deref(), Some("h"));
        assert_eq!(Url::parse("sqlite:x.db"), Err(PythonError::UrlText));
    }
}

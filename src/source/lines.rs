//! Lines of configuration files: a key, a value, and the section or mapping that they stand in.

use super::found::Kind;

/// A key with its value.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    /// Sections and keys around it, with points between them.
    pub(super) within: String,
    pub(super) key: String,
    pub(super) value: String,
    /// Whether the value stands in quotes.
    pub(super) quoted: bool,
    /// Where the key stands.
    pub(super) at: u32,
}

/// All of a text, and what kind of file it looks like.
pub(super) fn lines(text: &str) -> (Vec<Line>, Kind) {
    let mut reader = Reader::default();
    let mut at = 0;
    for line in text.split('\n') {
        reader.line(line, at);
        at += line.len() + 1;
    }
    let kind = reader.kind();
    (reader.lines, kind)
}

#[derive(Default)]
struct Reader {
    lines: Vec<Line>,
    section: String,
    /// Keys around, each with how far it is indented.
    around: Vec<(usize, String)>,
    /// The name of a variable whose value is still to come, as Kubernetes has it.
    variable: Option<String>,
    colons: usize,
    equals: usize,
    spaced: usize,
    texts: usize,
}

impl Reader {
    fn line(&mut self, line: &str, at: usize) {
        let bare = line.trim_start();
        let mut indent = line.len() - bare.len();
        if bare.is_empty() || bare.starts_with(['#', ';', '!']) || bare.starts_with("//") {
            return;
        }
        if let Some(section) = bare.trim_end().strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            self.section = section.trim_matches(['[', ']', '"', ' ']).to_owned();
            self.around.clear();
            return;
        }
        let mut rest = bare;
        while let Some(item) = rest.strip_prefix("- ") {
            indent += 2;
            rest = item.trim_start();
        }
        for word in ["export ", "ENV ", "set ", "ARG "] {
            rest = rest.strip_prefix(word).unwrap_or(rest);
        }
        rest = rest.trim_start_matches(['"', '\'']);
        let in_key = |c: char| c.is_alphanumeric() || "_.-".contains(c);
        let end = rest.find(|c| !in_key(c)).unwrap_or(rest.len());
        let (key, behind) = rest.split_at(end);
        let behind = behind.trim_start_matches(['"', '\'']);
        let sign = behind.trim_start();
        let (value, is_colon) = match sign.chars().next() {
            Some('=') if !sign.starts_with("==") => (&sign[1..], false),
            Some(':') if sign.len() == 1 || sign[1..].starts_with(char::is_whitespace) => (&sign[1..], true),
            _ => return,
        };
        if key.is_empty() {
            return;
        }
        self.around.retain(|(outer, _)| *outer < indent);
        let value = value.trim();
        if is_colon && (value.is_empty() || value.starts_with(['|', '>', '&'])) {
            self.around.truncate(32);
            return self.around.push((indent, key.to_owned()));
        }
        self.colons += usize::from(is_colon);
        self.equals += usize::from(!is_colon);
        self.spaced += usize::from(!is_colon && behind.starts_with(' '));
        let place = at + line.len() - rest.len();
        self.entry(key, value, place as u32);
    }

    fn entry(&mut self, key: &str, value: &str, at: u32) {
        let (value, quoted) = unquoted(value.strip_suffix(',').unwrap_or(value));
        self.texts += usize::from(quoted);
        let key = match (key, self.variable.take()) {
            ("name", _) => {
                self.variable = Some(value.to_owned());
                return;
            }
            ("value", Some(variable)) => variable,
            _ => key.to_owned(),
        };
        let around = self.around.iter().map(|(_, key)| key.as_str());
        let within: Vec<_> =
            std::iter::once(self.section.as_str()).chain(around).filter(|key| !key.is_empty()).collect();
        self.lines.push(Line { within: within.join("."), key, value: value.to_owned(), quoted, at });
    }

    fn kind(&self) -> Kind {
        if self.colons > self.equals || (self.equals > 0 && !self.around.is_empty()) {
            Kind::Yaml
        } else if !self.section.is_empty() {
            if self.texts > 0 { Kind::Toml } else { Kind::Ini }
        } else if self.spaced > 0 {
            Kind::Ini
        } else {
            Kind::Env
        }
    }
}

/// A value without its quotes.
fn unquoted(value: &str) -> (&str, bool) {
    for quote in ['"', '\''] {
        if let Some((inside, _)) = value.strip_prefix(quote).and_then(|rest| rest.split_once(quote)) {
            return (inside, true);
        }
    }
    // `- "NAME=value"`: the first of the quotes went with the key.
    (value.strip_suffix(['"', '\'']).unwrap_or(value), false)
}

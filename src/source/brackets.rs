//! Which bracket closes which, and so which lines continue others.

use super::token::{Kind, Token, UNCLOSED};

/// Words that begin a statement and stand in no expression: with one of them on a line that is not indented further, whatever
/// bracket is open was forgotten.
const STATEMENTS: [&str; 14] = [
    "def", "class", "import", "from", "return", "while", "with", "try", "except", "finally", "raise", "pass", "del",
    "@",
];

/// Notes the partner of each bracket, and makes gaps of the lines that begin within brackets.
pub(super) fn matched(text: &str, tokens: &mut [Token]) {
    let mut open = Open::default();
    let mut indent = 0;
    for at in 0..tokens.len() {
        let token = tokens[at];
        let written = &text[token.at as usize..token.end as usize];
        match (token.kind, written) {
            (Kind::Line, _) => {
                let next = tokens.get(at + 1).map_or("", |next| &text[next.at as usize..next.end as usize]);
                if token.other <= indent && STATEMENTS.contains(&next) {
                    open = Open::default();
                }
                if open.stack.is_empty() {
                    indent = token.other;
                }
            }
            (Kind::Sign, "(" | "[" | "{") => open.push(written, at),
            (Kind::Sign, ")" | "]" | "}") => {
                if let Some(begin) = open.pop(written) {
                    tokens[begin].other = at as u32;
                }
            }
            _ => {}
        }
    }
    gaps(text, tokens);
}

/// Brackets that are open.
#[derive(Default)]
struct Open {
    stack: Vec<(usize, usize)>,
    counts: [usize; 3],
}

impl Open {
    fn push(&mut self, sign: &str, at: usize) {
        let kind = usize::from(sign == "[") + 2 * usize::from(sign == "{");
        self.counts[kind] += 1;
        self.stack.push((kind, at));
    }

    /// The nearest one of its kind, if there is one; those in between stay unclosed.
    fn pop(&mut self, sign: &str) -> Option<usize> {
        let kind = usize::from(sign == "]") + 2 * usize::from(sign == "}");
        if self.counts[kind] == 0 {
            return None;
        }
        while let Some((other, at)) = self.stack.pop() {
            self.counts[other] -= 1;
            if other == kind {
                return Some(at);
            }
        }
        None
    }
}

/// Lines within brackets begin no statement. Within a bracket that nothing closes, those do that are not indented further
/// than the line on which it stands.
fn gaps(text: &str, tokens: &mut [Token]) {
    let (mut until, mut indent, mut forgotten) = (0, 0, false);
    for (at, token) in tokens.iter_mut().enumerate() {
        match token.kind {
            Kind::Line if at < until || (forgotten && token.other > indent) => token.kind = Kind::Gap,
            Kind::Line => (indent, forgotten) = (token.other, false),
            Kind::Sign if at >= until && ["(", "[", "{"].contains(&&text[token.at as usize..token.end as usize]) => {
                match token.other {
                    UNCLOSED => forgotten = true,
                    close => until = close as usize,
                }
            }
            _ => {}
        }
    }
}

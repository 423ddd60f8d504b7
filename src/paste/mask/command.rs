//! Passwords of command lines: `mysql -psecret`, `curl -u me:secret`.

use super::{Masking, contains};
use crate::paste::secret::Secret;

/// How far before an option its command is looked for.
const LINE: usize = 300;

impl Masking<'_> {
    /// An option is at `at`, behind white space.
    pub(super) fn option(&mut self, at: usize) -> usize {
        let commands: &[&[u8]] = match self.text.get(at + 1) {
            Some(b'p') => &[b"mysql", b"mariadb", b"sshpass"],
            Some(b'P') => &[b"sqlcmd", b"bcp "],
            Some(b'a') => &[b"redis-cli"],
            Some(b'u') => &[b"curl", b"wget"],
            _ => return at + 1,
        };
        let before = &self.text[at.saturating_sub(LINE)..at];
        let line = before.iter().rposition(|&byte| byte == b'\n').map_or(before, |end| &before[end..]);
        self.steps += line.len() as u64;
        if !commands.iter().any(|command| contains(line, command)) {
            return at + 1;
        }
        // MySQL's password stands right behind the letter; where there is a blank, it asks for it.
        let is_mysql = self.text[at + 1] == b'p' && !contains(line, b"sshpass");
        let from = if is_mysql { at + 2 } else { self.run(at + 2, |byte| byte == b' ') };
        let (from, to) = match self.text.get(from) {
            Some(&quote @ (b'"' | b'\'')) => (from + 1, self.run(from + 1, |byte| byte != quote && byte != b'\n')),
            _ => (from, self.run(from, |byte| !byte.is_ascii_whitespace() && byte != b'"' && byte != b'\'')),
        };
        let user = self.text[from..to].iter().position(|&byte| byte == b':');
        let from = match (self.text[at + 1], user) {
            (b'u', Some(colon)) => from + colon + 1,
            (b'u', None) => return at + 1,
            _ => from,
        };
        if to > from { self.hide(from, to, Secret::NamedValue) } else { at + 1 }
    }
}

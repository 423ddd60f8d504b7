//! Passwords in addresses: plain, percent-encoded, with `@`, `:`, `/` and quotes inside, wrapped at the end of a line.

use super::{ADDRESS, Masking, contains, find, is_word};
use crate::paste::secret::Secret;

/// Schemes of which a password is expected, and which may go on in the next line.
const DATABASES: [&[u8]; 11] = [
    b"postgres",
    b"mysql",
    b"mariadb",
    b"oracle",
    b"mssql",
    b"redis",
    b"amqp",
    b"mongodb",
    b"cockroach",
    b"snowflake",
    b"redshift",
];

impl Masking<'_> {
    /// `://` is at `at`.
    pub(super) fn address(&mut self, at: usize) -> usize {
        let scheme = self.scheme_start(at);
        let from = at + 3;
        if self.sign_behind(from).is_none_or(|sign| sign > from + ADDRESS) {
            return from;
        }
        let end = self.address_end(scheme, from);
        self.steps += (end - scheme) as u64;
        if let Some(to) = self.joined(scheme, from, end) {
            return to;
        }
        let Some(host) = self.host_start(from, end).or_else(|| self.host_behind(scheme, from, end)) else {
            return from;
        };
        let user_end = self.run(from, |byte| byte != b':' && byte != b'@').min(host);
        if user_end < host {
            let to = self.hide(user_end + 1, host, Secret::UrlPassword);
            return self.filled_in(user_end + 1, to, end);
        }
        // A user alone is no secret, but `https://TOKEN@host` is one.
        let is_web = self.text[scheme..at].starts_with(b"http");
        if is_web && host - from >= 20 { self.hide(from, host, Secret::Token) } else { host }
    }

    /// `%3A%2F%2F` is at `at`.
    pub(super) fn encoded_address(&mut self, at: usize) -> usize {
        let from = at + 9;
        let known = self.encoded_sign.filter(|&(since, sign)| (since..=sign).contains(&from));
        let encoded = known.map_or_else(
            || find(&self.text[from..], b"%40").map_or(self.text.len(), |place| from + place),
            |(_, sign)| sign,
        );
        self.encoded_sign = Some((from, encoded));
        if encoded > from + ADDRESS && self.sign_behind(from).is_none_or(|sign| sign > from + ADDRESS) {
            return from;
        }
        let end =
            self.run(from, |byte| !byte.is_ascii_whitespace() && byte != b'"' && byte != b'\'').min(from + ADDRESS);
        self.steps += (end - from) as u64;
        let lower = self.text[from..end].to_ascii_lowercase();
        let Some(host) = lower
            .windows(3)
            .rposition(|window| window == b"%40")
            .or_else(|| lower.iter().rposition(|&byte| byte == b'@'))
        else {
            return from;
        };
        let (plain, encoded) =
            (lower.iter().position(|&byte| byte == b':'), find(&lower, b"%3a").map(|place| place + 2));
        match plain.into_iter().chain(encoded).min() {
            Some(user_end) if user_end < host => self.hide(from + user_end + 1, from + host, Secret::UrlPassword),
            _ => from,
        }
    }

    /// Where the next `@` is. It is looked for once.
    fn sign_behind(&mut self, from: usize) -> Option<usize> {
        let known = self.sign.filter(|&(since, sign)| (since..=sign).contains(&from));
        let sign = known.map(|(_, sign)| sign).unwrap_or_else(|| self.run(from, |byte| byte != b'@'));
        self.sign = Some((from, sign));
        (sign < self.text.len()).then_some(sign)
    }

    /// An address that a program puts together: `"postgresql://web:" + "secret" + "@db"`. `end` is the quote that closes its
    /// beginning. Masks what stands between the user and the `@`.
    fn joined(&mut self, scheme: usize, from: usize, end: usize) -> Option<usize> {
        let quote = scheme.checked_sub(1).map(|before| self.text[before])?;
        let is_open = matches!(quote, b'"' | b'\'') && self.text.get(end) == Some(&quote);
        if !is_open || contains(&self.text[from..end], b"@") {
            return None;
        }
        let mut pieces = vec![(from, end)];
        pieces.extend(self.pieces(end + 1, ADDRESS, |piece| piece.contains(&b'@')));
        let &(last, to) = pieces.last()?;
        let sign = last + self.text[last..to].iter().position(|&byte| byte == b'@')?;
        pieces.last_mut()?.1 = sign;
        let mut has_user = false;
        for (from, to) in pieces {
            let user = self.text[from..to].iter().position(|&byte| byte == b':');
            let password = if has_user { Some(from) } else { user.map(|place| from + place + 1) };
            has_user |= user.is_some();
            if let Some(password) = password.filter(|&password| password < to) {
                self.hide(password, to, Secret::UrlPassword);
            }
        }
        Some(sign)
    }

    /// The values with which an address is filled in: `"postgresql://%s:%s@db" % ("web", "secret")`.
    fn filled_in(&mut self, password: usize, host: usize, end: usize) -> usize {
        let place = &self.text[password..host];
        if !place.starts_with(b"%") && !place.starts_with(b"{") {
            return host;
        }
        let after = self.run(end, |byte| matches!(byte, b'"' | b'\'' | b' '));
        let open = match self.text.get(after) {
            Some(b'%') if after > end => self.run(after + 1, |byte| byte == b' '),
            _ if self.begins(after, b".format(") => after + 7,
            _ => return host,
        };
        self.literals_of_call(open, Secret::NamedValue).unwrap_or(host)
    }

    fn scheme_start(&self, at: usize) -> usize {
        let before = self.text[..at].iter().rev().take(40);
        at - before.take_while(|&&byte| is_word(byte) || matches!(byte, b'+' | b'-' | b'.')).count()
    }

    /// Where the address ends at the latest: at white space, at the quote that it stands in, or where another begins.
    fn address_end(&self, scheme: usize, from: usize) -> usize {
        let quote =
            scheme.checked_sub(1).map(|before| self.text[before]).filter(|byte| matches!(byte, b'"' | b'\'' | b'`'));
        let escaped = scheme >= 2 && self.text[scheme - 2] == b'\\';
        let mut at = from;
        let (mut space, mut seen) = (None, false);
        let last = self.text.len().min(from + ADDRESS);
        while at < last && self.text[at] != b'\n' {
            let byte = self.text[at];
            if Some(byte) == quote && (at > 0 && self.text[at - 1] == b'\\') == escaped {
                let next = self.text.get(at + 1).copied().unwrap_or(b'\n');
                if !is_word(next) {
                    return at;
                }
            }
            if byte.is_ascii_whitespace() && space.is_none() {
                space = Some(at);
                // In quotes a password may have blanks in it.
                if quote.is_none() || seen {
                    return at;
                }
            }
            seen |= byte == b'@';
            if seen && self.begins(at, b"://") {
                return self.scheme_start(at).max(from);
            }
            at += 1;
        }
        space.unwrap_or(at)
    }

    /// Where the `@` is before the host: the last one that a host follows.
    fn host_start(&self, from: usize, end: usize) -> Option<usize> {
        let rest = &self.text[from..end];
        let at = rest.iter().rposition(|&byte| byte == b'@')?;
        Some(from + at)
    }

    /// The same where the address was wrapped at the end of a line, in the middle of the password.
    fn host_behind(&self, scheme: usize, from: usize, end: usize) -> Option<usize> {
        let is_database = DATABASES.iter().any(|name| self.text[scheme..from].starts_with(name));
        let cut = self.text.get(end) == Some(&b'\n') || self.begins(end, b"\r\n");
        let user = self.text[from..end].iter().position(|&byte| byte == b':')?;
        let rest = &self.text[from + user + 1..end];
        let is_port = rest.first().is_some_and(u8::is_ascii_digit) && contains(rest, b"/");
        if !is_database || !cut || is_port {
            return None;
        }
        let next = self.run(end, |byte| byte.is_ascii_whitespace());
        let to = self.run(next, |byte| !byte.is_ascii_whitespace()).min(next + ADDRESS);
        let lines = self.text[end..next].iter().filter(|&&byte| byte == b'\n').count();
        let at = self.text[next..to].iter().rposition(|&byte| byte == b'@')?;
        (lines == 1 && at > 0).then_some(next + at)
    }
}

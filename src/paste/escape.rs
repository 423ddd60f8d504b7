//! Texts that a page or JSON escaped, as they were before: a password is only seen in the plain text.

use std::borrow::Cow;

/// Names of characters in HTML, and the characters.
const NAMED: [(&str, char); 9] = [
    ("quot;", '"'),
    ("apos;", '\''),
    ("lt;", '<'),
    ("gt;", '>'),
    ("nbsp;", ' '),
    ("amp;", '&'),
    ("sol;", '/'),
    ("colon;", ':'),
    ("commat;", '@'),
];
/// How often a text may have been escaped.
const TIMES: usize = 3;

/// The text without HTML's entities and JSON's escaped slashes, and whether there were entities. It has the lines of the original.
pub(super) fn plain(text: &str) -> (Cow<'_, str>, bool) {
    let mut text = Cow::Borrowed(text);
    let mut is_html = false;
    for _ in 0..TIMES {
        let Some(decoded) = without_entities(&text) else { break };
        text = Cow::Owned(decoded);
        is_html = true;
    }
    for _ in 0..TIMES {
        if !text.contains(":\\/") && !text.contains(":\\\\/") {
            break;
        }
        text = Cow::Owned(text.replace("\\/", "/"));
    }
    (text, is_html)
}

/// The text without its entities; `None` if it has none.
fn without_entities(text: &str) -> Option<String> {
    let mut plain: Option<String> = None;
    let mut done = 0;
    for (at, _) in text.match_indices('&') {
        let Some((character, length)) = entity(&text[at + 1..]).filter(|_| at >= done) else { continue };
        let plain = plain.get_or_insert_default();
        plain.push_str(&text[done..at]);
        plain.push(character);
        done = at + 1 + length;
    }
    let mut plain = plain?;
    plain.push_str(&text[done..]);
    Some(plain)
}

/// The character that an entity stands for, and the length of what is behind its `&`. Line ends stay as they are.
fn entity(rest: &str) -> Option<(char, usize)> {
    let Some(number) = rest.strip_prefix('#') else {
        return NAMED.iter().find(|(name, _)| rest.starts_with(name)).map(|(name, character)| (*character, name.len()));
    };
    let end = number.bytes().take(8).position(|byte| byte == b';')?;
    let digits = number.get(..end)?;
    let code = match digits.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16).ok()?,
        None => digits.parse().ok()?,
    };
    let character = char::from_u32(code).filter(|character| !character.is_control())?;
    Some((if code == 0xa0 { ' ' } else { character }, end + 2))
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn what_was_escaped_is_plain() {
        for (text, shown) in [
            ("a &lt;b&gt; &quot;c&#39; &#x2F;&#x2f;", "a <b> \"c' //"),
            ("&amp;quot;x&amp;quot;", "\"x\""),
            ("postgresql:\\/\\/a:b@h\\/d", "postgresql://a:b@h/d"),
            ("postgresql:\\\\/\\\\/a:b@h", "postgresql://a:b@h"),
            ("?a=1&b=2 && &; &#; &#10;", "?a=1&b=2 && &; &#; &#10;"),
        ] {
            assert_eq!(plain(text).0, shown);
        }
    }
}

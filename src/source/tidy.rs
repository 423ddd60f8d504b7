//! What a paste brings along that is no part of the program: byte order mark, Windows line ends, prompts, fences of Markdown.

/// The text without these. What is left stands on the line and in the column where it stood before.
pub(super) fn tidied(text: &str) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let prompts = text.lines().any(|line| line.trim_start().starts_with(">>>") || number(line.trim_start()).is_some());
    let mut out = String::with_capacity(text.len());
    for line in text.split('\n').flat_map(|line| line.strip_suffix('\r').unwrap_or(line).split('\r')) {
        let bare = line.trim_start();
        let indent = line.len() - bare.len();
        let fence = bare.starts_with("```") || bare.starts_with("~~~");
        let blank = if fence { line.len() } else { indent + if prompts { prompt(bare) } else { 0 } };
        let (before, rest) = line.split_at(blank);
        out.extend(before.chars().map(|c| if c == '\t' && !fence { '\t' } else { ' ' }));
        out.push_str(rest);
        out.push('\n');
    }
    out
}

/// How long the prompt is that a line begins with: `>>> `, `... `, `In [3]: `.
fn prompt(line: &str) -> usize {
    let mark = if line.starts_with(">>>") || line.starts_with("...") { Some(3) } else { number(line) };
    // "...:" continues in IPython.
    mark.map_or(0, |mark| mark + usize::from(line[mark..].starts_with(':')))
}

/// `In [3]:`, without the colon.
fn number(line: &str) -> Option<usize> {
    let (digits, rest) = line.strip_prefix("In [")?.split_once(']')?;
    let is = rest.starts_with(':') && !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    is.then_some(4 + digits.len() + 1)
}

#[cfg(test)]
mod tests {
    use super::tidied;

    #[test]
    fn columns_stay() {
        assert_eq!(tidied("\u{feff}a\r\n```python\r\n>>> b\n... c\n"), "a\n         \n    b\n    c\n\n");
        assert_eq!(tidied("In [12]: a\n    ...: b"), "         a\n         b\n");
        assert_eq!(tidied("class A:\n    ..."), "class A:\n    ...\n");
    }
}

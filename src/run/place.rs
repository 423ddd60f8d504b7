//! The place of an act in a file.

/// The line (from 1) of the act with this number (from 0) in the text of a run. Each act is an object in the list `acts`.
pub fn line_of(text: &str, number: usize) -> usize {
    let (mut line, mut depth, mut seen) = (1, 0, 0);
    let (mut in_text, mut escaped) = (false, false);
    let mut name = String::new();
    let mut in_acts = false;
    for c in text.chars() {
        line += usize::from(c == '\n');
        if in_text {
            match c {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '"' => in_text = false,
                _ if depth == 1 => name.push(c),
                _ => {}
            }
            continue;
        }
        match c {
            '"' => {
                in_text = true;
                name.clear();
            }
            '[' | '{' => {
                depth += 1;
                in_acts |= depth == 2 && c == '[' && name == "acts";
                if in_acts && depth == 3 {
                    if seen == number {
                        return line;
                    }
                    seen += 1;
                }
            }
            ']' | '}' => depth -= 1,
            _ => {}
        }
    }
    line
}

//! The scripts as they are served: without the lines that only explain, which every visit would pay for.

/// The scripts that pages and frames load.
pub const SCRIPTS: [&str; 6] = ["boot.js", "early.js", "film.js", "frame.js", "missing.js", "words.js"];

/// A script without its lines of comment, and without what only indents.
pub fn script(text: &str) -> String {
    let lines = text.lines().map(str::trim_start).filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.flat_map(|line| [line, "\n"]).collect()
}

#[cfg(test)]
mod tests {
    use super::{SCRIPTS, script};

    #[test]
    fn only_what_explains_is_left_out() {
        assert_eq!(script("// a\nb(); // c\n\n  /// d\n  e(\"//f\");\n"), "b(); // c\ne(\"//f\");\n");
    }

    #[test]
    fn no_text_goes_over_several_lines() {
        for name in SCRIPTS {
            let text = std::fs::read_to_string(format!("public/{name}")).unwrap();
            let open = text.lines().filter(|line| !line.trim_start().starts_with("//"));
            let open: Vec<_> = open.filter(|line| line.matches('`').count() % 2 == 1).collect();
            assert!(open.is_empty(), "{name}: {open:?}");
        }
    }
}

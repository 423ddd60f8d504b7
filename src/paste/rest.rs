//! What is left of a paste without its errors, tracebacks and log lines: perhaps a configuration.

use super::frame;
use super::prefix;

/// The text with lines of errors, tracebacks and logs left empty, so that whoever reads configurations is not misled by them.
/// Lines keep their numbers.
pub fn configuration(text: &str) -> String {
    let mut rest = String::with_capacity(text.len());
    let (mut is_code, mut wrappings) = (false, Vec::new());
    for (number, line) in text.split('\n').enumerate() {
        if number > 0 {
            rest.push('\n');
        }
        let trimmed = line.trim();
        let speaks = trimmed.contains("engine(") || trimmed.contains("pool_") || trimmed.contains("overflow=");
        let is_frame = frame::is_frame(line);
        // The line of code that a traceback shows stands beneath its file.
        let is_shown = std::mem::replace(&mut is_code, is_frame) && line.starts_with(' ');
        let is_log = !trimmed.is_empty() && prefix::read(line, &mut wrappings).stamp.is_some();
        let is_error =
            trimmed.starts_with("Traceback (") || is_error(trimmed) || trimmed.contains("Connections in pool:");
        if !(is_frame || is_shown || is_log || is_error) || (speaks && !is_frame && !is_error) {
            rest.push_str(line);
        }
    }
    rest
}

/// Whether a line is that of an exception: `package.SomeError: why`, or what SQLAlchemy adds to it.
fn is_error(line: &str) -> bool {
    const ADDED: [&str; 4] = ["[SQL:", "[parameters:", "(Background on this error", "QueuePool limit of size"];
    let name = line.split([':', ' ', '(']).next().unwrap_or_default();
    let is_class = ["Error", "Exception", "Warning"].iter().any(|end| name.ends_with(end));
    let is_name = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_'));
    is_class && is_name && line[name.len()..].starts_with(':') || ADDED.iter().any(|begin| line.starts_with(begin))
}

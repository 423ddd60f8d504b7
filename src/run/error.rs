//! Why a run file cannot be read.

/// Why a run file cannot be read, and where, so that its author finds the place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RunFileError {
    /// Something is wrong at a place in the file.
    #[error("Line {line}, column {column}: {reason}")]
    At {
        /// Counted from 1.
        line: usize,
        /// Counted from 1.
        column: usize,
        /// What is wrong, in a sentence.
        reason: String,
    },
    /// Something is wrong with the file as a whole.
    #[error("{0}")]
    Whole(String),
}

impl From<serde_json::Error> for RunFileError {
    fn from(error: serde_json::Error) -> RunFileError {
        let (line, column) = (error.line(), error.column());
        let said = error.to_string();
        let words = said.strip_suffix(&format!(" at line {line} column {column}")).unwrap_or(&said);
        let reason = if error.is_eof() { "the file ends too early" } else { words };
        if line == 0 {
            return RunFileError::Whole(sentence(reason));
        }
        RunFileError::At { line, column, reason: sentence(reason) }
    }
}

/// Adds a full stop, unless there is one.
fn sentence(words: &str) -> String {
    let stop = if words.ends_with('.') { "" } else { "." };
    format!("{words}{stop}")
}

//! The files that pages are made of.

use super::SiteError;
use std::path::{Path, PathBuf};

/// The files that pages are made of. They are read when the pages are written, so that a change of prose compiles nothing.
#[derive(Debug, Clone)]
pub struct Sources {
    folder: PathBuf,
}

impl Sources {
    /// The files of the package in this folder.
    pub fn of(folder: impl Into<PathBuf>) -> Sources {
        Sources { folder: folder.into() }
    }

    /// A file's text.
    ///
    /// # Errors
    /// [`SiteError::Read`].
    pub fn read(&self, file: &str) -> Result<String, SiteError> {
        read(&self.folder.join(file))
    }
}

/// A file's text.
///
/// # Errors
/// [`SiteError::Read`].
pub(super) fn read(file: &Path) -> Result<String, SiteError> {
    std::fs::read_to_string(file).map_err(|why| SiteError::Read { file: file.display().to_string(), why })
}

/// Of a file or folder that cannot be written.
pub(super) fn unwritten(file: &Path) -> impl FnOnce(std::io::Error) -> SiteError {
    let file = file.display().to_string();
    |why| SiteError::Write { file, why }
}

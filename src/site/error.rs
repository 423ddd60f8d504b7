//! What can be wrong with the pages.

/// Why the pages cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum SiteError {
    /// A file cannot be read.
    #[error("{file} cannot be read: {why}")]
    Read {
        /// The file.
        file: String,
        /// The system's reason.
        why: std::io::Error,
    },
    /// A file cannot be written.
    #[error("{file} cannot be written: {why}")]
    Write {
        /// The file.
        file: String,
        /// The system's reason.
        why: std::io::Error,
    },
    /// The program cannot be split.
    #[error("the program cannot be split: {why}")]
    Split {
        /// What the splitter says.
        why: String,
    },
    /// Its chunks cannot be put together.
    #[error(transparent)]
    Merge(super::MergeError),
    /// A tool is not there.
    #[error("{tool} cannot be run: {why}. `make setup` installs it")]
    NoTool {
        /// Its name.
        tool: &'static str,
        /// The system's reason.
        why: std::io::Error,
    },
    /// A tool has failed.
    #[error("{tool} failed: {said}")]
    Tool {
        /// Its name.
        tool: &'static str,
        /// What it said.
        said: String,
    },
    /// A fragment lacks an element that a page is made of.
    #[error("{file} has no element {what}")]
    NoElement {
        /// The fragment.
        file: String,
        /// What is missing.
        what: String,
    },
    /// A link to an element that no page has.
    #[error("{page} links to #{id}, which is on no page")]
    NoPlace {
        /// The page with the link.
        page: String,
        /// The element.
        id: String,
    },
    /// A link to a page that there is not.
    #[error("{page} links to {path}, which is no page")]
    NoPage {
        /// The page with the link.
        page: String,
        /// Where it leads.
        path: String,
    },
    /// Two elements have one name, so that an address of it would be two places.
    #[error("{id:?} is the name of two elements: in {first} and in {second}")]
    Twice {
        /// The name.
        id: String,
        /// A page that has it.
        first: String,
        /// Another page, or the same.
        second: String,
    },
}

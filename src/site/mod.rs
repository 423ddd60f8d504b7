//! The pages: one table of them, and the HTML of each, made from `index.html` and the fragments beside the lessons and here.
//!
//! Trunk builds `index.html` and the program; then `src/bin/site.rs` splits the [program](Program), takes what came of it, the [shell](Shell), and writes all [pages](Page)
//! beside it. A fragment links to an element by `#id` wherever that stands; the page that has it is found here, so a link that
//! leads nowhere is an [error](SiteError) of the build.

mod address;
mod body;
mod card;
mod error;
mod fragment;
mod grouping;
mod head;
mod header;
mod heights;
mod markdown;
mod merge;
mod oembed;
mod page;
mod pictures;
mod places;
mod program;
mod scripts;
mod sheet;
mod shell;
#[expect(clippy::module_inception, reason = "the site is what the room is about")]
mod site;
mod sources;
mod stills;
mod teach;
mod worker;

pub use card::Card;
pub use error::SiteError;
pub use merge::MergeError;
pub use page::{Body, Page};
pub use places::Places;
pub use program::Program;
pub use scripts::{SCRIPTS, script};
pub use sheet::sheet;
pub use shell::Shell;
pub use site::Site;
pub use sources::Sources;
pub use worker::write_worker;

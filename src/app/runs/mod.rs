//! Kept runs: a list of them under a scene, and what can be done with each.
//!
//! A scene makes a [`RunList`], lets it [look](RunList::look) at its stage, and [mounts](RunList::mount) it in a place of its
//! panel. What stands there is `runs.html`, with the rows in it made as [text](words), and whatever is done there is heard
//! at its root: a view and a signal for each part would be some 30 kB more for every visitor to load. No `<form>`: a
//! sandboxed frame may not submit one.

mod actions;
mod events;
mod place;
mod run_list;
mod words;

pub use run_list::RunList;

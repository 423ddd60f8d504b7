//! Kept runs: a list of them under a scene, and what can be done with each.
//!
//! A scene makes a [`RunList`], lets it [look](RunList::look) at its stage, and [mounts](RunList::mount) it in a place of its
//! panel. What stands there is `runs.html`, with the rows in it made as [text](words), and one listener at its root hears
//! whatever is done there. Made of Leptos components, the same list made the playground's program 12.3 kB larger (brotli),
//! 8.5 kB more than its limit had left. No `<form>`: a sandboxed frame may not submit one.

mod actions;
mod events;
mod place;
mod run_list;
mod words;

pub use run_list::RunList;

//! The tutorials' Flask applications: their Python files, and their views as lines.

mod views;

pub(super) use views::VIEWS;

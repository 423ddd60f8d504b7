//! FastAPI applications: their Python files, and their endpoints as lines, those of dependencies among them.

mod views;

pub(super) use views::VIEWS;

//! The tutorials' Flask applications: their Python files, and their views as lines.

mod application;
mod view;

pub use application::{Application, Form};
pub use view::View;

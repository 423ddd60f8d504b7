//! The Flask applications of the tutorials, as steps that need a connection now and then.

mod rows;
mod statement;

pub use rows::Rows;
pub use statement::{Column, Reply, Statement};

//! The words between an application and a database: statements, replies, rows.

mod error;
mod rows;
mod statement;
mod tables;

pub use error::{OPERATIONAL_ERROR, class_of};
pub use rows::Rows;
pub use statement::{Column, Reply, Statement};
pub use tables::Tables;

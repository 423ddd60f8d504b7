//! The words between an application and a database: statements, replies, rows.

mod rows;
mod statement;
mod tables;

pub use rows::Rows;
pub use statement::{Column, Reply, Statement};
pub use tables::Tables;

//! The words between an application and a database: statements, replies, rows, errors.

mod compiled;
mod error;
mod fault;
mod rows;
mod statement;
mod tables;
mod vendor;

pub use error::{ConnectError, DriverError, StatementError};
pub use fault::Fault;
pub use rows::Rows;
pub use statement::{Column, Reply, Statement};
pub use tables::Tables;
pub use vendor::Vendor;

//! What an application catches.

use crate::pool;

/// SQLAlchemy's class around what a driver raises when its server, or the way to it, fails.
pub const OPERATIONAL_ERROR: &str = "sqlalchemy.exc.OperationalError";

/// The class, with its module, of what `Engine.connect()` raises when the pool raises this: what the pool raises comes through
/// as it is, and what the driver raises is wrapped.
pub const fn class_of(error: &pool::Error) -> &'static str {
    match error.qualified_class() {
        Some(class) => class,
        None => OPERATIONAL_ERROR,
    }
}

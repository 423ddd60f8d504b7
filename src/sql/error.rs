//! What an application catches: a driver's error, SQLAlchemy's around it, and what comes instead of a connection.

use super::{Fault, Statement, Vendor};
use crate::pool::{self, Exception};
use std::fmt;
use std::hash::{Hash, Hasher};

/// A driver's error. `to_string()` is that of SQLAlchemy's exception around it, or of its own where nothing is around it.
///
/// ```
/// use valet::sql::{Vendor, DriverError, Fault};
/// let error = DriverError { vendor: Vendor::Mysql, fault: Fault::TooManyConnections, raw: false };
/// assert_eq!(error.class(), "sqlalchemy.exc.OperationalError");
/// assert_eq!(
///     error.to_string(),
///     "(pymysql.err.OperationalError) (1040, 'Too many connections')\n\
///      (Background on this error at: https://sqlalche.me/e/21/e3q8)"
/// );
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DriverError {
    /// Whose words these are.
    pub vendor: Vendor,
    /// What went wrong.
    pub fault: Fault,
    /// It happened on the driver's own connection (`Engine.raw_connection()`), around which SQLAlchemy puts nothing.
    pub raw: bool,
}

/// A driver's error at a statement: `sqlalchemy.exc.DBAPIError`. `to_string()` is Python's `str(error)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatementError {
    /// What the driver said.
    pub error: DriverError,
    /// The statement, unless it was the end of a transaction, of which SQLAlchemy's errors say nothing.
    pub statement: Option<Statement>,
}

/// What `Engine.connect()` raises. What the pool raises comes through as it is; what the driver raised is wrapped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ConnectError {
    /// What the pool raised.
    pub error: pool::PoolError,
    /// What the driver said, if the pool only passed its exception on.
    pub driver: DriverError,
}

/// Digests of a story are made of what happened, not of the words for it: these leave no trace in them.
impl Hash for DriverError {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}

/// The same.
impl Hash for StatementError {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}

impl std::error::Error for DriverError {}
impl std::error::Error for StatementError {}
impl std::error::Error for ConnectError {}

impl DriverError {
    /// The class with its module, as a traceback names it.
    pub const fn class(&self) -> &'static str {
        if self.raw {
            self.vendor.says(self.fault).0
        } else if self.is_programming() {
            "sqlalchemy.exc.ProgrammingError"
        } else {
            "sqlalchemy.exc.OperationalError"
        }
    }

    /// SQLite's way to say that a connection is closed is no `OperationalError`.
    const fn is_programming(&self) -> bool {
        matches!(self.vendor, Vendor::Sqlite) && self.fault.is_disconnect()
    }

    fn write(&self, statement: Option<Statement>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (class, text) = self.vendor.says(self.fault);
        if self.raw || self.vendor == Vendor::Plain {
            return f.write_str(text);
        }
        write!(f, "({class}) {text}")?;
        if let Some(statement) = statement {
            statement.write_compiled(self.vendor, f)?;
        }
        let code = if self.is_programming() { "f405" } else { "e3q8" };
        write!(f, "\n(Background on this error at: https://sqlalche.me/e/21/{code})")
    }
}

impl fmt::Display for DriverError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(None, f)
    }
}

impl fmt::Display for StatementError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.write(self.statement, f)
    }
}

impl StatementError {
    /// The class with its module, as a traceback names it.
    pub const fn class(&self) -> &'static str {
        self.error.class()
    }
}

impl ConnectError {
    /// The class with its module, as a traceback names it.
    pub const fn class(&self) -> &'static str {
        match self.error.qualified_class() {
            Some(class) => class,
            None => self.driver.class(),
        }
    }

    /// Whether the wait was too long.
    pub const fn is_timeout(&self) -> bool {
        matches!(self.error, pool::PoolError::Timeout { .. })
    }

    /// What went wrong as a connection was opened, if that is what went wrong.
    pub const fn fault(&self) -> Option<Fault> {
        match self.error {
            pool::PoolError::Raised(Exception::Connect) => Some(self.driver.fault),
            _ => None,
        }
    }
}

impl fmt::Display for ConnectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.fault() {
            Some(_) => self.driver.fmt(f),
            None => self.error.fmt(f),
        }
    }
}

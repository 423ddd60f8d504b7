//! What deserves a word although nothing is refused.

use crate::pool::Class;

/// A remark on settings that were taken, for the reader.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Note {
    /// `engine_from_config` cut off what follows the point.
    #[error("{name} {from} became {to}: engine_from_config makes it a whole number.")]
    Truncated {
        /// The argument.
        name: String,
        /// As given.
        from: String,
        /// As passed on.
        to: String,
    },
    /// A text for a switch.
    #[error("{name} {text} is on: nothing reads the text, and any text that is not empty counts as true.")]
    TextIsOn {
        /// The argument.
        name: String,
        /// As given.
        text: String,
    },
    /// `pool_size` 0 takes the limit away.
    #[error("pool_size 0 means no limit, and max_overflow is not looked at.")]
    NoLimit,
    /// `max_overflow` -1 takes the limit away.
    #[error(
        "max_overflow -1 means no limit: the pool opens as many connections as are asked for, and nobody waits for one."
    )]
    EndlessOverflow,
    /// A `pool_size` with a fraction is never reached, so nothing is closed on return. The settings have -1 instead, and a
    /// `max_overflow` that lets out as many; only the counters differ.
    #[error("pool_size {0} is never equal to a number of connections: all that were opened are kept.")]
    NeverFull(String),
    /// `pool_timeout` NaN.
    #[error("pool_timeout nan waits without sleeping, and without end.")]
    Spins,
    /// SQLAlchemy's own deprecation warning.
    #[error(
        "Selection of the {} pool class based on the 'mode=memory' query string argument is deprecated; a future release \
         will use {} for this URL.  Indicate the intended pool class using the create_engine.poolclass parameter. \
         (Background on this warning at: https://sqlalche.me/e/21/sqmp)",
        class.name(),
        future.name()
    )]
    MemoryMode {
        /// The class now.
        class: Class,
        /// The class to come.
        future: Class,
    },
    /// A key that Flask-SQLAlchemy used to read.
    #[error("{0} is ignored since Flask-SQLAlchemy 3.0. Use SQLALCHEMY_ENGINE_OPTIONS.")]
    Removed(String),
    /// Flask-SQLAlchemy's own pool for SQLite in memory.
    #[error("Flask-SQLAlchemy uses StaticPool for SQLite in memory{}", if *instead { ", whatever poolclass says." } else { "." })]
    Static {
        /// Whether another was asked for.
        instead: bool,
    },
    /// Flask-SQLAlchemy's own `pool_recycle` for MySQL.
    #[error("Flask-SQLAlchemy sets pool_recycle to 7200 for MySQL.")]
    MysqlRecycle,
}

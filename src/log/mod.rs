//! The log of a pool, as SQLAlchemy writes it with `echo_pool="debug"`, or as `valet_pool_log.py` records it: who held which
//! connection, from when to when.
//!
//! A [`LogReader`] is fed with a file in pieces of any size. It keeps what was held, up to a limit, and counts the rest, so that its
//! memory is bounded however long the file is. Lines of other loggers, tracebacks, several pools and processes may be between. What
//! no log says is not made up: [inferred waits](Waited) are marked as such.
//!
//! ```
//! use valet::log::LogReader;
//! let mut reader = LogReader::new();
//! reader.feed(b"2026-05-03 08:00:00,000 DEBUG sqlalchemy.pool.impl.QueuePool Connection <Connection at 0x1f> checked out from pool\n");
//! reader.feed(b"2026-05-03 08:00:02,500 DEBUG sqlalchemy.pool.impl.QueuePool Connection <Connection at 0x1f> being returned to pool\n");
//! let log = reader.finish();
//! let hold = log.pools[0].holds[0];
//! assert_eq!(hold.lasted().unwrap().as_secs_f64(), 2.5);
//! ```

mod clock;
mod failure;
mod hold;
mod message;
mod names;
mod pool_log;
mod reader;
mod recorded;
mod tracking;

pub use failure::Failure;
pub use hold::{End, Hold};
pub use names::Names;
pub use pool_log::{Count, PoolLog, Waited};
pub use reader::{Log, LogReader};

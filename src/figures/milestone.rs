//! Kinds of things that happen in a run, whose moments one may want to know or to go to.

use crate::pool::Settings;
use crate::service::Tally;
use crate::time::Span;

/// Something that happens now and then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Milestone {
    /// A request has to wait in line.
    Wait,
    /// A connection beyond `pool_size` is opened.
    Overflow,
    /// A request's time in line is up.
    Timeout,
    /// A connection is replaced because of its age.
    Recycle,
    /// A connection is found to be gone.
    Disconnect,
    /// A request fails, however.
    Error,
}

impl Milestone {
    /// All of them, in the order of their declaration.
    pub const ALL: [Milestone; 6] = [
        Milestone::Wait,
        Milestone::Overflow,
        Milestone::Timeout,
        Milestone::Recycle,
        Milestone::Disconnect,
        Milestone::Error,
    ];

    /// What it is called.
    pub const fn name(self) -> &'static str {
        match self {
            Milestone::Wait => "wait",
            Milestone::Overflow => "overflow",
            Milestone::Timeout => "timeout",
            Milestone::Recycle => "recycle",
            Milestone::Disconnect => "disconnect",
            Milestone::Error => "error",
        }
    }

    /// How often it has happened.
    pub fn count(self, tally: &Tally) -> u64 {
        match self {
            Milestone::Wait => tally.waited,
            Milestone::Overflow => tally.overflowed,
            Milestone::Timeout => tally.timeouts,
            Milestone::Recycle => tally.recycled,
            Milestone::Disconnect => tally.disconnected,
            Milestone::Error => tally.errors(),
        }
    }

    /// Why it cannot happen in a pool with these settings, as a sentence; `None` if it can.
    ///
    /// ```
    /// use valet::figures::Milestone;
    /// use valet::pool::Settings;
    /// let why = Milestone::Recycle.prevented_by(&Settings::default()).unwrap();
    /// assert_eq!(why, "No recycle with pool_recycle -1: connections of any age are kept.");
    /// ```
    pub fn prevented_by(self, settings: &Settings) -> Option<String> {
        let why = match self {
            Milestone::Wait | Milestone::Timeout | Milestone::Overflow if !settings.class.has_queue() => {
                format!("{}: it has no line, and no overflow", settings.class.name())
            }
            Milestone::Wait | Milestone::Timeout if settings.limit().is_none() => {
                "this pool: it opens a connection for everyone".to_owned()
            }
            Milestone::Timeout if settings.pool_timeout.is_none() => {
                "pool_timeout None: requests wait for as long as it takes".to_owned()
            }
            Milestone::Overflow if settings.pool_size == 0 => "pool_size 0: there is no size to exceed".to_owned(),
            Milestone::Overflow if settings.max_overflow == 0 => {
                "max_overflow 0: it opens no more than pool_size".to_owned()
            }
            Milestone::Recycle if settings.pool_recycle < Span::ZERO => {
                "pool_recycle -1: connections of any age are kept".to_owned()
            }
            _ => return None,
        };
        Some(format!("No {} with {why}.", self.name()))
    }
}

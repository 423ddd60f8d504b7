//! Kinds of things that happen in a run, whose moments one may want to know or to go to.

use crate::service::Tally;

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
}

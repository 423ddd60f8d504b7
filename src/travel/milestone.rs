//! Milestones: what one may want to run to.

use crate::service::Tally;
use crate::sim::World;

/// Something that happens now and then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Milestone {
    /// A request has to wait in line.
    Wait,
    /// A connection beyond `pool_size` is opened.
    Overflow,
    /// A request waited in vain.
    Timeout,
    /// A connection is replaced because of its age.
    Recycle,
    /// A connection is found to be gone.
    Disconnect,
    /// A request fails, however.
    Error,
}

impl Milestone {
    /// All of them.
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
    pub fn count(self, world: &World) -> u64 {
        let tally: Tally = world.tally();
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

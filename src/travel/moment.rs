//! Moments that one may want to run to.

use crate::service::Tally;
use crate::sim::World;

/// Something that happens now and then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
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

impl Moment {
    /// All of them.
    pub const ALL: [Moment; 6] =
        [Moment::Wait, Moment::Overflow, Moment::Timeout, Moment::Recycle, Moment::Disconnect, Moment::Error];

    /// What it is called.
    pub const fn name(self) -> &'static str {
        match self {
            Moment::Wait => "wait",
            Moment::Overflow => "overflow",
            Moment::Timeout => "timeout",
            Moment::Recycle => "recycle",
            Moment::Disconnect => "disconnect",
            Moment::Error => "error",
        }
    }

    /// How often it has happened.
    pub fn count(self, world: &World) -> u64 {
        let tally: Tally = world.tally();
        match self {
            Moment::Wait => tally.waited,
            Moment::Overflow => tally.overflowed,
            Moment::Timeout => tally.timeouts,
            Moment::Recycle => tally.recycled,
            Moment::Disconnect => tally.disconnected,
            Moment::Error => tally.errors(),
        }
    }
}

//! Where a scene's world comes from.

use super::live_store::LiveStore;
use super::plan_player::PlanPlayer;
use super::replay::BehindReplay;
use crate::time::Instant;

/// Where a scene's world comes from. What a person may do with its time and its world follows from this.
#[derive(Debug)]
pub enum Source {
    /// A simulated world. A person can go to any moment, and act at any; a link can say all of it.
    Simulated,
    /// A world on the real store. A person can go to its past, but act only in its present.
    Live(Box<LiveStore>),
    /// A simulated world that follows a plan to its end. A setting that is turned holds from the beginning.
    Plan(Box<PlanPlayer>),
    /// A kept run that is not the scene's own simulated world. What a real store answered can be watched, and not changed.
    Replay(Option<Box<BehindReplay>>),
}

impl Source {
    /// When the world ends, if it does.
    pub fn end(&self) -> Option<Instant> {
        match self {
            Source::Plan(player) => Some(player.plan().end()),
            Source::Simulated | Source::Live(_) | Source::Replay(_) => None,
        }
    }

    /// The real store, while its world is shown.
    pub fn store(&self) -> Option<&LiveStore> {
        match self {
            Source::Live(store) => Some(store),
            Source::Simulated | Source::Plan(_) | Source::Replay(_) => None,
        }
    }

    /// The plan that is followed.
    pub fn player(&self) -> Option<&PlanPlayer> {
        match self {
            Source::Plan(player) => Some(player),
            Source::Simulated | Source::Live(_) | Source::Replay(_) => None,
        }
    }
}

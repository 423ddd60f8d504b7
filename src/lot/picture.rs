//! A moment of the lot.

use super::bay::Bay;
use super::car::Car;
use super::motion::Point;
use super::plan::LotPlan;
use crate::pool::{ConnectionId, Settings};

/// Everything there is to see at a moment. Both layers are drawn from it alone.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// Where the places are.
    pub plan: LotPlan,
    /// The current pool's settings, for the words in the picture.
    pub settings: Settings,
    /// Places for bays of the current pool: as many as it may have, and no fewer than it has.
    pub places: usize,
    /// How many connections the current pool is over `pool_size`: so many cones.
    pub over: usize,
    /// Bays that exist, or are being built or torn up.
    pub bays: Vec<Bay>,
    /// Cars in sight, in order of arrival.
    pub cars: Vec<Car>,
    /// Keys, those on the rack first and in queue order.
    pub keys: Vec<PictureKey>,
    /// How many keys hang on the rack.
    pub hanging: usize,
    /// How many cars stand in line.
    pub waiting: usize,
    /// How many stand on the road: their requests run, and have no connection.
    pub computing: usize,
    /// How many of them, the first ones, wait for pools that were replaced.
    pub waiting_before: usize,
    /// How many hold a connection whose transaction is open and idle.
    pub idling: usize,
    /// Bays there is no room to draw.
    pub unseen: usize,
    /// How many requests were served although whoever had sent them was gone.
    pub for_nobody: u64,
    /// Cars whose requests go on and which are not in the picture, or not yet.
    pub outside: usize,
    /// The connection that a person has pointed at.
    pub pointed: Option<ConnectionId>,
}

/// The key of a bay that nobody uses: an idle connection.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PictureKey {
    /// Where it is.
    pub at: Point,
    /// The bay's connection; `None` is a key to bare ground.
    pub connection: Option<ConnectionId>,
    /// Whether it is the next to be taken.
    pub next: bool,
}

//! Bays: connections, seen from above.

use super::geometry::{Rect, Spot};
use super::motion::Pose;
use crate::pool::{ConnectionId, RecordId};
use crate::time::{Instant, Span};

/// How long a torn-up bay is still seen.
pub(super) const TEARING: Span = Span::from_millis(350);

/// A record of one generation of the pool.
pub(super) type PoolRecord = (u32, RecordId);

/// What is being done to a bay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BayPhase {
    /// The connection is being opened.
    Building,
    /// Nothing: it is open.
    Open,
    /// The valet taps it first: pre-ping.
    Tapped,
    /// It is swept: reset on return.
    Swept,
    /// The connection is being closed, for good or to be opened anew.
    Closing,
    /// Its record is gone; it is seen for a moment more.
    Gone,
    /// Bare ground: a record without a connection.
    Bare,
}

/// A bay in a [`Picture`](super::Picture).
#[derive(Debug, Clone, PartialEq)]
pub struct Bay {
    /// Which place it has.
    pub spot: Spot,
    /// Where it is.
    pub rect: Rect,
    /// One drives into it downwards: its mouth is above.
    pub below: bool,
    /// The open connection.
    pub connection: Option<ConnectionId>,
    /// What is being done to it.
    pub phase: BayPhase,
    /// Seconds since the phase began.
    pub phase_secs: f32,
    /// The server dropped the connection; the pool does not know yet.
    pub cracked: bool,
    /// It is one of those beyond `pool_size`.
    pub cones: bool,
    /// How much of `pool_recycle` has passed, from 0 to 1, in 24ths; `None` when it never recycles.
    pub age: Option<f32>,
    /// Whose it is already, while that car is still on its way.
    pub reserved: Option<Reserved>,
}

/// A bay's place for the car that is on its way to it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reserved {
    /// The request's number.
    pub number: u32,
    /// Where its car is going to stand.
    pub pose: Pose,
    /// Its transaction is open and idle.
    pub idles: bool,
}

/// What the lot remembers of a bay.
#[derive(Debug, Clone, Copy)]
pub(super) struct BaySite {
    pub spot: Spot,
    pub connection: Option<ConnectionId>,
    pub phase: BayPhase,
    pub since: Instant,
    /// When connecting began.
    pub opened: Instant,
    pub cracked: bool,
}

impl BaySite {
    pub fn new(spot: Spot, now: Instant) -> BaySite {
        BaySite { spot, connection: None, phase: BayPhase::Bare, since: now, opened: now, cracked: false }
    }

    pub fn set(&mut self, phase: BayPhase, now: Instant) {
        self.phase = phase;
        self.since = now;
    }
}

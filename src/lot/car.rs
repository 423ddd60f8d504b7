//! Cars: requests on their way.

use super::geometry::Spot;
use super::motion::{Drive, Pose};
use crate::service::Failure;
use crate::time::{Instant, Span};

/// So long a car is on its way to the kerb before its ring is drawn.
const TO_THE_KERB: Span = Span::from_millis(400);
/// How long readers who want no motion see who had to leave.
const LINGER: Span = Span::from_millis(1_500);

/// A car of which less is seen is not read.
pub(super) const READ: f32 = 0.6;

/// How a car fares.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum CarStatus {
    /// It drives in, parks or waits without need to say more.
    Calm,
    /// It waits at the kerb; so much of its patience is left, from 1 to 0. `None` waits for ever.
    Waiting(Option<f32>),
    /// It is done and stands in its bay still: its connection was never given back.
    Leaked,
    /// It leaves, served.
    Served,
    /// It leaves: its time was up. This is the error that it got.
    TimedOut(Failure),
    /// It leaves without having got what it came for, for this reason.
    Failed(Failure),
}

impl CarStatus {
    /// Whether it leaves without having got what it came for.
    pub fn is_unlucky(self) -> bool {
        matches!(self, CarStatus::TimedOut(_) | CarStatus::Failed(_))
    }
}

/// A car in a [`Picture`](super::Picture).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Car {
    /// The request's number.
    pub number: u32,
    /// Where it is.
    pub pose: Pose,
    /// How it fares.
    pub status: CarStatus,
    /// How much of it is seen, from 0 to 1.
    pub opacity: f32,
    /// Whoever sent the request has gone: whatever comes of it is for nobody.
    pub is_ghost: bool,
    /// It keeps the line waiting: nobody else has held a connection for so long.
    pub holds: Option<Span>,
    /// It has the key of a bay, and is on its way there.
    pub has_key: bool,
    /// It stands in its bay and does nothing there: its transaction is open and idle.
    pub idles: bool,
}

/// Where a car is to go: what the request is about.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Destination {
    /// It has just come, and it will soon be known where it goes.
    Coming,
    /// To the lay-by, where it does without a bay.
    Road(Halt),
    /// To its place in line: its number among all that ever joined it.
    Kerb(u32),
    /// In front of a bay that is not ready.
    Before(Spot),
    /// Into a bay.
    Bay(Spot),
    /// Away.
    Off(CarStatus),
}

/// A place in the lay-by: its request runs, and has no connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Halt {
    /// It has been in a bay already.
    pub after: bool,
    /// So manieth there, from 0.
    pub index: usize,
}

/// Where a car stands, or will when it has driven as it does now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stand {
    /// Not in the picture yet, or not in it for want of room.
    Outside,
    /// So manieth in line.
    Line(usize),
    /// So manieth in the lay-by.
    LayBy(usize),
    /// At the mouth of a bay that is not ready.
    Mouth(Spot),
    /// In a bay.
    Bay(Spot),
    /// Not in the picture any more.
    Gone,
}

impl Stand {
    /// The bay that it is in.
    pub fn spot(self) -> Option<Spot> {
        match self {
            Stand::Mouth(spot) | Stand::Bay(spot) => Some(spot),
            Stand::Outside | Stand::Line(_) | Stand::LayBy(_) | Stand::Gone => None,
        }
    }
}

/// What the lot remembers of a car.
#[derive(Debug, Clone, Copy)]
pub(super) struct CarState {
    pub number: u32,
    pub arrived: Instant,
    /// How long it waits at most, from its arrival.
    pub patience: Option<Span>,
    pub destination: Destination,
    /// Since when that is its destination.
    pub since: Instant,
    pub standing: Stand,
    pub drive: Drive,
    /// Not before this moment it tries again to set off.
    pub retry: Instant,
    /// Its connection was never given back.
    pub leaked: bool,
    /// Whoever sent the request has gone.
    pub is_ghost: bool,
    /// Its transaction is open, and no statement runs in it.
    pub idles: bool,
}

impl CarState {
    pub fn status(&self, now: Instant) -> CarStatus {
        match self.destination {
            Destination::Kerb(_) if now - self.arrived < TO_THE_KERB => CarStatus::Calm,
            Destination::Kerb(_) => CarStatus::Waiting(self.patience.map(|patience| {
                let waited = (now - self.arrived).as_secs_f64() / patience.as_secs_f64().max(1e-6);
                (1.0 - waited as f32).clamp(0.0, 1.0)
            })),
            Destination::Off(status) => status,
            Destination::Before(_) | Destination::Bay(_) if self.leaked => CarStatus::Leaked,
            Destination::Coming | Destination::Road(_) | Destination::Before(_) | Destination::Bay(_) => {
                CarStatus::Calm
            }
        }
    }

    /// The bay that is its own.
    pub fn bay(&self) -> Option<Spot> {
        match self.destination {
            Destination::Bay(spot) | Destination::Before(spot) => Some(spot),
            Destination::Coming | Destination::Road(_) | Destination::Kerb(_) | Destination::Off(_) => None,
        }
    }

    /// Since when it holds the connection that it works with.
    pub fn holds_since(&self) -> Option<Instant> {
        matches!(self.destination, Destination::Bay(_)).then_some(self.since).filter(|_| !self.leaked)
    }

    /// Whether nobody sees it any more; with `still`, who had to leave is seen for a while.
    pub fn is_over(&self, now: Instant, still: bool) -> bool {
        match self.destination {
            Destination::Off(status) if still => !status.is_unlucky() || self.since + LINGER <= now,
            Destination::Off(_) => self.standing == Stand::Gone && self.drive.arrives() <= now,
            _ => false,
        }
    }

    /// Whether nobody will see it again, with motion or without.
    pub fn is_done(&self, now: Instant) -> bool {
        self.is_over(now, false) && self.is_over(now, true)
    }
}

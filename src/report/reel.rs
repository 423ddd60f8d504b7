//! A plan's world as a film: all of it, or the stretch that tells most.

use crate::film::{Film, FilmMaker};
use crate::lesson::Plan;
use crate::lot::{Format, svg};
use crate::time::{Instant, Span};
use crate::travel::Travel;

/// How long a film lasts at most, in seconds.
const LASTS: i64 = 20;
/// A world that is longer than this is filmed in part.
const WHOLE: Span = Span::from_secs(60);
/// How much of such a world is filmed, and how much of that comes before the moment that tells most.
const PART: Span = Span::from_secs(30);
const BEFORE: Span = Span::from_secs(18);
/// Frames a second.
const RATE: u32 = 30;

/// A film that is being made, and its still.
#[derive(Debug)]
pub struct Reel {
    travel: Travel,
    maker: FilmMaker,
    left: u32,
    /// The moment that tells most.
    moment: Instant,
    still: Option<(u32, String, String)>,
    frame: u32,
}

/// A film with what stands for it where nothing plays.
#[derive(Debug, Clone)]
pub struct Screening {
    /// The film.
    pub film: Film,
    /// The frame that tells most.
    pub frame: u32,
    /// That frame, as SVG.
    pub still: String,
    /// And in words.
    pub says: String,
}

impl Reel {
    /// The film of a plan's world; `moment` is the one that tells most.
    pub fn of(plan: &Plan, moment: Instant) -> Reel {
        let travel = plan.travel(Format::Wide);
        let (begins, length) = if plan.length <= WHOLE {
            (Instant::ZERO, plan.length)
        } else {
            let latest = plan.end() + PART.times(-1.0);
            ((moment + BEFORE.times(-1.0)).clamp(Instant::ZERO, latest), PART)
        };
        let pace = (length.as_secs_f64() / LASTS as f64).max(1.0);
        let left = (length.as_secs_f64() / pace * f64::from(RATE)) as u32 + 1;
        Reel { travel, maker: FilmMaker::new(begins, pace, RATE), left, moment, still: None, frame: 0 }
    }

    /// Whether there is nothing left to film.
    pub fn is_done(&self) -> bool {
        self.left == 0
    }

    /// How much of it is filmed, in percent.
    pub fn percent(&self) -> u32 {
        self.frame * 100 / (self.frame + self.left).max(1)
    }

    /// Films the next picture.
    pub fn go_on(&mut self) {
        if self.is_done() {
            return;
        }
        let now = self.maker.moment();
        self.travel.seek(now);
        let picture = self.travel.picture(0, false);
        if self.still.is_none() && (now >= self.moment || self.left == 1) {
            let says = self.travel.describe(0).summary;
            self.still = Some((self.frame, svg::write(&picture, "still", &says), says));
        }
        self.maker.add(&picture);
        (self.frame, self.left) = (self.frame + 1, self.left - 1);
    }

    /// The film. What is left to film is left out.
    pub fn finish(self) -> Screening {
        let (frame, still, says) = self.still.unwrap_or_default();
        Screening { film: self.maker.finish(), frame, still, says }
    }
}

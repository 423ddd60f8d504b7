//! How long a frame works on what has no end of its own.

use crate::browser::now_ms;
use crate::run::{ReplayError, Run, RunPlayer};
use std::borrow::Borrow;

/// Work without an end looks at the clock after so many events.
pub const PORTION: u64 = 100;
/// So long a frame works on what takes longer than a frame, in milliseconds: the rest of its sixteen is for the picture.
pub const SLICE: f64 = 8.0;
/// What takes no longer than this is not shown on its way, in milliseconds.
pub const BRIEF: f64 = 300.0;

/// A moment of the browser's clock by which a frame has to be done with such work. It decides how far a world comes in one frame,
/// and never what happens in it.
#[derive(Debug, Clone, Copy)]
pub struct Deadline(f64);

impl Deadline {
    /// So many milliseconds from now.
    pub fn after(ms: f64) -> Deadline {
        Deadline(now_ms() + ms)
    }

    /// Plays a kept run on. What came of it, once that is known.
    pub fn play<R: Borrow<Run>>(self, player: &mut RunPlayer<R>) -> Option<Result<(), ReplayError>> {
        self.work(|| match player.go_on(PORTION) {
            Ok(there) => there.then_some(Ok(())),
            Err(why) => Some(Err(why)),
        })
    }

    /// Does a portion of some work again and again, until it comes to something, or the time is up.
    pub fn work<T>(self, mut portion: impl FnMut() -> Option<T>) -> Option<T> {
        loop {
            let done = portion();
            if done.is_some() || now_ms() >= self.0 {
                return done;
            }
        }
    }
}

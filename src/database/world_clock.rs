//! The world's clock as the driver sees it: it stops when the page pauses, and runs faster or slower with the page.

use crate::time::{Instant, Span};
use gloo_timers::future::TimeoutFuture;
use std::cell::Cell;

/// The clock. The page advances it with every frame, and the jobs that wait look at it now and then.
#[derive(Debug, Default)]
pub struct WorldClock {
    now: Cell<Instant>,
    /// World time for one unit of real time; 0 while paused.
    speed: Cell<f64>,
}

/// The longest time between two looks at the clock, in milliseconds. While the world stands still, this is the interval.
const LOOK: f64 = 100.0;

impl WorldClock {
    /// The world's time.
    pub fn now(&self) -> Instant {
        self.now.get()
    }

    /// Advances the world by `real` time at the present speed, and returns its new time.
    pub fn advance(&self, real: Span) -> Instant {
        self.now.set(self.now.get() + Span::from_micros((real.as_micros() as f64 * self.speed.get()) as i64));
        self.now.get()
    }

    /// Sets the speed; 0 stands still.
    pub fn set_speed(&self, speed: f64) {
        self.speed.set(speed);
    }

    /// Waits for `span` of the world's time.
    pub async fn wait(&self, span: Span) {
        let until = self.now.get() + span;
        while self.now.get() < until {
            let left = (until - self.now.get()).as_millis_f64();
            let speed = self.speed.get();
            let real = if speed > 0.0 { left / speed } else { LOOK };
            TimeoutFuture::new(real.clamp(4.0, LOOK) as u32).await;
        }
    }
}

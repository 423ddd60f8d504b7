//! The world's clock as the driver sees it: it stops when the page pauses, and runs faster or slower with the page.

use crate::time::{Instant, Span};
use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::task::{Poll, Waker};

/// The clock. The page advances it with every frame, which wakes the jobs whose time has come: while the world stands, nothing
/// looks at it.
#[derive(Debug, Default)]
pub struct WorldClock {
    now: Cell<Instant>,
    /// World time for one unit of real time; 0 while paused.
    speed: Cell<f64>,
    waiting: RefCell<Vec<(Instant, Waker)>>,
}

impl WorldClock {
    /// The world's time.
    pub fn now(&self) -> Instant {
        self.now.get()
    }

    /// Advances the world by `real` time at the present speed, and returns its new time.
    pub fn advance(&self, real: Span) -> Instant {
        let now = self.now.get() + Span::from_micros((real.as_micros() as f64 * self.speed.get()) as i64);
        self.now.set(now);
        for (_, waker) in self.waiting.borrow_mut().extract_if(.., |(until, _)| *until <= now) {
            waker.wake();
        }
        now
    }

    /// Sets the speed; 0 stands still.
    pub fn set_speed(&self, speed: f64) {
        self.speed.set(speed);
    }

    /// Waits for `span` of the world's time.
    pub async fn wait(&self, span: Span) {
        let until = self.now.get() + span;
        poll_fn(|context| {
            if self.now.get() >= until {
                return Poll::Ready(());
            }
            self.waiting.borrow_mut().push((until, context.waker().clone()));
            Poll::Pending
        })
        .await;
    }

    /// Ends everything that waits: it is dropped where it stands.
    pub fn abandon(&self) {
        drop(self.waiting.take());
    }
}

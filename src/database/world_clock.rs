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
    /// How many jobs are under way in the browser, and do not wait for the clock.
    working: Cell<usize>,
    /// Whoever waits until there are none.
    settling: RefCell<Option<Waker>>,
}

impl WorldClock {
    /// The world's time.
    pub fn now(&self) -> Instant {
        self.now.get()
    }

    /// When the next job that waits for the clock goes on.
    pub fn next_due(&self) -> Option<Instant> {
        self.waiting.borrow().iter().map(|(until, _)| *until).min()
    }

    /// A job begins.
    pub fn begin_work(&self) {
        self.working.set(self.working.get() + 1);
    }

    /// A job ends, or waits for the clock.
    pub fn end_work(&self) {
        self.working.set(self.working.get().saturating_sub(1));
        if self.working.get() == 0
            && let Some(waker) = self.settling.take()
        {
            waker.wake();
        }
    }

    /// Waits until every job has ended, or waits for the clock.
    pub async fn settled(&self) {
        poll_fn(|context| {
            if self.working.get() == 0 {
                return Poll::Ready(());
            }
            let _ = self.settling.replace(Some(context.waker().clone()));
            Poll::Pending
        })
        .await;
    }

    /// Advances the world to a moment, however fast or slow the page is.
    pub fn advance_to(&self, at: Instant) {
        self.now.set(self.now.get().max(at));
        self.wake_due();
    }

    /// Advances the world by `real` time at the present speed, and returns its new time.
    pub fn advance(&self, real: Span) -> Instant {
        let now = self.now.get() + Span::from_micros((real.as_micros() as f64 * self.speed.get()) as i64);
        self.now.set(now);
        self.wake_due();
        now
    }

    fn wake_due(&self) {
        let now = self.now.get();
        for (_, waker) in self.waiting.borrow_mut().extract_if(.., |(until, _)| *until <= now) {
            self.begin_work();
            waker.wake();
        }
    }

    /// Sets the speed; 0 stands still.
    pub fn set_speed(&self, speed: f64) {
        self.speed.set(speed);
    }

    /// A job waits for `span` of the world's time.
    pub async fn wait(&self, span: Span) {
        let until = self.now.get() + span;
        poll_fn(|context| {
            if self.now.get() >= until {
                return Poll::Ready(());
            }
            self.end_work();
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

//! What a sweep varies.

use super::sweep_error::SweepError;
use crate::pool::Class;
use crate::sim::{MAX_WORKERS, Pattern, Setup};
use crate::time::Span;

/// A property of a world that a sweep varies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Axis {
    /// `pool_size`, in connections; 0 is no limit.
    PoolSize,
    /// `max_overflow`, in connections; -1 is no limit.
    MaxOverflow,
    /// `pool_timeout`, in milliseconds.
    PoolTimeout,
    /// The rate of arrivals, in requests a second.
    Rate,
    /// The mean time of a request's statements, in milliseconds.
    Work,
    /// The number of worker processes, each with its own pool.
    Workers,
}

/// An axis with the values to try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Range {
    /// The axis.
    pub axis: Axis,
    /// Its values in the axis's unit, in the order in which they are shown.
    pub values: Vec<i64>,
}

/// The most connections, and the most requests a second: as many as a world can be set to.
const MOST_CONNECTIONS: i64 = 500;
const MOST_RATE: i64 = 1_000;
/// A day in milliseconds.
const DAY: i64 = 24 * 3_600 * 1_000;

impl Axis {
    /// Its name: SQLAlchemy's, where there is one.
    pub const fn name(self) -> &'static str {
        match self {
            Axis::PoolSize => "pool_size",
            Axis::MaxOverflow => "max_overflow",
            Axis::PoolTimeout => "pool_timeout",
            Axis::Rate => "rate",
            Axis::Work => "work",
            Axis::Workers => "workers",
        }
    }

    /// The unit of its values.
    pub const fn unit(self) -> &'static str {
        match self {
            Axis::PoolSize | Axis::MaxOverflow => "connections",
            Axis::PoolTimeout | Axis::Work => "ms",
            Axis::Rate => "requests a second",
            Axis::Workers => "workers",
        }
    }

    /// The least and the greatest value that it takes.
    pub const fn bounds(self) -> (i64, i64) {
        match self {
            Axis::PoolSize => (0, MOST_CONNECTIONS),
            Axis::MaxOverflow => (-1, MOST_CONNECTIONS),
            Axis::Rate => (0, MOST_RATE),
            Axis::PoolTimeout | Axis::Work => (0, DAY),
            Axis::Workers => (1, MAX_WORKERS as i64),
        }
    }

    /// Sets this property of a world.
    pub(super) fn set(self, setup: &mut Setup, value: i64) {
        match self {
            Axis::PoolSize => setup.settings.pool_size = value,
            Axis::MaxOverflow => setup.settings.max_overflow = value,
            Axis::PoolTimeout => setup.settings.pool_timeout = Some(Span::from_millis(value)),
            Axis::Rate => setup.traffic.rate = value as f64,
            Axis::Work => setup.work.mean = Span::from_millis(value),
            Axis::Workers => setup.workers = value.max(1) as usize,
        }
    }

    /// Whether this property makes any difference in such a world.
    fn matters(self, setup: &Setup) -> bool {
        let class = setup.settings.class;
        match self {
            Axis::PoolSize => class.has_queue() || class == Class::SingletonThreadPool,
            Axis::MaxOverflow | Axis::PoolTimeout => class.has_queue(),
            Axis::Rate => setup.traffic.pattern != Pattern::List,
            Axis::Work | Axis::Workers => true,
        }
    }
}

impl Range {
    /// A range of these values.
    pub fn new(axis: Axis, values: impl IntoIterator<Item = i64>) -> Range {
        Range { axis, values: values.into_iter().collect() }
    }

    /// Checks that a sweep can use this range.
    pub(super) fn check(&self, setup: &Setup) -> Result<(), SweepError> {
        let axis = self.axis;
        if !axis.matters(setup) {
            return Err(SweepError::Idle { axis, class: setup.settings.class });
        }
        if self.values.is_empty() {
            return Err(SweepError::Empty(axis));
        }
        let (least, most) = axis.bounds();
        for (place, &value) in self.values.iter().enumerate() {
            if !(least..=most).contains(&value) {
                return Err(SweepError::Outside { axis, value });
            }
            if self.values[..place].contains(&value) {
                return Err(SweepError::Twice { axis, value });
            }
        }
        Ok(())
    }
}

//! Why a sweep cannot be made.

use super::axis::Axis;
use crate::format::count;
use crate::pool::Class;

/// Why a sweep cannot be made, in a sentence for the person who asked for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SweepError {
    /// Both axes are the same.
    #[error("Both axes are {}. Choose two different ones.", .0.name())]
    Same(Axis),
    /// The axis has no values.
    #[error("{} has no values. Give it at least one.", .0.name())]
    Empty(Axis),
    /// A value that the axis does not take.
    #[error(
        "{} cannot be {} here. It goes from {} to {} {}.",
        axis.name(), count(*value), count(axis.bounds().0), count(axis.bounds().1), axis.unit()
    )]
    Outside {
        /// The axis.
        axis: Axis,
        /// The value.
        value: i64,
    },
    /// A value that is listed more than once.
    #[error("{} has the value {} twice. Once is enough.", axis.name(), count(*value))]
    Twice {
        /// The axis.
        axis: Axis,
        /// The value.
        value: i64,
    },
    /// The axis changes nothing in such a world.
    #[error(
        "{} changes nothing here: {}.",
        axis.name(),
        if *axis == Axis::Rate { "requests come at listed moments".to_owned() } else { format!("{} does not use it", class.name()) }
    )]
    Idle {
        /// The axis.
        axis: Axis,
        /// The world's pool class.
        class: Class,
    },
    /// The number of seeds is 0.
    #[error("A sweep needs at least one seed.")]
    NoSeeds,
    /// More cells than anybody looks at.
    #[error("{} cells are too many for a map. Take fewer values: at most {} cells.", count(*.0 as i64), count(super::sweep::MOST_CELLS as i64))]
    TooManyCells(usize),
    /// More runs than anybody waits for.
    #[error("{} runs are too many. Take fewer values or seeds: at most {} runs.", count(*.0 as i64), count(super::sweep::MOST_RUNS as i64))]
    TooMany(usize),
}

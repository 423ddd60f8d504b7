//! The figures by name.

use super::measured::Measured;

/// One of the figures of a run, to compare or to paint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Figure {
    /// The wait that half are not above, in microseconds.
    P50,
    /// The wait that 95 % are not above, in microseconds.
    P95,
    /// The wait that 99 % are not above, in microseconds.
    P99,
    /// The mean wait, in microseconds.
    Mean,
    /// The longest wait, in microseconds.
    Max,
    /// Requests that came.
    Arrived,
    /// Requests that ended well.
    Served,
    /// Requests that waited until their time was up.
    Timeouts,
    /// Requests for which no connection could be opened.
    Refused,
    /// Requests whose connection was gone.
    Lost,
    /// Requests whose statements failed.
    Failed,
    /// Requests that ended badly, however.
    Errors,
    /// Requests that found the place too crowded.
    TurnedAway,
    /// Connections opened.
    Opened,
    /// Requests served in a thousand seconds.
    Throughput,
    /// Use of the pools' connections, in thousandths; 0 for pools without a limit.
    Utilisation,
}

impl Figure {
    /// Its value in a run, in the unit stated above.
    pub fn of(self, run: &Measured) -> i64 {
        let count = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
        match self {
            Figure::P50 => run.p50.as_micros(),
            Figure::P95 => run.p95.as_micros(),
            Figure::P99 => run.p99.as_micros(),
            Figure::Mean => run.mean.as_micros(),
            Figure::Max => run.max.as_micros(),
            Figure::Arrived => count(run.arrived),
            Figure::Served => count(run.served),
            Figure::Timeouts => count(run.timeouts),
            Figure::Refused => count(run.refused),
            Figure::Lost => count(run.lost),
            Figure::Failed => count(run.failed),
            Figure::Errors => count(run.errors),
            Figure::TurnedAway => count(run.turned_away),
            Figure::Opened => count(run.opened),
            Figure::Throughput => run.throughput,
            Figure::Utilisation => run.utilisation.unwrap_or(0),
        }
    }

    /// What it is called at the beginning of a sentence.
    pub const fn name(self) -> &'static str {
        match self {
            Figure::P50 => "p50 wait",
            Figure::P95 => "p95 wait",
            Figure::P99 => "p99 wait",
            Figure::Mean => "Mean wait",
            Figure::Max => "Longest wait",
            Figure::Arrived => "Requests",
            Figure::Served => "Served",
            Figure::Timeouts => "Time-outs",
            Figure::Refused => "Connections refused",
            Figure::Lost => "Requests whose connection was dead",
            Figure::Failed => "Failed statements",
            Figure::Errors => "Failed requests",
            Figure::TurnedAway => "Requests turned away",
            Figure::Opened => "Connections opened",
            Figure::Throughput => "Throughput",
            Figure::Utilisation => "Utilisation",
        }
    }
}

//! What the files of a run say of every sample.

use super::counters::COUNTERS;
use super::figure::Figure;
use super::measurement::Measurement;
use super::table::{OPEN, WAITING};
use crate::sim::Sample;

/// What stands in every sample.
#[derive(Debug, Clone, Copy)]
pub(super) enum SeriesColumn {
    /// A figure of the run so far.
    Figure(&'static Figure),
    /// What means and windows are worked out from: not shown anywhere else.
    Raw(&'static str, fn(&Sample) -> i64),
}

/// What goes on at that moment; connections checked out are those of all workers.
static PRESENT: [SeriesColumn; 3] = [
    SeriesColumn::Raw("checked_out", |sample| sample.checked_out),
    SeriesColumn::Figure(&WAITING),
    SeriesColumn::Figure(&OPEN),
];

static SUMS: [SeriesColumn; 3] = [
    SeriesColumn::Raw("asking_area_us", |sample| sample.areas.asking),
    SeriesColumn::Raw("holding_area_us", |sample| sample.areas.holding),
    SeriesColumn::Raw("waits_ended", |sample| sample.waits as i64),
];

/// Every column but the time, in the order of the files.
pub(super) fn series() -> impl Iterator<Item = SeriesColumn> {
    PRESENT.into_iter().chain(COUNTERS.iter().map(|figure| SeriesColumn::Figure(figure))).chain(SUMS)
}

impl SeriesColumn {
    /// Its name in files.
    pub fn name(self) -> String {
        match self {
            SeriesColumn::Figure(figure) => figure.column(),
            SeriesColumn::Raw(name, _) => name.to_owned(),
        }
    }

    /// Its number in a sample.
    pub fn of(self, sample: &Sample) -> i64 {
        match self {
            SeriesColumn::Figure(figure) => figure.number(&Measurement::at(sample)),
            SeriesColumn::Raw(_, of) => of(sample),
        }
    }
}

//! One thing that a run shows.

use super::measurement::Measurement;
use super::value::{Unit, Value};
use std::fmt;

/// One thing that a run shows: a row of the one table that facts in prose, goals, maps, comparisons, kept runs, panels and
/// files read.
#[derive(Clone, Copy)]
pub struct Figure {
    /// Its name in prose, goals and files: `data-fact="run.NAME"`.
    pub name: &'static str,
    /// What it is called on the page, at the beginning of a sentence.
    pub title: &'static str,
    /// What its value is in.
    pub unit: Unit,
    /// Its value in a measurement.
    pub of: fn(&Measurement) -> Value,
}

impl Figure {
    /// Its value as a [number](Value::number), to compare and to sort.
    pub fn number(&self, measurement: &Measurement) -> i64 {
        (self.of)(measurement).number()
    }

    /// How many of its [number](Value::number) make one as people type it: a bound in a goal, an answer. Times are typed in
    /// milliseconds.
    pub fn scale(&self) -> i64 {
        match self.unit {
            Unit::Time | Unit::Moment => 1_000,
            _ => 1,
        }
    }

    /// Its name as files have it: `gave_up`.
    pub fn column(&self) -> String {
        self.name.replace('-', "_")
    }
}

impl PartialEq for Figure {
    fn eq(&self, other: &Figure) -> bool {
        self.name == other.name
    }
}

impl Eq for Figure {}

impl fmt::Debug for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

//! The comparison of two worlds with the same requests.

use super::measured_run::MeasuredRun;
use super::pool_name::pool_name;
use crate::figures::{
    ERRORS, FAILED, Figure, LOST, Measurement, OPENED, P50, P95, P99, REFUSED, TIMEOUTS, TURNED_AWAY, Unit,
};
use crate::format::{Precision, count};
use crate::sim::Setup;
use crate::time::Span;

/// The results of two runs, A and B.
///
/// It says what happened with these requests. Whether it holds for others, a [`Sweep`](super::Sweep) can tell, which tries many
/// seeds.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The results of A.
    pub a: Measurement,
    /// The results of B.
    pub b: Measurement,
    /// One difference for each [compared](COMPARED) figure, in that order.
    pub differences: [Difference; COMPARED.len()],
}

/// The figures that are compared. Failures come first, all together and then each kind; then waits; then the cost. The order is
/// one of importance: a pool that fails fewer requests is better, however long the others wait.
pub static COMPARED: [&Figure; 10] =
    [&ERRORS, &TIMEOUTS, &REFUSED, &LOST, &FAILED, &TURNED_AWAY, &P50, &P95, &P99, &OPENED];

/// The kinds of failure. A kind that occurs in neither run is not mentioned.
static KINDS: [&Figure; 5] = [&TIMEOUTS, &REFUSED, &LOST, &FAILED, &TURNED_AWAY];

/// One figure in both runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The figure.
    pub figure: &'static Figure,
    /// Its value in A.
    pub a: i64,
    /// Its value in B.
    pub b: i64,
    /// A sentence that says which is better, and by how much.
    pub sentence: String,
}

/// A comparison in progress.
#[derive(Debug, Clone)]
pub struct RunningComparison {
    running: [MeasuredRun; 2],
    names: [String; 2],
}

impl RunningComparison {
    /// Two worlds, both with the seed of `a`, so that they have the same arrivals with the same work. Only retries may differ,
    /// because they depend on how a request was served.
    pub fn new(a: &Setup, b: &Setup, warm_up: Span, length: Span) -> RunningComparison {
        let names = names(a, b);
        let b = Setup { seed: a.seed, ..b.clone() };
        RunningComparison { running: [a.clone(), b].map(|setup| MeasuredRun::new(setup, warm_up, length)), names }
    }

    /// Goes on by at most this many events. Returns the comparison once both runs are over.
    pub fn advance(&mut self, events: u64) -> Option<Comparison> {
        let [first, second] = &mut self.running;
        let before = first.events();
        let a = first.advance(events)?;
        let b = second.advance(events.saturating_sub(first.events() - before))?;
        Some(Comparison::named([&self.names[0], &self.names[1]], a, b))
    }
}

impl Comparison {
    /// Compares two measured runs of these setups.
    pub fn of(setup_a: &Setup, setup_b: &Setup, a: Measurement, b: Measurement) -> Comparison {
        let [name_a, name_b] = names(setup_a, setup_b);
        Comparison::named([&name_a, &name_b], a, b)
    }

    fn named([name_a, name_b]: [&str; 2], a: Measurement, b: Measurement) -> Comparison {
        let differences = COMPARED.map(|figure| Difference::new(figure, (name_a, &a), (name_b, &b)));
        Comparison { a, b, differences }
    }

    /// Runs a whole [`RunningComparison`] at once.
    pub fn new(a: &Setup, b: &Setup, warm_up: Span, length: Span) -> Comparison {
        let mut comparing = RunningComparison::new(a, b, warm_up, length);
        loop {
            if let Some(comparison) = comparing.advance(u64::MAX) {
                return comparison;
            }
        }
    }

    /// The difference in a figure, if that figure is compared.
    pub fn difference(&self, figure: &Figure) -> Option<&Difference> {
        self.differences.iter().find(|difference| difference.figure == figure)
    }

    /// One sentence per figure, or one that there is no difference at all. Kinds of failure that occur in neither run are left
    /// out.
    pub fn sentences(&self) -> Vec<&str> {
        if self.differences.iter().all(|difference| difference.a == difference.b) {
            return vec!["No difference."];
        }
        self.differences.iter().filter(|difference| difference.is_said()).map(|one| &one.sentence[..]).collect()
    }
}

/// The names of the pools: their sizes, or A and B if the sizes are equal.
fn names(a: &Setup, b: &Setup) -> [String; 2] {
    let names = [pool_name(&a.settings), pool_name(&b.settings)];
    if names[0] == names[1] { ["A", "B"].map(str::to_owned) } else { names }
}

impl Difference {
    fn new(
        figure: &'static Figure,
        (name_a, a): (&str, &Measurement),
        (name_b, b): (&str, &Measurement),
    ) -> Difference {
        let (a, b) = (figure.number(a), figure.number(b));
        let [said_a, said_b, said_by] = said(figure.unit, a, b);
        let merit = match figure.unit {
            Unit::Time => format!("waits {said_by} less"),
            Unit::Connections => format!("opens {said_by} fewer"),
            _ => format!("has {said_by} fewer"),
        };
        let title = figure.title;
        let sentence = match if a < b { "A" } else { "B" } {
            _ if a == b => format!("{title}: {said_a} with both. No difference."),
            better => format!("{title}: {said_a} with {name_a}, {said_b} with {name_b}: {better} {merit}."),
        };
        Difference { figure, a, b, sentence }
    }

    /// Whether it gets a sentence. A kind of failure does only if it occurs.
    fn is_said(&self) -> bool {
        !KINDS.contains(&self.figure) || self.a > 0 || self.b > 0
    }
}

/// Two values and their difference, as text.
fn said(unit: Unit, a: i64, b: i64) -> [String; 3] {
    if unit != Unit::Time {
        return [a, b, a.abs_diff(b) as i64].map(count);
    }
    let [a, b, by] = [a, b, a.abs_diff(b) as i64].map(Span::from_micros);
    let precision = if a == b { Precision::of(a) } else { Precision::telling(by, a.max(b)) };
    [precision.say(a), precision.say(b), precision.between(a, b)]
}

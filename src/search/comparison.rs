//! Two worlds beside each other, with the same visitors.

use super::pool_name::pool_name;
use super::trial::Trial;
use crate::figures::{
    ERRORS, FAILED, Figure, LOST, Measurement, OPENED, P50, P95, P99, REFUSED, TIMEOUTS, TURNED_AWAY, Unit,
};
use crate::format::{Precision, count};
use crate::sim::Setup;
use crate::time::Span;

/// What two runs come to, A's and B's.
///
/// It says what happened to these visitors. Whether it is so for others is for a [`Sweep`](super::Sweep) to say, which asks
/// many seeds.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// What A comes to.
    pub a: Measurement,
    /// What B comes to.
    pub b: Measurement,
    /// One for each of the figures that are [compared](COMPARED), in their order.
    pub differences: [Difference; COMPARED.len()],
}

/// What is compared. Failures come first, all together and of every kind; then waits, then what they cost: who fails fewer
/// requests is better, however long the others wait.
pub static COMPARED: [&Figure; 10] =
    [&ERRORS, &TIMEOUTS, &REFUSED, &LOST, &FAILED, &TURNED_AWAY, &P50, &P95, &P99, &OPENED];

/// Kinds of failure: of those that nobody met nothing is said.
static KINDS: [&Figure; 5] = [&TIMEOUTS, &REFUSED, &LOST, &FAILED, &TURNED_AWAY];

/// One figure of both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Which.
    pub figure: &'static Figure,
    /// A's.
    pub a: i64,
    /// B's.
    pub b: i64,
    /// Which is better, by how much, in a sentence.
    pub sentence: String,
}

/// A comparison under way.
#[derive(Debug, Clone)]
pub struct Pair {
    trials: [Trial; 2],
    names: [String; 2],
}

impl Pair {
    /// Two worlds, both with the seed of `a`: the same arrivals, and the same work in them. Only who comes again depends on
    /// how a request was served.
    pub fn new(a: &Setup, b: &Setup, warm_up: Span, length: Span) -> Pair {
        let names = names(a, b);
        let b = Setup { seed: a.seed, ..b.clone() };
        Pair { trials: [a.clone(), b].map(|setup| Trial::new(setup, warm_up, length)), names }
    }

    /// Goes on by at most so many events. The comparison, once both are over.
    pub fn advance(&mut self, events: u64) -> Option<Comparison> {
        let [first, second] = &mut self.trials;
        let before = first.events();
        let a = first.advance(events)?;
        let b = second.advance(events.saturating_sub(first.events() - before))?;
        Some(Comparison::named([&self.names[0], &self.names[1]], a, b))
    }
}

impl Comparison {
    /// Of two runs that have been measured, of these setups.
    pub fn of(setup_a: &Setup, setup_b: &Setup, a: Measurement, b: Measurement) -> Comparison {
        let [name_a, name_b] = names(setup_a, setup_b);
        Comparison::named([&name_a, &name_b], a, b)
    }

    fn named([name_a, name_b]: [&str; 2], a: Measurement, b: Measurement) -> Comparison {
        let differences = COMPARED.map(|figure| Difference::new(figure, (name_a, &a), (name_b, &b)));
        Comparison { a, b, differences }
    }

    /// A whole [`Pair`] at once.
    pub fn new(a: &Setup, b: &Setup, warm_up: Span, length: Span) -> Comparison {
        let mut pair = Pair::new(a, b, warm_up, length);
        loop {
            if let Some(comparison) = pair.advance(u64::MAX) {
                return comparison;
            }
        }
    }

    /// The difference in a figure, if that is compared.
    pub fn difference(&self, figure: &Figure) -> Option<&Difference> {
        self.differences.iter().find(|difference| difference.figure == figure)
    }

    /// What there is to say: a sentence a figure, or that there is no difference at all. Of kinds of failure that nobody met
    /// nothing is said.
    pub fn sentences(&self) -> Vec<&str> {
        if self.differences.iter().all(|difference| difference.a == difference.b) {
            return vec!["No difference."];
        }
        self.differences.iter().filter(|difference| difference.is_said()).map(|one| &one.sentence[..]).collect()
    }
}

/// The pools by their sizes, or as A and B where that does not tell them apart.
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

    /// Whether it is worth a sentence: a kind of failure is if anybody met it.
    fn is_said(&self) -> bool {
        !KINDS.contains(&self.figure) || self.a > 0 || self.b > 0
    }
}

/// Two values and by how much they differ.
fn said(unit: Unit, a: i64, b: i64) -> [String; 3] {
    if unit != Unit::Time {
        return [a, b, a.abs_diff(b) as i64].map(count);
    }
    let [a, b, by] = [a, b, a.abs_diff(b) as i64].map(Span::from_micros);
    let precision = if a == b { Precision::of(a) } else { Precision::telling(by, a.max(b)) };
    [precision.say(a), precision.say(b), precision.between(a, b)]
}

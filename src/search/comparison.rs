//! Two worlds beside each other, with the same visitors.

use super::figure::Figure;
use super::measured::Measured;
use super::trial::Trial;
use super::words::{Scale, count, pool};
use crate::sim::Setup;
use crate::time::Span;

/// What two runs come to, A's and B's.
///
/// It says what happened to these visitors. Whether it is so for others is for a [`Sweep`](super::Sweep) to say, which asks
/// many seeds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// What A comes to.
    pub a: Measured,
    /// What B comes to.
    pub b: Measured,
    /// Failures first, all together and of every kind; then waits, then what they cost: who fails fewer requests is better,
    /// however long the others wait.
    pub differences: [Difference; COMPARED.len()],
}

/// What is compared, in this order.
const COMPARED: [Figure; 10] = [
    Figure::Errors,
    Figure::Timeouts,
    Figure::Refused,
    Figure::Lost,
    Figure::Failed,
    Figure::TurnedAway,
    Figure::P50,
    Figure::P95,
    Figure::P99,
    Figure::Opened,
];

/// One figure of both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Which.
    pub figure: Figure,
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
    /// how he was served.
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
    pub fn of(setup_a: &Setup, setup_b: &Setup, a: Measured, b: Measured) -> Comparison {
        let [name_a, name_b] = names(setup_a, setup_b);
        Comparison::named([&name_a, &name_b], a, b)
    }

    fn named([name_a, name_b]: [&str; 2], a: Measured, b: Measured) -> Comparison {
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
    pub fn difference(&self, figure: Figure) -> Option<&Difference> {
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
    let names = [pool(&a.settings), pool(&b.settings)];
    if names[0] == names[1] { ["A", "B"].map(str::to_owned) } else { names }
}

impl Difference {
    /// Whether it is worth a sentence: a kind of failure is if anybody met it.
    fn is_said(&self) -> bool {
        let is_kind = matches!(
            self.figure,
            Figure::Timeouts | Figure::Refused | Figure::Lost | Figure::Failed | Figure::TurnedAway
        );
        !is_kind || self.a > 0 || self.b > 0
    }

    fn new(figure: Figure, (name_a, a): (&str, &Measured), (name_b, b): (&str, &Measured)) -> Difference {
        let (a, b) = (figure.of(a), figure.of(b));
        let by = a.abs_diff(b) as i64;
        let is_time = matches!(figure, Figure::P50 | Figure::P95 | Figure::P99);
        let [time_a, time_b, time_by] = [a, b, by].map(Span::from_micros);
        let scale = if a == b { Scale::of(time_a) } else { Scale::telling(time_by, time_a.max(time_b)) };
        let (said_a, said_b, said_by) = if is_time {
            (scale.say(time_a), scale.say(time_b), scale.between(time_a, time_b))
        } else {
            (count(a), count(b), count(by))
        };
        let verdict = match figure {
            _ if is_time => format!("waits {said_by} less"),
            Figure::Opened => format!("opens {said_by} fewer"),
            _ => format!("has {said_by} fewer"),
        };
        let name = figure.name();
        let sentence = match if a < b { "A" } else { "B" } {
            _ if a == b => format!("{name}: {said_a} with both. No difference."),
            better => format!("{name}: {said_a} with {name_a}, {said_b} with {name_b}: {better} {verdict}."),
        };
        Difference { figure, a, b, sentence }
    }
}

//! The question that a reader is asked before the run.

use crate::settings::decimal;

/// A question whose answer is a fact about the lesson's run. Question and options are in the prose, in this order.
#[derive(Debug, Clone, Copy)]
pub struct Prediction {
    /// The fact that answers it.
    pub fact: &'static str,
    /// The answer that each option stands for: the value of the fact itself, or `<5`, `>5`, `5..9` for numbers. Where the reader
    /// types a number, the first that it belongs to: the right one includes what is close enough, and the others say too low and
    /// too high.
    pub options: &'static [&'static str],
    /// For each option, why one might think so, and what is so instead; empty for the right one. `{FACT}` is a
    /// [fact](super::Lesson::fact) of the lesson.
    pub replies: &'static [&'static str],
}

impl Prediction {
    /// The index of the first option that stands for this answer.
    pub fn option(&self, answer: &str) -> Option<usize> {
        self.options.iter().position(|option| means(option, answer))
    }
}

/// Whether an option stands for an answer.
pub(super) fn means(option: &str, answer: &str) -> bool {
    // A time such as "2.4 s" is compared by its number, without the unit.
    let Some(found) = decimal(answer.split(' ').next().unwrap_or(answer)) else { return option == answer };
    let bound = |text: &str, holds: fn(f64, f64) -> bool| decimal(text).is_some_and(|bound| holds(found, bound));
    match option.split_once("..") {
        Some((from, to)) => bound(from, |found, from| found >= from) && bound(to, |found, to| found <= to),
        None => match (option.strip_prefix('<'), option.strip_prefix('>')) {
            (Some(below), _) => bound(below, |found, below| found < below),
            (_, Some(above)) => bound(above, |found, above| found > above),
            _ => option == answer,
        },
    }
}

//! What a reader is asked before he sees it.

/// A question whose answer is a fact of the lesson's run. Question and options stand in the prose, in this order.
#[derive(Debug, Clone, Copy)]
pub struct Prediction {
    /// The fact that answers it.
    pub fact: &'static str,
    /// For each option the answer that it stands for: the fact itself, or `<5`, `>5`, `5..9` for counts.
    pub options: &'static [&'static str],
}

impl Prediction {
    /// Which option an answer makes the right one.
    pub fn right(&self, answer: &str) -> Option<usize> {
        self.options.iter().position(|option| means(option, answer))
    }
}

/// Whether an answer is what an option stands for.
pub(super) fn means(option: &str, answer: &str) -> bool {
    let number = |text: &str| text.parse::<f64>().ok();
    // A time is compared by its number.
    let Some(found) = number(answer.split(' ').next().unwrap_or(answer)) else { return option == answer };
    let bound = |text: &str, holds: fn(f64, f64) -> bool| number(text).is_some_and(|bound| holds(found, bound));
    match option.split_once("..") {
        Some((from, to)) => bound(from, |found, from| found >= from) && bound(to, |found, to| found <= to),
        None => match (option.strip_prefix('<'), option.strip_prefix('>')) {
            (Some(below), _) => bound(below, |found, below| found < below),
            (_, Some(above)) => bound(above, |found, above| found > above),
            _ => option == answer,
        },
    }
}

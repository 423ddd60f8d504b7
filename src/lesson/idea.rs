//! What an attempt at a challenge must contain to count as having the lesson's idea.

use super::challenge::Assignment;
use crate::settings::decimal;

/// A way to solve a challenge, as the lesson means it. It says which controls matter and in which direction; an attempt with the
/// idea may still miss the goals, but one without it never meets them.
#[derive(Debug, Clone, Copy)]
pub struct Idea {
    /// What must hold of the attempt.
    pub needs: &'static [Condition],
    /// An attempt with it that solves the challenge, whatever the traffic.
    pub example: &'static [Assignment<'static>],
    /// What an attempt with it has cured, and why: said when it solves the challenge. Written like the reply to a
    /// [wrong move](super::Wrong).
    pub cured: &'static str,
}

/// Something about the values of an attempt.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Condition {
    /// This control has one of these values.
    Is(&'static str, &'static [&'static str]),
    /// This setting is not above a number.
    AtMost(&'static str, f64),
    /// This setting is not below a number.
    AtLeast(&'static str, f64),
    /// A pool may open no more connections than this.
    OpensAtMost(f64),
    /// A pool may open at least as many connections as this.
    OpensAtLeast(f64),
}

impl Idea {
    /// Whether an attempt has the idea. `value` gives the value of a control, as text.
    pub fn is_in(&self, value: impl Fn(&str) -> Option<String>) -> bool {
        self.needs.iter().all(|need| need.holds(&value))
    }

    /// The idea as a phrase: "`pool_size` at least 4, and `max_overflow` at most 0".
    pub fn phrase(&self) -> String {
        self.needs.iter().map(Condition::phrase).collect::<Vec<_>>().join(", and ")
    }
}

impl Condition {
    fn holds(&self, value: &impl Fn(&str) -> Option<String>) -> bool {
        let amount = |name: &str| value(name).and_then(|text| amount(name, &text));
        let opens = || Some(amount("pool_size")? + amount("max_overflow")?);
        match *self {
            Condition::Is(name, values) => value(name).is_some_and(|value| values.contains(&value.as_str())),
            Condition::AtMost(name, most) => amount(name).is_some_and(|amount| amount <= most),
            Condition::AtLeast(name, least) => amount(name).is_some_and(|amount| amount >= least),
            Condition::OpensAtMost(most) => opens().is_some_and(|opens| opens <= most),
            Condition::OpensAtLeast(least) => opens().is_some_and(|opens| opens >= least),
        }
    }

    /// The condition as a phrase, with names of settings in backticks.
    pub fn phrase(&self) -> String {
        match self {
            Condition::Is(name, values) => format!("`{name}`: {}", values.join(" or ")),
            Condition::AtMost(name, most) => format!("`{name}` at most {most}"),
            Condition::AtLeast(name, least) => format!("`{name}` at least {least}"),
            Condition::OpensAtMost(most) => format!("`pool_size` + `max_overflow` at most {most}"),
            Condition::OpensAtLeast(least) => format!("`pool_size` + `max_overflow` at least {least}"),
        }
    }
}

/// The number that a value stands for. No limit is infinite, whatever it is written as.
fn amount(name: &str, text: &str) -> Option<f64> {
    match (name, text) {
        (_, "None") => Some(f64::INFINITY),
        ("pool_size", "0") => Some(f64::INFINITY),
        ("max_overflow" | "pool_recycle", text) if text.starts_with('-') => Some(f64::INFINITY),
        _ => decimal(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_limit_is_more_than_any_number() {
        let attempt = |size: &'static str, overflow: &'static str| {
            move |name: &str| Some(if name == "pool_size" { size } else { overflow }.to_owned())
        };
        let (most, least) = (Condition::OpensAtMost(8.0), Condition::OpensAtLeast(8.0));
        assert!(most.holds(&attempt("5", "3")) && least.holds(&attempt("5", "3")));
        assert!(!most.holds(&attempt("5", "4")) && !least.holds(&attempt("5", "2")));
        assert!(!most.holds(&attempt("5", "-1")) && !most.holds(&attempt("0", "3")) && least.holds(&attempt("0", "3")));
        assert!(!most.holds(&|_: &str| None));
    }
}

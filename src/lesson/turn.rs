//! What a reader may turn in a challenge.

use super::plan::Plan;
use crate::link::{Kind, key};

/// Something to turn.
#[derive(Debug, Clone, Copy)]
pub enum Turn {
    /// A [key](crate::link::KEYS) by its name.
    Key(&'static str),
    /// One of a few ways, in words: a change of the code, for example.
    Choice(&'static Choice),
}

/// One of a few ways.
#[derive(Debug, Clone, Copy)]
pub struct Choice {
    /// Its name, as keys have one.
    pub name: &'static str,
    /// What it is called on the page.
    pub title: &'static str,
    /// The ways; the first is how it is at first.
    pub options: &'static [&'static str],
    /// What one of them does to the plan, by its place.
    pub take: fn(&mut Plan, usize),
}

impl Turn {
    /// Its name.
    pub fn name(&self) -> &'static str {
        match self {
            Turn::Key(name) => name,
            Turn::Choice(choice) => choice.name,
        }
    }

    /// How it stands in a plan of nobody's making yet.
    pub fn first(&self, plan: &Plan) -> String {
        match self {
            Turn::Key(name) => key(name).map(|key| (key.show)(&plan.setup)).unwrap_or_default(),
            Turn::Choice(choice) => choice.options[0].to_owned(),
        }
    }

    /// Sets it.
    ///
    /// # Errors
    /// A sentence about a value that it does not take. Nothing is changed then.
    pub fn take(&self, plan: &mut Plan, value: &str) -> Result<(), String> {
        match self {
            Turn::Key(name) => *plan = plan.clone().with(name, value)?,
            Turn::Choice(choice) => {
                let place = choice.options.iter().position(|option| *option == value);
                let place = place.ok_or_else(|| format!("It takes one of: {}.", choice.options.join(", ")))?;
                (choice.take)(plan, place);
            }
        }
        Ok(())
    }

    /// How far one value is from another, in steps of its slider; what has none is one step.
    pub fn steps(&self, from: &str, to: &str) -> f64 {
        let number = |text: &str| text.parse::<f64>().ok();
        match (self, number(from), number(to)) {
            (Turn::Key(name), Some(from), Some(to)) => match key(name).map(|key| key.kind) {
                Some(Kind::Slider { step, .. }) => (to - from).abs() / step,
                _ => f64::from(u8::from(from != to)),
            },
            _ => f64::from(u8::from(from != to)),
        }
    }
}

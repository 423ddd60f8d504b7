//! What a reader may turn in a challenge.

use super::LessonError;
use super::plan::Plan;
use crate::settings::SettingId;

/// Something to turn.
#[derive(Debug, Clone, Copy)]
pub enum Adjustable {
    /// A setting.
    Setting(SettingId),
    /// One of a few ways, in words: a change of the code, for example.
    Choice(&'static Choice),
}

/// One of a few ways.
#[derive(Debug, Clone, Copy)]
pub struct Choice {
    /// Its name, as settings have one.
    pub name: &'static str,
    /// What it is called on the page.
    pub title: &'static str,
    /// The ways; the first is how it is at first.
    pub options: &'static [&'static str],
    /// What one of them does to the plan, by its place.
    pub take: fn(&mut Plan, usize),
}

impl Adjustable {
    /// Its name.
    pub fn name(&self) -> &'static str {
        match self {
            Adjustable::Setting(id) => id.name(),
            Adjustable::Choice(choice) => choice.name,
        }
    }

    /// How it stands in a plan that nobody has changed, as text.
    pub fn text(&self, plan: &Plan) -> String {
        match self {
            Adjustable::Setting(id) => id.setting().text(&plan.setup),
            Adjustable::Choice(choice) => choice.options[0].to_owned(),
        }
    }

    /// Sets it to what a text says.
    ///
    /// # Errors
    /// A value that it does not take. Nothing is changed then.
    pub fn set_text(&self, plan: &mut Plan, text: &str) -> Result<(), LessonError> {
        match self {
            Adjustable::Setting(id) => id.setting().set_text(&mut plan.setup, text)?,
            Adjustable::Choice(choice) => {
                let place = choice.options.iter().position(|option| *option == text);
                (choice.take)(plan, place.ok_or(LessonError::UnknownOption(choice.options))?);
            }
        }
        Ok(())
    }

    /// How far one value is from another, in steps of its slider; what has none is one step.
    pub fn steps(&self, from: &str, to: &str) -> f64 {
        let number = |text: &str| text.parse::<f64>().ok();
        let slider = match self {
            Adjustable::Setting(id) => id.setting().slider,
            Adjustable::Choice(_) => None,
        };
        match (slider, number(from), number(to)) {
            (Some(slider), Some(from), Some(to)) => (to - from).abs() / slider.step,
            _ => f64::from(u8::from(from != to)),
        }
    }
}

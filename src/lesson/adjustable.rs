//! What a reader may change in a challenge.

use super::LessonError;
use super::plan::Plan;
use crate::settings::{SettingId, ValueKind, decimal};

/// Something that a reader may change.
#[derive(Debug, Clone, Copy)]
pub enum Adjustable {
    /// A setting.
    Setting(SettingId),
    /// A choice between a few options in words, for example a change of the code.
    Choice(&'static Choice),
}

/// A choice between a few options.
#[derive(Debug, Clone, Copy)]
pub struct Choice {
    /// Its name, like that of a setting.
    pub name: &'static str,
    /// What it is called on the page.
    pub title: &'static str,
    /// The options. The first is how the challenge begins.
    pub options: &'static [&'static str],
    /// Applies an option to the plan, by its index.
    pub take: fn(&mut Plan, usize),
}

/// What people type, by setting.
const TYPED: [(SettingId, &[&str]); 8] = [
    (SettingId::PoolSize, &["0", "1", "2", "3", "4", "5", "6", "7", "8", "10", "12", "15", "20", "50"]),
    (SettingId::MaxOverflow, &["-1", "0", "1", "2", "3", "4", "5", "6", "8", "10", "15", "20"]),
    (SettingId::PoolTimeout, &["0", "0.5", "1", "2", "3", "5", "8", "10", "20", "30", "60", "120", "None"]),
    (
        SettingId::PoolRecycle,
        &["-1", "1", "2", "3", "5", "8", "10", "12", "15", "20", "25", "28", "30", "45", "60", "3600"],
    ),
    (SettingId::Threads, &["1", "5", "10", "15", "20", "25", "30", "40", "60", "100", "None"]),
    (SettingId::CancelAfter, &["0.5", "1", "2", "3", "5", "8", "10", "15", "20", "30", "60", "None"]),
    (SettingId::Retries, &["0", "1", "2", "3", "5", "10"]),
    (SettingId::RetryAfter, &["0", "0.5", "1", "2", "3", "5", "10", "15", "20", "30", "60"]),
];

impl Adjustable {
    /// Its name.
    pub fn name(&self) -> &'static str {
        match self {
            Adjustable::Setting(id) => id.name(),
            Adjustable::Choice(choice) => choice.name,
        }
    }

    /// Its value, as text, in a plan that the reader has not changed.
    pub fn text(&self, plan: &Plan) -> String {
        match self {
            Adjustable::Setting(id) => id.setting().text(&plan.setup),
            Adjustable::Choice(choice) => choice.options[0].to_owned(),
        }
    }

    /// Sets it to the value of a text.
    ///
    /// # Errors
    /// If it does not take this value. Then nothing is changed.
    pub fn set_text(&self, plan: &mut Plan, text: &str) -> Result<(), LessonError> {
        match self {
            Adjustable::Setting(id) => id.setting().set_text(&mut plan.setup, text)?,
            Adjustable::Choice(choice) => {
                let place = choice.options.iter().position(|option| *option == text);
                let place = place.ok_or(LessonError::UnknownOption(choice.options))?;
                (choice.take)(plan, place);
                if place > 0 {
                    plan.choices.push((choice.name, place));
                }
            }
        }
        Ok(())
    }

    /// The name and the text of an option of a choice: which one, from 1. `None` if it is another choice, or has no such option.
    pub fn option(&self, name: &str, option: usize) -> Option<(&'static str, String)> {
        let Adjustable::Choice(choice) = self else { return None };
        let text = choice.options.get(option.checked_sub(1)?)?;
        (choice.name == name).then(|| (choice.name, (*text).to_owned()))
    }

    /// The values that people try: the options of a choice or a list; for a number what they type, and both ends of its slider.
    pub fn values(&self, plan: &Plan) -> Vec<String> {
        let Adjustable::Setting(id) = self else {
            let Adjustable::Choice(choice) = self else { return Vec::new() };
            return choice.options.iter().map(|&option| option.to_owned()).collect();
        };
        let setting = id.setting();
        let typed: Vec<&str> = match setting.kind {
            ValueKind::Switch => vec!["0", "1"],
            ValueKind::Word(words) => words.to_vec(),
            _ => TYPED.iter().find(|(typed, _)| typed == id).map_or(Vec::new(), |(_, values)| values.to_vec()),
        };
        let ends = setting.slider.map(|slider| [slider.from.to_string(), slider.to.to_string()]);
        let all = [self.text(plan)].into_iter().chain(ends.into_iter().flatten());
        let mut values: Vec<String> = all.chain(typed.into_iter().map(str::to_owned)).collect();
        values.retain(|value| setting.parse(value).is_ok());
        let number = |text: &String| decimal(text).unwrap_or(f64::INFINITY);
        values.sort_by(|one, other| number(one).total_cmp(&number(other)).then_with(|| one.cmp(other)));
        values.dedup();
        values
    }

    /// How far one value is from another, in steps of its slider. Without a slider, any change counts as one step.
    pub fn steps(&self, from: &str, to: &str) -> f64 {
        let slider = match self {
            Adjustable::Setting(id) => id.setting().slider,
            Adjustable::Choice(_) => None,
        };
        match (slider, decimal(from), decimal(to)) {
            (Some(slider), Some(from), Some(to)) => (to - from).abs() / slider.step,
            _ => f64::from(u8::from(from != to)),
        }
    }
}

//! What a reader expects: a choice among sentences, or a number that was typed.

use super::page::{choose, chosen, number_box, unit, words_of};
use crate::lesson::Lesson;
use crate::settings::decimal;
use leptos::web_sys::Element;

/// A guess as the form has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expected {
    /// Nothing yet.
    Nothing,
    /// Something that is no number.
    NoNumber(String),
    /// The value of an option, or a number.
    Guess(String),
}

impl Expected {
    /// Reads the form of a prediction.
    pub fn read(form: &Element) -> Expected {
        let Some(typed) = number_box(form).map(|field| field.value().trim().to_owned()) else {
            return chosen(form).map_or(Expected::Nothing, Expected::Guess);
        };
        let number = typed.replace(',', ".");
        match decimal(&number) {
            _ if typed.is_empty() => Expected::Nothing,
            Some(value) if value >= 0.0 => Expected::Guess(number),
            _ => Expected::NoNumber(typed),
        }
    }
}

/// Puts a guess back into its form.
pub fn restore(form: &Element, guess: &str) {
    match number_box(form) {
        Some(field) => field.set_value(guess),
        None => choose(form, guess),
    }
}

/// The index of the option that a guess is, or belongs to.
pub fn option_of(lesson: &Lesson, form: &Element, guess: &str) -> Option<usize> {
    match number_box(form) {
        Some(_) => lesson.prediction.option(guess),
        None => guess.parse().ok(),
    }
}

/// A guess in words.
pub fn in_words(form: &Element, guess: &str) -> String {
    match number_box(form) {
        Some(_) => format!("{guess} {}", unit(form)),
        None => words_of(form, guess),
    }
}

/// What happened, in the words of the form.
pub fn truth(lesson: &Lesson, form: &Element) -> Option<String> {
    match number_box(form) {
        Some(_) => Some(in_words(form, &lesson.fact(lesson.prediction.fact).ok()?)),
        None => Some(words_of(form, &lesson.answer()?.to_string())),
    }
}

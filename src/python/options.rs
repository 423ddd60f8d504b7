//! Keyword arguments: a dictionary in Python's order.

use super::Argument;

/// Keyword arguments. A name set again keeps its place.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Options(Vec<(String, Argument)>);

impl Options {
    pub(super) fn new(pairs: &[(&str, Argument)]) -> Options {
        let mut options = Options::default();
        for (name, value) in pairs {
            options.set(name, value.clone());
        }
        options
    }

    pub(super) fn get(&self, name: &str) -> Option<&Argument> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    pub(super) fn set(&mut self, name: &str, value: Argument) {
        match self.0.iter_mut().find(|(known, _)| known == name) {
            Some(pair) => pair.1 = value,
            None => self.0.push((name.to_owned(), value)),
        }
    }

    pub(super) fn set_default(&mut self, name: &str, value: Argument) {
        if !self.has(name) {
            self.set(name, value);
        }
    }

    pub(super) fn pop(&mut self, name: &str) -> Option<Argument> {
        let place = self.0.iter().position(|(known, _)| known == name)?;
        Some(self.0.remove(place).1)
    }

    pub(super) fn update(&mut self, other: &Options) {
        for (name, value) in &other.0 {
            self.set(name, value.clone());
        }
    }

    pub(super) fn names(&self) -> Vec<String> {
        self.0.iter().map(|(name, _)| name.clone()).collect()
    }
}

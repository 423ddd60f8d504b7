//! One thing that can be set.

use super::keys::{KEYS, POOL_KEYS};
use crate::python::millionths;
use crate::sim::Setup;

/// One thing that can be set about a world, by a knob or a link.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// Its name in links; SQLAlchemy's own, where there is one. Also the knob's accessible name.
    pub name: &'static str,
    /// The unit, if any.
    pub unit: &'static str,
    /// One short sentence.
    pub hint: &'static str,
    /// What a knob for it looks like.
    pub kind: Kind,
    /// SQLAlchemy's default as text, where it has one.
    pub default: Option<&'static str>,
    /// Its value in a world, as text.
    pub show: fn(&Setup) -> String,
    /// Sets it from text, or says in a sentence why not. Nothing is changed then.
    pub take: fn(&mut Setup, &str) -> Result<(), String>,
}

/// What a knob looks like.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    /// A slider between two ends in steps, and a box to type what it cannot hold.
    Slider {
        /// Its left end.
        from: f64,
        /// Its right end.
        to: f64,
        /// Its step.
        step: f64,
    },
    /// One of these words.
    Choice(&'static [&'static str]),
    /// On (1) or off (0).
    Switch,
    /// Free text.
    Text,
}

/// The key of this name.
pub fn key(name: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.name == name)
}

/// Whether the key of this name is about the pool alone.
pub fn is_of_pool(name: &str) -> bool {
    KEYS.iter().take(POOL_KEYS).any(|key| key.name == name)
}

impl Key {
    /// Where a slider stands for the value in `setup`: no number (`None`) is its far end.
    pub fn position(&self, setup: &Setup) -> f64 {
        let far = if let Kind::Slider { to, .. } = self.kind { to } else { 1.0 };
        millionths(&(self.show)(setup)).map_or(far, |millionths| millionths as f64 / 1e6)
    }
}

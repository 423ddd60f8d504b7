//! One thing that can be set.

use super::number::millionths;
use super::value::Access;
use super::{SETTINGS, SettingError, SettingId, SettingValue, ValueKind};
use crate::sim::Setup;

/// One thing that can be set about a world, by a knob, a link or a file.
#[derive(Debug, Clone, Copy)]
pub struct Setting {
    /// Which.
    pub id: SettingId,
    /// Its name in links and files; SQLAlchemy's own, where there is one. Also the knob's accessible name.
    pub name: &'static str,
    /// The unit, if any.
    pub unit: &'static str,
    /// One short sentence.
    pub hint: &'static str,
    /// What it is about.
    pub scope: Scope,
    /// Where its knob stands among all knobs.
    pub group: Group,
    /// What values it has.
    pub kind: ValueKind,
    /// The slider of a number; a text box beside it takes what the slider cannot hold.
    pub slider: Option<Slider>,
    pub(super) access: Access,
}

/// What a setting is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The pool alone: an argument of `create_engine`.
    Pool,
    /// The world around the pools.
    World,
}

/// A group of knobs, where all of them are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// What every tutorial names.
    Pool,
    /// How many requests, and how long they take.
    Traffic,
    /// The rest of the pool.
    MorePool,
    /// The pattern of arrivals.
    MoreTraffic,
    /// What requests and visitors do.
    Requests,
    /// The server and the way to it.
    Database,
}

impl Group {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Group; 6] =
        [Group::Pool, Group::Traffic, Group::MorePool, Group::MoreTraffic, Group::Requests, Group::Database];

    /// Its title.
    pub const fn title(self) -> &'static str {
        match self {
            Group::Pool => "The pool",
            Group::Traffic => "The traffic",
            Group::MorePool => "More about the pool",
            Group::MoreTraffic => "More about the traffic",
            Group::Requests => "What requests do",
            Group::Database => "The database",
        }
    }

    /// Its settings.
    pub fn settings(self) -> impl Iterator<Item = &'static Setting> {
        SETTINGS.iter().filter(move |setting| setting.group == self)
    }
}

/// A slider's left end, right end and step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Slider {
    /// Its left end.
    pub from: f64,
    /// Its right end.
    pub to: f64,
    /// From one position to the next.
    pub step: f64,
}

/// The setting of this name.
pub fn setting(name: &str) -> Option<&'static Setting> {
    SETTINGS.iter().find(|setting| setting.name == name)
}

impl SettingId {
    /// The setting.
    pub fn setting(self) -> &'static Setting {
        &SETTINGS[self as usize]
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        self.setting().name
    }
}

impl Setting {
    /// Its value in a world.
    pub fn value(&self, setup: &Setup) -> SettingValue {
        (self.access.0)(setup)
    }

    /// The same as text.
    pub fn text(&self, setup: &Setup) -> String {
        self.kind.text(&self.value(setup))
    }

    /// A value of it as text.
    pub fn text_of(&self, value: &SettingValue) -> String {
        self.kind.text(value)
    }

    /// SQLAlchemy's default as text, where it has one.
    pub fn default(&self) -> Option<String> {
        (self.scope == Scope::Pool).then(|| self.text(&Setup::default()))
    }

    /// The value that a text says.
    ///
    /// # Errors
    /// Why it says none.
    pub fn parse(&self, text: &str) -> Result<SettingValue, SettingError> {
        let error = |reason| SettingError { setting: self.id, value: text.into(), reason };
        self.kind.parse(text).map_err(error)
    }

    /// Gives a world this value.
    pub fn set(&self, setup: &mut Setup, value: &SettingValue) {
        (self.access.1)(setup, value);
    }

    /// Gives a world the value that a text says.
    ///
    /// # Errors
    /// Why it says none; nothing is changed then.
    pub fn set_text(&self, setup: &mut Setup, text: &str) -> Result<(), SettingError> {
        self.parse(text).map(|value| self.set(setup, &value))
    }

    /// Whether two worlds have the same value, as far as its text says.
    pub fn is_same(&self, one: &Setup, other: &Setup) -> bool {
        let (one, other) = (self.value(one), self.value(other));
        one == other || self.kind.text(&one) == self.kind.text(&other)
    }

    /// Where its slider stands in a world: no number (`None`) is its far end.
    pub fn position(&self, setup: &Setup) -> f64 {
        let far = self.slider.map_or(1.0, |slider| slider.to);
        millionths(&self.text(setup)).map_or(far, |millionths| millionths as f64 / 1e6)
    }
}

//! A setting: one thing about a world that can be set.

use super::number::decimal;
use super::value::Access;
use super::{SETTINGS, SettingError, SettingId, SettingValue, ValueKind};
use crate::sim::Setup;

/// One thing about a world that can be set, by a knob, a link or a file.
#[derive(Debug, Clone, Copy)]
pub struct Setting {
    /// Its id.
    pub id: SettingId,
    /// Its name in links and files; SQLAlchemy's own, where there is one. Also the knob's accessible name.
    pub name: &'static str,
    /// Its unit; empty if there is none.
    pub unit: &'static str,
    /// What it means, in one short sentence or two.
    pub hint: &'static str,
    /// What it is about.
    pub scope: Scope,
    /// The group of its knob.
    pub group: Group,
    /// The kind of values that it has.
    pub kind: ValueKind,
    /// Its slider, if it has one. A text box beside the slider takes values that are off the slider's scale.
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

/// A group of knobs, on a page that shows all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// The pool settings that every tutorial names.
    Pool,
    /// How many requests, and how long they take.
    Traffic,
    /// The other pool settings.
    MorePool,
    /// The pattern of arrivals.
    MoreTraffic,
    /// What requests do, and what users do.
    Requests,
    /// The server and the network on the way to it.
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
    /// The distance from one position to the next.
    pub step: f64,
}

/// Finds the setting of this name.
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

    /// Its value in a world, as text.
    pub fn text(&self, setup: &Setup) -> String {
        self.kind.text(&self.value(setup))
    }

    /// Writes one of its values as text.
    pub fn text_of(&self, value: &SettingValue) -> String {
        self.kind.text(value)
    }

    /// SQLAlchemy's default as text, where it has one.
    pub fn default(&self) -> Option<String> {
        (self.scope == Scope::Pool).then(|| self.text(&Setup::default()))
    }

    /// Reads one of its values from text.
    ///
    /// # Errors
    /// Why the text is not a value.
    pub fn parse(&self, text: &str) -> Result<SettingValue, SettingError> {
        let error = |reason| SettingError { setting: self.id, value: text.into(), reason };
        self.kind.parse(text).map_err(error)
    }

    /// Whether only a simulated server heeds it, or several workers. A real database has its own ways, and one worker.
    pub fn is_simulated(&self) -> bool {
        use SettingId::{
            AcceptMs, CloseMs, Coherency, Contention, Firewall, Keepalive, MaxConnections, Outage, PingMs, Slowness,
            TcpTimeout, WaitTimeout, Workers,
        };
        matches!(
            self.id,
            Workers
                | PingMs
                | CloseMs
                | MaxConnections
                | WaitTimeout
                | Firewall
                | Keepalive
                | AcceptMs
                | TcpTimeout
                | Outage
                | Slowness
                | Contention
                | Coherency
        )
    }

    /// Gives a world this value.
    pub fn set(&self, setup: &mut Setup, value: &SettingValue) {
        (self.access.1)(setup, value);
    }

    /// Gives a world a value that is read from text.
    ///
    /// # Errors
    /// Why the text is not a value. Then nothing is changed.
    pub fn set_text(&self, setup: &mut Setup, text: &str) -> Result<(), SettingError> {
        self.parse(text).map(|value| self.set(setup, &value))
    }

    /// Whether two worlds have the same value, or values that are the same as text.
    pub fn is_same(&self, one: &Setup, other: &Setup) -> bool {
        let (one, other) = (self.value(one), self.value(other));
        one == other || self.kind.text(&one) == self.kind.text(&other)
    }

    /// The position of its slider in a world. A value that is not a number (`None`) is at the far end.
    pub fn position(&self, setup: &Setup) -> f64 {
        let far = self.slider.map_or(1.0, |slider| slider.to);
        decimal(&self.text(setup)).unwrap_or(far)
    }
}

//! Settings by name, as text.

use crate::settings::{SETTINGS, SettingError, UnknownApplicationError, set_application, setting, site_name};
use crate::sim::Setup;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde::ser::{Serialize, Serializer};
use std::fmt;

/// The name of the seed, which is not a setting.
const SEED: &str = "seed";

/// The name of the Flask application, which is not a setting either. It sets the pool too, so it is applied before all settings.
const APP: &str = "app";

/// Settings as [`Setting`](crate::settings::Setting) writes them, and perhaps the seed and the application. When it is read from
/// a file, each name must exist, have a value that it takes, and occur only once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SettingsText(Vec<(String, String)>);

impl SettingsText {
    /// Everything about a world: the application, the seed, and all settings.
    pub fn all(setup: &Setup) -> SettingsText {
        let mut words: Vec<(String, String)> =
            setup.site.map(|site| (APP.into(), site_name(site))).into_iter().collect();
        words.push((SEED.into(), setup.seed.to_string()));
        words.extend(SETTINGS.iter().map(|setting| (setting.name.to_string(), setting.text(setup))));
        SettingsText(words)
    }

    /// The settings that differ after a change. The seed of a running world never changes.
    pub fn changes(before: &Setup, after: &Setup) -> SettingsText {
        let changed = SETTINGS.iter().filter(|setting| !setting.is_same(before, after));
        SettingsText(changed.map(|setting| (setting.name.to_string(), setting.text(after))).collect())
    }

    /// All names with their values.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// `before` with these settings.
    pub fn on(&self, before: &Setup) -> Setup {
        let mut setup = before.clone();
        let first = self.0.iter().filter(|(name, _)| name == APP);
        for (name, value) in first.chain(self.0.iter().filter(|(name, _)| name != APP)) {
            // Name and value were checked when they were read.
            let _ = set(&mut setup, name, value);
        }
        setup
    }
}

/// Why a name with this value is not possible, as a sentence that follows both.
#[derive(Debug, thiserror::Error)]
enum NamedValueError {
    #[error("That means nothing here.")]
    UnknownName,
    #[error("It takes a whole number from 0.")]
    Seed,
    #[error("It {0}")]
    Application(#[from] UnknownApplicationError),
    #[error("It {}", .0.reason)]
    Setting(#[from] SettingError),
}

/// Sets the seed, the application, or a setting.
fn set(setup: &mut Setup, name: &str, value: &str) -> Result<(), NamedValueError> {
    match name {
        SEED => setup.seed = value.parse().map_err(|_| NamedValueError::Seed)?,
        APP => set_application(setup, value)?,
        _ => setting(name).ok_or(NamedValueError::UnknownName)?.set_text(setup, value)?,
    }
    Ok(())
}

impl Serialize for SettingsText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<'de> Deserialize<'de> for SettingsText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<SettingsText, D::Error> {
        deserializer.deserialize_map(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = SettingsText;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("settings by name, each a text")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<SettingsText, A::Error> {
        let (mut words, mut trial) = (SettingsText::default(), Setup::default());
        while let Some((name, value)) = map.next_entry::<String, String>()? {
            if words.0.iter().any(|(other, _)| *other == name) {
                return Err(A::Error::custom(format!("{name} is there twice")));
            }
            set(&mut trial, &name, &value).map_err(|error| A::Error::custom(format!("{name} is {value}. {error}")))?;
            words.0.push((name, value));
        }
        Ok(words)
    }
}

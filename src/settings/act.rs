//! What is done to a world, in terms of settings: as a person, a link or a lesson does it.

use super::{SETTINGS, SettingId, SettingValue};
use crate::sim::{Setup, WorldAct};

/// Something done to a world.
#[derive(Debug, Clone, PartialEq)]
pub enum Act {
    /// A setting gets another value.
    Set(SettingId, SettingValue),
    /// Anything else.
    World(WorldAct),
}

impl Act {
    /// Converts a world's act, given the setup before it: a change of the setup becomes one act for each setting that differs.
    pub fn all_of(act: &WorldAct, before: &Setup) -> Vec<Act> {
        match act {
            WorldAct::Change(after) => {
                let differ = SETTINGS.iter().filter(|setting| !setting.is_same(before, after));
                differ.map(|setting| Act::Set(setting.id, setting.value(after))).collect()
            }
            other => vec![Act::World(other.clone())],
        }
    }

    /// Converts this to the world's act, given the setup before it.
    pub fn on(&self, before: &Setup) -> WorldAct {
        match self {
            Act::Set(id, value) => {
                let mut setup = before.clone();
                id.setting().set(&mut setup, value);
                WorldAct::Change(Box::new(setup))
            }
            Act::World(act) => act.clone(),
        }
    }
}

impl From<WorldAct> for Act {
    fn from(act: WorldAct) -> Act {
        Act::World(act)
    }
}

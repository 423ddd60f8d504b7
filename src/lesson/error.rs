//! Why something cannot be turned in a lesson.

use crate::settings::SettingError;

/// What cannot be turned in a plan, or not so.
#[derive(Debug, Clone, thiserror::Error)]
pub enum LessonError {
    /// There is no such setting.
    #[error("There is no {0}.")]
    UnknownSetting(String),
    /// The setting takes no such value.
    #[error(transparent)]
    Setting(#[from] SettingError),
    /// It is not among what this challenge lets one turn.
    #[error("{0} cannot be turned here.")]
    NotAdjustable(String),
    /// A choice has no such option; holds those that it has.
    #[error("It takes one of: {}.", .0.join(", "))]
    UnknownOption(&'static [&'static str]),
}

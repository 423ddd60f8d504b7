//! Why something cannot be changed in a lesson.

use crate::settings::SettingError;

/// Why a change to a plan is not possible.
#[derive(Debug, Clone, thiserror::Error)]
pub enum LessonError {
    /// There is no such setting.
    #[error("There is no {0}.")]
    UnknownSetting(String),
    /// The setting does not take this value.
    #[error(transparent)]
    Setting(#[from] SettingError),
    /// This challenge does not let the reader change it.
    #[error("{0} cannot be turned here.")]
    NotAdjustable(String),
    /// The choice has no such option. Holds the options that it has.
    #[error("It takes one of: {}.", .0.join(", "))]
    UnknownOption(&'static [&'static str]),
}

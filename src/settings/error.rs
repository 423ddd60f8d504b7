//! Why a text is not a value of a setting.

use super::{PoolValueError, SettingId, ValueKind};

/// A text that a setting does not take. Its sentence names the setting: "rate takes a number from 0 to 1000." Where the setting
/// is already named, the reason alone can follow.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{} {reason}", setting.name())]
pub struct SettingError {
    /// The setting.
    pub setting: SettingId,
    /// The text.
    pub value: String,
    /// Why the setting does not take it.
    pub reason: SettingReason,
}

/// Why a setting does not take a text, as a phrase that follows the setting's name, with its full stop.
#[derive(Debug, Clone, thiserror::Error)]
pub enum SettingReason {
    /// It is not a value of this kind.
    #[error("takes {0}.")]
    Not(ValueKind),
    /// It is a list with a part that is not a moment.
    #[error("takes moments in seconds, from 0 to 86400, and {0} is none.")]
    NoMoment(String),
    /// `create_engine` or this page does not accept the number.
    #[error(transparent)]
    Pool(#[from] PoolValueError),
}

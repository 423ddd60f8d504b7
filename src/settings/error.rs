//! Why a text is no value of a setting.

use super::{PoolValueError, SettingId, ValueKind};

/// A text that a setting does not take. Its sentence names the setting: "rate takes a number from 0 to 1000." Where the setting
/// has been named already, the reason alone goes on from there.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{} {reason}", setting.name())]
pub struct SettingError {
    /// The setting.
    pub setting: SettingId,
    /// The text.
    pub value: String,
    /// Why not.
    pub reason: SettingReason,
}

/// Why a setting does not take a text, as a phrase that follows the setting's name, with its full stop.
#[derive(Debug, Clone, thiserror::Error)]
pub enum SettingReason {
    /// It is no value of this kind.
    #[error("takes {0}.")]
    Not(ValueKind),
    /// A list with something that is no moment.
    #[error("takes moments in seconds, from 0 to 86400, and {0} is none.")]
    NoMoment(String),
    /// What `create_engine` makes of it, or does not.
    #[error(transparent)]
    Pool(#[from] PoolValueError),
}

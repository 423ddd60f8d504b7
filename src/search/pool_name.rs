//! The name of a pool in sentences.

use crate::pool::Settings;

/// The name of a pool by its size, such as `5 + 10`.
pub(super) fn pool_name(settings: &Settings) -> String {
    match settings {
        _ if !settings.class.has_queue() => settings.class.name().to_owned(),
        Settings { pool_size: 0, .. } => "no limit".to_owned(),
        Settings { pool_size, max_overflow: -1, .. } => format!("{pool_size} + no limit"),
        Settings { pool_size, max_overflow, .. } => format!("{pool_size} + {max_overflow}"),
    }
}

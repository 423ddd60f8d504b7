//! What is said of a link that cannot be taken as it is.

use crate::settings::{SETTINGS, SettingError, UnknownApplicationError};

/// Something in a link that is not taken, as a sentence or two for whoever opened it. The rest of the link is.
#[derive(Debug, Clone, thiserror::Error)]
pub enum LinkError {
    /// A name that is there more than once.
    #[error("The link has {name} more than once. The first counts, {name}={value}.")]
    Twice {
        /// The name.
        name: String,
        /// Its first value.
        value: String,
    },
    /// A version of links that is to come.
    #[error("The link is of version {0}; this page knows version 1 and does what it can.")]
    Version(String),
    /// A value that its setting does not take.
    #[error("The link has {}={}. It {} The page's own value is used.", .0.setting.name(), .0.value, .0.reason)]
    Value(SettingError),
    /// The same of the second pool.
    #[error("The link has b_{}={}. It {} The first pool's value is used.", .0.setting.name(), .0.value, .0.reason)]
    RivalValue(SettingError),
    /// A seed that is no whole number.
    #[error("The link has seed={0}. A seed is a whole number from 0. The page's own value is used.")]
    Seed(String),
    /// An application that there is not.
    #[error("The link has app={name}. It {error} The page's own value is used.")]
    Application {
        /// Its name.
        name: String,
        /// What there is.
        error: UnknownApplicationError,
    },
    /// A moment that is none.
    #[error("The link has at={0}. A moment is seconds from 0 to 86400. The page begins at 0.")]
    Moment(String),
    /// A name that means nothing.
    #[error("The link has {name}, which means nothing here. The link can set {}.", names())]
    UnknownName {
        /// The name.
        name: String,
    },
    /// An act that means nothing.
    #[error("The link has the act {0}, which means nothing here. It is left out.")]
    UnknownAct(String),
    /// An act that gives a setting a value that it does not take.
    #[error("The link has the act {act}. It {} It is left out.", error.reason)]
    Act {
        /// The act.
        act: String,
        /// Why not.
        error: SettingError,
    },
    /// A scene that there is not.
    #[error(
        "The link is about the scene {0}, and there is none of that name on this page. What it says of it is left out."
    )]
    Scene(String),
    /// What only a simulated world can do, in a link to one on a real database.
    #[error(
        "The link has {0}, which only a simulated world takes, as the playground's is. This is a real database: it is left out."
    )]
    Simulated(String),
    /// A choice of a challenge that there is not.
    #[error("The link has the choice {0}, which means nothing here. It is left out.")]
    Choice(String),
    /// One act more than is played.
    #[error("The link has the act {0}, which is one more than is played. It is left out.")]
    TooManyActs(String),
}

fn names() -> String {
    SETTINGS.iter().map(|setting| setting.name).collect::<Vec<_>>().join(", ")
}

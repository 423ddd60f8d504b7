//! What is said about a reading.

use super::place::Place;
use super::value::Why;

/// A sentence about a place in the text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {about}")]
pub struct Remark {
    /// Where it is.
    pub place: Place,
    /// What it is about.
    pub about: About,
}

/// What a remark is about. Texts from the paste are as they stand there, passwords masked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum About {
    /// An argument whose value the text does not say.
    #[error("{name} comes from {}: taken as the default {taken}.", whence(text, *why))]
    Unknown {
        /// The argument.
        name: String,
        /// What it is set to.
        text: String,
        /// Why that is not known.
        why: Why,
        /// What is taken instead.
        taken: String,
    },
    /// A URL that the text does not say.
    #[error("The URL comes from {}: taken as {taken}.", whence(text, *why))]
    UnknownUrl {
        /// What it is set to.
        text: String,
        /// Why that is not known.
        why: Why,
        /// What is taken instead.
        taken: String,
    },
    /// No URL at all.
    #[error("The paste has no {key}: taken as {taken}.")]
    NoUrl {
        /// Where it would be.
        key: String,
        /// What is taken instead.
        taken: String,
    },
    /// More arguments than the text shows.
    #[error("{text} may hold more arguments, which the paste does not show.")]
    UnknownArguments {
        /// What holds them.
        text: String,
    },
    /// The default of a variable of the environment.
    #[error("The environment may set {variable}: its default {taken} is taken.")]
    EnvironmentDefault {
        /// The variable.
        variable: String,
        /// Its default.
        taken: String,
    },
    /// The default of a setting that the environment may replace.
    #[error("{class}.{name} is {taken} unless the environment says otherwise.")]
    SettingDefault {
        /// The class.
        class: String,
        /// The attribute.
        name: String,
        /// Its default.
        taken: String,
    },
    /// The default of a parameter.
    #[error("{name} of {function}() is taken as its default {taken}.")]
    ParameterDefault {
        /// The function.
        function: String,
        /// The parameter.
        name: String,
        /// Its default.
        taken: String,
    },
    /// What stands behind `or`.
    #[error("{text} is not known: {taken} is taken, which stands behind \"or\".")]
    OrDefault {
        /// What stands before it.
        text: String,
        /// What is taken.
        taken: String,
    },
    /// What stands behind a comma as a default.
    #[error("{text} is not known: its default {taken} is taken.")]
    GetDefault {
        /// What is asked for.
        text: String,
        /// What is taken.
        taken: String,
    },
    /// A condition that is not known.
    #[error("Whether {text} holds is not known: both sides are read.")]
    Condition {
        /// The condition.
        text: String,
    },
    /// A name that is no argument but nearly one.
    #[error("{name} is not an argument: create_engine refuses it. Did you mean {meant}?")]
    Misspelt {
        /// As written.
        name: String,
        /// What may be meant.
        meant: &'static str,
    },
    /// A key that engine_from_config does not look at.
    #[error("{key} is not read: it does not begin with {prefix}")]
    OtherPrefix {
        /// The key.
        key: String,
        /// What keys have to begin with.
        prefix: String,
    },
    /// A comment behind a value.
    #[error("The value of {key} includes what follows it, \"{comment}\": put the comment on its own line.")]
    CommentInValue {
        /// The key.
        key: String,
        /// The comment.
        comment: String,
    },
    /// A name that some program may read.
    #[error("{key} is taken as create_engine's {name}. Whether your program reads it, the paste does not say.")]
    ByHand {
        /// As written.
        key: String,
        /// The argument it is taken for.
        name: &'static str,
    },
    /// What Airflow sets where nothing is set.
    #[error("Airflow sets {name} to {value} unless told otherwise.")]
    AirflowDefault {
        /// The argument.
        name: &'static str,
        /// Its value.
        value: &'static str,
    },
    /// More than one engine.
    #[error("{0} engines are found here. Each one that the program makes has a pool of its own.")]
    Several(usize),
    /// The end was not reached.
    #[error("The text is too long or too involved: it was not read to its end.")]
    TooLong,
}

/// `settings.POOL_SIZE, which is not in the paste`.
fn whence(text: &str, why: Why) -> String {
    match why {
        Why::Elsewhere => format!("{text}, which is not in the paste"),
        Why::Environment => format!("the environment variable {text}, which has no default in the paste"),
        Why::Parameter => format!("the parameter {text}, which the paste gives no value"),
        Why::Computed => format!("{text}, which is worked out while the program runs"),
    }
}

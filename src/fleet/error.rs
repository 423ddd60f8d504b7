//! What is wrong with what somebody says of a fleet.

/// Why a fleet cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FleetError {
    /// There is no field of this name.
    #[error("“{0}” is none of the numbers that are asked for here.")]
    Unknown(String),
    /// A number is given twice.
    #[error("{0}: it is given twice.")]
    Twice(&'static str),
    /// A field holds something else than a number.
    #[error("{label}: “{text}” is not a number.")]
    NoNumber {
        /// What the field is called.
        label: &'static str,
        /// What it holds.
        text: String,
    },
    /// A field holds a number that it does not take.
    #[error("{label}: from {least} to {most}.")]
    OutOfRange {
        /// What the field is called.
        label: &'static str,
        /// The least that it takes.
        least: String,
        /// The most that it takes.
        most: String,
    },
}

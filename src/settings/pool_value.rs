//! The four numbers that `create_engine` takes for a pool, as a person types them.

use super::number::{millionths, whole};
use super::{SettingReason, SettingValue};
use crate::time::Span;

/// The largest pool that can be played here. SQLAlchemy has no such limit.
const LARGEST: i64 = 500;
/// The longest time that can be played here, in seconds: a year.
const LONGEST: i64 = 31_536_000;

/// Why one of these numbers is not accepted, as a phrase that follows the setting's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PoolValueError {
    /// It is not an integer literal. Holds an example of one.
    #[error("takes a whole number, such as {0}.")]
    NotWhole(i64),
    /// It is neither a number nor `None`.
    #[error("takes seconds, such as 30 or 0.5, or None to wait for ever.")]
    NotSeconds,
    /// A negative `pool_size`.
    #[error("takes 0 (no limit) or more. SQLAlchemy would take a negative one, but it makes no sense.")]
    NegativeSize,
    /// `max_overflow` below -1.
    #[error("takes -1 (no limit) or more. SQLAlchemy does not reject less, but raises RecursionError at the limit.")]
    BelowNoLimit,
    /// A negative `pool_timeout`.
    #[error(
        "takes 0 or more. SQLAlchemy raises ValueError (\"'timeout' must be a positive number\") when a wait begins."
    )]
    NegativeTimeout,
    /// More than can be drawn.
    #[error("is played up to {LARGEST} here. SQLAlchemy has no such limit.")]
    TooMany,
    /// Longer than a year.
    #[error("is played up to a year here. SQLAlchemy has no such limit.")]
    TooLong,
}

/// Reads `pool_size`: from 0 to the most that can be played here.
pub(super) fn pool_size(text: &str) -> Result<SettingValue, SettingReason> {
    count(text, 5, 0, PoolValueError::NegativeSize)
}

/// Reads `max_overflow`: from -1 to the most that can be played here.
pub(super) fn max_overflow(text: &str) -> Result<SettingValue, SettingReason> {
    count(text, 10, -1, PoolValueError::BelowNoLimit)
}

fn count(text: &str, example: i64, least: i64, below: PoolValueError) -> Result<SettingValue, SettingReason> {
    match whole(text).ok_or(PoolValueError::NotWhole(example))? {
        number if number < least => Err(below.into()),
        number if number > LARGEST => Err(PoolValueError::TooMany.into()),
        number => Ok(SettingValue::Whole(number)),
    }
}

/// Reads `pool_timeout` in seconds; `None` waits for ever.
pub(super) fn pool_timeout(text: &str) -> Result<SettingValue, SettingReason> {
    if text.trim() == "None" {
        return Ok(SettingValue::None);
    }
    match millionths(text).ok_or(PoolValueError::NotSeconds)? {
        micros if micros < 0 => Err(PoolValueError::NegativeTimeout.into()),
        micros if micros > LONGEST * 1_000_000 => Err(PoolValueError::TooLong.into()),
        micros => Ok(SettingValue::Time(Span::from_micros(micros))),
    }
}

/// Reads `pool_recycle` in seconds; every negative value becomes -1, which means never.
pub(super) fn pool_recycle(text: &str) -> Result<SettingValue, SettingReason> {
    match whole(text).ok_or(PoolValueError::NotWhole(1800))? {
        secs if secs > LONGEST => Err(PoolValueError::TooLong.into()),
        secs => Ok(SettingValue::Time(Span::from_secs(secs.max(-1)))),
    }
}

#[cfg(test)]
mod tests {
    use crate::settings::{PoolValueError, SettingReason, SettingValue, setting};
    use crate::time::Span;

    fn parsed(name: &str, text: &str) -> Result<SettingValue, PoolValueError> {
        setting(name).unwrap().parse(text).map_err(|error| match error.reason {
            SettingReason::Pool(error) => error,
            other => panic!("{other}"),
        })
    }

    fn time(micros: i64) -> Result<SettingValue, PoolValueError> {
        Ok(SettingValue::Time(Span::from_micros(micros)))
    }

    #[test]
    fn takes_what_python_takes() {
        assert_eq!(parsed("pool_size", " 20 "), Ok(SettingValue::Whole(20)));
        assert_eq!(parsed("pool_size", "1_00"), Ok(SettingValue::Whole(100)));
        assert_eq!(parsed("pool_size", "0"), Ok(SettingValue::Whole(0)));
        assert_eq!(parsed("max_overflow", "-1"), Ok(SettingValue::Whole(-1)));
        assert_eq!(parsed("pool_timeout", "0.5"), time(500_000));
        assert_eq!(parsed("pool_timeout", ".1234567"), time(123_456));
        assert_eq!(parsed("pool_timeout", "7."), time(7_000_000));
        assert_eq!(parsed("pool_timeout", "None"), Ok(SettingValue::None));
        assert_eq!(parsed("pool_recycle", "1800"), time(1_800_000_000));
        assert_eq!(parsed("pool_recycle", "-7"), time(-1_000_000));
    }

    #[test]
    fn refuses_the_rest_in_a_sentence() {
        let refused = setting("pool_size").unwrap().parse("").unwrap_err();
        assert_eq!(refused.to_string(), "pool_size takes a whole number, such as 5.");
        for (name, text, error) in [
            ("pool_size", "five", PoolValueError::NotWhole(5)),
            ("pool_size", "5.0", PoolValueError::NotWhole(5)),
            ("pool_size", "_5", PoolValueError::NotWhole(5)),
            ("pool_size", "99999999999999999999", PoolValueError::NotWhole(5)),
            ("pool_size", "-1", PoolValueError::NegativeSize),
            ("pool_size", "501", PoolValueError::TooMany),
            ("max_overflow", "-2", PoolValueError::BelowNoLimit),
            ("pool_timeout", "-1", PoolValueError::NegativeTimeout),
            ("pool_timeout", "nan", PoolValueError::NotSeconds),
            ("pool_timeout", "inf", PoolValueError::NotSeconds),
            ("pool_timeout", "99999999999", PoolValueError::TooLong),
            ("pool_timeout", "9999999999999", PoolValueError::NotSeconds),
            ("pool_timeout", ".", PoolValueError::NotSeconds),
            ("pool_timeout", "1.5.2", PoolValueError::NotSeconds),
            ("pool_timeout", "0,5", PoolValueError::NotSeconds),
            ("pool_recycle", "30 min", PoolValueError::NotWhole(1800)),
        ] {
            assert_eq!(parsed(name, text), Err(error), "{name}={text}");
        }
    }
}

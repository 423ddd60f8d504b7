//! A day of the calendar, in UTC: it is the seed of its outage.

use std::fmt;

/// The first day that has an outage: 1 January 2026.
const FIRST: Date = Date(20_454);
/// The last one: 31 December 2099.
const LAST: Date = Date(47_481);

/// A day from the first to the last that has an outage, in days since 1 January 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(u32);

/// Why a text names no day that has an outage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// It is not written as a day.
    #[error("A day is written as {FIRST}: the year, the month, the day.")]
    NoDate,
    /// There is no such day in the calendar, or it has no outage.
    #[error("There is an outage for each day from {FIRST} to {LAST}.")]
    OutOfRange,
}

impl Date {
    /// The first day that has an outage.
    pub const FIRST: Date = FIRST;

    /// The day of a moment, in milliseconds since 1 January 1970. A clock that is far off gets the nearest day that there is.
    pub fn of_millis(millis: f64) -> Date {
        let days = (millis / 86_400_000.0).floor();
        Date(if days.is_finite() { days as u32 } else { FIRST.0 }.clamp(FIRST.0, LAST.0))
    }

    /// The day that a text names, as in `2026-11-27`.
    ///
    /// # Errors
    /// [`DateError`] if it names none.
    pub fn read(text: &str) -> Result<Date, DateError> {
        let digits = |text: &str, many: usize| {
            let right = text.len() == many && text.bytes().all(|byte| byte.is_ascii_digit());
            if right { text.parse::<u32>().map_err(|_| DateError::NoDate) } else { Err(DateError::NoDate) }
        };
        let parts: Vec<&str> = text.split('-').collect();
        let [year, month, day] = parts[..] else { return Err(DateError::NoDate) };
        let written = (digits(year, 4)?, digits(month, 2)?, digits(day, 2)?);
        let date = Date::of_civil(written).filter(|date| (FIRST..=LAST).contains(date) && date.civil() == written);
        date.ok_or(DateError::OutOfRange)
    }

    /// The number of the day: the first one is 1.
    pub const fn number(self) -> u32 {
        self.0 - FIRST.0 + 1
    }

    /// The day before, if it has an outage.
    pub fn before(self) -> Option<Date> {
        (self > FIRST).then(|| Date(self.0 - 1))
    }

    /// The day after, if it has an outage.
    pub fn after(self) -> Option<Date> {
        (self < LAST).then(|| Date(self.0 + 1))
    }

    /// The days since 1 January 1970 of a year, month and day. A year is counted from March here, so that the day that is
    /// sometimes there is its last.
    fn of_civil((year, month, day): (u32, u32, u32)) -> Option<Date> {
        if year < 1970 || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
            return None;
        }
        let year = if month <= 2 { year - 1 } else { year };
        let months = (month + 9) % 12;
        let in_year = (153 * months + 2) / 5 + day - 1;
        let days = year * 365 + year / 4 - year / 100 + year / 400 + in_year;
        Some(Date(days.checked_sub(719_468)?))
    }

    /// Year, month and day.
    fn civil(self) -> (u32, u32, u32) {
        let days = self.0 + 719_468;
        let (era, day_of_era) = (days / 146_097, days % 146_097);
        let of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let in_year = day_of_era - (365 * of_era + of_era / 4 - of_era / 100);
        let months = (5 * in_year + 2) / 153;
        let day = in_year - (153 * months + 2) / 5 + 1;
        let month = if months < 10 { months + 3 } else { months - 9 };
        (of_era + era * 400 + u32::from(month <= 2), month, day)
    }

    /// As people say it: "27 November 2026".
    pub fn in_words(self) -> String {
        const MONTHS: [&str; 12] = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        let (year, month, day) = self.civil();
        format!("{day} {} {year}", MONTHS[month as usize - 1])
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.civil();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

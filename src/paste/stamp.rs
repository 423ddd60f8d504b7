//! Moments as logs write them.

/// A moment of a log line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// As it is written.
    pub text: String,
    /// Milliseconds since 1970, or since midnight where the log has no date. Zones are not looked at: all lines of a log have the
    /// same.
    pub millis: i64,
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

impl Stamp {
    /// Reads a moment at the beginning of a text; returns it with the number of bytes that it takes.
    pub(super) fn read(text: &str) -> Option<(Stamp, usize)> {
        let mut reader = Reader { bytes: text.as_bytes(), at: 0 };
        let days = reader.date();
        if days.is_some() && !reader.skip_between() {
            return None;
        }
        let millis = reader.time()?;
        let rest = reader.zone();
        let written = text.get(..rest)?.trim_end();
        Some((Stamp { text: written.to_owned(), millis: days.unwrap_or(0) * 86_400_000 + millis }, rest))
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn number(&mut self, digits: std::ops::RangeInclusive<usize>) -> Option<i64> {
        let rest = &self.bytes[self.at..];
        let many = rest.iter().take(*digits.end() + 1).take_while(|byte| byte.is_ascii_digit()).count();
        if !digits.contains(&many) {
            return None;
        }
        let number = rest[..many].iter().fold(0, |number, byte| number * 10 + i64::from(byte - b'0'));
        self.at += many;
        Some(number)
    }

    fn byte(&mut self, of: &[u8]) -> bool {
        let there = self.bytes.get(self.at).is_some_and(|byte| of.contains(byte));
        self.at += usize::from(there);
        there
    }

    /// `2026-05-03`, `03-May-26`, `May  3`, `2026/05/03`, `May 3, 2026`. Days since 1970.
    fn date(&mut self) -> Option<i64> {
        let start = self.at;
        let found = self.numbers().or_else(|| {
            self.at = start;
            self.day_first()
        });
        let found = found.or_else(|| {
            self.at = start;
            self.month_first()
        });
        if found.is_none() {
            self.at = start;
        }
        found
    }

    fn numbers(&mut self) -> Option<i64> {
        let year = self.number(4..=4)?;
        if !self.byte(b"-/.") {
            return None;
        }
        let month = self.number(2..=2)?;
        if !self.byte(b"-/.") {
            return None;
        }
        Some(days(year, month, self.number(2..=2)?))
    }

    fn day_first(&mut self) -> Option<i64> {
        let day = self.number(1..=2)?;
        if !self.byte(b"-/ ") {
            return None;
        }
        let month = match self.month() {
            Some(month) => month,
            None => self.number(2..=2)?,
        };
        if !self.byte(b"-/ ") {
            return None;
        }
        let year = self.number(2..=4)?;
        Some(days(if year < 100 { 2000 + year } else { year }, month, day))
    }

    fn month_first(&mut self) -> Option<i64> {
        let month = self.month()?;
        if !self.byte(b" ") {
            return None;
        }
        self.byte(b" ");
        let day = self.number(1..=2)?;
        let place = self.at;
        let year = if self.byte(b",") && self.byte(b" ") { self.number(4..=4) } else { None };
        if year.is_none() {
            self.at = place;
        }
        Some(days(year.unwrap_or(1970), month, day))
    }

    fn month(&mut self) -> Option<i64> {
        let word = self.bytes.get(self.at..self.at + 3)?.to_ascii_lowercase();
        let month = MONTHS.iter().position(|month| month.as_bytes() == word)?;
        self.at += 3;
        Some(month as i64 + 1)
    }

    fn skip_between(&mut self) -> bool {
        let mut any = self.byte(b"T");
        while self.byte(b" ,") {
            any = true;
        }
        any
    }

    /// `08:12:44,018`. Milliseconds since midnight.
    fn time(&mut self) -> Option<i64> {
        let hours = self.number(1..=2)?;
        if !self.byte(b":") {
            return None;
        }
        let minutes = self.number(2..=2)?;
        if !self.byte(b":") {
            return None;
        }
        let seconds = self.number(2..=2)?;
        let place = self.at;
        let millis = if self.byte(b".,") {
            let from = self.at;
            match self.number(1..=9) {
                Some(_) => (0..3).fold(0, |sum, digit| {
                    let byte = self.bytes.get(from + digit).filter(|_| from + digit < self.at);
                    sum * 10 + byte.map_or(0, |byte| i64::from(byte - b'0'))
                }),
                None => {
                    self.at = place;
                    0
                }
            }
        } else {
            0
        };
        (hours < 25 && minutes < 60 && seconds < 62).then_some(((hours * 60 + minutes) * 60 + seconds) * 1_000 + millis)
    }

    /// Where the zone ends: `Z`, `+0000`, ` +00:00`, ` UTC`.
    fn zone(&mut self) -> usize {
        let place = self.at;
        if self.byte(b"Z") {
            return self.at;
        }
        self.byte(b" ");
        if self.byte(b"+-") && self.number(2..=4).is_some() {
            if self.byte(b":") {
                self.number(2..=2);
            }
            return self.at;
        }
        self.at = place;
        if self.bytes[self.at..].starts_with(b" UTC") {
            self.at += 4;
        }
        self.at
    }
}

/// Days since 1970 of a date of the Gregorian calendar.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + (153 * month + 2) / 5 + day - 1 - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    fn millis(text: &str) -> Option<(i64, usize)> {
        Stamp::read(text).map(|(stamp, bytes)| (stamp.millis, bytes))
    }

    #[test]
    fn moments_as_logs_write_them() {
        let noon = days(2026, 5, 3) * 86_400_000 + 12 * 3_600_000;
        assert_eq!(days(1970, 1, 1), 0);
        assert_eq!(days(2000, 3, 1), 11_017);
        assert_eq!(millis("2026-05-03 12:00:00,018 ERROR"), Some((noon + 18, 23)));
        assert_eq!(millis("2026-05-03T12:00:00.018244Z x"), Some((noon + 18, 27)));
        assert_eq!(millis("2026-05-03T12:00:00+0000]"), Some((noon, 24)));
        assert_eq!(millis("2026-05-03 12:00:00 +0000]"), Some((noon, 25)));
        assert_eq!(millis("03-May-26 12:00:00  x"), Some((noon, 18)));
        assert_eq!(millis("12:00:00.5 | x"), Some((12 * 3_600_000 + 500, 10)));
        assert_eq!(millis("May  3 12:00:00 host"), Some((days(1970, 5, 3) * 86_400_000 + 12 * 3_600_000, 15)));
        assert_eq!(millis("1:2"), None);
        assert_eq!(millis("99:00:00"), None);
    }
}

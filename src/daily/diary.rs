//! What a reader did on each day, as a text that a browser keeps.

use super::date::Date;
use super::moves::{Change, FIX, control};
use super::outage::CAUSES;
use crate::clinic::Cause;

/// So many guesses a reader has; then the cause is told.
pub const GUESSES: usize = 3;
/// So many points each of the first two scores has.
pub const POINTS: u32 = 3;

/// What a reader did on a day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Record {
    /// The guesses at the cause, in order.
    pub guesses: Vec<Cause>,
    /// How often the traffic was run again before it was cured.
    pub runs: u32,
    /// In how many of these runs something broke.
    pub broken: u32,
    /// Whether it is cured, with nothing broken.
    pub is_cured: bool,
    /// Whether a cure was shown before that.
    pub is_shown: bool,
    /// What is changed now.
    pub changes: Vec<Change>,
}

/// The three scores of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Score {
    /// For the cause: 3 points for the first guess, one less for each that was wrong.
    pub cause: u32,
    /// For the cure: 3 points for the first run, 2 for the second, 1 for any later one, none if it was shown.
    pub cure: u32,
    /// In how many runs something broke.
    pub broken: u32,
}

impl Record {
    /// Whether the cause was found.
    pub fn has_found(&self, cause: Cause) -> bool {
        self.guesses.contains(&cause)
    }

    /// Whether there is nothing left to guess.
    pub fn is_decided(&self, cause: Cause) -> bool {
        self.has_found(cause) || self.guesses.len() >= GUESSES
    }

    /// The scores, once it is cured.
    pub fn score(&self, cause: Cause) -> Option<Score> {
        let wrong = self.guesses.iter().filter(|guess| **guess != cause).count() as u32;
        self.is_cured.then(|| Score {
            cause: if self.has_found(cause) { POINTS.saturating_sub(wrong) } else { 0 },
            cure: if self.is_shown { 0 } else { (POINTS + 1).saturating_sub(self.runs.max(1)).max(1) },
            broken: self.broken,
        })
    }
}

impl Score {
    /// The line to share, which says nothing of what the cause is. `site` is what the site is called; `address` opens the day.
    pub fn line(&self, site: &str, date: Date, address: &str) -> String {
        format!("{site} {date} · {self} · {address}")
    }
}

impl std::fmt::Display for Score {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "cause {}/{POINTS} · cure {}/{POINTS} · ", self.cause, self.cure)?;
        match self.broken {
            0 => f.write_str("nothing broken"),
            1 => f.write_str("broke something once"),
            times => write!(f, "broke something {times} times"),
        }
    }
}

/// What a reader did on all days.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Diary(Vec<(Date, Record)>);

impl Diary {
    /// What a text says. Lines that say nothing are left out: another version of the page, or a hand, wrote them.
    pub fn read(text: &str) -> Diary {
        let mut diary = Diary::default();
        for (date, record) in text.lines().filter_map(read_line) {
            diary.note(date, record);
        }
        diary
    }

    /// The same as a text.
    pub fn text(&self) -> String {
        self.0.iter().map(|(date, record)| write_line(*date, record)).collect()
    }

    /// What was done on a day.
    pub fn of(&self, date: Date) -> Record {
        self.0.iter().find(|(other, _)| *other == date).map(|(_, record)| record.clone()).unwrap_or_default()
    }

    /// Notes what was done on a day.
    pub fn note(&mut self, date: Date, record: Record) {
        self.0.retain(|(other, _)| *other != date);
        let place = self.0.partition_point(|(other, _)| *other < date);
        self.0.insert(place, (date, record));
    }
}

fn write_line(date: Date, record: &Record) -> String {
    let guesses: Vec<_> = record.guesses.iter().map(|cause| cause.name()).collect();
    let changes = record.changes.iter().map(|(name, value)| match FIX.options.iter().position(|text| text == value) {
        Some(place) if *name == FIX.name => format!("{name}={place}"),
        _ => format!("{name}={value}"),
    });
    let (cured, shown) = (u8::from(record.is_cured), u8::from(record.is_shown));
    format!(
        "{date} {}/{}/{cured}{shown} guesses={} {}\n",
        record.runs,
        record.broken,
        guesses.join(","),
        changes.collect::<Vec<_>>().join(" ")
    )
}

fn read_line(line: &str) -> Option<(Date, Record)> {
    let mut words = line.split_whitespace();
    let date = Date::read(words.next()?).ok()?;
    let mut parts = words.next()?.split('/');
    let (runs, broken, flags) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?);
    let guesses = words.next()?.strip_prefix("guesses=")?.split(',').filter(|name| !name.is_empty());
    let guesses: Option<Vec<_>> = guesses.map(|name| CAUSES.into_iter().find(|cause| cause.name() == name)).collect();
    let changes = words.map(|word| {
        let (name, value) = word.split_once('=')?;
        let name = control(name)?.name();
        let value = if name == FIX.name { *FIX.options.get(value.parse::<usize>().ok()?)? } else { value };
        Some((name, value.to_owned()))
    });
    let (is_cured, is_shown) = (flags.starts_with('1'), flags.ends_with('1'));
    let changes = changes.collect::<Option<Vec<_>>>()?;
    Some((date, Record { guesses: guesses?, runs, broken, is_cured, is_shown, changes }))
}

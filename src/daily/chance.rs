//! Random numbers for the making of an outage.

use super::date::Date;
use crate::time::Span;

/// A stream of random numbers, the same on every machine: SplitMix64, by Steele, Lea and Flood.
#[derive(Debug, Clone)]
pub(super) struct Chance(u64);

impl Chance {
    /// The stream of an attempt at the outage of a day.
    pub fn new(date: Date, attempt: u32) -> Chance {
        let mut chance = Chance(u64::from(date.number()) << 16 | u64::from(attempt));
        chance.next(); // neighbouring seeds differ from here on
        chance
    }

    /// The stream of the order in which causes come in a round.
    pub fn of_round(round: u32) -> Chance {
        let mut chance = Chance(u64::MAX - u64::from(round));
        chance.next();
        chance
    }

    /// The next number.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A whole number from one to another, both included.
    pub fn whole(&mut self, from: i64, to: i64) -> i64 {
        from + (self.next() % (to - from + 1).max(1) as u64) as i64
    }

    /// A number between two, in hundredths, so that it can be said.
    pub fn between(&mut self, from: f64, to: f64) -> f64 {
        self.whole((from * 100.0).round() as i64, (to * 100.0).round() as i64) as f64 / 100.0
    }

    /// A time between two, in tenths of a second.
    pub fn span(&mut self, from: f64, to: f64) -> Span {
        Span::from_millis(100 * self.whole((from * 10.0).round() as i64, (to * 10.0).round() as i64))
    }

    /// One of several.
    pub fn one_of<T: Copy>(&mut self, of: &[T]) -> T {
        of[(self.next() % of.len() as u64) as usize]
    }

    /// Puts things into a random order.
    pub fn shuffle<T>(&mut self, things: &mut [T]) {
        for end in (1..things.len()).rev() {
            let place = (self.next() % (end as u64 + 1)) as usize;
            things.swap(end, place);
        }
    }
}

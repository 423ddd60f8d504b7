//! Rows that move up: what became of one since it was last looked at, and how far it is behind.

use super::easing::{BRISK, Easing};
use crate::time::Instant;

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct RowChange {
    /// So many went from its front.
    pub left: usize,
    /// So many of the others stand in it still, in order. Who comes after them in the new row is new there.
    pub stay: usize,
}

impl RowChange {
    /// From one row to another.
    pub fn between<T: PartialEq + Copy>(before: impl Iterator<Item = T> + Clone, after: &[T]) -> RowChange {
        let first = after.first().copied();
        let left = before.clone().take_while(|&item| Some(item) != first).count();
        let stay = before.skip(left).zip(after).take_while(|(one, other)| one == *other).count();
        RowChange { left, stay }
    }
}

/// How far a whole row is still behind its places: all of it moves up at once, and nobody in it has to be told.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Shift {
    behind: f32,
    since: Instant,
}

impl Shift {
    pub const NONE: Shift = Shift { behind: 0.0, since: Instant::ZERO };

    /// The row moves up by so many places.
    pub fn by(&mut self, now: Instant, places: usize) {
        *self = Shift { behind: self.at(now) + places as f32, since: now };
    }

    /// How many places it is behind.
    pub fn at(&self, now: Instant) -> f32 {
        let part = (now - self.since).as_micros() as f32 / BRISK.as_micros() as f32;
        self.behind * (1.0 - Easing::Brisk.at(part.clamp(0.0, 1.0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Span;

    fn ms(ms: i64) -> Instant {
        Instant::ZERO + Span::from_millis(ms)
    }

    fn change(before: &[u8], after: &[u8]) -> (usize, usize) {
        let RowChange { left, stay } = RowChange::between(before.iter().copied(), after);
        (left, stay)
    }

    #[test]
    fn tells_who_left_and_who_stays() {
        assert_eq!(change(&[1, 2, 3], &[1, 2, 3]), (0, 3));
        assert_eq!(change(&[], &[]), (0, 0));
        assert_eq!(change(&[1, 2, 3], &[2, 3, 4]), (1, 2));
        assert_eq!(change(&[1, 2, 3], &[1, 2]), (0, 2), "from the back");
        assert_eq!(change(&[1, 2, 3], &[1, 3]), (0, 1), "from the middle: 3 is new in its place");
        assert_eq!(change(&[1, 2, 3], &[]), (3, 0));
        assert_eq!(change(&[], &[7]), (0, 0));
        assert_eq!(change(&[1, 2], &[3]), (2, 0));
    }

    #[test]
    fn a_row_moves_up_smoothly_however_often() {
        let (mut shift, mut place, mut seen) = (Shift::NONE, 50, 50.0);
        for step in 0..300 {
            if step < 100 && step % 10 == 0 {
                shift.by(ms(step), 1);
                place -= 1;
            }
            let now = place as f32 + shift.at(ms(step));
            assert!((0.0..0.2).contains(&(seen - now)), "from {seen} to {now} in a millisecond");
            seen = now;
        }
        assert_eq!(seen, 40.0);
    }
}

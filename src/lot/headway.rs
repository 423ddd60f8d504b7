//! A gate: cars pass it one after the other, not through each other.

use crate::time::{Instant, Span};

/// Nobody is held up for longer; in a crowd they drive closer.
const LONGEST: Span = Span::from_millis(300);

/// A gate, with the time when the last one passed.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Headway {
    last: Option<Instant>,
}

impl Headway {
    /// When somebody can pass who would come by at `due`, `headway` after the last.
    pub fn pass(&mut self, due: Instant, gap: Span) -> Instant {
        let at = self.last.map_or(due, |last| due.max(last + gap)).min(due + LONGEST);
        self.last = self.last.max(Some(at));
        at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_after_the_other_until_there_are_too_many() {
        let (mut headway, ms) = (Headway::default(), |ms| Instant::ZERO + Span::from_millis(ms));
        let gap = Span::from_millis(80);
        let passed: Vec<Instant> = (0..6).map(|_| headway.pass(ms(1_000), gap)).collect();
        assert_eq!(passed, [1_000, 1_080, 1_160, 1_240, 1_300, 1_300].map(ms));
        assert_eq!(headway.pass(ms(5_000), gap), ms(5_000));
    }
}

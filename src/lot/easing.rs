//! Gaits: how the speed changes on the way.

use crate::time::Span;

/// What is moved on all the time hurries.
pub(super) const BRISK: Span = Span::from_millis(140);

/// How the speed changes on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Easing {
    /// Slow, quick, slow.
    Eased,
    /// Quick at once and slow at the end, for what is moved on again before it is there.
    Brisk,
}

impl Easing {
    /// How much of the way is behind one when so much of the time is, both from 0 to 1.
    pub fn at(self, part: f32) -> f32 {
        match self {
            Easing::Eased => part * part * (3.0 - 2.0 * part),
            Easing::Brisk => 1.0 - (1.0 - part).powi(3),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_begin_at_the_beginning_and_end_at_the_end_and_never_go_back() {
        for easing in [Easing::Eased, Easing::Brisk] {
            assert_eq!((easing.at(0.0), easing.at(1.0)), (0.0, 1.0), "{easing:?}");
            let steps: Vec<f32> = (0..=100).map(|step| easing.at(step as f32 / 100.0)).collect();
            assert!(steps.windows(2).all(|pair| pair[0] < pair[1]), "{easing:?}: {steps:?}");
        }
    }
}

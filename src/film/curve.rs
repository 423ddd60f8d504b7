//! How numbers go: straight from one moment to the next.

use super::look::Measure;
use serde::Serialize;

/// A number over time: at each of its bends it has a value, and between them it goes straight.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(into = "Vec<i32>")]
pub struct Curve {
    measure: Measure,
    /// Frames, and values in the measure's [grains](Measure::grain).
    bends: Vec<(u32, i32)>,
}

/// Written as one row: how many grains make one, the first frame, the value there; then for each bend how many frames and how many
/// grains it is further on.
impl From<Curve> for Vec<i32> {
    fn from(curve: Curve) -> Vec<i32> {
        let mut row = vec![(1.0 / curve.measure.grain()) as i32];
        let mut before = (0, 0);
        for (frame, value) in curve.bends {
            row.extend([(frame - before.0) as i32, value - before.1]);
            before = (frame, value);
        }
        row
    }
}

impl Curve {
    /// The curve with few bends that is nowhere off by more than may be, for the values of the frames from `first` on.
    pub fn through(first: u32, values: &[f32], measure: Measure) -> Curve {
        let last = values.len().saturating_sub(1);
        let grains = |at: usize| (values[at] / measure.grain()).round() as i32;
        let mut bends = Vec::new();
        let mut from = 0;
        if !values.is_empty() {
            bends.push((first, grains(0)));
        }
        while from < last {
            let ends = |at: usize| grains(at) as f32 * measure.grain();
            let is_straight = |to: usize| {
                let slope = (ends(to) - ends(from)) / (to - from) as f32;
                (from + 1..to)
                    .all(|at| (ends(from) + slope * (at - from) as f32 - values[at]).abs() <= measure.tolerance())
            };
            from = (from + 1..=last).take_while(|&to| is_straight(to)).last().unwrap_or(from + 1);
            bends.push((first + from as u32, grains(from)));
        }
        Curve { measure, bends }
    }

    /// What to add to this curve to have it go through these values too. `None` if they go another way.
    pub fn offset(&self, first: u32, values: &[f32], measure: Measure) -> Option<f32> {
        let covers =
            |(from, _): &(u32, i32), (to, _): &(u32, i32)| *from <= first && first + values.len() as u32 <= *to + 1;
        let (start, end) = (self.bends.first()?, self.bends.last()?);
        if self.measure != measure || !covers(start, end) {
            return None;
        }
        let off = |at: usize| values[at] - self.at(first + at as u32);
        let (mut least, mut most) = (f32::MAX, f32::MIN);
        for at in 0..values.len() {
            (least, most) = (least.min(off(at)), most.max(off(at)));
            if most - least > 2.0 * measure.tolerance() {
                return None;
            }
        }
        let middle = measure.rounded((least + most) / 2.0);
        (most - middle).max(middle - least).le(&measure.tolerance()).then_some(middle)
    }

    /// Its value at a frame: the first one before it begins, the last one after it has ended.
    pub fn at(&self, frame: u32) -> f32 {
        let after = self.bends.partition_point(|(at, _)| *at <= frame);
        let Some(&(from, one)) = self.bends.get(after.saturating_sub(1)) else { return 0.0 };
        let one = one as f32;
        let Some(&(to, other)) = self.bends.get(after).filter(|_| frame > from) else {
            return one * self.measure.grain();
        };
        (one + (other as f32 - one) * (frame - from) as f32 / (to - from) as f32) * self.measure.grain()
    }
}

#[cfg(test)]
mod tests {
    use super::{Curve, Measure};

    fn winding() -> Vec<f32> {
        (0..200).map(|at| (at as f32 / 9.0).sin() * 50.0 + if at > 120 { 30.0 } else { 0.0 }).collect()
    }

    #[test]
    fn what_goes_straight_has_two_bends() {
        let values: Vec<f32> = (0..101).map(|at| at as f32 * 0.7).collect();
        let curve = Curve::through(5, &values, Measure::Length);
        assert_eq!(Vec::<i32>::from(curve.clone()), [4, 5, 0, 100, 280]);
        assert_eq!((curve.at(0), curve.at(55), curve.at(500)), (0.0, 35.0, 70.0));
    }

    #[test]
    fn a_curve_is_nowhere_off_by_more_than_it_may() {
        let values = winding();
        let curve = Curve::through(0, &values, Measure::Length);
        assert!(curve.bends.len() < 80, "{}", curve.bends.len());
        for (at, value) in values.iter().enumerate() {
            let off = (curve.at(at as u32) - value).abs();
            assert!(off <= Measure::Length.tolerance(), "{at}: off by {off}");
        }
    }

    #[test]
    fn what_goes_beside_a_curve_needs_none() {
        let values = winding();
        let curve = Curve::through(10, &values, Measure::Length);
        let beside: Vec<f32> = values[30..90].iter().map(|value| value + 8.0).collect();
        assert!((curve.offset(40, &beside, Measure::Length).unwrap() - 8.0).abs() < 0.5);
        assert_eq!(curve.offset(41, &beside, Measure::Length), None, "a frame later");
        assert_eq!(curve.offset(5, &beside, Measure::Length), None, "before it begins");
        assert_eq!(curve.offset(40, &beside, Measure::Ratio), None);
    }
}

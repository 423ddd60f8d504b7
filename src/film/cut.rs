//! A layer of a film while it is being cut: which shape of a picture is which of the one before, and in which order all of them
//! can be painted.

use super::curve::Curve;
use super::look::Look;
use super::shot::{Shot, Take, parts};
use crate::lot::Shape;
use std::collections::VecDeque;

/// A layer while it is being cut.
#[derive(Debug, Default)]
pub(super) struct Cut {
    /// Every shape so far; an order in which all of them can be painted comes at the end.
    takes: Vec<Take>,
    /// Those of the frame before, in its order.
    present: Vec<usize>,
    /// For each take those that are painted right after it in some frame.
    above: Vec<Vec<usize>>,
}

impl Cut {
    /// One more frame, the same as before.
    pub fn again(&mut self) {
        for &take in &self.present {
            self.takes[take].stay();
        }
    }

    /// One more frame.
    pub fn next(&mut self, frame: u32, shapes: &[Shape], looks: &mut Vec<Look>) {
        let now: Vec<(usize, Vec<f32>)> = parts(shapes)
            .into_iter()
            .map(|(look, numbers)| {
                let known = looks.iter().position(|known| *known == look);
                let index = known.unwrap_or_else(|| {
                    looks.push(look);
                    looks.len() - 1
                });
                (index, numbers)
            })
            .collect();
        let mut stay = vec![None; now.len()];
        for (before, after) in self.same(&now, looks) {
            stay[after] = Some(self.present[before]);
        }
        self.present = now
            .into_iter()
            .zip(stay)
            .map(|((look, numbers), stays)| match stays {
                Some(take) => {
                    self.takes[take].go_on(numbers, &looks[look]);
                    take
                }
                None => {
                    self.takes.push(Take::new(look, frame, numbers));
                    self.above.push(Vec::new());
                    self.takes.len() - 1
                }
            })
            .collect();
        for pair in self.present.windows(2) {
            if !self.above[pair[0]].contains(&pair[1]) {
                self.above[pair[0]].push(pair[1]);
            }
        }
    }

    /// Which of the shapes before are which of those now: the most that keep their order. So two shapes never change places, and
    /// there is one order for all.
    fn same(&self, now: &[(usize, Vec<f32>)], looks: &[Look]) -> Vec<(usize, usize)> {
        let is_same = |before: usize, after: usize| {
            let (look, numbers) = &now[after];
            self.takes[self.present[before]].goes_on_as(*look, numbers, &looks[*look])
        };
        let (rows, columns) = (self.present.len(), now.len());
        let start = (0..rows.min(columns)).take_while(|&at| is_same(at, at)).count();
        let most = rows.min(columns) - start;
        let end = (1..=most).take_while(|back| is_same(rows - back, columns - back)).count();
        let (height, width) = (rows - start - end, columns - start - end);
        // The longest common row from each place on, from the back.
        let mut longest = vec![vec![0_u32; width + 1]; height + 1];
        for row in (0..height).rev() {
            for column in (0..width).rev() {
                let skipped = longest[row + 1][column].max(longest[row][column + 1]);
                let taken = longest[row + 1][column + 1] + 1;
                longest[row][column] =
                    if taken > skipped && is_same(start + row, start + column) { taken } else { skipped };
            }
        }
        let mut pairs: Vec<(usize, usize)> = (0..start).map(|at| (at, at)).collect();
        let (mut row, mut column) = (0, 0);
        while row < height && column < width {
            if longest[row][column] == longest[row + 1][column] {
                row += 1;
            } else if longest[row][column] == longest[row][column + 1] {
                column += 1;
            } else {
                pairs.push((start + row, start + column));
                (row, column) = (row + 1, column + 1);
            }
        }
        pairs.extend((1..=end).rev().map(|back| (rows - back, columns - back)));
        pairs
    }

    /// Every shape, those that are painted first before those above them.
    pub fn finish(self, looks: &[Look], curves: &mut Vec<Curve>) -> Vec<Shot> {
        // The longest first: what is seen for a while goes beside what is seen all the while.
        let mut longest: Vec<usize> = (0..self.takes.len()).collect();
        longest.sort_by_key(|&take| std::cmp::Reverse(self.takes[take].frames.len()));
        let mut kept = vec![None; self.takes.len()];
        for take in longest {
            kept[take] = Some(self.takes[take].shot(&looks[self.takes[take].look], curves));
        }
        let mut below = vec![0; self.takes.len()];
        for &above in self.above.iter().flatten() {
            below[above] += 1;
        }
        let mut free: VecDeque<usize> = (0..self.takes.len()).filter(|&take| below[take] == 0).collect();
        let mut shots = Vec::new();
        while let Some(take) = free.pop_front() {
            shots.extend(kept[take].take());
            for &above in &self.above[take] {
                below[above] -= 1;
                if below[above] == 0 {
                    free.push_back(above);
                }
            }
        }
        shots
    }
}

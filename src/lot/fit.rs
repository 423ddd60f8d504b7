//! How large bays can be, and how many stand beside each other.

use super::geometry::Rect;

/// A bay's width for its height, and the room to the next.
pub(super) const BAY_WIDTH: f32 = 0.5;
pub(super) const BAY_PITCH: f32 = 0.58;
/// An aisle's width for a bay's height.
pub(super) const AISLE: f32 = 0.86;
/// The width of the lane from the gate for a bay's height.
pub(super) const LANE: f32 = 1.0;

/// How many rows so many bays make.
pub(super) fn rows(bays: usize, across: usize) -> usize {
    bays.div_ceil(across.max(1))
}

/// What bays have to fit into.
pub(super) struct Fit {
    pub lot: Rect,
    pub gate: f32,
    pub places: usize,
    pub old: usize,
    pub titles: f32,
    pub largest: f32,
}

impl Fit {
    /// The height of everything, in heights of a bay.
    pub fn heights(&self, across: usize) -> f32 {
        let rows = |bays: usize| rows(bays, across);
        let aisles = rows(self.places).div_ceil(2) + rows(self.old).div_ceil(2);
        (rows(self.places) + rows(self.old)).max(1) as f32 + AISLE * aisles.max(1) as f32
    }

    /// So many columns on both sides of the gate's lane.
    fn columns(&self, across: usize) -> (usize, usize) {
        let left = (across as f32 * (self.gate - self.lot.x) / self.lot.w).round() as usize;
        (left, across - left)
    }

    fn height(&self, across: usize) -> f32 {
        let (left, right) = self.columns(across);
        let side = |room: f32, columns: usize| room / (columns as f32 * BAY_PITCH + LANE / 2.0);
        let by_width = side(self.gate - self.lot.x, left).min(side(self.lot.x + self.lot.w - self.gate, right));
        let by_height = (self.lot.h - self.titles) / self.heights(across);
        by_height.min(by_width).min(self.largest)
    }

    /// The columns that make bays largest, and a bay's height.
    pub fn best(&self) -> ((usize, usize), f32) {
        let most = self.places.max(self.old).max(1);
        // Of equals the one that is most compact.
        let best = (1..=most).rev().max_by(|&a, &b| self.height(a).total_cmp(&self.height(b))).unwrap_or(1);
        (self.columns(best), self.height(best))
    }
}

//! Where things are: a plan of the lot for a format and a number of bays.
//!
//! Everybody drives one way. The road has three lanes, all to the right: the line at the kerb, which ends at the gate; the lane
//! that one drives in; and a lay-by for requests that run without a connection. From the gate a lane leads up between the bays, from it an
//! aisle to the left and one to the right between every two rows, and each ends outside the picture. So ways meet, and never cross head on.

use super::fit::{AISLE, BAY_PITCH, BAY_WIDTH, Fit, LANE, rows};
use super::geometry::{Format, Rect, SMALL, Spot};
use super::motion::{Point, Pose};
use super::rack;
use std::f32::consts::FRAC_PI_2;

/// A bay this high holds a car of scale 1, which is 36 x 72 units.
const BAY_OF_SCALE_1: f32 = 120.0;
/// A car's length at scale 1.
const LENGTH: f32 = 72.0;
/// How far apart those stand who wait, in lengths of a car.
const PITCH: f32 = 1.62;

/// The plan: all places for one format and one number of bays.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LotPlan {
    /// The format.
    pub format: Format,
    /// The whole picture.
    pub size: (f32, f32),
    /// The ground for bays and aisles.
    pub lot: Rect,
    /// The road that all come by.
    pub road: Rect,
    /// Where the keys hang.
    pub rack: Rect,
    /// Height of the words in the picture.
    pub letter: f32,
    /// The middle of the lane that leads from the road up between the bays.
    pub gate: f32,
    places: usize,
    old: usize,
    /// To the left of the gate's lane, and to the right.
    columns: (usize, usize),
    /// A bay's height.
    bay: f32,
    top: f32,
    band_gap: f32,
}

impl LotPlan {
    /// A plan with `places` for bays of the current pool and `old` for those of pools before it.
    pub fn new(format: Format, places: usize, old: usize) -> LotPlan {
        let (size, lot, road, rack, letter, gate, largest) = match format {
            Format::Panorama => (
                (1440.0, 700.0),
                Rect::new(24.0, 208.0, 1392.0, 348.0),
                Rect::new(0.0, 582.0, 1440.0, 118.0),
                Rect::new(1004.0, 22.0, 412.0, 66.0),
                17.0,
                0.6,
                108.0,
            ),
            Format::Wide => (
                (1200.0, 660.0),
                Rect::new(24.0, 84.0, 1152.0, 426.0),
                Rect::new(0.0, 540.0, 1200.0, 120.0),
                Rect::new(700.0, 12.0, 476.0, 64.0),
                17.0,
                0.62,
                108.0,
            ),
            Format::Tall => (
                (390.0, 580.0),
                Rect::new(6.0, 82.0, 378.0, 386.0),
                Rect::new(0.0, 496.0, 390.0, 84.0),
                Rect::new(8.0, 8.0, 374.0, 68.0),
                13.5,
                0.7,
                74.0,
            ),
        };
        let gate = lot.x + lot.w * gate;
        let band_gap = if old > 0 { letter * 1.6 } else { 0.0 };
        let fit = Fit { lot, gate, places, old, titles: letter * 2.2 + band_gap, largest };
        let (columns, bay) = fit.best();
        let spare = lot.h - fit.titles - bay * fit.heights(columns.0 + columns.1);
        let top = lot.y + letter * 2.2 + (spare / 2.0).max(0.0);
        LotPlan { format, size, lot, road, rack, letter, gate, places, old, columns, bay, top, band_gap }
    }

    /// Whether it has just these places. Bays of the pool before go one by one: the lot changes when the last has gone.
    pub(super) fn is_for(&self, places: usize, old: usize) -> bool {
        self.places == places && (self.old == old || (1..=self.old).contains(&old))
    }

    /// The same places in another format.
    pub(super) fn in_format(&self, format: Format) -> LotPlan {
        LotPlan::new(format, self.places, self.old)
    }

    /// Whether cars are so small that nobody would see them drive.
    pub(super) fn is_crowded(&self) -> bool {
        self.scale() < SMALL
    }

    fn across(&self) -> usize {
        self.columns.0 + self.columns.1
    }

    /// The row of bays that a spot is in, counted from above: with an aisle below each even one.
    fn row(&self, spot: Spot) -> usize {
        let before = if spot.old { rows(self.places, self.across()).next_multiple_of(2) } else { 0 };
        before + spot.place() / self.across()
    }

    /// The upper edge of a pair of rows.
    fn pair_top(&self, pair: usize) -> f32 {
        let current = rows(self.places, self.across());
        // A pair may lack its lower row.
        let missing = if current % 2 == 1 && pair > current / 2 { self.bay } else { 0.0 };
        let gap = if pair >= current.div_ceil(2) { self.band_gap } else { 0.0 };
        self.top + pair as f32 * self.bay * (2.0 + AISLE) - missing + gap
    }

    /// The bay at `spot`.
    pub fn bay(&self, spot: Spot) -> Rect {
        let row = self.row(spot);
        let lower = if row % 2 == 1 { self.bay * (1.0 + AISLE) } else { 0.0 };
        let column = spot.place() % self.across();
        let h = self.bay;
        let gap = h * (BAY_PITCH - BAY_WIDTH) / 2.0;
        let x = if column < self.columns.0 {
            self.gate - h * LANE / 2.0 - (self.columns.0 - column) as f32 * h * BAY_PITCH
        } else {
            self.gate + h * LANE / 2.0 + (column - self.columns.0) as f32 * h * BAY_PITCH
        };
        Rect::new(x + gap, self.pair_top(row / 2) + lower, h * BAY_WIDTH, h)
    }

    /// Of each row of bays, on each side of the lane from the gate, the first and the last.
    pub(super) fn row_ends(&self) -> Vec<(Rect, Rect)> {
        let mut ends = Vec::new();
        for (old, many) in [(false, self.places), (true, self.old)] {
            for first in (0..many).step_by(self.across()) {
                let last = (first + self.across()).min(many) - 1;
                let middle = first + self.columns.0;
                let bay = |index| self.bay(Spot::new(old, index));
                if first < middle {
                    ends.push((bay(first), bay(last.min(middle - 1))));
                }
                if last >= middle {
                    ends.push((bay(middle), bay(last)));
                }
            }
        }
        ends
    }

    /// Whether one drives into that bay downwards.
    pub fn is_below(&self, spot: Spot) -> bool {
        self.row(spot) % 2 == 1
    }

    /// Where a strip's title stands: above all, or above its first bay.
    pub fn band_title(&self, old: bool) -> Point {
        if !old && self.format == Format::Panorama {
            return (self.rack.x + 2.0, self.rack.y + self.rack.h + self.letter * 1.7); // on the left stands the page's title
        }
        if !old {
            let y =
                if self.format == Format::Wide { self.rack.y + self.rack.h / 2.0 } else { self.lot.y + self.letter };
            return (self.margin(), y);
        }
        (self.margin(), self.bay(Spot::new(old, 0)).y - self.letter * 0.8)
    }

    /// Where words begin at the left.
    pub fn margin(&self) -> f32 {
        if self.format == Format::Panorama { self.lot.x } else { self.letter }
    }

    /// Where the page's title stands, in a format that has room for it.
    pub fn title(&self) -> Option<Rect> {
        let below = Rect::new(0.0, 0.0, self.rack.x - 24.0, self.lot.y);
        (self.format == Format::Panorama).then_some(below)
    }

    /// Where the `index`th car stands that cannot be shown leaving, by readers who want no motion.
    pub fn roadside(&self, index: usize) -> Pose {
        let x = self.gate + self.length() * (1.4 + 1.6 * index as f32);
        Pose { x, y: self.lanes().1, heading: 0.0, scale: self.scale() }
    }

    /// A car parked at `spot`.
    pub fn parked(&self, spot: Spot) -> Pose {
        self.within(spot, 0.5)
    }

    /// A car at the mouth of `spot`, while the bay is being built.
    pub fn before(&self, spot: Spot) -> Pose {
        self.within(spot, 0.62)
    }

    fn within(&self, spot: Spot, part: f32) -> Pose {
        let (bay, below) = (self.bay(spot), self.is_below(spot));
        let (x, down) = (bay.x + bay.w / 2.0, if below { 1.0 - part } else { part });
        let heading = if below { FRAC_PI_2 } else { -FRAC_PI_2 };
        Pose { x, y: bay.y + bay.h * down, heading, scale: self.scale() }
    }

    /// How many aisles there are.
    pub(super) fn aisles(&self) -> usize {
        let current = rows(self.places, self.across()).div_ceil(2);
        current + rows(self.old, self.across()).div_ceil(2)
    }

    /// The middle of an aisle, counted from above.
    pub(super) fn aisle(&self, index: usize) -> f32 {
        self.pair_top(index) + self.bay * (1.0 + AISLE / 2.0)
    }

    /// The aisle that leads to a spot.
    pub(super) fn aisle_of(&self, spot: Spot) -> usize {
        self.row(spot) / 2
    }

    /// How wide an aisle is, and the lane from the gate.
    pub(super) fn widths(&self) -> (f32, f32) {
        (self.bay * AISLE, self.bay * LANE * 0.62)
    }

    /// The middles of the road's lanes: of the line at the kerb, of the one that is driven in, and of the lay-by.
    pub(super) fn lanes(&self) -> (f32, f32, f32) {
        let Rect { y, h, .. } = self.road;
        (y + h * 0.22, y + h * 0.53, y + h * 0.83)
    }

    /// How wide a corner is taken.
    pub(super) fn turn(&self) -> f32 {
        self.bay * 0.42
    }

    /// How far one drives from the middle of the aisle into a bay.
    pub(super) fn bay_depth(&self) -> f32 {
        self.bay * (0.5 + AISLE / 2.0)
    }

    /// How large a car is drawn; 1 is 36 x 72 units.
    pub(super) fn scale(&self) -> f32 {
        self.bay / BAY_OF_SCALE_1
    }

    /// How long a car is.
    pub(super) fn length(&self) -> f32 {
        LENGTH * self.scale()
    }

    /// Picture units a second.
    pub(super) fn speed(&self) -> f32 {
        match self.format {
            Format::Panorama | Format::Wide => 1_000.0,
            Format::Tall => 560.0,
        }
    }

    /// Outside, where cars come from.
    pub fn entrance(&self) -> Pose {
        Pose { x: -self.length(), y: self.lanes().1, heading: 0.0, scale: self.scale() }
    }

    /// How many of the line stand in the picture.
    pub fn line_in_sight(&self) -> usize {
        (((self.line(0.0).x - self.length() * 0.6 - self.length() * 0.2) / (self.length() * PITCH)) as usize + 1).max(1)
    }

    /// The place of the car that is `place`th in line, the first nearest to the gate; between two if it moves up.
    pub fn line(&self, place: f32) -> Pose {
        let first = self.gate - self.turn() - self.length() * 0.85;
        let x = first - place * self.length() * PITCH;
        Pose { x, y: self.lanes().0, heading: 0.0, scale: self.scale() }
    }

    /// How many stand in the lay-by.
    pub(super) fn lay_by_in_sight(&self) -> usize {
        self.line_in_sight().saturating_sub(1).max(1)
    }

    /// The `index`th place in the lay-by, the first nearest to the gate.
    pub(super) fn lay_by(&self, index: usize) -> Pose {
        Pose { y: self.lanes().2, ..self.line(index as f32 + 1.0) }
    }

    /// The hook for the `place`th of `of` keys; between two if the key moves up.
    pub fn hook(&self, place: f32, of: usize) -> Point {
        rack::hook(self.format, self.rack, place, of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lot::geometry::{MOST_BAYS, MOST_KEYS};

    #[test]
    fn bays_stay_on_the_ground_and_apart() {
        for format in Format::ALL {
            for (places, old) in [
                (1, 0),
                (1, 1),
                (7, 0),
                (7, 5),
                (15, 0),
                (20, 0),
                (40, 0),
                (50, 50),
                (100, 20),
                (120, 120),
                (MOST_BAYS, MOST_BAYS),
            ] {
                let plan = LotPlan::new(format, places, old);
                let current = (0..places).map(|index| Spot::new(false, index));
                let before = (0..old).map(|index| Spot::new(true, index));
                let bays: Vec<Rect> = current.chain(before).map(|spot| plan.bay(spot)).collect();
                for (spot, bay) in bays.iter().enumerate() {
                    assert!(bay.w > 2.5, "{format:?} {places}+{old}: bay {spot} is {bay:?}");
                    assert!(
                        bay.x >= plan.lot.x - 0.01 && bay.x + bay.w <= plan.lot.x + plan.lot.w + 0.01,
                        "{format:?} {places}+{old}: {bay:?}"
                    );
                    assert!(
                        bay.y >= plan.lot.y && bay.y + bay.h <= plan.lot.y + plan.lot.h + 0.01,
                        "{format:?} {places}+{old}: bay {spot} {bay:?}"
                    );
                    for other in &bays[..spot] {
                        let apart = bay.x >= other.x + other.w
                            || other.x >= bay.x + bay.w
                            || bay.y >= other.y + other.h - 0.01
                            || other.y >= bay.y + bay.h - 0.01;
                        assert!(apart, "{format:?} {places}+{old}: {bay:?} on {other:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn hooks_stay_on_the_rack() {
        for format in Format::ALL {
            for of in [1, 5, 20, 100, MOST_KEYS, 500] {
                let plan = LotPlan::new(format, 5, 2);
                for place in 0..of {
                    let (x, y) = plan.hook(place as f32, of);
                    let rack = plan.rack;
                    assert!(
                        x >= rack.x && x < rack.x + rack.w && y > rack.y && y < rack.y + rack.h,
                        "{format:?} {place}/{of}"
                    );
                }
            }
        }
    }
}

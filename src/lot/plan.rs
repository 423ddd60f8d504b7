//! Where things are: a plan of the lot for a format, a number of bays and a kerb.

use super::car::Halt;
use super::geometry::{Format, Rect, Spot};
use super::kerb::Kerb;
use super::motion::{Point, Pose};
use super::rack;
use std::f32::consts::{FRAC_PI_2, PI};

/// A bay's width for its height.
const BAY_ASPECT: f32 = 0.72;
/// Room around a bay, as part of its width.
const BAY_GAP: f32 = 0.3;
/// Room below a bay for its number and for the aisle, as part of its height.
const BAY_FOOT: f32 = 0.4;
/// A bay this high holds a car of scale 1, which is 36 x 72 units.
const BAY_OF_SCALE_1: f32 = 120.0;

/// The plan: all places for one format, one number of bays and one length of line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LotPlan {
    /// The format.
    pub format: Format,
    /// The whole picture.
    pub size: (f32, f32),
    /// The asphalt.
    pub lot: Rect,
    /// The road that all come by.
    pub road: Rect,
    /// Where one waits.
    pub kerb: Kerb,
    /// Where the keys hang.
    pub rack: Rect,
    /// Height of the words in the picture.
    pub letter: f32,
    places: usize,
    old: usize,
    columns: usize,
    bay: (f32, f32),
    first: Point,
    band_gap: f32,
}

impl LotPlan {
    /// A plan with `places` for bays of the current pool, `old` for those of pools before it, and this kerb.
    pub fn new(format: Format, places: usize, old: usize, kerb: Kerb) -> LotPlan {
        let (size, lot, road, rack, letter) = match format {
            Format::Wide => (
                (1200.0, 660.0),
                Rect::new(304.0, 24.0, 680.0, 500.0),
                Rect::new(0.0, 548.0, 1200.0, 112.0),
                Rect::new(1060.0, 24.0, 128.0, 500.0),
                17.0,
            ),
            Format::Tall => (
                (390.0, 580.0),
                Rect::new(8.0, 84.0, 374.0, 280.0),
                Rect::new(0.0, 510.0, 390.0, 70.0),
                Rect::new(8.0, 8.0, 374.0, 68.0),
                13.5,
            ),
        };
        let (columns, bay, band_gap) = fit(lot, places, old, letter);
        let widest = places.max(old).min(columns).max(1);
        let used = widest as f32 * bay.0 * (1.0 + BAY_GAP) - bay.0 * BAY_GAP;
        let rows = (places.div_ceil(columns) + old.div_ceil(columns)).max(1) as f32;
        let titles = letter * 2.4 + if old > 0 { band_gap } else { 0.0 };
        let spare = lot.h - titles - rows * bay.1 * (1.0 + BAY_FOOT);
        let first = (lot.x + (lot.w - used) / 2.0, lot.y + letter * 2.4 + (spare / 2.0).max(0.0));
        LotPlan { format, size, lot, road, kerb, rack, letter, places, old, columns, bay, first, band_gap }
    }

    /// Whether it has just these places.
    pub(super) fn is_for(&self, places: usize, old: usize, kerb: &Kerb) -> bool {
        self.places == places && self.old == old && self.kerb == *kerb
    }

    /// The bay at `spot`.
    pub fn bay(&self, spot: Spot) -> Rect {
        let (band_row, gap) = if spot.old { (self.places.div_ceil(self.columns), self.band_gap) } else { (0, 0.0) };
        let (column, row) = (spot.place() % self.columns, band_row + spot.place() / self.columns);
        let (w, h) = self.bay;
        Rect::new(
            self.first.0 + column as f32 * w * (1.0 + BAY_GAP),
            self.first.1 + row as f32 * h * (1.0 + BAY_FOOT) + gap,
            w,
            h,
        )
    }

    /// Where a strip's title stands: above its first bay.
    pub fn band_title(&self, old: bool) -> Point {
        let bay = self.bay(Spot::new(old, 0));
        (bay.x, bay.y - self.letter * 0.8)
    }

    /// Where the `index`th car stands that cannot be shown leaving, by readers who want no motion.
    pub fn roadside(&self, index: usize) -> Pose {
        let scale = self.road_scale();
        Pose { x: 165.0 * scale.max(0.6) * (index as f32 + 0.8), y: self.far_lane(), heading: 0.0, scale }
    }

    /// A car parked at `spot`, nose up.
    pub fn parked(&self, spot: Spot) -> Pose {
        let (x, y) = self.bay(spot).center();
        Pose { x, y, heading: -FRAC_PI_2, scale: self.car_scale() }
    }

    /// A car in front of `spot`, while the bay is being built.
    pub fn before(&self, spot: Spot) -> Pose {
        let bay = self.bay(spot);
        Pose { x: bay.x + bay.w / 2.0, y: bay.y + bay.h * 0.95, heading: -FRAC_PI_2, scale: self.car_scale() * 0.92 }
    }

    /// The aisle in front of `spot`'s row.
    pub(super) fn aisle(&self, spot: Spot) -> f32 {
        let bay = self.bay(spot);
        bay.y + bay.h * (1.0 + BAY_FOOT * 0.55)
    }

    /// Where cars enter the lot and where they leave it: the left and the right side.
    pub(super) fn gates(&self) -> (f32, f32) {
        match self.format {
            Format::Wide => (self.lot.x - 20.0, self.lot.x + self.lot.w + 24.0),
            Format::Tall => (self.lot.x + 13.0, self.lot.x + self.lot.w - 13.0),
        }
    }

    /// The lane along the lot.
    pub(super) fn near_lane(&self) -> f32 {
        self.road.y + self.road.h * 0.27
    }

    /// The lane away from the lot.
    pub(super) fn far_lane(&self) -> f32 {
        self.road.y + self.road.h * 0.73
    }

    /// Where cars come from.
    pub fn entrance(&self) -> Pose {
        Pose { x: -40.0, y: self.near_lane(), heading: 0.0, scale: self.road_scale() }
    }

    /// Where a car stands on the road: before it has asked, in the lane along the lot, the first one at the way in; after it has
    /// given a bay back, in the lane away from the lot, the first one at the way out.
    pub(super) fn halt(&self, halt: Halt) -> Pose {
        let (room, scale) = (self.halt_room(), self.road_scale());
        let along = room * (halt.index as f32 + 0.7);
        let (way_in, way_out) = self.gates();
        match (halt.after, self.format) {
            (true, _) => Pose { x: way_out - along, y: self.far_lane(), heading: PI, scale },
            (false, Format::Wide) => Pose { x: way_in - along, y: self.near_lane(), heading: 0.0, scale },
            (false, Format::Tall) => Pose { x: way_in + along, y: self.near_lane(), heading: 0.0, scale },
        }
    }

    /// Whether that is in the picture.
    pub(super) fn has_room(&self, halt: Halt) -> bool {
        let x = self.halt(halt).x;
        x > 0.0 && x < self.size.0
    }

    fn halt_room(&self) -> f32 {
        88.0 * self.road_scale().max(0.3)
    }

    /// How large a car is drawn in a bay; 1 is 36 x 72 units.
    fn car_scale(&self) -> f32 {
        (self.bay.1 / BAY_OF_SCALE_1).min(1.0)
    }

    /// How large a car is drawn on the road: no giant among small ones.
    pub(super) fn road_scale(&self) -> f32 {
        let crowded = 1.6 * self.car_scale().min(self.kerb.scale());
        (self.road.h / 110.0).min(0.85).min(crowded.max(0.2))
    }

    /// The hook for the `place`th of `of` keys; between two if the key moves up.
    pub fn hook(&self, place: f32, of: usize) -> Point {
        rack::hook(self.format, self.rack, self.letter, place, of)
    }
}

/// The number of columns that makes bays largest, the size of a bay, and the gap between the bands.
fn fit(lot: Rect, places: usize, old: usize, letter: f32) -> (usize, (f32, f32), f32) {
    let titles = letter * if old > 0 { 3.8 } else { 2.4 };
    let most = places.max(old).max(1);
    let height = |columns: usize| {
        let rows = (places.div_ceil(columns) + old.div_ceil(columns)).max(1) as f32;
        let by_height = (lot.h - titles) / (rows * (1.0 + BAY_FOOT));
        let by_width = (lot.w - letter * 5.0) / (columns as f32 * (1.0 + BAY_GAP) - BAY_GAP) / BAY_ASPECT;
        by_height.min(by_width).min(136.0)
    };
    let columns = (1..=most).max_by(|&a, &b| height(a).total_cmp(&height(b))).unwrap_or(1);
    let h = height(columns);
    (columns, (h * BAY_ASPECT, h), letter * 1.4)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lot::geometry::{MOST_BAYS, MOST_KEYS};

    fn plan(format: Format, places: usize, old: usize) -> LotPlan {
        LotPlan::new(format, places, old, Kerb::new(format, 0))
    }

    #[test]
    fn bays_stay_on_the_asphalt_and_apart() {
        for format in [Format::Wide, Format::Tall] {
            for (places, old) in [
                (1, 0),
                (1, 1),
                (7, 0),
                (7, 5),
                (15, 0),
                (20, 0),
                (50, 50),
                (100, 20),
                (120, 120),
                (MOST_BAYS, MOST_BAYS),
            ] {
                let plan = plan(format, places, old);
                let current = (0..places).map(|index| Spot::new(false, index));
                let before = (0..old).map(|index| Spot::new(true, index));
                let bays: Vec<Rect> = current.chain(before).map(|spot| plan.bay(spot)).collect();
                for (spot, bay) in bays.iter().enumerate() {
                    assert!(bay.w > 3.0, "{format:?} {places}+{old}: bay {spot} is {bay:?}");
                    assert!(
                        bay.x >= plan.lot.x && bay.x + bay.w <= plan.lot.x + plan.lot.w + 0.01,
                        "{format:?} {places}+{old}: {bay:?}"
                    );
                    assert!(
                        bay.y + bay.h <= plan.lot.y + plan.lot.h + 0.01,
                        "{format:?} {places}+{old}: bay {spot} {bay:?}"
                    );
                    for other in &bays[..spot] {
                        let apart = bay.x >= other.x + other.w
                            || other.x >= bay.x + bay.w
                            || bay.y >= other.y + other.h
                            || other.y >= bay.y + bay.h;
                        assert!(apart, "{format:?} {places}+{old}: {bay:?} on {other:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn hooks_stay_on_the_rack() {
        for format in [Format::Wide, Format::Tall] {
            for of in [1, 5, 20, 100, MOST_KEYS, 500] {
                let plan = plan(format, 5, 2);
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

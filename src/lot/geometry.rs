//! Where things are: a plan of the lot for a format, a number of bays and a number of waiting cars.

use super::motion::{Point, Pose};
use std::f32::consts::FRAC_PI_2;

/// The shape of the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// 1200 x 660, for a desktop.
    Wide,
    /// 390 x 580, for a phone.
    Tall,
}

/// A place for a bay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// On the strip for bays of pools that were replaced.
    pub old: bool,
    /// So manieth there, from 0.
    pub index: usize,
}

/// A rectangle, by its upper left corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub x: f32,
    /// Upper edge.
    pub y: f32,
    /// Width.
    pub w: f32,
    /// Height.
    pub h: f32,
}

impl Rect {
    const fn new(x: f32, y: f32, w: f32, h: f32) -> Rect {
        Rect { x, y, w, h }
    }

    /// The middle.
    pub fn center(&self) -> Point {
        (self.x + self.w / 2.0, self.y + self.h / 2.0)
    }
}

/// A bay's width for its height.
const BAY_ASPECT: f32 = 0.72;
/// Room around a bay, as part of its width.
const BAY_GAP: f32 = 0.3;
/// Room below a bay for its number and for the aisle, as part of its height.
const BAY_FOOT: f32 = 0.4;
/// The most bays that are drawn; more are counted in words.
pub const MOST_BAYS: usize = 240;
/// The most waiting cars that are drawn; more are counted in words.
pub const MOST_WAITING: usize = 160;
/// The most keys that are drawn; more are counted in words.
pub const MOST_KEYS: usize = 120;

/// The plan: all places for one format and one number of bays.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plan {
    /// The format.
    pub format: Format,
    /// The whole picture.
    pub size: (f32, f32),
    /// The asphalt.
    pub lot: Rect,
    /// The road that all come by.
    pub road: Rect,
    /// Where one waits.
    pub kerb: Rect,
    /// Where the keys hang.
    pub rack: Rect,
    /// Height of the words in the picture.
    pub letter: f32,
    places: usize,
    columns: usize,
    bay: (f32, f32),
    first: Point,
    band_gap: f32,
    pub(super) kerb_cell: f32,
    kerb_columns: usize,
}

impl Plan {
    /// A plan with `places` for bays of the current pool, `old` for those of pools before it, and `waiting` cars.
    pub fn new(format: Format, places: usize, old: usize, waiting: usize) -> Plan {
        let (size, lot, road, kerb, rack, letter) = match format {
            Format::Wide => (
                (1200.0, 660.0),
                Rect::new(304.0, 24.0, 680.0, 500.0),
                Rect::new(0.0, 548.0, 1200.0, 112.0),
                wide_kerb(waiting),
                Rect::new(1060.0, 24.0, 128.0, 500.0),
                17.0,
            ),
            Format::Tall => (
                (390.0, 580.0),
                Rect::new(8.0, 84.0, 374.0, 280.0),
                Rect::new(0.0, 510.0, 390.0, 70.0),
                Rect::new(14.0, 398.0, 362.0, 98.0),
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
        let (kerb_cell, kerb_columns) = kerb_cells(kerb, waiting);
        Plan {
            format,
            size,
            lot,
            road,
            kerb,
            rack,
            letter,
            places,
            columns,
            bay,
            first,
            band_gap,
            kerb_cell,
            kerb_columns,
        }
    }

    /// The bay at `spot`.
    pub fn bay(&self, spot: Spot) -> Rect {
        let Spot { old, index } = spot;
        let (band_row, gap) = if old { (self.places.div_ceil(self.columns), self.band_gap) } else { (0, 0.0) };
        let (column, row) = (index % self.columns, band_row + index / self.columns);
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
        let bay = self.bay(Spot { old, index: 0 });
        (bay.x, bay.y - self.letter * 0.8)
    }

    /// Where the `index`th car stands that cannot be shown leaving, by readers who want no motion.
    pub fn roadside(&self, index: usize) -> Pose {
        let step = 165.0 * self.road_scale();
        Pose { x: step * (index as f32 + 0.8), y: self.far_lane(), heading: 0.0, scale: self.road_scale() }
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
            Format::Tall => (self.lot.x + 12.0, self.lot.x + self.lot.w - 12.0),
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

    /// The place at the kerb of the car that is `place`th in line: the first nearest to the gate.
    pub fn waiting(&self, place: usize) -> Pose {
        let place = place.min(MOST_WAITING - 1);
        let (along, row) = (place % self.kerb_columns, place / self.kerb_columns);
        // The line winds, so that who moves up moves next door.
        let column = if row % 2 == 0 { along } else { self.kerb_columns - 1 - along };
        let x = self.kerb.x + self.kerb.w - (column as f32 + 0.5) * self.kerb_cell;
        let y = self.kerb.y + self.kerb.h - (row as f32 + 0.5) * self.kerb_cell;
        Pose { x, y, heading: 0.0, scale: self.waiting_scale() }
    }

    /// How large a car is drawn in a bay; 1 is 36 x 72 units.
    fn car_scale(&self) -> f32 {
        (self.bay.1 / 120.0).min(1.0)
    }

    /// How large a car is drawn at the kerb.
    fn waiting_scale(&self) -> f32 {
        (self.kerb_cell / 86.0).min(0.9)
    }

    /// How large a car is drawn on the road.
    fn road_scale(&self) -> f32 {
        (self.road.h / 110.0).min(0.85)
    }

    /// The hook for the `place`th of `of` keys.
    pub fn hook(&self, place: usize, of: usize) -> Point {
        let place = place.min(MOST_KEYS - 1);
        let of = of.clamp(1, MOST_KEYS);
        let head = self.letter * 2.9;
        match self.format {
            Format::Wide => {
                let rows = of.div_ceil(of.div_ceil(13)).clamp(10, 40) as f32;
                let columns = (of as f32 / rows).ceil();
                let step = (self.rack.h - head - 16.0) / rows;
                let (column, row) = ((place as f32 / rows).floor(), place as f32 % rows);
                let width = (self.rack.w - 28.0) / columns;
                (self.rack.x + 14.0 + column * width, self.rack.y + head + (row + 0.5) * step)
            }
            Format::Tall => {
                let columns = of.div_ceil(of.div_ceil(12)).clamp(7, 30) as f32;
                let rows = (of as f32 / columns).ceil();
                let (column, row) = (place as f32 % columns, (place as f32 / columns).floor());
                let height = (self.rack.h - 26.0) / rows;
                let step = (self.rack.w - 20.0) / columns;
                (self.rack.x + 10.0 + column * step, self.rack.y + 24.0 + (row + 0.5) * height)
            }
        }
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

/// The kerb grows upwards with the line: two rows, four, then all there is.
fn wide_kerb(waiting: usize) -> Rect {
    let h = match waiting {
        0..=6 => 160.0,
        7..=12 => 310.0,
        _ => 440.0,
    };
    Rect::new(24.0, 524.0 - h, 240.0, h)
}

/// The size of a waiting car's cell, and how many stand side by side: smaller as the line grows, in steps.
fn kerb_cells(kerb: Rect, waiting: usize) -> (f32, usize) {
    let mut cell = (kerb.w / 3.0).min(72.0);
    loop {
        let columns = (kerb.w / cell) as usize;
        let rows = (kerb.h / cell) as usize;
        if columns * rows >= waiting.min(MOST_WAITING) || cell < 14.0 {
            return (cell, columns.max(1));
        }
        cell *= 0.85;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bays_stay_on_the_asphalt_and_apart() {
        for format in [Format::Wide, Format::Tall] {
            for (places, old) in [(1, 0), (1, 1), (7, 0), (7, 5), (15, 0), (20, 0), (50, 50), (100, 20), (120, 120)] {
                let plan = Plan::new(format, places, old, 0);
                let current = (0..places).map(|index| Spot { old: false, index });
                let before = (0..old).map(|index| Spot { old: true, index });
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
    fn the_line_stays_at_the_kerb() {
        for format in [Format::Wide, Format::Tall] {
            for waiting in [1, 3, 12, 40, 100, 160, 5000] {
                let plan = Plan::new(format, 5, 2, waiting);
                for place in 0..waiting.min(MOST_WAITING) {
                    let pose = plan.waiting(place);
                    assert!(
                        pose.x > plan.kerb.x - 1.0 && pose.y > plan.kerb.y - 1.0,
                        "{format:?}: {place} of {waiting} at {pose:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn hooks_stay_on_the_rack() {
        for format in [Format::Wide, Format::Tall] {
            for of in [1, 5, 20, 100, 500] {
                let plan = Plan::new(format, 5, 2, 0);
                for place in 0..of {
                    let (x, y) = plan.hook(place, of);
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

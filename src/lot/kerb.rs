//! The kerb: cells for the cars in line, smaller as the line grows.

use super::geometry::{Format, MOST_WAITING, Rect, SMALL};
use super::motion::{Point, Pose, between};

/// A car of scale 1 has this much room.
const ROOM: f32 = 86.0;
/// Small cars have no ring round them and stand closer: the height of their cells for the width.
const FLAT: f32 = 0.66;

/// The kerb, laid out for a line of some length.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Kerb {
    format: Format,
    /// Where one waits.
    pub rect: Rect,
    /// The room of one car.
    pub cell: (f32, f32),
    columns: usize,
    /// So many have room.
    capacity: usize,
}

impl Kerb {
    /// A kerb for so many.
    pub fn new(format: Format, waiting: usize) -> Kerb {
        let rect = match (format, waiting) {
            // It grows upwards with the line: two rows, four, then all there is.
            (Format::Wide, 0..=6) => Rect::new(24.0, 364.0, 240.0, 160.0),
            (Format::Wide, 7..=12) => Rect::new(24.0, 214.0, 240.0, 310.0),
            (Format::Wide, _) => Rect::new(24.0, 84.0, 240.0, 440.0),
            // Room on both sides for those who drive in and out.
            (Format::Tall, _) => Rect::new(36.0, 388.0, 318.0, 98.0),
        };
        let mut width = (rect.w / 3.0).min(72.0);
        loop {
            let height = if width / ROOM < SMALL { width * FLAT } else { width };
            let (columns, rows) = ((rect.w / width) as usize, (rect.h / height) as usize);
            let capacity = columns * rows;
            if capacity >= waiting.min(MOST_WAITING) || width < 4.0 {
                return Kerb { format, rect, cell: (width, height), columns: columns.max(1), capacity };
            }
            width *= 0.85;
        }
    }

    /// The kerb for a line that has become this long. It shrinks late, so that it does not change to and fro.
    pub fn fit(self, waiting: usize) -> Kerb {
        let roomy = Kerb::new(self.format, waiting + waiting / 4 + 1);
        if waiting.min(MOST_WAITING) > self.capacity {
            Kerb::new(self.format, waiting)
        } else if roomy.capacity < self.capacity {
            roomy
        } else {
            self
        }
    }

    /// The place of the car that is `place`th in line, the first nearest to the gate; between two if it moves up.
    pub fn waiting(&self, place: f32) -> Pose {
        let place = place.clamp(0.0, (MOST_WAITING - 1) as f32);
        let (index, part) = (place as usize, place.fract());
        let (x, y) = match self.point(index) {
            cell if part == 0.0 => cell,
            cell => between(cell, self.point(index + 1), part),
        };
        Pose { x, y, heading: 0.0, scale: self.scale() }
    }

    fn point(&self, place: usize) -> Point {
        let (along, row) = (place % self.columns, place / self.columns);
        // The line winds, so that who moves up moves next door.
        let column = if row % 2 == 0 { along } else { self.columns - 1 - along };
        let Rect { x, y, w, h } = self.rect;
        (x + w - (column as f32 + 0.5) * self.cell.0, y + h - (row as f32 + 0.5) * self.cell.1)
    }

    /// Both ends of a line across the way from the `place`th back to the one before it.
    pub fn divider(&self, place: usize) -> (Point, Point) {
        let (ahead, behind) = (self.point(place.saturating_sub(1)), self.point(place));
        let (x, y) = between(ahead, behind, 0.5);
        let (w, h) = self.cell;
        if ahead.1 == behind.1 {
            ((x, y - h * 0.45), (x, y + h * 0.45))
        } else {
            ((x - w * 0.45, y), (x + w * 0.45, y))
        }
    }

    /// How large a car is drawn here.
    pub fn scale(&self) -> f32 {
        (self.cell.0 / ROOM).min(0.9)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_stays_at_the_kerb() {
        for format in [Format::Wide, Format::Tall] {
            for waiting in [1, 3, 12, 40, 100, 160, 300, 600, 5000] {
                let kerb = Kerb::new(format, waiting);
                for place in 0..waiting.min(MOST_WAITING) {
                    let pose = kerb.waiting(place as f32);
                    let inside = pose.x > kerb.rect.x && pose.y > kerb.rect.y;
                    assert!(inside, "{format:?}: {place} of {waiting} at {pose:?}");
                }
            }
        }
    }

    #[test]
    fn a_line_that_sways_does_not_rearrange_the_kerb() {
        let mut kerb = Kerb::new(Format::Wide, 0);
        for full in 1..700 {
            kerb = kerb.fit(full);
            let grown = kerb;
            for fewer in [full - 1, full, full.saturating_sub(2), full] {
                kerb = kerb.fit(fewer);
                assert_eq!(kerb, grown, "{full} and {fewer}");
            }
        }
        assert_eq!(kerb.fit(0), Kerb::new(Format::Wide, 1), "in the end there is room again");
    }
}

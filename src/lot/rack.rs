//! The rack: hooks for the keys.

use super::geometry::{Format, MOST_KEYS, Rect};
use super::motion::{Point, between};

/// The hook for the `place`th of `of` keys on this rack; between two if the key moves up.
pub(super) fn hook(format: Format, rack: Rect, place: f32, of: usize) -> Point {
    let place = place.clamp(0.0, (MOST_KEYS - 1) as f32);
    let one = |place: usize| whole(format, rack, place.min(MOST_KEYS - 1), of.clamp(1, MOST_KEYS));
    between(one(place as usize), one(place as usize + 1), place.fract())
}

fn whole(format: Format, rack: Rect, place: usize, of: usize) -> Point {
    let (few, many) = match format {
        Format::Panorama => (6, 22),
        Format::Wide => (7, 24),
        Format::Tall => (5, 20),
    };
    let columns = if of > 3 * few { many } else { of.div_ceil(of.div_ceil(few)).max(few) };
    let rows = of.div_ceil(columns);
    let (column, row) = ((place % columns) as f32, (place / columns) as f32);
    let height = (rack.h - 26.0) / rows as f32;
    let step = (rack.w - 20.0) / columns as f32;
    (rack.x + 10.0 + column * step, rack.y + 24.0 + (row + 0.5) * height)
}

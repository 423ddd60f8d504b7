//! The rack: hooks for the keys.

use super::geometry::{Format, MOST_KEYS, Rect};
use super::motion::{Point, between};

/// The hook for the `place`th of `of` keys on this rack; between two if the key moves up.
pub(super) fn hook(format: Format, rack: Rect, letter: f32, place: f32, of: usize) -> Point {
    let place = place.clamp(0.0, (MOST_KEYS - 1) as f32);
    let one = |place: usize| whole(format, rack, letter, place.min(MOST_KEYS - 1), of.clamp(1, MOST_KEYS));
    between(one(place as usize), one(place as usize + 1), place.fract())
}

fn whole(format: Format, rack: Rect, letter: f32, place: usize, of: usize) -> Point {
    match format {
        Format::Wide => {
            let head = letter * 2.9;
            let rows = of.div_ceil(of.div_ceil(13)).clamp(10, 40);
            let columns = of.div_ceil(rows);
            let step = (rack.h - head - 16.0) / rows as f32;
            let (column, row) = ((place / rows) as f32, (place % rows) as f32);
            let width = (rack.w - 28.0) / columns as f32;
            (rack.x + 14.0 + column * width, rack.y + head + (row + 0.5) * step)
        }
        Format::Tall => {
            let columns = if of > 24 { 20 } else { of.div_ceil(of.div_ceil(12)).max(5) };
            let rows = of.div_ceil(columns);
            let (column, row) = ((place % columns) as f32, (place / columns) as f32);
            let height = (rack.h - 26.0) / rows as f32;
            let step = (rack.w - 20.0) / columns as f32;
            (rack.x + 10.0 + column * step, rack.y + 24.0 + (row + 0.5) * height)
        }
    }
}

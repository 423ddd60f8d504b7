//! Tiles: rectangles by the hundred. Small cars and small bays are made of them.

use super::color_role::ColorRole;
use super::geometry::Rect;
use super::motion::{Point, Pose};
use super::shape::Shape;

/// A rectangle in a frame of its own: turned, scaled, then moved to the pose.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tile {
    /// The frame.
    pub pose: Pose,
    /// The rectangle in it.
    pub rect: Rect,
}

impl Tile {
    /// The rectangle in picture units, if it is turned by whole quarters, as most are.
    pub fn upright(&self) -> Option<Rect> {
        let Tile { pose, rect: Rect { x, y, w, h } } = *self;
        let quarters = pose.heading / std::f32::consts::FRAC_PI_2;
        if (quarters - quarters.round()).abs() > 1e-3 {
            return None;
        }
        let (x, y, w, h) = match (quarters.round() as i32).rem_euclid(4) {
            0 => (x, y, w, h),
            1 => (-y - h, x, h, w),
            2 => (-x - w, -y - h, w, h),
            _ => (y, -x - w, h, w),
        };
        let Pose { scale, .. } = pose;
        Some(Rect { x: pose.x + x * scale, y: pose.y + y * scale, w: w * scale, h: h * scale })
    }

    /// Its corners in picture units, in order.
    pub fn corners(&self) -> [Point; 4] {
        let Tile { pose, rect: Rect { x, y, w, h } } = *self;
        let (sin, cos) = pose.heading.sin_cos();
        [(x, y), (x + w, y), (x + w, y + h), (x, y + h)]
            .map(|(x, y)| (pose.x + (x * cos - y * sin) * pose.scale, pose.y + (x * sin + y * cos) * pose.scale))
    }
}

/// Tiles collected by colour; the colours are drawn in the order in which they first came.
#[derive(Debug, Default)]
pub(super) struct Tiles(Vec<(ColorRole, Vec<Tile>)>);

impl Tiles {
    /// One more, in the frame of `pose`.
    pub fn add(&mut self, fill: ColorRole, pose: Pose, rect: Rect) {
        let tile = Tile { pose, rect };
        match self.0.iter_mut().find(|(color, _)| *color == fill) {
            Some((_, tiles)) => tiles.push(tile),
            None => self.0.push((fill, vec![tile])),
        }
    }

    /// One more, where it stands.
    pub fn place(&mut self, fill: ColorRole, rect: Rect) {
        self.add(fill, Pose { x: 0.0, y: 0.0, heading: 0.0, scale: 1.0 }, rect);
    }

    /// A shape for each colour.
    pub fn draw(self, shapes: &mut Vec<Shape>) {
        shapes.extend(self.0.into_iter().map(|(fill, tiles)| Shape::Tiles { fill, tiles }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f32::consts::FRAC_PI_2;

    #[test]
    fn an_upright_tile_has_the_same_corners() {
        for quarters in -5..6 {
            let pose = Pose { x: 7.0, y: 9.0, heading: quarters as f32 * FRAC_PI_2, scale: 0.5 };
            let tile = Tile { pose, rect: Rect { x: 1.0, y: -2.0, w: 10.0, h: 4.0 } };
            let (rect, corners) = (tile.upright().expect("whole quarters"), tile.corners());
            let least = corners.iter().fold((f32::MAX, f32::MAX), |least, p| (least.0.min(p.0), least.1.min(p.1)));
            let most = corners.iter().fold((f32::MIN, f32::MIN), |most, p| (most.0.max(p.0), most.1.max(p.1)));
            let off = [least.0 - rect.x, least.1 - rect.y, most.0 - rect.x - rect.w, most.1 - rect.y - rect.h];
            assert!(off.iter().all(|off| off.abs() < 1e-4), "{quarters}: {rect:?} and {corners:?}");
            let askew = Tile { pose: Pose { heading: pose.heading + 0.3, ..pose }, ..tile };
            assert_eq!(askew.upright(), None);
        }
    }
}

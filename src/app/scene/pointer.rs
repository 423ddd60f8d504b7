//! Which car a person points at.

use crate::lot::{Car, Picture};

/// A person means a car when they point no further from it than this, in picture units.
const REACH: f32 = 60.0;

/// The number of the car nearest to a place, in parts of the picture's width and height; `None` if none is near.
pub fn car_at(picture: &Picture, x: f32, y: f32) -> Option<u32> {
    let (x, y) = (x * picture.plan.size.0, y * picture.plan.size.1);
    let distance = |car: &Car| (car.pose.x - x).powi(2) + (car.pose.y - y).powi(2);
    let nearest = picture.cars.iter().min_by(|one, other| distance(one).total_cmp(&distance(other)))?;
    (distance(nearest) < REACH * REACH).then_some(nearest.number)
}

//! The picture: where every car, bay and key is at a moment, as pure numbers.
//!
//! A request is a car, a connection the bay it needs, the pool the lot. [`Lot`] watches the [news](crate::sim::News) of
//! a service and answers for any moment with a [`Picture`]; it decides nothing. A picture is drawn as a list of
//! [`Shape`]s, which the page paints on canvas and [`svg`] writes as text. The metaphor's words live here only.

mod bay;
mod car;
mod geometry;
mod motion;
mod picture;
mod scene;
mod shape;
mod sketch;
pub mod svg;

pub use bay::{Bay, Phase};
pub use car::{Car, Mood};
pub use geometry::{Format, Plan, Rect, Spot};
pub use motion::{Drive, Point, Pose};
pub use picture::{Key, Picture};
pub use scene::Lot;
pub use shape::{Align, INKS, Ink, Shape, Stroke};
pub use sketch::{ground, traffic};

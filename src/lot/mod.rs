//! The picture: where every car, bay and key is at a moment, as pure numbers.
//!
//! A request is a car, a connection the bay it needs, the pool the lot. [`Lot`] watches the [news](crate::sim::News) of
//! a service and answers for any moment with a [`Picture`]; it decides nothing. A picture is drawn as a list of
//! [`Shape`]s, which the page paints on canvas and [`svg`] writes as text. The metaphor's words live here only.
//!
//! Over time: `scene.rs` remembers, `follow.rs` says what each piece of news means, `order.rs` lines up cars and keys,
//! `route.rs` finds the way, `motion.rs` drives it. At a moment: `geometry.rs` is the plan, `view.rs` the picture of it all,
//! `ground.rs` and `traffic.rs` draw that picture's two layers.

mod bay;
mod car;
mod follow;
mod geometry;
mod ground;
mod motion;
mod order;
mod picture;
mod route;
mod scene;
mod shape;
mod story;
pub mod svg;
mod traffic;
mod view;

pub use bay::{Bay, Phase};
pub use car::{Car, Mood};
pub use geometry::{Format, Plan, Rect, Spot};
pub use ground::ground;
pub use motion::{Drive, Point, Pose};
pub use picture::{Key, Picture};
pub use scene::Lot;
pub use shape::{Align, INKS, Ink, Shape, Stroke};
pub use story::{Line, Story, What};
pub use traffic::traffic;

//! The picture: where every car, bay and key is at a moment, as pure numbers.
//!
//! A request is a car, a connection the bay it needs, the pool the lot. [`Lot`] watches the [news](crate::service::News) of
//! a service and answers for any moment with a [`Picture`]; it decides nothing. A picture is drawn as a list of
//! [`Shape`]s, which the page paints on canvas and [`svg`] writes as text. The metaphor's words live here only.
//!
//! Over time: `scene.rs` remembers, `follow.rs` says what each piece of news means, `sites.rs` keeps the bays, `order.rs`
//! lines up cars and keys, `route.rs` finds the way, `gate.rs` lets one in after the other, `motion.rs` drives, at one of
//! the gaits of `gait.rs`. At a moment: `plan.rs` has the places, of them `kerb.rs` and `rack.rs` those in a row, `view.rs`
//! makes the picture of it all, `told.rs` says it in words, `ground.rs` and `traffic.rs` draw that picture's two layers.
//!
//! A picture depends only on the news, on when they came and on the moment asked for: not on what was asked before. So
//! a lot can be copied at any moment, and the copy be fed the rest.

mod bay;
mod body;
mod car;
mod follow;
mod gait;
mod gate;
mod geometry;
mod ground;
mod ink;
mod kerb;
mod motion;
mod order;
mod paving;
mod picture;
mod plan;
mod rack;
mod road;
mod route;
mod row;
mod scene;
mod shape;
mod sites;
mod story;
pub mod svg;
mod tile;
mod told;
mod traffic;
mod view;

pub use bay::{Bay, Phase};
pub use car::{Car, Mood};
pub use geometry::{Format, Rect, Spot};
pub use ground::ground;
pub use ink::{INKS, Ink};
pub use kerb::Kerb;
pub use motion::{Drive, Point, Pose};
pub use picture::{Key, Picture};
pub use plan::Plan;
pub use scene::Lot;
pub use shape::{Align, Shape, Stroke};
pub use story::{Line, Story, What};
pub use tile::Tile;
pub use told::Told;
pub use traffic::traffic;

//! The picture: where every car, bay and key is at a moment, as pure numbers.
//!
//! A request is a car, a connection the bay it needs, the pool the lot. [`Lot`] watches the [news](crate::service::News) of
//! a service and answers for any moment with a [`Picture`]; it decides nothing. A picture is drawn as a list of
//! [`Shape`]s, which the page paints on canvas and [`svg`] writes as text. The metaphor's words live here only.
//!
//! Over time: `scene.rs` remembers, `follow.rs` says what each piece of news means, `sites.rs` keeps the bays, `order.rs`
//! lines up cars and keys, `route.rs` finds the way, `headway.rs` lets one in after the other, `motion.rs` drives, at one of
//! the easings of `easing.rs`. At a moment: `plan.rs` has the places, of them `kerb.rs` and `rack.rs` those in a row, `view.rs`
//! makes the picture of it all, `description.rs` says it in words, `ground.rs` and `traffic.rs` draw that picture's two layers.
//!
//! A picture depends only on the news, on when they came and on the moment asked for: not on what was asked before. So
//! a lot can be copied at any moment, and the copy be fed the rest.

mod bay;
mod body;
mod car;
mod color_role;
mod description;
mod easing;
mod follow;
mod geometry;
mod ground;
mod headway;
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
mod traffic;
mod view;

pub use bay::{Bay, BayPhase};
pub use car::{Car, CarStatus};
pub use color_role::{COLOR_ROLES, ColorRole};
pub use description::Description;
pub use geometry::{Format, Rect, Spot};
pub use ground::ground;
pub use kerb::Kerb;
pub use motion::{Drive, Point, Pose};
pub use picture::{Picture, PictureKey};
pub use plan::LotPlan;
pub use scene::Lot;
pub use shape::{Align, Shape, Stroke};
pub use story::{Story, StoryEvent, StoryLine};
pub use tile::Tile;
pub use traffic::traffic;

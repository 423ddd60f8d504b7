//! The picture: where every car, bay and key is at a moment, as pure numbers.
//!
//! A request is a car, a connection the bay it needs, the pool the lot. [`Lot`] watches the [news](crate::service::News) of
//! a service and answers for any moment with a [`Picture`]; it decides nothing. A picture is drawn as a list of
//! [`Shape`]s, which the page paints on canvas and [`svg`] writes as text. The metaphor's words live here only.
//!
//! Over time: `lot.rs` remembers, `follow.rs` says what each piece of news means, `sites.rs` keeps the bays, `order.rs`
//! lines up cars and keys. `dispatch.rs` says who sets off when: `route.rs` finds the way, `right_of_way.rs` whether it is free,
//! `motion.rs` drives along a `path.rs` at the speed of a `course.rs`; keys take a `flight.rs`. At a moment: `plan.rs` has the
//! places, `view.rs` makes the picture of it all, `description.rs` says it in words, `ground.rs` and `traffic.rs` draw that
//! picture's two layers, the ground on a `landscape.rs`.
//!
//! A picture depends only on the news, on when they came and on the moment asked for: not on what was asked before. So
//! a lot can be copied at any moment, and the copy be fed the rest.

mod bay;
mod body;
mod car;
mod color_role;
mod course;
mod description;
mod dispatch;
mod easing;
mod fit;
mod flight;
mod follow;
mod geometry;
mod ground;
mod landscape;
mod lay_by;
#[expect(clippy::module_inception, reason = "the lot is what the room is about")]
mod lot;
mod motion;
mod order;
mod path;
mod paving;
mod picture;
mod plan;
mod rack;
mod right_of_way;
mod route;
mod row;
mod shape;
mod sites;
mod story;
mod stuck;
pub mod svg;
mod tile;
mod traffic;
mod view;

pub use bay::{Bay, BayPhase, Reserved};
pub use car::{Car, CarStatus};
pub use color_role::{COLOR_ROLES, ColorRole};
pub use description::Description;
pub use geometry::{Format, Rect, Spot};
pub use ground::{ground, standing};
pub use landscape::landscape;
pub use lot::Lot;
pub use motion::{Drive, Point, Pose};
pub use picture::{Picture, PictureKey};
pub use plan::LotPlan;
pub use shape::{Align, Shape, Stroke};
pub use story::{Story, StoryEvent, StoryLine};
pub use stuck::Stuck;
pub use tile::Tile;
pub use traffic::traffic;

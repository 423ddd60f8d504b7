//! A scene of the page: a world with a picture, and what a person may do with it.
//!
//! [`PageScene`] finds a scene's places on the page and its settings in the link. A [`Stage`] holds its world, from one of four
//! [`Source`]s, and carries out [`SceneCommand`]s. The [frame loop](super::frame_loop) moves the stage on and paints it.

mod action;
mod command;
mod comparison_stage;
mod deadline;
mod live_store;
mod moment_search;
mod page_scene;
mod plan_player;
mod pointer;
mod replay;
mod scene_link;
mod source;
mod stage;
mod under_way;

pub use command::SceneCommand;
pub use comparison_stage::ComparisonStage;
pub use deadline::{BRIEF, Deadline, SLICE};
pub use live_store::LiveStore;
pub use page_scene::{PageScene, mount};
pub use plan_player::PlanPlayer;
pub use scene_link::link_to;
pub use source::Source;
pub use stage::Stage;
pub use under_way::UnderWay;

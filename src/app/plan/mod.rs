//! A lot that follows a plan, as lessons, the trial and the clinic show it: with time, figures and words.

mod panel;
mod plan_scene;
mod words;

pub use panel::{Account, Bar};
pub use plan_scene::{OpenedScene, PlanScene};
pub use words::InWords;

//! What a person can do with a scene.

use crate::figures::Milestone;
use crate::lesson::Plan;
use crate::run::Run;
use crate::settings::Act;
use crate::sim::Setup;
use crate::time::{Instant, Span};
use std::sync::Arc;

/// What a person can do with a scene's time and world.
#[derive(Debug, Clone, PartialEq)]
pub enum SceneCommand {
    /// Does something to the world.
    Do(Act),
    /// Sets the pace: world time for one unit of real time; 0 stands still.
    Pace(f64),
    /// Goes to a moment.
    Seek(Instant),
    /// Goes to the moment at a place of the slider.
    Scrub(Span),
    /// Stops whatever is on its way.
    Stop,
    /// Goes one event further.
    Step,
    /// Goes one event back.
    StepBack,
    /// Runs to the next such moment.
    RunTo(Milestone),
    /// Goes to the furthest moment seen; from a kept run back to the live world.
    Present,
    /// Shows another worker.
    Watch(usize),
    /// Begins another world.
    Begin(Box<Setup>),
    /// Follows another plan, at the same moment. Only a scene with [`Source::Plan`](super::Source::Plan) does so.
    Plan(Box<Plan>),
    /// Shows a kept run, as it ended.
    Replay(Arc<Run>),
    /// Shows the same world with another pool beside it, or no longer does. The frame loop carries this out.
    Compare(bool),
    /// Looks at this request; without a number at the newest.
    Choose(Option<u32>),
    /// What is at this place of the picture, in parts of its width and height: a car or a bay says how it is, and on the road
    /// one more request comes.
    Point(f32, f32),
    /// Ends the connection that was last pointed at, or else the one that was opened first.
    Kill,
    /// Deletes all rows of the store.
    Empty,
}

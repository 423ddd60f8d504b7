//! The plan that a scene follows, and what a person did on the way.

use crate::lesson::Plan;
use crate::lot::Format;
use crate::settings::Act;
use crate::time::Instant;
use crate::travel::Travel;

/// A plan, and what a person does to its world. Another setting holds from the beginning: it is the same story with another
/// pool, and one sees at once what would be different at this moment.
#[derive(Debug, Clone)]
pub struct PlanPlayer {
    plan: Plan,
    /// What a person did, in order.
    mine: Vec<(Instant, Act)>,
}

impl PlanPlayer {
    /// A plan, and what a link says was done.
    pub fn new(plan: Plan, mine: Vec<(Instant, Act)>) -> PlanPlayer {
        PlanPlayer { plan, mine }
    }

    /// The plan.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// What a person did, in order.
    pub fn mine(&self) -> &[(Instant, Act)] {
        &self.mine
    }

    /// Follows another plan from now on.
    pub fn replace(&mut self, plan: Plan) {
        self.plan = plan;
    }

    /// Adds what a person does at a moment.
    pub fn take(&mut self, at: Instant, act: &Act) {
        match act {
            Act::Set(id, value) => id.setting().set(&mut self.plan.setup, value),
            other => self.mine.push((at, other.clone())),
        }
    }

    /// The plan's world at its beginning, with everything that is going to be done to it.
    pub fn travel(&self, format: Format) -> Travel {
        let mut plan = self.plan.clone();
        for (at, act) in &self.mine {
            plan.add(*at, act.clone());
        }
        plan.travel(format)
    }
}

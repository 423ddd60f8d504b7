//! A report while it is being made: two films, picture by picture, and then the file around them.

use super::reel::{Reel, Screening};
use super::report::Report;
use crate::clinic::{Case, Cause, Cure, Trial, World, play};
use crate::lesson::Plan;
use std::sync::Arc;

/// A report while it is being made. [Go on](Making::go_on) until there is nothing [left](Making::percent), then take the
/// [page](Making::page).
#[derive(Debug)]
pub struct Making {
    case: Arc<Case>,
    cause: Cause,
    world: World,
    cure: Option<&'static Cure>,
    address: Option<String>,
    plans: Vec<Plan>,
    filmed: Vec<(Trial, Screening)>,
    reel: Option<Reel>,
}

impl Making {
    /// A report on a cause of a case, in its world. `address` is where the site has the same world.
    pub fn of(case: Arc<Case>, cause: Cause, world: World, address: Option<String>) -> Making {
        let cure = case.cures(cause).first();
        let cured = cure.map(|cure| cure.cured(&world, &case.diagnosis.numbers));
        let plans = std::iter::once(world.plan.clone()).chain(cured).collect();
        Making { case, cause, world, cure, address, plans, filmed: Vec::new(), reel: None }
    }

    /// How much of it is made, in percent: at 100 there is nothing left.
    pub fn percent(&self) -> u32 {
        let reel = self.reel.as_ref().map_or(0, Reel::percent).min(99);
        (self.filmed.len() as u32 * 100 + reel) / self.plans.len() as u32
    }

    /// Makes a little more of it: one picture, or what comes between two films.
    pub fn go_on(&mut self) {
        let Some(plan) = self.plans.get(self.filmed.len()) else { return };
        let reel = self.reel.get_or_insert_with(|| Reel::of(plan, self.world.moment()));
        if !reel.is_done() {
            return reel.go_on();
        }
        if let Some(reel) = self.reel.take() {
            self.filmed.push((play(plan), reel.finish()));
        }
    }

    /// The file, once all of it is made. `None` before.
    pub fn page(&self) -> Option<String> {
        let at = |index: usize| self.filmed.get(index).map(|(trial, film)| (trial, film));
        let report = Report {
            case: &self.case,
            cause: self.cause,
            world: &self.world,
            cure: self.cure,
            sick: at(0)?,
            cured: at(1),
            address: self.address.as_deref(),
        };
        (self.percent() == 100).then(|| report.page())
    }
}

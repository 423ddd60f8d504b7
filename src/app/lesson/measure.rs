//! What the page around a frame wants to know of a run: worked out by the same program, and not shown.

use crate::app::embed;
use crate::figures::figure;
use crate::lesson::Plan;
use crate::link::{HostCommand, Measure};
use crate::time::Instant;

/// The most figures of one question.
const MOST: usize = 40;

/// Answers questions about the plan that the scene of this name has by then.
pub fn listen(scene: &str, plan: impl FnMut() -> Option<Plan> + 'static) {
    let plan = std::cell::RefCell::new(plan);
    embed::listen(scene, move |command| {
        let HostCommand::Measure(measure) = command else { return };
        let Some(plan) = (plan.borrow_mut())() else { return };
        match answer(plan, &measure) {
            Ok(answer) => embed::tell(&answer),
            Err(why) => embed::refuse(&why),
        }
    });
}

/// `measured ID MOMENT`, and a line for each figure: name, number, text. Times are numbers of milliseconds.
fn answer(mut plan: Plan, measure: &Measure) -> Result<String, String> {
    for (name, value) in &measure.settings {
        plan = match (name.as_str(), value.parse()) {
            ("seed", Ok(seed)) => {
                plan.setup.seed = seed;
                plan
            }
            _ => plan.with(name, value).map_err(|error| format!("{name}={value}: {error}"))?,
        };
    }
    let at = measure.at.map_or(plan.end(), |at| at.min(plan.end()));
    let run = plan.outcome_at(at);
    let mut lines = vec![format!("measured {} {}", measure.id, (at - Instant::ZERO).in_secs())];
    for name in measure.figures.iter().take(MOST) {
        let figure = figure(name).ok_or_else(|| format!("There is no figure {name}."))?;
        let value = (figure.of)(&run);
        let number = match value.number() {
            i64::MAX => String::new(), // never
            number => format!("{}", number as f64 / figure.scale() as f64),
        };
        lines.push(format!("{name}\t{number}\t{value}"));
    }
    Ok(lines.join("\n"))
}

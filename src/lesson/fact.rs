//! A number in the prose as an expression, so that a test can compute it again.

use super::plan::Plan;
use crate::figures::{Value, figure};
use crate::settings::{decimal, setting};
use crate::time::{Instant, Span};

/// Evaluates an expression: `PLAN[+SETTING=VALUE]...[@SECONDS].NAME`.
///
/// `plan` makes the plan of that name; it may accept more names than the [settings](crate::settings::SETTINGS) have. `NAME` is a
/// [figure](crate::figures) of the run, at its end or at `SECONDS`; or a setting, whose value it gives; or `length`, the
/// plan's length; or `from`, the moment from which its waits count.
///
/// # Errors
/// A sentence about the part of the expression that has no meaning.
pub fn fact(expression: &str, plan: impl Fn(&str, &[(&str, &str)]) -> Result<Plan, String>) -> Result<String, String> {
    let odd = |what: &str| format!("{expression}: {what}");
    let (run, name) = expression.rsplit_once('.').ok_or_else(|| odd("no figure"))?;
    let (run, at) = match run.split_once('@') {
        Some((run, at)) => (run, Some(decimal(at).ok_or_else(|| odd("no moment"))?)),
        None => (run, None),
    };
    let mut parts = run.split('+');
    let which = parts.next().unwrap_or_default();
    let settings: Option<Vec<_>> = parts.map(|part| part.split_once('=')).collect();
    let settings = settings.ok_or_else(|| odd("a setting is NAME=VALUE"))?;
    let plan = plan(which, &settings).map_err(|sentence| odd(&sentence))?;
    match name {
        "from" => return Ok(Value::When(Some(plan.from)).to_string()),
        "length" => return Ok(Value::Time(plan.length).to_string()),
        _ => {}
    }
    if let Some(setting) = setting(name) {
        return Ok(setting.text(&plan.setup));
    }
    let figure = figure(name).ok_or_else(|| odd("no such figure"))?;
    let outcome = match at {
        Some(secs) => plan.outcome_at(Instant::ZERO + Span::from_secs_f64(secs)),
        None => plan.outcome(),
    };
    Ok((figure.of)(&outcome).to_string())
}

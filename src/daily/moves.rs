//! What a reader may do about an outage, and what people usually do instead.

use super::base::Symptom;
use super::suspect::commit_first;
use crate::clinic::Cause;
use crate::lesson::{Adjustable, Choice, LessonError, Plan};
use crate::pool::Class;
use crate::settings::{Act, SettingId};
use crate::time::Span;

/// The name of a control and a value as text.
pub type Change = (&'static str, String);

/// What may be turned, the same every day: it does not tell what the day is about.
pub static CONTROLS: [Adjustable; 6] = [
    Adjustable::Setting(SettingId::PoolSize),
    Adjustable::Setting(SettingId::MaxOverflow),
    Adjustable::Setting(SettingId::PoolTimeout),
    Adjustable::Setting(SettingId::PoolRecycle),
    Adjustable::Setting(SettingId::PoolPrePing),
    Adjustable::Choice(&FIX),
];

/// A change that is no setting of the pool.
pub static FIX: Choice = Choice {
    name: "fix",
    title: "Change one thing outside the pool",
    options: &[
        "nothing",
        "Open every session in a with block",
        "Commit before the email is sent",
        "Use one connection for each request",
        "Stop the migration",
        "Make the engine once, at the start",
        "Let the driver give up after 0.5 s",
    ],
    take: |plan, place| match place {
        1 if plan.setup.settings.class != Class::NullPool => plan.setup.work.leak_share = 0.0,
        2 => commit_first(plan),
        3 => plan.acts.retain(|(_, act)| !matches!(act, Act::Set(SettingId::NestedPercent, _))),
        4 => plan.acts.retain(|(_, act)| !matches!(act, Act::Set(SettingId::Slowness, _))),
        5 if plan.setup.settings.class == Class::NullPool => {
            plan.setup.settings.class = Class::QueuePool;
            (plan.setup.work.leak_share, plan.setup.collected_after) = (0.0, None);
        }
        6 => plan.setup.database.tcp_timeout = Span::from_millis(500),
        _ => {}
    },
};

/// The control of this name.
pub fn control(name: &str) -> Option<&'static Adjustable> {
    CONTROLS.iter().find(|control| control.name() == name)
}

/// A plan with changes.
///
/// # Errors
/// If something cannot be changed, or does not take the value.
pub fn changed(mut plan: Plan, changes: &[Change]) -> Result<Plan, LessonError> {
    for (name, value) in changes {
        let control = control(name).ok_or_else(|| LessonError::NotAdjustable((*name).into()))?;
        control.set_text(&mut plan, value)?;
    }
    Ok(plan)
}

/// A choice of what is no setting, as a change.
fn fix(place: usize) -> Vec<Change> {
    vec![(FIX.name, FIX.options[place].to_owned())]
}

/// Changes of settings.
fn set<const N: usize>(changes: [(&'static str, i64); N]) -> Vec<Change> {
    changes.into_iter().map(|(name, value)| (name, value.to_string())).collect()
}

/// What is tried in search of a cure, the fewest changes first.
pub(super) fn candidates(plan: &Plan) -> Vec<Vec<Change>> {
    let settings = plan.setup.settings;
    let (size, most) = (settings.pool_size, settings.pool_size + settings.max_overflow.max(0));
    let limits = [plan.setup.database.wait_timeout, plan.setup.database.firewall];
    let shortest = limits.into_iter().flatten().min().map_or(20, |limit| limit.as_micros() / 1_000_000);
    let mut all: Vec<Vec<Change>> = (1..FIX.options.len()).map(fix).collect();
    all.push(set([("pool_pre_ping", 1)]));
    all.extend([5, 10, 15, 20, 25, shortest * 3 / 4].map(|age| set([("pool_recycle", age)])));
    all.extend((size + 1..=2 * most).map(|size| set([("pool_size", size)])));
    all.extend([0, 1].map(|overflow| set([("max_overflow", overflow)])));
    all.push([set([("pool_pre_ping", 1)]), fix(6)].concat());
    all.extend((1..=size).map(|size| set([("pool_size", size), ("max_overflow", 0)])));
    all
}

/// What people usually try against a cause, and that does not help.
pub(super) fn wrong_moves(cause: Cause, plan: &Plan) -> Vec<Vec<Change>> {
    let settings = plan.setup.settings;
    let timeout = settings.pool_timeout.map_or(30, |timeout| timeout.as_micros() / 1_000_000);
    let double = set([("pool_size", settings.pool_size * 2), ("max_overflow", settings.max_overflow.max(0) * 2)]);
    let (patient, pinged) = (set([("pool_timeout", timeout * 4)]), set([("pool_pre_ping", 1)]));
    let (aged, hourly) = (set([("pool_recycle", 1)]), set([("pool_recycle", 3_600)]));
    let mut moves = vec![double, patient, hourly, aged];
    if Symptom::of(cause) == Symptom::TimesOut && cause != Cause::TooSmall {
        // As large as may be: against anything but a pool that is too small, that only takes longer to fail.
        moves.push(set([("pool_size", settings.pool_size + 2)]));
    }
    if !matches!(cause, Cause::IdleLimit | Cause::Restart) {
        moves.push(pinged);
    }
    let right = right_fix(cause);
    moves.extend((1..FIX.options.len()).filter(|place| Some(*place) != right).map(fix));
    moves
}

/// What removes the cause itself, where that is no setting.
pub(super) fn right_fix(cause: Cause) -> Option<usize> {
    match cause {
        Cause::Leak => Some(1),
        Cause::HeldAcrossSlowWork => Some(2),
        Cause::NestedCheckout => Some(3),
        Cause::ServerSlow => Some(4),
        Cause::EnginePerRequest => Some(5),
        _ => None,
    }
}

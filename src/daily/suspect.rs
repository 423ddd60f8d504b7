//! What happened that day: the cause, and what could have been one, in a harmless dose.

use super::chance::Chance;
use crate::apps::{Application, View};
use crate::clinic::Cause;
use crate::lesson::Plan;
use crate::pool::Class;
use crate::service::RequestSpec;
use crate::settings::{Act, SettingId, SettingValue};
use crate::sim::{Pattern, WorldAct};
use crate::time::{Instant, Span};

/// Something that happened, of the kind of a cause.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Suspect {
    /// The cause that it would be.
    pub cause: Cause,
    /// How much of it there is.
    dose: Dose,
}

/// How much of something there is.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Dose {
    /// This share of requests.
    Share(f64),
    /// This share of requests, and a time that goes with it: from when on, or for how long.
    Timed(f64, Span),
    /// So many times as much, from a moment on, for so long.
    Times(f64, Span, Span),
    /// So many requests a second, from a moment on.
    Rate(f64, Span),
    /// This limit.
    Limit(Span),
    /// At these moments.
    At(Span, Option<Span>),
    /// So many.
    Count(usize),
}

/// What a base world is like, as far as doses depend on it.
#[derive(Debug, Clone)]
pub(super) struct Measures {
    /// How many connections a pool may have.
    pub limit: f64,
    /// How long each quiet stretch lasts.
    pub gap: f64,
    /// Moments after the quiet stretches at which the service has nothing to do.
    pub calm: [Vec<Span>; 2],
    /// How many processes there are.
    pub workers: usize,
}

impl Suspect {
    /// As much as it takes to be the cause.
    pub(super) fn cause(cause: Cause, of: &Measures, chance: &mut Chance) -> Option<Suspect> {
        let limit = of.limit;
        let dose = match cause {
            Cause::Leak => Dose::Share(chance.between(0.02, 0.04)),
            Cause::HeldAcrossSlowWork => Dose::Rate(chance.between(1.2, 1.5) * limit, chance.span(10.0, 18.0)),
            Cause::TooSmall => Dose::Times(chance.between(2.6, 3.2), chance.span(10.0, 18.0), Span::from_secs(4)),
            Cause::ServerSlow => {
                Dose::Times(chance.between(5.0, 8.0), chance.span(10.0, 20.0), chance.span(15.0, 24.0))
            }
            Cause::NestedCheckout => Dose::Timed(chance.between(0.75, 1.0), chance.span(10.0, 18.0)),
            Cause::IdleLimit | Cause::Firewall => Dose::Limit(chance.span(of.gap * 0.5, of.gap * 0.85)),
            Cause::Restart | Cause::Failover => {
                let [first, second] = &of.calm;
                if first.is_empty() || second.is_empty() {
                    return None;
                }
                Dose::At(chance.one_of(first), Some(chance.one_of(second)))
            }
            Cause::TooManyWorkers => Dose::Count(of.workers * 2),
            Cause::EnginePerRequest => Dose::Timed(1.0, chance.span(4.0, 7.0)),
            _ => return None,
        };
        Some(Suspect { cause, dose })
    }

    /// So little of it that it does no harm. `None` for causes of which a little is as bad as much.
    pub(super) fn harmless(cause: Cause, of: &Measures, chance: &mut Chance) -> Option<Suspect> {
        let dose = match cause {
            Cause::Leak => Dose::Timed(0.01, Span::from_millis(1_500)),
            Cause::HeldAcrossSlowWork => Dose::Rate(0.25, chance.span(8.0, 18.0)),
            Cause::TooSmall => Dose::Times(chance.between(1.15, 1.3), chance.span(10.0, 20.0), Span::from_secs(4)),
            Cause::ServerSlow => Dose::Times(chance.between(1.3, 1.5), chance.span(10.0, 30.0), chance.span(6.0, 10.0)),
            Cause::NestedCheckout => Dose::Timed(0.03, chance.span(8.0, 18.0)),
            Cause::IdleLimit | Cause::Firewall => Dose::Limit(chance.span(of.gap * 1.5, of.gap * 2.6)),
            Cause::Restart | Cause::Failover => Dose::At(Span::from_millis(100), None),
            Cause::TooManyWorkers => Dose::Count(of.workers + 1),
            _ => return None,
        };
        Some(Suspect { cause, dose })
    }

    /// Puts it into a world.
    pub(super) fn happen(self, plan: &mut Plan) {
        let (setup, end) = (&mut plan.setup, plan.length);
        match (self.cause, self.dose) {
            (Cause::Leak, Dose::Share(share)) => setup.work.leak_share = share,
            (Cause::Leak, Dose::Timed(share, after)) => {
                (setup.work.leak_share, setup.collected_after) = (share, Some(after));
            }
            (Cause::EnginePerRequest, Dose::Timed(share, after)) => {
                (setup.work.leak_share, setup.collected_after) = (share, Some(after));
                setup.settings.class = Class::NullPool;
            }
            (Cause::NestedCheckout, Dose::Timed(share, from)) => {
                let set = Act::Set(SettingId::NestedPercent, SettingValue::Number(share));
                plan.add(Instant::ZERO + from, set);
            }
            (Cause::HeldAcrossSlowWork, Dose::Rate(rate, from)) => {
                // Its own statements are short: what takes long is the email.
                let takes = Span::from_millis(40);
                let spec = RequestSpec { takes, view: view(HOLDS), ..RequestSpec::default() };
                let every = Span::from_secs_f64(1.0 / rate.max(0.01));
                let times = (end.as_secs_f64() - from.as_secs_f64() - 3.0) * rate;
                plan.add(Instant::ZERO + from, WorldAct::Send(spec, times.max(1.0) as u32, every));
            }
            (Cause::TooSmall, Dose::Times(factor, from, lasts)) => {
                let traffic = &mut setup.traffic;
                (traffic.pattern, traffic.factor, traffic.from, traffic.lasts) = (Pattern::Ramp, factor, from, lasts);
            }
            (Cause::ServerSlow, Dose::Times(times, from, lasts)) => {
                let at = |after: Span| Instant::ZERO + after;
                plan.add(at(from), Act::Set(SettingId::Slowness, SettingValue::Number(times)));
                plan.add(at(from) + lasts, Act::Set(SettingId::Slowness, SettingValue::Number(1.0)));
            }
            (Cause::IdleLimit, Dose::Limit(limit)) => setup.database.wait_timeout = Some(limit),
            (Cause::Firewall, Dose::Limit(limit)) => setup.database.firewall = Some(limit),
            (Cause::Restart | Cause::Failover, Dose::At(first, second)) => {
                let act = || if self.cause == Cause::Restart { WorldAct::Restart } else { WorldAct::Failover };
                for at in [Some(first), second].into_iter().flatten() {
                    plan.add(Instant::ZERO + at, act());
                }
            }
            (Cause::TooManyWorkers, Dose::Count(workers)) => setup.workers = workers,
            _ => {} // no other pairs are made
        }
    }

    /// What those on duty know of it. It does not say whether it did any harm.
    pub fn note(self) -> String {
        let says = |moment: Span| format!("{:.0} s", moment.as_secs_f64());
        match (self.cause, self.dose) {
            (Cause::Leak, _) => "Released last night: an export that opens its own session.".into(),
            (Cause::EnginePerRequest, _) => "Released last night: create_engine() moved into a helper function.".into(),
            (Cause::NestedCheckout, Dose::Timed(_, from)) => {
                format!("From {}: an audit log is on. It writes with a session of its own.", says(from))
            }
            (Cause::HeldAcrossSlowWork, Dose::Rate(_, from)) => {
                format!("From {}: the new sign-up page is open. It sends an email.", says(from))
            }
            (Cause::TooSmall, Dose::Times(_, from, _)) => format!("From {}: a newsletter brings visitors.", says(from)),
            (Cause::ServerSlow, Dose::Times(_, from, lasts)) => {
                format!("From {} to {}: a migration on the database.", says(from), says(from + lasts))
            }
            (Cause::IdleLimit, Dose::Limit(limit)) => {
                format!("The server closes sessions that are idle for {}.", says(limit))
            }
            (Cause::Firewall, Dose::Limit(limit)) => {
                format!("A firewall on the way forgets connections that are silent for {}.", says(limit))
            }
            (Cause::Restart, Dose::At(first, second)) => format!("Database restarted: {}.", moments(first, second)),
            (Cause::Failover, Dose::At(first, second)) => format!("Primary changed: {}.", moments(first, second)),
            (Cause::TooManyWorkers, Dose::Count(workers)) => format!("Deployed this morning with {workers} processes."),
            _ => String::new(), // no other pairs are made
        }
    }
}

/// The view that sends an email before it commits, and the one that commits first.
const HOLDS: &str = "/flush";
const COMMITS: &str = "/commit";

fn view(path: &str) -> Option<View> {
    View::find(Application::Session, path)
}

/// Commits before the email, in every view.
pub(super) fn commit_first(plan: &mut Plan) {
    for (_, act) in &mut plan.acts {
        if let Act::World(WorldAct::Send(spec, ..)) = act
            && spec.view == view(HOLDS)
        {
            spec.view = view(COMMITS);
        }
    }
}

/// "at 0.1 s", or "at 60.2 s and at 118.0 s".
fn moments(first: Span, second: Option<Span>) -> String {
    let says = |moment: Span| format!("at {:.1} s", moment.as_secs_f64());
    let second = second.map(|second| format!(" and {}", says(second)));
    says(first) + &second.unwrap_or_default()
}

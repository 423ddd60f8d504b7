//! Which assumptions of the theory do not hold, in words.

use super::steady_state::{memory, queue};
use crate::pool::Reset;
use crate::service::Tally;
use crate::sim::{Distribution, MAX_IN_SYSTEM, MAX_WORKERS, Pattern, Setup, WorldAct};
use crate::time::Span;

/// With fewer requests than these nothing can be said about twenty batches.
const FEW: u64 = 1_000;

/// A sentence for each assumption of [`SteadyState`](super::SteadyState) that does not hold in this setup or did not hold in
/// this run, and why theory and measurement then part. None for exponential work that comes at random to a pool with a
/// limit, in a run that was long enough.
///
/// `acts` is what was done during the run.
pub fn broken_assumptions<'a>(
    setup: &Setup,
    tally: &Tally,
    acts: impl IntoIterator<Item = &'a WorldAct>,
) -> Vec<String> {
    let mut found = Vec::new();
    found.extend(traffic(setup.traffic.pattern).map(str::to_owned));
    keep(&mut found, work(setup));
    latency(setup, &mut found);
    visitors(setup, &mut found);
    line(setup, tally, &mut found);
    keep(&mut found, events(tally, acts));
    found
}

/// Those sentences that are so.
fn keep<const N: usize>(found: &mut Vec<String>, sentences: [(bool, &str); N]) {
    found.extend(sentences.into_iter().filter(|(is, _)| *is).map(|(_, sentence)| sentence.to_owned()));
}

fn traffic(pattern: Pattern) -> Option<&'static str> {
    Some(match pattern {
        Pattern::Poisson => return None,
        Pattern::Constant => "Requests come in equal steps, not at random: they queue less than theory says.",
        Pattern::Bursts => {
            "Requests come in bursts: within one they queue far more than their mean rate lets theory say."
        }
        Pattern::Spike => {
            "The traffic has a spike, and theory knows only the rate outside: in it and after, more wait."
        }
        Pattern::Ramp => "The traffic grows, and theory knows only the rate before: there is no steady state.",
        Pattern::Day => "The traffic follows the day, and theory knows its mean: a quiet night makes no noon shorter.",
        Pattern::List => "Requests come at listed moments: theory has no rate to go by.",
    })
}

fn work(setup: &Setup) -> [(bool, &'static str); 6] {
    let (work, database) = (&setup.work, &setup.database);
    [
        (
            work.shape == Distribution::Constant,
            "Statements all take the same time, not an exponential one: less is waited than theory says.",
        ),
        (
            work.shape == Distribution::Lognormal,
            "Statement times are lognormal, not exponential: a few are very long, and more is waited than theory says.",
        ),
        (
            work.slow_share > 0.0,
            "Some requests are slow reports: theory knows them in the mean only, and more is waited behind them.",
        ),
        (
            work.nested_share > 0.0,
            "Some requests want a second connection while they hold the first: they ask twice, and can block each other.",
        ),
        (
            work.leak_share > 0.0,
            "Some requests never give their connection back: fewer and fewer are left, and there is no steady state.",
        ),
        (
            database.contention > 0.0 || database.coherency > 0.0,
            "Statements slow each other down: the more connections are in use, the longer each is held.",
        ),
    ]
}

fn latency(setup: &Setup, found: &mut Vec<String>) {
    let (latency, settings) = (setup.database.latency, setup.settings);
    let resets = settings.pool_reset_on_return != Reset::None;
    for (counts, what, takes, why) in [
        (true, "Opening a connection", latency.connect, "counts as waiting, and theory has all open for ever"),
        (
            settings.pool_pre_ping,
            "The ping before a checkout",
            latency.ping,
            "counts as waiting, with a connection taken",
        ),
        (resets, "The reset on return", latency.reset, "counts as holding, always as long, which theory cannot tell"),
        (
            settings.max_overflow != 0,
            "Closing beyond pool_size",
            latency.close,
            "counts as holding, and theory closes nothing",
        ),
    ] {
        if counts && takes > Span::ZERO {
            found.push(format!("{what} takes {} ms: that {why}.", takes.as_millis_f64()));
        }
    }
}

fn visitors(setup: &Setup, found: &mut Vec<String>) {
    let comes_again = "comes again, on top of the rate that theory knows, and when it is full already";
    match (setup.visitors.gives_up, setup.visitors.retries) {
        (None, 0) => {}
        (None, _) => found.push(format!("Who is not served {comes_again}.")),
        (Some(patience), retries) => {
            let then = if retries > 0 { comes_again } else { "is served all the same, to nobody" };
            let patience = patience.in_secs();
            found
                .push(format!("Visitors give up after {patience} s, and the pool does not learn it: who does {then}."));
        }
    }
}

fn line(setup: &Setup, tally: &Tally, found: &mut Vec<String>) {
    let settings = &setup.settings;
    let Some(limit) = settings.limit() else {
        let why = match settings.class {
            class if class.has_queue() => "Overflow is unlimited".to_owned(),
            class => format!("A {} has no limit to wait at", class.name()),
        };
        return found.push(format!("{why}: there is no queue, so theory has nothing to say."));
    };
    let all = limit.saturating_mul(setup.workers.clamp(1, MAX_WORKERS) as i64);
    if let Some(most) = setup.database.max_connections.filter(|&most| i64::from(most) < all) {
        let refused = "who meets its limit is refused and does not wait";
        found.push(format!("The server takes {most} connections and the pools may want {all}: {refused}."));
    }
    if tally.turned_away > 0 {
        let away = tally.turned_away;
        found.push(format!(
            "{away} requests found {MAX_IN_SYSTEM} others in one worker and went by: theory has room for all."
        ));
    }
    let Some(queue) = queue(setup) else { return };
    let timeout = settings.pool_timeout.map(|timeout| timeout.as_secs_f64().max(0.0));
    if timeout.is_none() && queue.utilisation() >= 1.0 {
        let why = "there is no steady state, the queue only grows";
        return found.push(format!("More work arrives than can be done, and nothing times out: {why}."));
    }
    let (over, rate) = (tally.served + tally.errors(), setup.traffic.rate.max(0.0));
    let needed = (rate * 100.0 * memory(queue, timeout)).max(FEW as f64).ceil();
    if (over as f64) < needed {
        found.push(format!("The run is short: requests that are over: {over}; for figures to trust: {needed}."));
    }
}

fn events<'a>(tally: &Tally, acts: impl IntoIterator<Item = &'a WorldAct>) -> [(bool, &'static str); 5] {
    let (mut changed, mut added, mut failed, mut real) = (false, false, false, false);
    for act in acts {
        match act {
            WorldAct::Change(_) => changed = true,
            WorldAct::Arrive(_) | WorldAct::Send(..) | WorldAct::Cancel => added = true,
            WorldAct::Restart | WorldAct::Failover | WorldAct::Cut | WorldAct::Kill(_) => failed = true,
            WorldAct::Ended(_) | WorldAct::Report { .. } => real = true,
        }
    }
    let lost = !failed && tally.lost + tally.disconnected > 0;
    [
        (changed, "The settings were changed on the way: theory is about the present ones only."),
        (added, "Requests were added by hand: theory does not know them."),
        (failed, "The server failed on the way: theory has one that never does."),
        (real, "A real database did the work: its own time comes on top, and is not exponential."),
        (lost, "Connections were lost on the way: theory has them open for ever."),
    ]
}

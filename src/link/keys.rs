//! The table of everything that can be set.

use super::key::{Key, Kind};
use super::take::{choice, maybe, millis, number, seconds, switch, whole, word, words};
use crate::pool::{Class, Reset};
use crate::python;
use crate::sim::{MAX_WORKERS, Pattern, Setup, Shape};
use crate::time::{Instant, Span};

const CLASSES: [(&str, Class); 6] = [
    ("QueuePool", Class::QueuePool),
    ("AsyncAdaptedQueuePool", Class::AsyncAdaptedQueuePool),
    ("NullPool", Class::NullPool),
    ("StaticPool", Class::StaticPool),
    ("SingletonThreadPool", Class::SingletonThreadPool),
    ("AssertionPool", Class::AssertionPool),
];
const RESETS: [(&str, Reset); 3] = [("rollback", Reset::Rollback), ("commit", Reset::Commit), ("None", Reset::None)];
const PATTERNS: [(&str, Pattern); 7] = [
    ("constant", Pattern::Constant),
    ("poisson", Pattern::Poisson),
    ("bursts", Pattern::Bursts),
    ("spike", Pattern::Spike),
    ("ramp", Pattern::Ramp),
    ("day", Pattern::Day),
    ("list", Pattern::List),
];
const SHAPES: [(&str, Shape); 3] =
    [("constant", Shape::Constant), ("exponential", Shape::Exponential), ("lognormal", Shape::Lognormal)];

/// The longest times that are played: a day for what is given in seconds, so that MySQL's own `wait_timeout` of eight hours
/// fits, a minute for milliseconds.
const DAY: i64 = 86_400;
const MINUTE_MS: i64 = 60_000;
/// The most moments that a link's list may have.
const MOST_ARRIVALS: usize = 500;

const fn slider(from: f64, to: f64, step: f64) -> Kind {
    Kind::Slider { from, to, step }
}

/// Sets what `take` made of a text.
fn set<T>(taken: Result<T, String>, place: &mut T) -> Result<(), String> {
    taken.map(|value| *place = value)
}

fn none_or(value: Option<String>) -> String {
    value.unwrap_or_else(|| "None".into())
}

fn ms(span: Span) -> String {
    (span.as_micros() / 1_000).to_string()
}

fn percent(share: f64) -> String {
    ((share * 1e8).round() / 1e6).to_string()
}

fn share(text: &str) -> Result<f64, String> {
    number(text, 0.0, 100.0).map(|percent| percent / 100.0)
}

macro_rules! key {
    ($name:literal, $unit:literal, $kind:expr, $default:expr, $hint:literal, $show:expr, $take:expr) => {
        Key { name: $name, unit: $unit, hint: $hint, kind: $kind, default: $default, show: $show, take: $take }
    };
}

/// So many of the keys, the first ones, are about the pool alone.
pub const POOL_KEYS: usize = 8;

/// Everything that can be set, in the order in which it is shown.
pub static KEYS: [Key; 38] = [
    key!(
        "pool_size",
        "",
        slider(1.0, 20.0, 1.0),
        Some("5"),
        "Idle connections that are kept. Nothing is opened in advance.",
        |setup| setup.settings.pool_size.to_string(),
        |setup, text| set(python::pool_size(text).map_err(words), &mut setup.settings.pool_size)
    ),
    key!(
        "max_overflow",
        "",
        slider(-1.0, 20.0, 1.0),
        Some("10"),
        "How many more may be open at once. -1: no limit.",
        |setup| setup.settings.max_overflow.to_string(),
        |setup, text| set(python::max_overflow(text).map_err(words), &mut setup.settings.max_overflow)
    ),
    key!(
        "pool_timeout",
        "s",
        slider(0.0, 60.0, 0.5),
        Some("30"),
        "How long a request waits in line. None: for ever.",
        |setup| none_or(setup.settings.pool_timeout.map(Span::in_secs)),
        |setup, text| set(python::pool_timeout(text).map_err(words), &mut setup.settings.pool_timeout)
    ),
    key!(
        "pool_recycle",
        "s",
        slider(-1.0, 60.0, 1.0),
        Some("-1"),
        "At checkout, a connection older than this is replaced. -1: never.",
        |setup| setup.settings.pool_recycle.in_secs(),
        |setup, text| set(python::pool_recycle(text).map_err(words), &mut setup.settings.pool_recycle)
    ),
    key!(
        "pool_pre_ping",
        "",
        Kind::Switch,
        Some("0"),
        "Ask an idle connection whether it lives before handing it out.",
        |setup| u8::from(setup.settings.pool_pre_ping).to_string(),
        |setup, text| set(switch(text), &mut setup.settings.pool_pre_ping)
    ),
    key!(
        "pool_use_lifo",
        "",
        Kind::Switch,
        Some("0"),
        "Hand out the connection returned last, not the one idle longest.",
        |setup| u8::from(setup.settings.pool_use_lifo).to_string(),
        |setup, text| set(switch(text), &mut setup.settings.pool_use_lifo)
    ),
    key!(
        "pool_reset_on_return",
        "",
        Kind::Choice(&["rollback", "commit", "None"]),
        Some("rollback"),
        "What ends a transaction left open.",
        |setup| word(setup.settings.pool_reset_on_return, &RESETS),
        |setup, text| set(choice(text, &RESETS), &mut setup.settings.pool_reset_on_return)
    ),
    key!(
        "poolclass",
        "",
        Kind::Choice(&[
            "QueuePool",
            "AsyncAdaptedQueuePool",
            "NullPool",
            "StaticPool",
            "SingletonThreadPool",
            "AssertionPool"
        ]),
        Some("QueuePool"),
        "Which kind of pool.",
        |setup| word(setup.settings.class, &CLASSES),
        |setup, text| set(choice(text, &CLASSES), &mut setup.settings.class)
    ),
    key!(
        "workers",
        "",
        slider(1.0, 8.0, 1.0),
        None,
        "Processes, each with a pool of its own.",
        |setup| setup.workers.to_string(),
        |setup, text| set(whole(text, 1, MAX_WORKERS as i64).map(|n| n as usize), &mut setup.workers)
    ),
    key!(
        "traffic",
        "",
        Kind::Choice(&["constant", "poisson", "bursts", "spike", "ramp", "day", "list"]),
        None,
        "How requests come over time.",
        |setup| word(setup.traffic.pattern, &PATTERNS),
        |setup, text| set(choice(text, &PATTERNS), &mut setup.traffic.pattern)
    ),
    key!(
        "rate",
        "/s",
        slider(0.0, 60.0, 0.5),
        None,
        "Requests a second, on average.",
        |setup| setup.traffic.rate.to_string(),
        |setup, text| set(number(text, 0.0, 1_000.0), &mut setup.traffic.rate)
    ),
    key!(
        "factor",
        "times",
        slider(1.0, 10.0, 0.5),
        None,
        "How many times as many a spike or ramp brings.",
        |setup| setup.traffic.factor.to_string(),
        |setup, text| set(number(text, 0.0, 100.0), &mut setup.traffic.factor)
    ),
    key!(
        "from",
        "s",
        slider(0.0, 120.0, 1.0),
        None,
        "When the spike or ramp begins.",
        |setup| setup.traffic.from.in_secs(),
        |setup, text| set(seconds(text, DAY), &mut setup.traffic.from)
    ),
    key!(
        "lasts",
        "s",
        slider(0.5, 60.0, 0.5),
        None,
        "How long a burst, spike or ramp lasts.",
        |setup| setup.traffic.lasts.in_secs(),
        |setup, text| set(seconds(text, DAY), &mut setup.traffic.lasts)
    ),
    key!(
        "every",
        "s",
        slider(1.0, 120.0, 1.0),
        None,
        "From one burst to the next; how long a day is.",
        |setup| setup.traffic.every.in_secs(),
        |setup, text| set(seconds(text, DAY), &mut setup.traffic.every)
    ),
    key!(
        "arrivals",
        "s",
        Kind::Text,
        None,
        "For a list: the moments at which requests come, as 0.5 1 1.25.",
        |setup| setup.traffic.list.iter().map(|&at| (at - Instant::ZERO).in_secs()).collect::<Vec<_>>().join(" "),
        take_arrivals
    ),
    key!(
        "work",
        "",
        Kind::Choice(&["constant", "exponential", "lognormal"]),
        None,
        "How query times are spread about their mean.",
        |setup| word(setup.work.shape, &SHAPES),
        |setup, text| set(choice(text, &SHAPES), &mut setup.work.shape)
    ),
    key!(
        "query_ms",
        "ms",
        slider(0.0, 5_000.0, 50.0),
        None,
        "How long a request's statements take, on average, alone on the server.",
        |setup| ms(setup.work.mean),
        |setup, text| set(millis(text, MINUTE_MS), &mut setup.work.mean)
    ),
    key!(
        "slow_percent",
        "%",
        slider(0.0, 20.0, 0.5),
        None,
        "The share of requests that are slow reports.",
        |setup| percent(setup.work.slow_share),
        |setup, text| set(share(text), &mut setup.work.slow_share)
    ),
    key!(
        "slow_ms",
        "ms",
        slider(0.0, 60_000.0, 500.0),
        None,
        "How long a slow report takes, and a long transaction.",
        |setup| ms(setup.work.slow),
        |setup, text| set(millis(text, 10 * MINUTE_MS), &mut setup.work.slow)
    ),
    key!(
        "nested_percent",
        "%",
        slider(0.0, 100.0, 5.0),
        None,
        "The share of requests that ask for a second connection while they hold one.",
        |setup| percent(setup.work.nested_share),
        |setup, text| set(share(text), &mut setup.work.nested_share)
    ),
    key!(
        "leak_percent",
        "%",
        slider(0.0, 20.0, 0.5),
        None,
        "The share of requests that never give their connection back.",
        |setup| percent(setup.work.leak_share),
        |setup, text| set(share(text), &mut setup.work.leak_share)
    ),
    key!(
        "gives_up",
        "s",
        slider(0.0, 60.0, 1.0),
        None,
        "After so long a visitor goes away; the request goes on. None: never.",
        |setup| none_or(setup.visitors.gives_up.map(Span::in_secs)),
        |setup, text| set(maybe(text, |text| seconds(text, DAY)), &mut setup.visitors.gives_up)
    ),
    key!(
        "retries",
        "",
        slider(0.0, 10.0, 1.0),
        None,
        "How often a visitor who was not served comes again.",
        |setup| setup.visitors.retries.to_string(),
        |setup, text| set(whole(text, 0, 100).map(|n| n as u32), &mut setup.visitors.retries)
    ),
    key!(
        "retry_after",
        "s",
        slider(0.0, 30.0, 0.5),
        None,
        "How long after.",
        |setup| setup.visitors.retry_after.in_secs(),
        |setup, text| set(seconds(text, DAY), &mut setup.visitors.retry_after)
    ),
    key!(
        "wake_ms",
        "ms",
        slider(0.0, 1_000.0, 50.0),
        None,
        "How long after it was woken a waiter runs. A newcomer may take its key meanwhile.",
        |setup| ms(setup.wake),
        |setup, text| set(millis(text, MINUTE_MS), &mut setup.wake)
    ),
    key!(
        "connect_ms",
        "ms",
        slider(0.0, 1_000.0, 10.0),
        None,
        "Opening a connection.",
        |setup| ms(setup.database.latency.connect),
        |setup, text| set(millis(text, MINUTE_MS), &mut setup.database.latency.connect)
    ),
    key!(
        "ping_ms",
        "ms",
        slider(0.0, 200.0, 1.0),
        None,
        "Asking a connection whether it lives.",
        |setup| ms(setup.database.latency.ping),
        |setup, text| set(millis(text, MINUTE_MS), &mut setup.database.latency.ping)
    ),
    key!(
        "reset_ms",
        "ms",
        slider(0.0, 200.0, 1.0),
        None,
        "Rolling back on return.",
        |setup| ms(setup.database.latency.reset),
        |setup, text| set(millis(text, MINUTE_MS), &mut setup.database.latency.reset)
    ),
    key!(
        "close_ms",
        "ms",
        slider(0.0, 200.0, 1.0),
        None,
        "Closing a connection.",
        |setup| ms(setup.database.latency.close),
        |setup, text| set(millis(text, MINUTE_MS), &mut setup.database.latency.close)
    ),
    key!(
        "max_connections",
        "",
        slider(0.0, 200.0, 1.0),
        None,
        "The server has no more, of all workers together. None: no limit.",
        |setup| none_or(setup.database.max_connections.map(|most| most.to_string())),
        |setup, text| set(
            maybe(text, |text| whole(text, 0, 100_000).map(|n| n as u32)),
            &mut setup.database.max_connections
        )
    ),
    key!(
        "wait_timeout",
        "s",
        slider(0.0, 120.0, 1.0),
        None,
        "The server closes a connection that was idle so long. None: never.",
        |setup| none_or(setup.database.wait_timeout.map(Span::in_secs)),
        |setup, text| set(maybe(text, |text| seconds(text, DAY)), &mut setup.database.wait_timeout)
    ),
    key!(
        "firewall",
        "s",
        slider(0.0, 120.0, 1.0),
        None,
        "A firewall silently forgets a connection that was idle so long. None: never.",
        |setup| none_or(setup.database.firewall.map(Span::in_secs)),
        |setup, text| set(maybe(text, |text| seconds(text, DAY)), &mut setup.database.firewall)
    ),
    key!(
        "tcp_timeout",
        "s",
        slider(0.0, 120.0, 1.0),
        None,
        "How long one waits for an answer that does not come.",
        |setup| setup.database.tcp_timeout.in_secs(),
        |setup, text| set(seconds(text, DAY), &mut setup.database.tcp_timeout)
    ),
    key!(
        "outage",
        "s",
        slider(0.0, 60.0, 1.0),
        None,
        "How long a restart, failover or network cut lasts.",
        |setup| setup.database.outage.in_secs(),
        |setup, text| set(seconds(text, DAY), &mut setup.database.outage)
    ),
    key!(
        "slowness",
        "times",
        slider(1.0, 20.0, 0.5),
        None,
        "Every statement takes so many times as long: a lost index, a busy disk.",
        |setup| setup.database.slowness.to_string(),
        |setup, text| set(number(text, 0.01, 1_000.0), &mut setup.database.slowness)
    ),
    key!(
        "contention",
        "",
        slider(0.0, 0.5, 0.01),
        None,
        "The share of the work that one statement at a time can do. 0: they do not disturb each other.",
        |setup| setup.database.contention.to_string(),
        |setup, text| set(number(text, 0.0, 1.0), &mut setup.database.contention)
    ),
    key!(
        "coherency",
        "",
        slider(0.0, 0.05, 0.001),
        None,
        "What each pair of statements costs by keeping each other informed.",
        |setup| setup.database.coherency.to_string(),
        |setup, text| set(number(text, 0.0, 1.0), &mut setup.database.coherency)
    ),
];

fn take_arrivals(setup: &mut Setup, text: &str) -> Result<(), String> {
    let mut list = Vec::new();
    for part in text.split_whitespace() {
        let at = seconds(part, DAY).map_err(|_| format!("{part} is no moment: it takes seconds, from 0 to {DAY}."))?;
        list.push(Instant::ZERO + at);
    }
    if list.len() > MOST_ARRIVALS {
        return Err(format!("It takes at most {MOST_ARRIVALS} moments."));
    }
    list.sort_unstable();
    setup.traffic.list = list.into();
    Ok(())
}

//! For each cause a world with the reader's numbers in which it happens.

use super::cause::Cause;
use super::numbers::Numbers;
use super::trial::first_error;
use crate::apps::{Application, View};
use crate::lesson::Plan;
use crate::pool::{Class, Settings};
use crate::service::RequestSpec;
use crate::settings::{Act, SettingId, SettingValue, set_application};
use crate::sim::{Latency, Pattern, ServerSetup, Setup, Traffic, Visitors, Work, WorldAct};
use crate::sql::Vendor;
use crate::time::{Instant, Span};

/// A world in which a cause shows.
#[derive(Debug, Clone, PartialEq)]
pub struct World {
    /// The world, with what is done to it.
    pub plan: Plan,
}

impl World {
    /// The moment that tells most: just before the first request fails.
    pub fn moment(&self) -> Instant {
        let fails = first_error(&self.plan).map_or(self.plan.end(), |(at, _)| at);
        let before = fails - Instant::ZERO + Span::from_millis(-200);
        // Whole hundredths, as links look better with them.
        Instant::from_micros(before.as_micros().max(0) / 10_000 * 10_000)
    }
}

impl Cause {
    /// A world in which this cause shows, with the reader's numbers. `None` where [`Cause::why_no_world`] says why not, and for
    /// pools without a limit, or with one above 300, where the error is the pool's time-out.
    pub fn world(self, numbers: &Numbers) -> Option<World> {
        let plan = match self {
            Cause::HeldAcrossSlowWork => held(numbers, numbers.limit()?),
            Cause::Leak => leak(numbers, numbers.limit()?, None),
            Cause::CancelledTasks => leak(numbers, numbers.limit()?, Some(numbers.pace().times(4.0))),
            Cause::TooSmall => too_small(numbers, numbers.limit()?, 2.0),
            Cause::PoolSurprise => too_small(numbers, numbers.limit()?, 1.6),
            Cause::ServerSlow => server_slow(numbers, numbers.limit()?),
            Cause::NestedCheckout => nested(numbers, numbers.limit().filter(|&limit| limit <= MOST_NESTED)?),
            Cause::RetryStorm => retry_storm(numbers, numbers.limit()?),
            Cause::TooManyWorkers => too_many_workers(numbers),
            Cause::EnginePerRequest => engine_per_request(numbers),
            Cause::IdleLimit => idle_limit(numbers),
            Cause::Restart => restart(numbers),
            Cause::Firewall => firewall(numbers),
            Cause::Failover => failover(numbers),
            Cause::TransactionLeftOpen => transaction_left_open(numbers)?,
            Cause::ThreadDeadlock
            | Cause::Fork
            | Cause::PingRaised
            | Cause::ServerUnreachable
            | Cause::SessionMisuse
            | Cause::FileReplaced
            | Cause::WriterLock
            | Cause::SessionState => return None,
        };
        Some(World { plan })
    }

    /// Why this cause is not shown with these numbers; `None` if it is.
    pub fn why_not_shown(self, numbers: &Numbers) -> Option<String> {
        if let Some(why) = self.why_no_world() {
            return Some(why.to_owned());
        }
        let is_nested = self == Cause::NestedCheckout && numbers.limit().is_some_and(|limit| limit > MOST_NESTED);
        if is_nested {
            return Some(format!(
                "With more than {MOST_NESTED} connections this is not played; what is said of it holds all the same."
            ));
        }
        self.world(numbers).is_none().then(|| numbers.why_no_limit())
    }

    /// Why there is no world for this cause, whatever the numbers.
    pub const fn why_no_world(self) -> Option<&'static str> {
        match self {
            Cause::ThreadDeadlock => {
                Some("A worker here has as many threads as it needs, so this cannot be shown yet.")
            }
            Cause::Fork => Some("Workers here never share a connection, so this cannot be shown."),
            Cause::PingRaised => Some("A ping here either works or finds the connection dead."),
            Cause::ServerUnreachable => Some("The pool has no part in it: there is nothing to show."),
            Cause::SessionMisuse => Some("This is about sessions and not about the pool: there is nothing to show."),
            Cause::FileReplaced | Cause::WriterLock => Some("There is no SQLite file here."),
            Cause::SessionState => Some("Connections here keep no state of their own."),
            _ => None,
        }
    }
}

/// The largest pool with which requests that take two connections are played.
const MOST_NESTED: i64 = 160;

/// The reader's pool, before a server of the reader's kind. Whatever hides a cause (`pool_pre_ping`, `pool_recycle`) is off.
fn setup(numbers: &Numbers) -> Setup {
    let ms = Span::from_millis;
    let settings = Settings {
        pool_pre_ping: false,
        pool_recycle: Span::from_secs(-1),
        pool_timeout: numbers.played_timeout(),
        ..numbers.settings
    };
    let room = |most: &u32| numbers.settings.limit().is_none_or(|limit| limit < i64::from(*most));
    Setup {
        settings,
        traffic: Traffic { pattern: Pattern::Constant, ..Traffic::poisson(0.0) },
        work: Work::constant(ms(50)),
        database: ServerSetup {
            latency: Latency { connect: ms(20), ping: ms(1), reset: ms(1), close: ms(1) },
            max_connections: numbers.server_limit().filter(room),
            vendor: numbers.vendor,
            ..ServerSetup::default()
        },
        ..Setup::default()
    }
}

/// So many requests a second, in thousandths, as a link can say.
fn rate(per_second: f64) -> f64 {
    ((per_second * 1_000.0).round() / 1_000.0).clamp(0.001, 1_000.0)
}

/// A time in whole milliseconds, at least 1 and at most a minute, as a link can say.
fn whole_ms(span: Span) -> Span {
    Span::from_millis((span.as_micros() / 1_000).clamp(1, 60_000))
}

/// Requests at these moments, in milliseconds.
fn at(moments: impl IntoIterator<Item = i64>) -> Traffic {
    let list = moments.into_iter().map(|millis| Instant::ZERO + Span::from_millis(millis)).collect();
    Traffic { pattern: Pattern::List, list, ..Traffic::poisson(0.0) }
}

/// How many times the pool's capacity comes, each request with `hold`.
fn load(times: f64, limit: i64, hold: Span) -> f64 {
    rate(times * limit as f64 / hold.as_secs_f64().max(1e-3))
}

/// Three times what the pool can serve, because each request holds its connection for as long as the timeout.
fn held(numbers: &Numbers, limit: i64) -> Plan {
    let mut setup = setup(numbers);
    let hold = whole_ms(numbers.pace());
    // A quick query, and then something else while the transaction is open.
    let query = whole_ms(hold.times(0.05).min(Span::from_millis(50)));
    setup.work = Work { outside: hold + query.times(-1.0), ..Work::constant(query) };
    setup.traffic.rate = load(3.0, limit, hold);
    Plan::new(setup, numbers.pace().times(5.0) + hold)
}

/// One request of five never gives its connection back. With `collected` the garbage collector finds it, too late.
fn leak(numbers: &Numbers, limit: i64, collected: Option<Span>) -> Plan {
    let mut setup = setup(numbers);
    setup.work =
        Work { leak_share: 0.2, ..Work::constant(whole_ms(numbers.pace().times(0.05).min(Span::from_millis(100)))) };
    setup.collected_after = collected;
    setup.traffic.rate = rate(4.0 * limit as f64 / numbers.pace().as_secs_f64());
    Plan::new(setup, numbers.pace().times(8.0))
}

/// More than the pool can serve, of requests that only work.
fn too_small(numbers: &Numbers, limit: i64, times: f64) -> Plan {
    let mut setup = setup(numbers);
    let hold = whole_ms(numbers.pace().times((limit as f64 / 1_000.0).max(0.1)));
    setup.work = Work::constant(hold);
    setup.traffic.rate = load(times, limit, hold);
    Plan::new(setup, numbers.pace().times(6.0))
}

/// Half of what the pool can serve, until each statement takes twelve times as long.
fn server_slow(numbers: &Numbers, limit: i64) -> Plan {
    let mut setup = setup(numbers);
    let hold = whole_ms(numbers.pace().times((limit as f64 / 2_000.0).max(0.025)));
    setup.work = Work::constant(hold);
    setup.traffic.rate = load(0.5, limit, hold);
    let from = Instant::ZERO + numbers.pace().times(0.5);
    let mut plan = Plan::new(setup, numbers.pace().times(5.0));
    plan.add(from, Act::Set(SettingId::Slowness, SettingValue::Number(12.0)));
    plan
}

/// Three times as many requests at once as the pool has connections, and each wants a second one halfway.
fn nested(numbers: &Numbers, limit: i64) -> Plan {
    let mut setup = setup(numbers);
    setup.work =
        Work { nested_share: 1.0, ..Work::constant(whole_ms(numbers.pace().times(0.125).min(Span::from_millis(700)))) };
    setup.traffic = at((0..3 * limit).map(|_| 1_000));
    Plan::new(setup, Span::from_secs(1) + numbers.pace().times(3.0))
}

/// A rush that the pool would survive, if nobody tried again.
fn retry_storm(numbers: &Numbers, limit: i64) -> Plan {
    let mut setup = setup(numbers);
    let pace = numbers.pace();
    let hold = whole_ms(pace.times((limit as f64 / 600.0).clamp(1.0 / 60.0, 0.1)));
    setup.work = Work::constant(hold);
    setup.traffic = Traffic {
        pattern: Pattern::Spike,
        factor: 2.5,
        from: pace,
        lasts: pace.times(0.5),
        ..Traffic::poisson(load(0.7, limit, hold))
    };
    setup.visitors =
        Visitors { gives_up: Some(pace.times(0.2)), retries: 5, retry_after: Span::from_secs_f64(hold.as_secs_f64()) };
    Plan::new(setup, pace.times(6.0))
}

/// As many workers as together may open more than the server allows, and a rush that makes them do it.
fn too_many_workers(numbers: &Numbers) -> Plan {
    let mut setup = with_words(numbers);
    let limit = numbers.settings.limit().map_or(i64::MAX, |limit| limit.max(1));
    let most = if limit < 5 { 20 } else { i64::from(numbers.server_limit().unwrap_or(97)) };
    // Requests are routed at random, so some workers stay below their limit.
    let needed = if limit == i64::MAX { 2 } else { most * 3 / 2 / limit + 2 };
    let workers = (numbers.workers.map_or(0, |seen| seen as i64)).max(needed).clamp(2, 64);
    setup.workers = workers as usize;
    setup.database.max_connections = u32::try_from(most).ok();
    setup.work = Work::constant(whole_ms(numbers.pace().times(0.05).min(Span::from_secs(1))));
    setup.traffic = at((0..(4 * most).min(500)).map(|_| 1_000));
    Plan::new(setup, Span::from_secs(1) + numbers.pace().times(2.0))
}

/// Each request has a pool of its own, whose connection stays open until the garbage collector comes.
fn engine_per_request(numbers: &Numbers) -> Plan {
    let mut setup = with_words(numbers);
    let most = numbers.server_limit().unwrap_or(97);
    setup.settings.class = Class::NullPool;
    setup.database.max_connections = Some(most);
    setup.work = Work { leak_share: 1.0, ..Work::constant(Span::from_millis(20)) };
    setup.collected_after = Some(Span::from_secs(20));
    setup.traffic.rate = rate(f64::from(most) / 10.0);
    Plan::new(setup, Span::from_secs(40))
}

/// A setup in which the server has words for what it refuses.
fn with_words(numbers: &Numbers) -> Setup {
    let mut setup = setup(numbers);
    if matches!(setup.database.vendor, Vendor::Sqlite | Vendor::Plain) {
        setup.database.vendor = Vendor::Postgresql;
    }
    setup
}

/// How many requests come at once in a quiet service.
fn few(numbers: &Numbers) -> i64 {
    numbers.settings.limit().map_or(3, |limit| limit.clamp(1, 3))
}

/// Two more requests; a pool of one connection has them only when its request no longer hangs.
fn after(numbers: &Numbers, soon: i64, later: i64) -> [i64; 2] {
    let at = if few(numbers) == 1 { later } else { soon };
    [at, at + 10_000]
}

/// A few requests at once, a pause longer than the server's limit, and single requests.
fn idle_limit(numbers: &Numbers) -> Plan {
    let mut setup = with_words(numbers);
    setup.traffic = at((0..few(numbers)).map(|_| 1_000).chain([80_000, 81_000, 82_000]));
    setup.database.wait_timeout = Some(Span::from_secs(60));
    Plan::new(setup, Span::from_secs(90))
}

/// A restart between requests.
fn restart(numbers: &Numbers) -> Plan {
    let mut setup = with_words(numbers);
    setup.traffic = at((0..few(numbers)).map(|_| 1_000).chain([20_000, 21_000, 22_000]));
    Plan::new(setup, Span::from_secs(30)).at(10.0, WorldAct::Restart)
}

/// A load balancer that forgets silent connections after 350 s.
fn firewall(numbers: &Numbers) -> Plan {
    let mut setup = with_words(numbers);
    setup.traffic = at((0..few(numbers)).map(|_| 1_000).chain([400_000]).chain(after(numbers, 410_000, 1_330_000)));
    setup.database.firewall = Some(Span::from_secs(350));
    setup.database.tcp_timeout = Span::from_secs(924);
    Plan::new(setup, Span::from_secs(1_400))
}

/// A failover between requests; the old server is silent.
fn failover(numbers: &Numbers) -> Plan {
    let mut setup = with_words(numbers);
    setup.traffic = at((0..few(numbers)).map(|_| 1_000).chain([20_000]).chain(after(numbers, 60_000, 90_000)));
    setup.database.tcp_timeout = Span::from_secs(60);
    Plan::new(setup, Span::from_secs(130)).at(10.0, WorldAct::Failover)
}

/// A view that writes, does something else for a second, and commits, before a server that waits half a second.
fn transaction_left_open(numbers: &Numbers) -> Option<Plan> {
    let mut setup = with_words(numbers);
    let settings = setup.settings;
    set_application(&mut setup, Application::Session.name()).ok()?;
    setup.settings = Settings { pool_pre_ping: true, pool_recycle: Span::from_secs(1), ..settings };
    setup.database.wait_timeout = Some(Span::from_millis(500));
    setup.database.max_connections = None;
    Some(Plan::new(setup, Span::from_secs(8)).at(1.0, visit("/flush")?))
}

/// One request to a view of the session's application.
pub(super) fn visit(path: &str) -> Option<Act> {
    let view = View::find(Application::Session, path)?;
    let spec = RequestSpec { takes: Span::from_millis(100), view: Some(view), ..RequestSpec::default() };
    Some(WorldAct::Send(spec, 1, Span::from_secs(1)).into())
}

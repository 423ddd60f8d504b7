//! The table of everything that can be set.

use super::ValueKind::{Millis, Moments, Number, OrNone, Percent, Pool, Seconds, Switch, Whole, Word};
use super::pool_value::{max_overflow, pool_recycle, pool_size, pool_timeout};
use super::setting::{Group, Scope, Setting, Slider};
use super::value::{BORROWS, CLASSES, Field, PATTERNS, RESETS, SHAPES, VENDORS, put};
use crate::sim::MAX_WORKERS;

/// The longest time that can be given in milliseconds: a minute.
const MINUTE_MS: i64 = 60_000;

const fn slider(from: f64, to: f64, step: f64) -> Option<Slider> {
    Some(Slider { from, to, step })
}

/// A row: the id, the name, the unit, the scope, the group of its knob, the field of a world's
/// [setup](crate::sim::Setup) that holds it, the kind of its values, its slider, and a short hint.
macro_rules! settings {
    ($($id:ident $name:literal $unit:literal $scope:ident $group:ident $($field:ident).+, $kind:expr, $slider:expr, $hint:literal;)*) => {
        /// The id of a setting.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum SettingId {
            $(#[doc = concat!("`", $name, "`: ", $hint)] $id,)*
        }

        /// Every setting, in the order in which settings are shown and written.
        pub static SETTINGS: &[Setting] = &[$(
            Setting {
                id: SettingId::$id,
                name: $name,
                unit: $unit,
                hint: $hint,
                scope: Scope::$scope,
                group: Group::$group,
                kind: $kind,
                slider: $slider,
                access: (|setup| setup.$($field).+.to_value(), |setup, value| put(&mut setup.$($field).+, value)),
            },
        )*];
    };
}

settings! {
    PoolSize "pool_size" "" Pool Pool settings.pool_size, Pool(pool_size), slider(1.0, 20.0, 1.0), "Idle connections that are kept. Nothing is opened in advance.";
    MaxOverflow "max_overflow" "" Pool Pool settings.max_overflow, Pool(max_overflow), slider(-1.0, 20.0, 1.0), "How many more may be open at once. -1: no limit.";
    PoolTimeout "pool_timeout" "s" Pool Pool settings.pool_timeout, Pool(pool_timeout), slider(0.0, 60.0, 0.5), "How long a request waits for a connection. None: without limit.";
    PoolRecycle "pool_recycle" "s" Pool Pool settings.pool_recycle, Pool(pool_recycle), slider(-1.0, 60.0, 1.0), "At checkout, a connection older than this is replaced. -1: never.";
    PoolPrePing "pool_pre_ping" "" Pool MorePool settings.pool_pre_ping, Switch, None, "Ask an idle connection whether it lives before handing it out.";
    PoolUseLifo "pool_use_lifo" "" Pool MorePool settings.pool_use_lifo, Switch, None, "Hand out the connection returned last, not the one idle longest.";
    PoolResetOnReturn "pool_reset_on_return" "" Pool MorePool settings.pool_reset_on_return, Word(RESETS), None, "What ends a transaction left open.";
    PoolClass "poolclass" "" Pool MorePool settings.class, Word(CLASSES), None, "Which kind of pool.";
    Workers "workers" "" World MorePool workers, Whole(1, MAX_WORKERS as i64), slider(1.0, 8.0, 1.0), "Processes, each with a pool of its own.";
    Threads "threads" "" World MorePool threads, OrNone(&Whole(1, 1_000)), slider(1.0, 100.0, 1.0), "Threads of each process. A request without one has not reached the pool. None: one each. Tasks (AsyncAdaptedQueuePool) need none.";
    Traffic "traffic" "" World MoreTraffic traffic.pattern, Word(PATTERNS), None, "How requests come over time.";
    Rate "rate" "/s" World Traffic traffic.rate, Number(0.0, 1_000.0), slider(0.0, 60.0, 0.5), "Requests a second, on average.";
    Factor "factor" "times" World MoreTraffic traffic.factor, Number(0.0, 100.0), slider(1.0, 10.0, 0.5), "How many times as many a spike or ramp brings.";
    From "from" "s" World MoreTraffic traffic.from, Seconds, slider(0.0, 120.0, 1.0), "When the spike or ramp begins.";
    Lasts "lasts" "s" World MoreTraffic traffic.lasts, Seconds, slider(0.5, 60.0, 0.5), "How long a burst, spike or ramp lasts.";
    Every "every" "s" World MoreTraffic traffic.every, Seconds, slider(1.0, 120.0, 1.0), "From one burst to the next; how long a day is.";
    Arrivals "arrivals" "s" World MoreTraffic traffic.list, Moments, None, "For a list: the moments at which requests come, as 0.5 1 1.25.";
    Work "work" "" World Requests work.shape, Word(SHAPES), None, "How query times are spread about their mean.";
    QueryMs "query_ms" "ms" World Traffic work.mean, Millis(MINUTE_MS), slider(0.0, 5_000.0, 50.0), "How long a request's statements take, on average, alone on the server.";
    SlowPercent "slow_percent" "%" World Requests work.slow_share, Percent, slider(0.0, 20.0, 0.5), "The share of requests that are slow reports.";
    SlowMs "slow_ms" "ms" World Requests work.slow, Millis(10 * MINUTE_MS), slider(0.0, 60_000.0, 500.0), "How long a slow report takes, and a long transaction.";
    OutsideMs "outside_ms" "ms" World Requests work.outside, Millis(MINUTE_MS), slider(0.0, 30_000.0, 500.0), "How long a request works outside the database after its statements: a call to another service, an email.";
    OutsideHolds "outside_holds" "" World Requests work.outside_holds, Switch, None, "Whether it holds its connection meanwhile, idle in transaction. Off: it commits first.";
    NestedPercent "nested_percent" "%" World Requests work.nested_share, Percent, slider(0.0, 100.0, 5.0), "The share of requests that ask for a second connection while they hold one.";
    LeakPercent "leak_percent" "%" World Requests work.leak_share, Percent, slider(0.0, 20.0, 0.5), "The share of requests that never give their connection back.";
    Borrow "borrow" "" World Requests borrow, Word(BORROWS), None, "What a request takes from the engine. A Session or Connection rolls back before it returns; begin has committed; raw is the driver's own.";
    CollectedAfter "collected_after" "s" World Requests collected_after, OrNone(&Seconds), slider(0.0, 60.0, 1.0), "How long after its request a connection that was never returned is garbage-collected. None: never.";
    CancelAfter "cancel_after" "s" World Requests cancel_after, OrNone(&Seconds), slider(0.5, 60.0, 0.5), "A request's task is cancelled so long after the request came. None: never. Threads cannot be cancelled.";
    GivesUp "gives_up" "s" World Requests visitors.gives_up, OrNone(&Seconds), slider(0.0, 60.0, 1.0), "After how long a user gives up; the request goes on. None: never.";
    Retries "retries" "" World Requests visitors.retries, Whole(0, 100), slider(0.0, 10.0, 1.0), "How often a user who was not served tries again.";
    RetryAfter "retry_after" "s" World Requests visitors.retry_after, Seconds, slider(0.0, 30.0, 0.5), "How long before the next try.";
    WakeMs "wake_ms" "ms" World Requests wake, Millis(MINUTE_MS), slider(0.0, 1_000.0, 50.0), "How long after it was woken a waiter runs. A newcomer may take its key meanwhile.";
    ConnectMs "connect_ms" "ms" World Database database.latency.connect, Millis(MINUTE_MS), slider(0.0, 1_000.0, 10.0), "Opening a connection.";
    PingMs "ping_ms" "ms" World Database database.latency.ping, Millis(MINUTE_MS), slider(0.0, 200.0, 1.0), "Asking a connection whether it lives.";
    ResetMs "reset_ms" "ms" World Database database.latency.reset, Millis(MINUTE_MS), slider(0.0, 200.0, 1.0), "Rolling back on return.";
    CloseMs "close_ms" "ms" World Database database.latency.close, Millis(MINUTE_MS), slider(0.0, 200.0, 1.0), "Closing a connection.";
    MaxConnections "max_connections" "" World Database database.max_connections, OrNone(&Whole(0, 100_000)), slider(0.0, 200.0, 1.0), "The server has no more, of all workers together. None: no limit.";
    WaitTimeout "wait_timeout" "s" World Database database.wait_timeout, OrNone(&Seconds), slider(0.0, 120.0, 1.0), "The server closes a connection that was idle so long. None: never.";
    Firewall "firewall" "s" World Database database.firewall, OrNone(&Seconds), slider(0.0, 120.0, 1.0), "A firewall silently forgets a connection that was idle so long. None: never.";
    Keepalive "keepalive" "s" World Database database.keepalive, Seconds, slider(0.0, 7_200.0, 60.0), "After so long without traffic the server finds out that a client cannot be reached.";
    AcceptMs "accept_ms" "ms" World Database database.accept, Millis(MINUTE_MS), slider(0.0, 500.0, 10.0), "The server is busy so long with each new connection, one after the other.";
    TcpTimeout "tcp_timeout" "s" World Database database.tcp_timeout, Seconds, slider(0.0, 120.0, 1.0), "How long one waits for an answer that does not come.";
    Outage "outage" "s" World Database database.outage, Seconds, slider(0.0, 60.0, 1.0), "How long a restart, failover or network cut lasts.";
    Slowness "slowness" "times" World Database database.slowness, Number(0.01, 1_000.0), slider(1.0, 20.0, 0.5), "Every statement takes so many times as long: a lost index, a busy disk.";
    Contention "contention" "" World Database database.contention, Number(0.0, 1.0), slider(0.0, 0.5, 0.01), "The share of the work that one statement at a time can do. 0: they do not disturb each other.";
    Coherency "coherency" "" World Database database.coherency, Number(0.0, 1.0), slider(0.0, 0.05, 0.001), "What each pair of statements costs by keeping each other informed.";
    Database "database" "" World Database database.vendor, Word(VENDORS), None, "Whose words errors have: psycopg's, PyMySQL's (for MariaDB, too), SQLite's, or plain ones.";
}

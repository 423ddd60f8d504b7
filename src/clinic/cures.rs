//! What removes each cause.

use super::cause::Cause;
use super::code::Code;
use super::cure::{Cure, cure};
use super::numbers::Numbers;
use super::world::visit;
use crate::lesson::Plan;
use crate::settings::Act;
use crate::sim::WorldAct;
use crate::time::Span;

impl Cause {
    /// What removes it, best first.
    pub fn cures(self) -> &'static [Cure] {
        match self {
            Cause::HeldAcrossSlowWork => &RELEASE,
            Cause::Leak => &CLOSE,
            Cause::CancelledTasks => &SHIELD,
            Cause::TooSmall => &LARGER,
            Cause::ServerSlow => &FASTER,
            Cause::NestedCheckout => &ONE,
            Cause::TooManyWorkers => &DIVIDE,
            Cause::EnginePerRequest => &ENGINE,
            Cause::IdleLimit => &PING_OR_AGE,
            Cause::Restart => &PING,
            Cause::Firewall => &AGE,
            Cause::Failover => &DRIVER,
            Cause::RetryStorm => &CALM,
            Cause::PoolSurprise => &ARRIVE,
            Cause::TransactionLeftOpen => &COMMIT,
            Cause::Fork => &AFTER_FORK,
            Cause::ThreadDeadlock => &INSIDE,
            Cause::PingRaised => &MEND_PING,
            Cause::ServerUnreachable => &REACH,
            Cause::SessionMisuse => &ONE_EACH,
            Cause::FileReplaced => &DISPOSE,
            Cause::WriterLock => &SHORT_WRITES,
            Cause::SessionState => &CLEAR,
        }
    }
}

/// Sends the request to another view.
fn swap_view(plan: &mut Plan, path: &str) {
    for (_, act) in &mut plan.acts {
        if let (Act::World(WorldAct::Send(..)), Some(other)) = (&*act, visit(path)) {
            *act = other;
        }
    }
}

static RELEASE: [Cure; 1] = [cure(
    "release-before",
    "Return the connection before the slow part",
    "Read what you need, end the transaction, and only then call the other service. Write in a second, short transaction.",
    "What was read may have changed meanwhile. After a commit the session loads its objects again, unless expire_on_commit=False.",
    |plan, _| plan.setup.work.outside_holds = false,
    Code::Release,
)];
static CLOSE: [Cure; 1] = [cure(
    "close-always",
    "Close in every case",
    "Open sessions and connections with a with block, or close them in finally. Then an exception returns them, too.",
    "Nothing in the pool. Objects of a closed session can no longer load what they have not loaded.",
    |plan, _| plan.setup.work.leak_share = 0.0,
    Code::Close,
)];
static SHIELD: [Cure; 1] = [cure(
    "async-with",
    "Use async with around every session",
    "async with returns the connection when the task is cancelled, too. Where you cannot use it, close in finally.",
    "A statement that is cancelled costs its connection: it is closed, and the next checkout opens one.",
    |plan, _| plan.setup.work.leak_share = 0.0,
    Code::Shield,
)];
static LARGER: [Cure; 2] = [
    cure(
        "larger-pool",
        "Make the pool large enough",
        "Requests a second, times the seconds that each holds a connection, is what is needed on average. Some more is for chance.",
        "Every process opens that many. The server has a limit for all processes together, and more statements at once may make each slower.",
        |plan, numbers| {
            let needed = plan.setup.traffic.rate * (plan.setup.work.mean_secs() + 0.05);
            plan.setup.settings.pool_size =
                (needed.ceil() as i64 + 1 - numbers.settings.max_overflow.max(0)).max(numbers.settings.pool_size);
        },
        Code::Settings,
    ),
    cure(
        "shorter-hold",
        "Hold each connection for less time",
        "Half the time with a connection is worth as much as twice the connections, and the server has less to do, not more.",
        "Nothing in the pool. It needs work on the statements.",
        |plan, _| plan.setup.work.mean = Span::from_millis((plan.setup.work.mean.as_micros() / 3_000).max(1)),
        Code::None,
    ),
];
static FASTER: [Cure; 1] = [cure(
    "fix-the-server",
    "Make the statements fast again",
    "Find the slow statement and its reason: a missing index, a lock, a full disk. A statement_timeout below pool_timeout keeps one of them from holding a connection for long.",
    "Nothing in the pool.",
    |plan, _| plan.acts.clear(),
    Code::None,
)];
static ONE: [Cure; 1] = [cure(
    "one-connection",
    "Use one connection for one request",
    "Pass the session on instead of opening a second one, or return the first before the second is taken.",
    "Both parts are one transaction then, and are rolled back together.",
    |plan, _| plan.setup.work.nested_share = 0.0,
    Code::One,
)];
static DIVIDE: [Cure; 1] = [cure(
    "divide-the-limit",
    "Divide the server’s connections among the processes",
    "Processes × (pool_size + max_overflow) must not be more than the server allows. Set max_overflow too: its default is 10.",
    "What does not fit waits in the pool instead of being refused. If that is too long, it takes fewer requests, shorter ones, or a pooler such as PgBouncer.",
    |plan, _| {
        let most = plan.setup.database.max_connections.map_or(100, |most| most as usize).max(1);
        plan.setup.workers = plan.setup.workers.min(most);
        plan.setup.settings.pool_size = (most / plan.setup.workers.max(1)).max(1) as i64;
        plan.setup.settings.max_overflow = 0;
    },
    Code::Settings,
)];
static ENGINE: [Cure; 1] = [cure(
    "one-engine",
    "Make the engine once",
    "Make the engine when the module is loaded, and use it in every request.",
    "All requests of a process share one pool then, with its limit.",
    |plan, numbers| {
        plan.setup.settings.class = numbers.settings.class;
        plan.setup.work.leak_share = 0.0;
        plan.setup.collected_after = None;
    },
    Code::Engine,
)];
static PING_OR_AGE: [Cure; 2] = [
    cure(
        "pre-ping",
        "Test connections before they are handed out",
        "pool_pre_ping asks a connection that was idle whether it is alive, and replaces it if not.",
        "Each checkout of an idle connection costs a round trip.",
        |plan, _| plan.setup.settings.pool_pre_ping = true,
        Code::Settings,
    ),
    cure(
        "recycle",
        "Replace connections before the limit",
        "pool_recycle replaces a connection at checkout if it is older than that. Choose less than the shortest limit on the way.",
        "Connections are opened more often. It helps against limits of time only, not against a restart.",
        |plan, _| plan.setup.settings.pool_recycle = Span::from_secs(50),
        Code::Settings,
    ),
];
static PING: [Cure; 1] = [PING_OR_AGE_0];
const PING_OR_AGE_0: Cure = cure(
    "pre-ping",
    "Test connections before they are handed out",
    "pool_pre_ping asks a connection that was idle whether it is alive. The first one that is not marks the whole pool, and each is replaced when it is next needed.",
    "Each checkout of an idle connection costs a round trip. A transaction that runs during the restart is lost all the same.",
    |plan, _| plan.setup.settings.pool_pre_ping = true,
    Code::Settings,
);
static AGE: [Cure; 1] = [cure(
    "recycle",
    "Replace connections before they are forgotten",
    "A connection is never idle for longer than it is old, so an age limit below that of the load balancer is enough. TCP keepalives in connect_args help as well.",
    "Connections are opened more often.",
    |plan, _| plan.setup.settings.pool_recycle = Span::from_secs(300),
    Code::Settings,
)];
static DRIVER: [Cure; 1] = [cure(
    "ping-with-timeout",
    "Test connections, and let the driver give up soon",
    "With pool_pre_ping the test hangs instead of the statement. A timeout of the driver’s, or TCP’s, makes that short.",
    "A timeout that is too short ends statements that are only slow.",
    |plan, _| {
        plan.setup.settings.pool_pre_ping = true;
        plan.setup.database.tcp_timeout = Span::from_millis(500);
    },
    Code::Driver,
)];
static CALM: [Cure; 1] = [cure(
    "no-retries",
    "Do not try again at once",
    "Let one layer retry, once, later, and after a random pause. A pool_timeout below the patience of those who wait keeps the pool from working for nobody.",
    "Those who are not served learn it sooner.",
    |plan, _| plan.setup.visitors.retries = 0,
    Code::None,
)];
static ARRIVE: [Cure; 1] = [cure(
    "settings-arrive",
    "Put the settings where they are read",
    "Give them to create_engine itself, or to SQLALCHEMY_ENGINE_OPTIONS, and print engine.pool.status() to see that they are there.",
    "The pool may then open as many as you wrote. Look whether the server allows it for all processes together.",
    |plan, numbers| {
        let needed = plan.setup.traffic.rate * (plan.setup.work.mean_secs() + 0.05);
        plan.setup.settings.pool_size =
            (needed.ceil() as i64 + 1 - numbers.settings.max_overflow.max(0)).max(numbers.settings.pool_size);
    },
    Code::Settings,
)];
static COMMIT: [Cure; 1] = [cure(
    "commit-before",
    "End the transaction before the pause",
    "Commit or roll back before what takes long, and begin another transaction afterwards.",
    "The two parts are no longer one transaction: the second can fail when the first is saved.",
    |plan, _| swap_view(plan, "/commit"),
    Code::Release,
)];
static AFTER_FORK: [Cure; 1] = [cure(
    "dispose-in-child",
    "Open connections after the fork only",
    "In each child call engine.dispose(close=False), which forgets the parent’s connections without closing them. Or load the application after the fork.",
    "Each process opens its own connections.",
    unchanged,
    Code::Fork,
)];
static INSIDE: [Cure; 1] = [cure(
    "session-inside",
    "Open and close the session inside the endpoint",
    "Then no clean-up has to wait for a thread while it still has a connection.",
    "The session is closed before the response is made, so what the response needs must be loaded.",
    unchanged,
    Code::Close,
)];
static MEND_PING: [Cure; 1] = [cure(
    "mend-the-ping",
    "Mend what the ping raises",
    "Run the ping by hand as the same user: a missing right, a statement_timeout that is too short or a failed transaction is mended there. If the connection was really lost, a handle_error listener can say so with is_disconnect = True.",
    "A listener that takes every error for a lost connection closes healthy ones.",
    unchanged,
    Code::None,
)];
static REACH: [Cure; 1] = [cure(
    "reach-the-server",
    "Correct the address, or wait for the server",
    "Connect from the same machine or container, as the same user. Inside a container, localhost is the container itself. If the server is still starting, let the program wait for it.",
    "Nothing in the pool: a connection that could not be opened is not kept.",
    unchanged,
    Code::None,
)];
static ONE_EACH: [Cure; 1] = [cure(
    "one-session-each",
    "One session for each request, thread or task",
    "Open the session where the work begins and close it where the work ends, with a with block or a dependency. Load what is needed later before that, or set expire_on_commit=False.",
    "More sessions at once may need more connections at once.",
    unchanged,
    Code::None,
)];
static DISPOSE: [Cure; 1] = [cure(
    "dispose-first",
    "Call engine.dispose() before the file is removed",
    "It closes the connections that lie in the pool, and the next checkout opens the new file. With NullPool no connection stays open between two checkouts.",
    "With NullPool each checkout opens the file anew.",
    unchanged,
    Code::None,
)];
static SHORT_WRITES: [Cure; 1] = [cure(
    "short-writes",
    "Keep transactions that write short",
    "Do what is slow before the first write, and commit right after the last one. In WAL mode (PRAGMA journal_mode=WAL) readers go on meanwhile. connect_args={\"timeout\": 15} lets a writer wait longer.",
    "WAL keeps two more files beside the database, and does not work on a network drive.",
    unchanged,
    Code::None,
)];
static CLEAR: [Cure; 1] = [cure(
    "clear-on-return",
    "Clear the state when a connection is returned",
    "Listen to the pool’s reset event and run what clears it: DISCARD ALL in PostgreSQL, sys.sp_reset_connection in SQL Server. Behind a pooler in transaction mode switch prepared statements off. With NullPool no connection lives long enough to remember.",
    "One more statement for each return. DISCARD ALL also forgets prepared statements and plans.",
    unchanged,
    Code::None,
)];

/// What is cured outside of the pool changes nothing in a world.
fn unchanged(_: &mut Plan, _: &Numbers) {}

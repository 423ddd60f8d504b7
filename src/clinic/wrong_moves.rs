//! What is often tried against each cause, and does not help.

use super::cause::Cause;
use super::cure::{WrongMove, wrong};
use super::numbers::Numbers;
use crate::lesson::Plan;
use crate::pool::Class;
use crate::time::Span;

impl Cause {
    /// What is often tried, and does not help.
    pub fn wrong_moves(self) -> &'static [WrongMove] {
        match self {
            Cause::HeldAcrossSlowWork => &OF_HELD,
            Cause::Leak | Cause::CancelledTasks => &OF_LEAK,
            Cause::TooSmall | Cause::PoolSurprise => &OF_SMALL,
            Cause::ServerSlow => &OF_SLOW,
            Cause::NestedCheckout => &OF_NESTED,
            Cause::TooManyWorkers => &OF_WORKERS,
            Cause::EnginePerRequest => &OF_ENGINES,
            Cause::IdleLimit => &OF_STALE,
            Cause::Restart | Cause::Failover => &OF_RESTART,
            Cause::Firewall => &OF_FIREWALL,
            Cause::RetryStorm => &OF_RETRIES,
            Cause::TransactionLeftOpen => &OF_OPEN,
            _ => &[],
        }
    }
}

const DOUBLE: WrongMove =
    wrong("larger-pool", "A pool twice as large", "It takes longer to empty, and then it is empty.", double);
const PATIENT: WrongMove = wrong(
    "longer-timeout",
    "A longer pool_timeout",
    "Requests wait longer for connections that do not come.",
    |plan, _| plan.setup.settings.pool_timeout = plan.setup.settings.pool_timeout.map(|timeout| timeout.times(2.0)),
);
const PINGED: WrongMove = wrong(
    "pre-ping",
    "pool_pre_ping",
    "It tests connections that are handed out. Here there is none to hand out.",
    |plan, _| plan.setup.settings.pool_pre_ping = true,
);
const AGED: WrongMove = wrong(
    "recycle",
    "pool_recycle",
    "It looks at a connection when it is checked out. One that is not returned is never looked at.",
    |plan, numbers| plan.setup.settings.pool_recycle = Span::from_millis((numbers.pace().as_micros() / 3_000).max(1)),
);

fn double(plan: &mut Plan, _: &Numbers) {
    let settings = &mut plan.setup.settings;
    settings.pool_size = settings.pool_size.saturating_mul(2);
    settings.max_overflow = settings.max_overflow.saturating_mul(2).max(-1);
}

static OF_HELD: [WrongMove; 3] = [DOUBLE, PATIENT, PINGED];
static OF_LEAK: [WrongMove; 4] = [DOUBLE, PATIENT, AGED, PINGED];
static OF_SMALL: [WrongMove; 2] = [PATIENT, PINGED];
static OF_SLOW: [WrongMove; 3] = [DOUBLE, PATIENT, PINGED];
static OF_NESTED: [WrongMove; 2] = [
    wrong(
        "larger-pool",
        "A pool twice as large",
        "The same with twice as many requests at once: the cliff only moves.",
        double,
    ),
    PINGED,
];
static OF_WORKERS: [WrongMove; 2] = [
    wrong(
        "more-overflow",
        "A larger max_overflow",
        "The pools may then ask for even more, and the server has no more.",
        |plan, _| {
            plan.setup.settings.max_overflow = plan.setup.settings.max_overflow.max(0).saturating_add(20);
        },
    ),
    wrong(
        "longer-timeout",
        "A longer pool_timeout",
        "Who is refused has not waited: pool_timeout is about the pool’s own queue.",
        |plan, _| {
            plan.setup.settings.pool_timeout = plan.setup.settings.pool_timeout.map(|timeout| timeout.times(2.0));
        },
    ),
];
static OF_ENGINES: [WrongMove; 1] = [wrong(
    "smaller-pool",
    "A smaller pool_size",
    "Each engine has a pool of its own and uses one connection of it. Its size does not matter.",
    |plan, _| (plan.setup.settings.pool_size, plan.setup.settings.max_overflow) = (1, 0),
)];
static OF_STALE: [WrongMove; 2] = [
    wrong(
        "larger-pool",
        "A pool twice as large",
        "More connections lie idle, and the server closes those as well.",
        double,
    ),
    wrong(
        "longer-timeout",
        "A longer pool_timeout",
        "The request got a connection at once, and it was dead. It did not wait.",
        |plan, _| {
            plan.setup.settings.pool_timeout = plan.setup.settings.pool_timeout.map(|timeout| timeout.times(2.0));
        },
    ),
];
static OF_RESTART: [WrongMove; 2] = [
    wrong("recycle", "pool_recycle", "The connections were not old. They were ended.", |plan, _| {
        plan.setup.settings.pool_recycle = Span::from_secs(3_600);
    }),
    wrong("larger-pool", "A pool twice as large", "More connections lie idle, and a restart ends all of them.", double),
];
static OF_FIREWALL: [WrongMove; 2] = [
    wrong(
        "pre-ping",
        "pool_pre_ping alone",
        "The test hangs as long as the statement would have, and then the request is served.",
        |plan, _| {
            plan.setup.settings.pool_pre_ping = true;
        },
    ),
    wrong("larger-pool", "A pool twice as large", "More connections lie idle, and are forgotten.", double),
];
static OF_RETRIES: [WrongMove; 1] = [PATIENT];
static OF_OPEN: [WrongMove; 2] = [
    wrong(
        "shorter-recycle",
        "A shorter pool_recycle, with pool_pre_ping",
        "Both act at checkout. This connection is out already.",
        |plan, _| {
            plan.setup.settings.pool_recycle = Span::ZERO;
            plan.setup.settings.pool_pre_ping = true;
        },
    ),
    wrong(
        "null-pool",
        "NullPool",
        "The connection that is lost is the one in use, not one of the pool’s.",
        |plan, _| {
            plan.setup.settings.class = Class::NullPool;
        },
    ),
];

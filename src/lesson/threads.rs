//! Threads: forty of them share fifteen connections, so requests wait in two lines, and a health check stands in the first.

use super::parts::{latency, listed};
use super::{Adjustable, Challenge, Choice, Condition, Goal, Idea, Lesson, Plan, Prediction, Wrong};
use crate::pool::Settings;
use crate::service::{Borrow, Probe, RequestSpec};
use crate::settings::{Act, SettingId};
use crate::sim::{ServerSetup, Setup, Work, WorldAct};
use crate::time::Span;

/// The lesson.
pub static LESSON: Lesson = Lesson {
    name: "threads",
    title: "Forty threads, fifteen connections",
    subject: "threads, and health checks",
    plan: run,
    knobs: &[SettingId::Threads, SettingId::PoolSize, SettingId::MaxOverflow, SettingId::PoolTimeout],
    acts: &[
        ("Call def /health", || probe(Probe::Thread).into()),
        ("Call async def /health", || probe(Probe::Loop).into()),
        ("Send thirty requests", || WorldAct::Send(work(), 30, Span::from_millis(20)).into()),
    ],
    speed: 1.0,
    prediction: Prediction {
        fact: "run@14.health",
        options: &["<0.5", "0.5..1.9", "2..8", ">29"],
        replies: &[
            "It would be so if it ran on the event loop, as an async def endpoint does. A def endpoint needs a thread, and all forty are taken: it waited for {run@14.health}.",
            "One request takes about two seconds, and a thread becomes free soon. But twenty others wait for a thread already, and the check stands behind them: it waited for {run@14.health}.",
            "",
            "pool_timeout is for who asks the pool, and the check never does. It only waits for a thread: {run@14.health}.",
        ],
    },
    board: &[1.6, 3.0, 4.4, 12.0],
    others: &[("impatient", impatient), ("impatient_loop", impatient_loop)],
    extra: &[],
    challenge: Challenge {
        plan: probed,
        adjustable: &[
            Adjustable::Choice(&CHECK),
            Adjustable::Setting(SettingId::Threads),
            Adjustable::Setting(SettingId::PoolSize),
            Adjustable::Setting(SettingId::PoolTimeout),
        ],
        goals: &[Goal::at_most("errors", 0), Goal::at_most("health", 1_000), Goal::at_least("served", 155)],
        solution: &[("check", "async def: return ok"), ("threads", "10")],
        ideas: &[
            Idea {
                needs: &[Condition::Is("check", &["async def: return ok"]), Condition::AtMost("threads", 30.0)],
                example: &[("check", "async def: return ok"), ("threads", "10")],
                cured: "With no more threads than the pool can serve in time, requests wait for a thread, where no timeout runs: {timeouts} time out. The health check needs no thread, so it says at once that the process lives.",
            },
            Idea {
                needs: &[Condition::Is("check", &["async def: return ok"]), Condition::AtLeast("pool_timeout", 3.5)],
                example: &[("check", "async def: return ok"), ("pool_timeout", "10")],
                cured: "Requests may wait for a connection for as long as a rush takes: {timeouts} time out. The health check needs no thread, so it says at once that the process lives.",
            },
            Idea {
                needs: &[Condition::AtLeast("threads", 60.0), Condition::AtLeast("pool_timeout", 7.5)],
                example: &[("threads", "100"), ("pool_timeout", "15")],
                cured: "There is a thread for everybody, so the check finds one, and requests may wait for a connection for as long as a rush takes. A larger rush takes these threads, too.",
            },
        ],
        wrong: &[
            Wrong::new(
                &[("check", "async def: return ok"), ("threads", "10")],
                "The check answers at once, and fewer threads ask the pool. But {errors} {errors?request fails|requests fail}.",
            )
            .when(&[Goal::at_least("errors", 1)]),
            Wrong::new(
                &[("check", "async def: return ok"), ("threads", "10")],
                "The check answers at once, and fewer threads ask the pool: so few that requests are still waiting for one. {served} {served?is|are} served by the end.",
            )
            .when(&[Goal::at_most("errors", 0)]),
            Wrong::new(
                &[("pool_size", "20")],
                "The server allows ten connections, and the pool asks for more: {refused} {refused?request is|requests are} refused.",
            )
            .when(&[Goal::at_least("refused", 1)]),
            Wrong::new(
                &[("check", "async def: return ok")],
                "The check answers at once now: it needs no thread. But requests still wait for a connection for longer than pool_timeout allows: {timeouts} {timeouts?request times|requests time} out.",
            )
            .when(&[Goal::at_least("timeouts", 1)]),
            Wrong::new(
                &[("check", "def: SELECT 1")],
                "Now the check waits for a thread, and then for a connection. The slowest took {health}, and the platform restarts a process that only had much to do.",
            ),
            Wrong::new(
                &[("check", "async def: await run_in_threadpool(ok)")],
                "The endpoint runs on the event loop, and its work still needs a thread. The slowest check took {health}.",
            ),
            Wrong::new(
                &[("threads", "10")],
                "Fewer threads, so fewer stand in the pool’s line: {timeouts} {timeouts?request times|requests time} out; before: {was:timeouts}. But the check needs a thread, too: the slowest took {health}.",
            ),
            Wrong::new(
                &[("threads", "100")],
                "The check finds a thread. But now all requests stand in the pool’s line, where pool_timeout runs: {timeouts} {timeouts?request times|requests time} out; before: {was:timeouts}.",
            ),
            Wrong::new(
                &[("pool_timeout", "30")],
                "Fewer requests time out: {timeouts}; before: {was:timeouts}. But threads are held for as long as it takes, and the slowest check took {health}.",
            ),
            Wrong::new(
                &[("pool_timeout", "1")],
                "Requests fail sooner, and free their threads: the slowest check took {health}. But {timeouts} {timeouts?request times|requests time} out; before: {was:timeouts}.",
            ),
            Wrong::new(
                &[("pool_size", "1")],
                "Fewer connections for the same forty threads: {timeouts} {timeouts?request times|requests time} out, and the slowest check took {health}.",
            )
            .either(),
        ],
        still: 4.0,
    },
};

/// What the health check does.
static CHECK: Choice = Choice {
    name: "check",
    title: "The health check",
    options: &["def: return ok", "def: SELECT 1", "async def: await run_in_threadpool(ok)", "async def: return ok"],
    take: |plan, place| {
        let kind = [Probe::Thread, Probe::Database, Probe::Thread, Probe::Loop][place];
        for (_, act) in &mut plan.acts {
            if let Act::World(WorldAct::Send(request, ..)) = act {
                request.probe = Some(kind);
            }
        }
    },
};

/// What every request does: a query, and then two seconds of work with its connection held.
const fn work() -> RequestSpec {
    RequestSpec {
        takes: Span::from_millis(100),
        nested: false,
        leaks: false,
        outside: Span::from_secs(2),
        returns_early: false,
        probe: None,
        tries: 0,
        view: None,
    }
}

fn probe(kind: Probe) -> WorldAct {
    WorldAct::Arrive(RequestSpec { probe: Some(kind), outside: Span::ZERO, ..work() })
}

/// A health check every second.
fn probes(kind: Probe, many: u32) -> WorldAct {
    let check = RequestSpec { takes: Span::from_millis(5), probe: Some(kind), outside: Span::ZERO, ..work() };
    WorldAct::Send(check, many, Span::from_secs(1))
}

/// So many requests, one every 10 ms, from each of these moments on, in milliseconds.
fn rushes(from: &[i64], many: i64) -> Vec<i64> {
    from.iter().flat_map(|from| (0..many).map(move |request| from + 10 * request)).collect()
}

fn world(settings: Settings, arrivals: &[i64]) -> Setup {
    Setup {
        settings,
        threads: Some(40),
        traffic: listed(arrivals),
        borrow: Borrow::Session,
        work: Work { outside: work().outside, ..Work::constant(work().takes) },
        database: ServerSetup { latency: latency(200), ..ServerSetup::default() },
        ..Setup::default()
    }
}

/// Sixty requests at once, and a health check that is a plain `def` every second.
fn run() -> Plan {
    let setup = world(Settings::DEFAULT, &rushes(&[1_000], 60));
    Plan::new(setup, Span::from_secs(18)).at(0.5, probes(Probe::Thread, 16))
}

/// The same with a `pool_timeout` of 3 s.
fn impatient() -> Plan {
    let mut plan = run();
    plan.setup.settings.pool_timeout = Some(Span::from_secs(3));
    plan
}

/// The same on an event loop: one thread for each request would do as well.
fn impatient_loop() -> Plan {
    let mut plan = impatient();
    plan.setup.threads = None;
    plan
}

/// Two rushes, and a server with ten connections.
fn probed() -> Plan {
    let pool_timeout = Some(Span::from_secs(3));
    let settings = Settings { pool_size: 10, max_overflow: 0, pool_timeout, ..Settings::DEFAULT };
    let mut setup = world(settings, &rushes(&[2_000, 20_000], 60));
    setup.work.outside = Span::from_millis(1_300);
    setup.database.max_connections = Some(10);
    Plan::new(setup, Span::from_secs(38)).at(0.5, probes(Probe::Thread, 37))
}

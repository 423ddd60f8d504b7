//! Stale connections: what notices that a connection is dead, and when.

use super::parts::{listed, visit};
use super::{Adjustable, Challenge, Choice, Condition, Goal, Idea, Lesson, Plan, Prediction, Wrong};
use crate::pool::{Class, Settings};
use crate::settings::SettingId;
use crate::sim::{Latency, ServerSetup, Setup, Work, WorldAct};
use crate::time::Span;

/// The lesson.
pub static LESSON: Lesson = Lesson {
    name: "pre-ping",
    title: "Who notices a dead connection?",
    subject: "`pool_pre_ping`",
    plan: run,
    knobs: &[
        SettingId::PoolPrePing,
        SettingId::PoolRecycle,
        SettingId::PingMs,
        SettingId::WaitTimeout,
        SettingId::Firewall,
    ],
    acts: &[
        ("Restart the server", || WorldAct::Restart.into()),
        ("Send one more request", || WorldAct::Arrive(visit(300)).into()),
    ],
    speed: 1.0,
    prediction: Prediction {
        fact: "run.errors",
        options: &["0", "1", "3", ">5"],
        replies: &[
            "Closed connections look like any others to the pool. It finds out only when somebody uses one, and without pool_pre_ping that is a request: {run.errors} fails.",
            "",
            "Each of them is dead, so it looks like a failure for each. But when the first request fails, the pool knows that something has happened, and replaces every connection that was opened before: {run.errors} fails in all.",
            "The pool learns from the first failure and replaces what is older than that. Nobody has to restart the application: {run.errors} fails.",
        ],
    },
    board: &[9.5, 11.5, 13.03, 14.2, 18.8],
    extra: &[],
    challenge: Challenge {
        plan: evening,
        adjustable: &[
            Adjustable::Setting(SettingId::PoolPrePing),
            Adjustable::Setting(SettingId::PoolRecycle),
            Adjustable::Setting(SettingId::PoolSize),
            Adjustable::Choice(&POOLCLASS),
        ],
        goals: &[Goal::at_most("errors", 0), Goal::at_most("opened", 6), Goal::at_most("longest", 500)],
        solution: &[("pool_pre_ping", "1"), ("pool_recycle", "-1")],
        ideas: &[Idea {
            needs: &[Condition::Is("pool_pre_ping", &["1"]), Condition::AtLeast("pool_recycle", 10.0)],
            example: &[("pool_pre_ping", "1"), ("pool_recycle", "-1")],
            cured: "The ping asks each connection right before a request gets it. It found {disconnected} dead {disconnected?one|ones} and replaced {disconnected?it|them}, and no request failed. Nothing replaces connections that are alive, so {opened} are opened in all.",
        }],
        wrong: &[
            Wrong::new(
                &[("poolclass", "NullPool")],
                "Without a pool nothing can go stale, but every request opens its own connection: {opened} instead of {was:opened}.",
            ),
            Wrong::new(
                &[("pool_pre_ping", "1")],
                "No request gets a dead connection any more. But pool_recycle still replaces connections that are alive: {opened} are opened.",
            )
            .when(&[Goal::at_most("lost", 0), Goal::at_least("opened", 7)]),
            Wrong::new(
                &[("pool_size", "1")],
                "With fewer connections, requests wait for each other. Failed requests: {errors}; longest wait: {longest}.",
            )
            .when(&[Goal::at_least("longest", 501)]),
            Wrong::new(
                &[("pool_recycle", "-1")],
                "Nothing is replaced without need now, and {opened} connections are opened. But nothing notices the restart either: {errors} {errors?request fails|requests fail}.",
            )
            .exact()
            .when(&[Goal::at_least("lost", 1)]),
            Wrong::new(
                &[("pool_recycle", "2")],
                "No connection lives long enough to see the restart. Nothing fails, but {opened} connections are opened for {served} requests: that is hardly a pool any more.",
            )
            .when(&[Goal::at_most("errors", 0)]),
            Wrong::new(
                &[("pool_recycle", "8")],
                "That is luck: the connections had just become too old when the next group came. After another restart they may be younger. Connections opened: {opened}.",
            )
            .when(&[Goal::at_most("lost", 0)]),
            Wrong::new(
                &[("pool_recycle", "10")],
                "Age says nothing about a restart: a connection that is not too old yet is as dead as any other. Failed requests: {errors}; connections opened: {opened}.",
            )
            .either()
            .when(&[Goal::at_least("lost", 1)]),
            Wrong::new(
                &[("pool_size", "20")],
                "There is room for more connections, but the same ones die: {errors} {errors?request fails|requests fail}.",
            )
            .when(&[Goal::at_least("lost", 1)]),
            Wrong::any(
                "Failed requests: {errors}; connections opened: {opened}; longest wait: {longest}. Something must find a dead connection, and nothing should replace one that is alive.",
            ),
        ],
        still: 11.545,
    },
    others: &[("idle-kill", idle_kill), ("firewall", firewall), ("at-once", at_once), ("at-work", at_work)],
};

/// With a pool or without. The other classes are for other purposes and do not help here.
static POOLCLASS: Choice = Choice {
    name: "poolclass",
    title: "poolclass",
    options: &["QueuePool", "NullPool"],
    take: |plan, place| plan.setup.settings.class = [Class::QueuePool, Class::NullPool][place],
};

fn world(arrivals: &[i64]) -> Setup {
    let ms = Span::from_millis;
    Setup {
        settings: Settings { pool_size: 3, max_overflow: 0, ..Settings::DEFAULT },
        traffic: listed(arrivals),
        work: Work::constant(ms(300)),
        database: ServerSetup {
            latency: Latency { connect: ms(300), ping: ms(50), reset: ms(5), close: ms(5) },
            outage: Span::from_secs(1),
            ..ServerSetup::default()
        },
        ..Setup::default()
    }
}

/// Three requests at once and three one at a time; then, after a while, the requests at the moments in `later`.
fn with(later: &[i64], length: i64) -> Plan {
    let before = [1_000, 1_020, 1_040, 4_000, 5_000, 6_000];
    Plan::new(world(&[&before[..], later].concat()), Span::from_secs(length))
}

/// The server restarts while all connections are idle. Afterwards requests come one after the other.
fn run() -> Plan {
    with(&[13_000, 14_000, 15_000, 16_000, 17_000, 18_000], 20).at(10.0, WorldAct::Restart)
}

/// Nothing is restarted; the server closes connections that are idle for twenty seconds.
fn idle_kill() -> Plan {
    let mut plan = with(&LATER, 48);
    plan.setup.database.wait_timeout = Some(Span::from_secs(20));
    plan
}

/// The same, but a firewall drops them and tells neither side; a request waits fifteen seconds for an answer.
fn firewall() -> Plan {
    let mut plan = with(&LATER, 60);
    plan.setup.database.firewall = Some(Span::from_secs(20));
    plan
}

const LATER: [i64; 6] = [40_000, 41_000, 42_000, 43_000, 44_000, 45_000];

/// After the restart three requests come at once.
fn at_once() -> Plan {
    with(&[13_000, 13_010, 13_020, 15_000, 16_000, 17_000], 20).at(10.0, WorldAct::Restart)
}

/// One request is in the middle of its work at the restart.
fn at_work() -> Plan {
    run().at(9.5, WorldAct::Arrive(visit(2_000)))
}

/// Groups of three requests, and a restart while there are none.
fn evening() -> Plan {
    let groups = [2_000, 4_000, 6_000, 8_000, 11_500, 14_000, 16_000, 18_000, 20_000, 22_000];
    let arrivals: Vec<i64> = groups.iter().flat_map(|start| [0, 20, 40].map(|at| start + at)).collect();
    let mut setup = world(&arrivals);
    setup.settings.pool_recycle = Span::from_secs(5);
    Plan::new(setup, Span::from_secs(24)).at(10.0, WorldAct::Restart)
}

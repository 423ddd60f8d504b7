//! Stale connections: what notices that a connection is dead, and when.

use super::parts::{listed, visit};
use super::{Adjustable, Challenge, Goal, Lesson, Plan, Prediction, Wrong};
use crate::pool::Settings;
use crate::settings::SettingId;
use crate::sim::{Database, Latency, Setup, Work, WorldAct};
use crate::time::Span;

/// The lesson.
pub static LESSON: Lesson = Lesson {
    name: "pre-ping",
    title: "Nobody watches an idle connection",
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
        ("Send one more", || WorldAct::Arrive(visit(300)).into()),
    ],
    speed: 1.0,
    prediction: Prediction { fact: "run.errors", options: &["0", "1", "3", ">5"] },
    board: &[9.5, 11.5, 13.03, 14.2, 18.8],
    extra: &[],
    challenge: Challenge {
        plan: evening,
        adjustable: &[
            Adjustable::Setting(SettingId::PoolPrePing),
            Adjustable::Setting(SettingId::PoolRecycle),
            Adjustable::Setting(SettingId::PoolSize),
            Adjustable::Setting(SettingId::PoolClass),
        ],
        goals: &[Goal::at_most("errors", 0), Goal::at_most("opened", 6), Goal::at_most("longest", 500)],
        solution: &[("pool_pre_ping", "1")],
        wrong: &[
            Wrong {
                changes: &[("pool_recycle", "5")],
                says: "Age says nothing about a restart: a young connection is as dead as an old one. Failed requests: {errors}; connections opened: {opened}.",
            },
            Wrong {
                changes: &[("pool_recycle", "8")],
                says: "That is luck: when the group came, its connections had just grown too old, and the next restart finds younger ones. Failed requests: {errors}; connections opened: {opened}.",
            },
            Wrong {
                changes: &[("pool_recycle", "10")],
                says: "Age says nothing about a restart: these connections were dead before they were old. Failed requests: {errors}; connections opened: {opened}.",
            },
            Wrong {
                changes: &[("pool_recycle", "2")],
                says: "So young no connection was there before the restart. Nothing fails, and {opened} connections are opened for {served} requests: that is hardly a pool any more.",
            },
            Wrong {
                changes: &[("poolclass", "NullPool")],
                says: "Without a pool nothing can be stale. Every request opens a connection of its own: {opened} instead of {was:opened}.",
            },
            Wrong {
                changes: &[("pool_size", "1")],
                says: "Fewer connections, fewer of them dead: {errors} instead of {was:errors}. None is what was asked for.",
            },
        ],
        still: 12.045,
    },
    others: &[("idle-kill", idle_kill), ("firewall", firewall), ("at-once", at_once), ("at-work", at_work)],
};

fn world(arrivals: &[i64]) -> Setup {
    let ms = Span::from_millis;
    Setup {
        settings: Settings { pool_size: 3, max_overflow: 0, ..Settings::DEFAULT },
        traffic: listed(arrivals),
        work: Work::constant(ms(300)),
        database: Database {
            latency: Latency { connect: ms(300), ping: ms(50), reset: ms(5), close: ms(5) },
            outage: Span::from_secs(1),
            ..Database::default()
        },
        ..Setup::default()
    }
}

/// Three at once and three by themselves; then, after a while, the given ones.
fn with(later: &[i64], length: i64) -> Plan {
    let before = [1_000, 1_020, 1_040, 4_000, 5_000, 6_000];
    Plan::new(world(&[&before[..], later].concat()), Span::from_secs(length))
}

/// The server restarts while all connections are idle. Afterwards guests come one after the other.
fn run() -> Plan {
    with(&[13_000, 14_000, 15_000, 16_000, 17_000, 18_000], 20).at(10.0, WorldAct::Restart)
}

/// Nothing is restarted; the server closes what was idle for twenty seconds.
fn idle_kill() -> Plan {
    let mut plan = with(&LATER, 48);
    plan.setup.database.wait_timeout = Some(Span::from_secs(20));
    plan
}

/// The same by a firewall that tells nobody; one waits fifteen seconds for an answer.
fn firewall() -> Plan {
    let mut plan = with(&LATER, 60);
    plan.setup.database.firewall = Some(Span::from_secs(20));
    plan
}

const LATER: [i64; 6] = [40_000, 41_000, 42_000, 43_000, 44_000, 45_000];

/// After the restart three come at once.
fn at_once() -> Plan {
    with(&[13_000, 13_010, 13_020, 15_000, 16_000, 17_000], 20).at(10.0, WorldAct::Restart)
}

/// One request is in the middle of its work at the restart.
fn at_work() -> Plan {
    run().at(9.5, WorldAct::Arrive(visit(2_000)))
}

/// Groups of three, and a restart while nobody is there.
fn evening() -> Plan {
    let groups = [2_000, 4_000, 6_000, 8_000, 12_000, 14_000, 16_000, 18_000, 20_000, 22_000];
    let arrivals: Vec<i64> = groups.iter().flat_map(|start| [0, 20, 40].map(|at| start + at)).collect();
    Plan::new(world(&arrivals), Span::from_secs(24)).at(10.0, WorldAct::Restart)
}

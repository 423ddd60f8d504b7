//! Each worker has a pool of its own, and the server counts them all.

use super::parts::latency;
use super::{Adjustable, Challenge, Goal, Lesson, Plan, Prediction, Wrong};
use crate::format::rounded;
use crate::pool::Settings;
use crate::settings::SettingId;
use crate::sim::{Database, Pattern, Setup, Shape, Traffic, Work};
use crate::time::Span;

/// The lesson.
pub static LESSON: Lesson = Lesson {
    name: "workers",
    title: "Four workers, four pools",
    subject: "`max_connections`",
    plan: run,
    knobs: &[SettingId::Workers, SettingId::PoolSize, SettingId::MaxOverflow, SettingId::MaxConnections],
    acts: &[],
    speed: 1.0,
    prediction: Prediction { fact: "run.refused", options: &["0", "1..9", ">9"] },
    board: &[8.0, 11.2, 14.0],
    others: &[],
    challenge: Challenge {
        plan: deployment,
        adjustable: &[
            Adjustable::Setting(SettingId::PoolSize),
            Adjustable::Setting(SettingId::MaxOverflow),
            Adjustable::Setting(SettingId::PoolTimeout),
        ],
        goals: &[Goal::at_most("refused", 0), Goal::at_most("timeouts", 0)],
        solution: &[("pool_size", "4"), ("max_overflow", "0")],
        wrong: &[
            Wrong {
                changes: &[("max_overflow", "20")],
                says: "The pools may open more now, and the server has no more: {refused} refused, and {was:refused} before.",
            },
            Wrong {
                changes: &[("max_overflow", "0")],
                says: "{refused} refused, and {was:refused} before. Look at pool_size too: all the workers’ pools together may still open more than the server has.",
            },
            Wrong {
                changes: &[("max_overflow", "-1")],
                says: "-1 stands for no limit, and the server has one: {refused} refused, and {was:refused} before.",
            },
            Wrong {
                changes: &[("pool_timeout", "30")],
                says: "Whoever is refused has not waited: pool_timeout is for those in line, and {refused} never got there.",
            },
            Wrong {
                changes: &[("pool_size", "2"), ("max_overflow", "0")],
                says: "{refused} refused, and {timeouts} waited in vain. Workers times (pool_size + max_overflow) must be no more than the server has, and not much less.",
            },
        ],
        still: 11.8,
    },
    extra: &[
        ("burst", || rounded(run().setup.traffic.from)),
        ("each", || {
            let Settings { pool_size, max_overflow, .. } = run().setup.settings;
            (pool_size + max_overflow).to_string()
        }),
        ("product", || product(run())),
        ("fits", || run().with("max_overflow", "2").map_or_else(|error| error.to_string(), product)),
        ("solved", || {
            LESSON.challenge.attempt(LESSON.challenge.solution).map_or_else(|error| error.to_string(), product)
        }),
    ],
};

/// The most connections that all workers together may open, as a sum.
fn product(plan: Plan) -> String {
    let Setup { workers, settings: Settings { pool_size, max_overflow, .. }, .. } = plan.setup;
    format!("{workers} × ({pool_size} + {max_overflow}) = {}", workers as i64 * (pool_size + max_overflow))
}

fn world(workers: usize, most: u32, settings: Settings) -> Setup {
    let ms = Span::from_millis;
    Setup {
        workers,
        settings,
        traffic: Traffic {
            pattern: Pattern::Spike,
            factor: 10.0,
            from: Span::from_secs(10),
            lasts: Span::from_secs(3),
            ..Traffic::poisson(6.0)
        },
        work: Work { shape: Shape::Exponential, ..Work::constant(ms(800)) },
        database: Database { latency: latency(150), max_connections: Some(most), ..Database::default() },
        ..Setup::default()
    }
}

fn run() -> Plan {
    Plan::new(world(4, 30, Settings { pool_size: 5, max_overflow: 10, ..Settings::DEFAULT }), Span::from_secs(25))
}

fn deployment() -> Plan {
    let settings =
        Settings { pool_size: 5, max_overflow: 10, pool_timeout: Some(Span::from_secs(5)), ..Settings::DEFAULT };
    Plan::new(world(6, 24, settings), Span::from_secs(30))
}

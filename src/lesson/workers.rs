//! Each worker has a pool of its own, and the server counts them all.

use super::parts::latency;
use super::{Adjustable, Challenge, Condition, Goal, Idea, Lesson, Plan, Prediction, Wrong};
use crate::format::rounded;
use crate::pool::Settings;
use crate::settings::SettingId;
use crate::sim::{Distribution, Pattern, ServerSetup, Setup, Traffic, Work};
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
    prediction: Prediction {
        fact: "run.refused",
        options: &["0", "1..9", ">9"],
        replies: &[
            "Each worker has a pool of its own, and the server counts the connections of all four. One pool has room; all together ask for more than the server has, and {run.refused} requests are refused.",
            "It is more than a few. When the server has none left, every request that needs a new connection is refused, for as long as the burst lasts: {run.refused} in all.",
            "",
        ],
    },
    board: &[8.0, 11.2, 14.0],
    others: &[],
    challenge: Challenge {
        plan: deployment,
        adjustable: &[
            Adjustable::Setting(SettingId::PoolSize),
            Adjustable::Setting(SettingId::MaxOverflow),
            Adjustable::Setting(SettingId::PoolTimeout),
        ],
        goals: &[Goal::at_most("errors", 0), Goal::at_most("longest", 8_000)],
        solution: &[("pool_size", "4"), ("max_overflow", "0")],
        ideas: &[Idea {
            needs: &[Condition::OpensAtMost(4.0), Condition::OpensAtLeast(3.0)],
            example: &[("pool_size", "4"), ("max_overflow", "0")],
            cured: "The workers’ pools together open at most {most-open} connections, which is what the server allows, so it refuses none. Requests wait for at most {longest}, which is less than pool_timeout.",
        }],
        wrong: &[
            Wrong::new(
                &[("max_overflow", "-1")],
                "-1 means no limit, but the server has one: {refused} refused; before: {was:refused}.",
            )
            .exact()
            .when(&[Goal::at_least("refused", 1)]),
            Wrong::new(
                &[("pool_size", "2"), ("max_overflow", "0")],
                "None is refused now, but the workers’ pools open too few: {timeouts} timed out, and the longest wait is {longest}. Workers times (pool_size + max_overflow) should not be much less than the server allows.",
            )
            .when(&[Goal::at_most("refused", 0)]),
            Wrong::new(
                &[("max_overflow", "20")],
                "The pools may open more now, and the server has no more to give: {refused} refused; before: {was:refused}.",
            )
            .when(&[Goal::at_least("refused", 1)]),
            Wrong::new(
                &[("max_overflow", "0")],
                "{refused} refused; before: {was:refused}. Look at pool_size too: together, the workers’ pools may still open more than the server allows.",
            )
            .when(&[Goal::at_least("refused", 1)]),
            Wrong::new(
                &[("pool_size", "4")],
                "{refused} refused; before: {was:refused}. Look at max_overflow too: together, the workers’ pools may still open more than the server allows.",
            )
            .either()
            .when(&[Goal::at_least("refused", 1)]),
            Wrong::new(
                &[("pool_timeout", "30")],
                "A refused request has not waited: pool_timeout is about the queue, and {refused} never got that far.",
            )
            .either()
            .when(&[Goal::at_least("refused", 1)]),
            Wrong::any(
                "None is refused now. {timeouts} timed out, and the longest wait is {longest}.",
            )
            .when(&[Goal::at_most("refused", 0)]),
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

/// The most connections that all workers together may open, written as a calculation.
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
        work: Work { shape: Distribution::Exponential, ..Work::constant(ms(800)) },
        database: ServerSetup { latency: latency(150), max_connections: Some(most), ..ServerSetup::default() },
        ..Setup::default()
    }
}

fn run() -> Plan {
    Plan::new(world(4, 30, Settings { pool_size: 5, max_overflow: 10, ..Settings::DEFAULT }), Span::from_secs(25))
}

fn deployment() -> Plan {
    let settings =
        Settings { pool_size: 5, max_overflow: 10, pool_timeout: Some(Span::from_secs(10)), ..Settings::DEFAULT };
    Plan::new(world(6, 24, settings), Span::from_secs(30))
}

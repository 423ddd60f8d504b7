//! What a script's config and operations make of the engine's settings.

use serde_json::Value;
use valet::pool::{Class, Dialect, Echo, Hook, Hooks, Listeners, Reset, Settings};
use valet::time::Span;

/// Which listeners the engine is told that may raise.
#[derive(Clone, Copy, Debug)]
pub enum Asked {
    /// All of them, as the recorder has them.
    All,
    /// Only those which the script makes raise: the engine can then take its fast path.
    Needed,
}

impl Asked {
    pub fn hooks(self, script: &Value) -> Hooks {
        let ops = script.as_array().expect("a script");
        let needed = ops.iter().fold(Hooks::NONE, |hooks, op| {
            let name = match op["op"].as_str() {
                Some("veto") => Some("checkout"),
                Some("connect_event_fail") => Some("connect"),
                Some("fail") => op["at"].as_str(),
                _ => None,
            };
            let hook = Hook::ALL.into_iter().find(|hook| Some(hook.name()) == name);
            hook.map_or(hooks, |hook| hooks | Hooks::of(hook))
        });
        match self {
            Asked::All => Hooks::ALL,
            Asked::Needed => needed,
        }
    }
}

pub fn settings(config: &Value, asked: Hooks) -> Settings {
    let name = config["pool"].as_str().unwrap_or("QueuePool");
    let class = Class::ALL.into_iter().find(|class| class.name() == name).expect("a pool class");
    Settings {
        class,
        pool_size: config["pool_size"].as_i64().unwrap(),
        max_overflow: config["max_overflow"].as_i64().unwrap(),
        pool_timeout: config["timeout"].as_i64().map(Span::from_millis),
        pool_recycle: match config["recycle"].as_i64().unwrap() {
            negative if negative < 0 => Span::from_secs(-1),
            recycle => Span::from_millis(recycle),
        },
        pool_pre_ping: config["pre_ping"] == true,
        pool_use_lifo: config["use_lifo"] == true,
        pool_reset_on_return: match config["reset_on_return"].as_str() {
            Some("rollback") => Reset::Rollback,
            Some("commit") => Reset::Commit,
            None => Reset::None,
            Some(other) => panic!("reset_on_return {other}"),
        },
        echo_pool: if config["log"] == true { Echo::Debug } else { Echo::Off },
        dialect: Dialect {
            is_async: class == Class::AsyncAdaptedQueuePool,
            has_terminate: config["terminate"] == true,
            has_ping: true,
        },
        // The recorder listens to everything, always.
        listeners: Listeners { told: Hooks::ALL, asked },
    }
}

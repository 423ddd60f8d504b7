//! Everything adjustable about a world, in groups.

use crate::app::controls::Controls;
use crate::app::knob::AnyKnob;
use crate::link::key;
use crate::still;
use leptos::prelude::*;

/// A group of knobs: what it is called, whether it is open at first, and the names of its keys.
type Group = (&'static str, bool, &'static [&'static str]);

const GROUPS: [Group; 6] = [
    ("The pool", true, &["pool_size", "max_overflow", "pool_timeout", "pool_recycle"]),
    ("The traffic", true, &["rate", "query_ms"]),
    ("More about the pool", false, &["pool_pre_ping", "pool_use_lifo", "pool_reset_on_return", "poolclass", "workers"]),
    ("More about the traffic", false, &["traffic", "factor", "from", "lasts", "every", "arrivals"]),
    (
        "What requests do",
        false,
        &[
            "work",
            "slow_percent",
            "slow_ms",
            "nested_percent",
            "leak_percent",
            "gives_up",
            "retries",
            "retry_after",
            "wake_ms",
        ],
    ),
    (
        "The database",
        false,
        &[
            "connect_ms",
            "ping_ms",
            "reset_ms",
            "close_ms",
            "max_connections",
            "wait_timeout",
            "firewall",
            "tcp_timeout",
            "outage",
            "slowness",
            "contention",
            "coherency",
        ],
    ),
];

/// The knobs.
#[component]
pub fn Knobs(
    /// What they turn.
    controls: Controls,
) -> impl IntoView {
    view! {
        <form class="knobs" on:submit=|event| event.prevent_default()>
            {GROUPS
                .map(|(title, open, names)| {
                    view! {
                        <details class="group" open=open>
                            <summary>{title}</summary>
                            {names.iter().map(|&name| view! { <AnyKnob name back=default_of(name) controls /> }).collect_view()}
                        </details>
                    }
                })
                .collect_view()}
        </form>
    }
}

/// The page's own value of a key.
fn default_of(name: &str) -> String {
    key(name).map_or(String::new(), |key| (key.show)(&still::playground()))
}

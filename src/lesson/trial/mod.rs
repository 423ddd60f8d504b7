//! Claims from tutorials on trial: the reader votes, the pool decides. Their words are in `trial.html`.

mod ageing;
mod asyncio;
mod claim;
mod config;
mod opening;
mod ping;
mod session;
mod setting;
mod sizing;
mod snippet;
mod waiting;

pub use claim::{Claim, Ruling};

/// All claims, in the order in which they are tried.
pub static CLAIMS: &[&Claim] = &[
    &opening::KEPT_READY,
    &opening::REUSE,
    &config::THE_SAMPLE,
    &config::OWN_KEYS,
    &config::ENGINE_OPTIONS,
    &config::UNTUNED,
    &config::SQLITE_FILE,
    &session::ON_ARRIVAL,
    &session::COMMIT_RETURNS,
    &opening::OR_WORSE,
    &waiting::FAIL_AT_ONCE,
    &opening::TEMPORARY,
    &opening::ALWAYS_HIT,
    &waiting::MUST_LEAVE,
    &waiting::LONGEST_WAIT,
    &waiting::HANG_LONGER,
    &config::OLD_RECYCLE_KEY,
    &ageing::EVERY_HALF_HOUR,
    &ageing::DISCONNECTS,
    &ageing::BELOW_THE_LIMIT,
    &ageing::BEFORE_STALE,
    &ageing::AVOID_STALE,
    &ageing::IDLE_CLOSED,
    &ping::SELECT_ONE,
    &ping::DISCARDED,
    &ping::HEALTHY,
    &sizing::TWICE_THE_WORKERS,
    &asyncio::AWAIT_LENDS,
    &asyncio::CANCEL_LEAKS,
    &asyncio::CANCEL_COSTS,
    &asyncio::LIMIT_COVERS,
    &asyncio::FREE_ROOM,
    &asyncio::THREADS_HOLD_BACK,
    &asyncio::HEALTH_CHECK,
];

/// The most telling claim. The trial's still picture shows its last moment.
pub const STILL: &Claim = &config::THE_SAMPLE;

/// Finds the claim of this name.
pub fn claim(name: &str) -> Option<&'static Claim> {
    CLAIMS.iter().copied().find(|claim| claim.name == name)
}

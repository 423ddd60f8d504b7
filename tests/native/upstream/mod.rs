//! SQLAlchemy's own tests of its pools, by name: `test/engine/test_pool.py` and `test_reconnect.py` of 2.1.9.
//!
//! Each class of theirs is a module here, without `Test` and in snake case, and each test of theirs a test of the same
//! name, which makes the same calls and expects the same. Where a test of theirs also goes through an `Engine` or a real
//! server, a comment says which part is the pool's. `accounts.rs` holds the list: every test is either here, or not, with
//! the reason.

mod accounts;
mod dbapi;
mod driver;
mod kit;
pub mod not_applicable;
mod threads;

mod mock_reconnect;
mod other_pools;
mod pool;
mod pool_dialect;
mod pool_events;
mod pool_first_connect_sync;
mod pre_ping;
mod queue_pool;
mod real_reconnect;
mod reconnect;
mod reset_on_return;

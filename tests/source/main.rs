//! Pastes of Python and configuration files: what is found in them.
#![cfg(not(target_arch = "wasm32"))]

mod damaged;
mod fixtures;
mod judged;
mod nothing;

//! [`CONTESTANTS`](steady::world::CONTESTANTS) for a browser's machine; `world.mjs` races them. A module of its own, that
//! the one which `wasm.mjs` measures stays as it is.

#[cfg(target_arch = "wasm32")]
mod wasm {
    use steady::world::{CONTESTANTS, Workload};
    use wasm_bindgen::prelude::wasm_bindgen;

    /// The contestants' names, in order.
    #[wasm_bindgen]
    pub fn names() -> Vec<String> {
        CONTESTANTS.iter().map(|(name, _)| name.to_string()).collect()
    }

    /// Plays a world with one of them and gives requests served and timed out, and microseconds waited.
    #[wasm_bindgen]
    pub fn play(contestant: usize, workload: &str, requests: u32) -> Vec<f64> {
        let workload = if workload == "A" { Workload::A } else { Workload::B };
        let outcome = CONTESTANTS[contestant].1(&workload, requests);
        vec![outcome.served.into(), outcome.timed_out.into(), outcome.waited as f64]
    }
}

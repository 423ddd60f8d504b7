//! Mounts the playground into the page, when somebody gets near it. Natively there is nothing to run.

fn main() {
    #[cfg(target_arch = "wasm32")]
    valet::app::playground::mount();
}

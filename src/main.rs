//! Mounts the live lot into the page. Natively there is nothing to run.

fn main() {
    #[cfg(target_arch = "wasm32")]
    valet::app::lot::mount();
}

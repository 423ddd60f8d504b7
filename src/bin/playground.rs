//! Mounts the Flask application and the playground into the page, when somebody gets near them. Natively there is nothing to run.

fn main() {
    #[cfg(target_arch = "wasm32")]
    {
        valet::app::flask::mount();
        valet::app::playground::mount();
    }
}

//! Brings the lessons and the trial to life, when somebody gets near them. Natively there is nothing to run.

fn main() {
    #[cfg(target_arch = "wasm32")]
    valet::app::lesson::mount();
}

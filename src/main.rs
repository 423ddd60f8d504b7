//! The page's program, in parts: what every page needs, with the lot of the first one, and what is loaded when a page asks for
//! it. `src/site/program.rs` splits it so, `public/boot.js` asks. Natively there is nothing to run.

/// The parts, as the browser knows them.
#[cfg(target_arch = "wasm32")]
mod parts {
    use valet::app;
    use wasm_bindgen::JsError;
    use wasm_bindgen::prelude::wasm_bindgen;
    use wasm_split_helpers::{SplitLoaderError, wasm_split};

    /// A part did not load: without a network, or from a server that no longer has it.
    #[derive(Debug, thiserror::Error)]
    #[error("this part of the program did not load")]
    pub struct PartError(#[from] SplitLoaderError);

    /// Mounts the live lot.
    #[wasm_bindgen]
    pub fn lot() {
        app::lot::mount();
    }

    /// Loads what the home page has below the lot, and the menu of others: what the reader has done, and the door of the clinic.
    ///
    /// # Errors
    /// If it does not load. The next call tries again.
    #[wasm_bindgen]
    pub async fn home() -> Result<(), JsError> {
        Ok(mount_home().await?)
    }

    #[wasm_split(home, fallible)]
    fn mount_home() -> Result<(), PartError> {
        app::lesson::mount_learned();
        app::clinic::mount_door();
        Ok(())
    }

    /// Loads the lessons, and mounts them.
    ///
    /// # Errors
    /// If they do not load. The next call tries again.
    #[wasm_bindgen]
    pub async fn lessons() -> Result<(), JsError> {
        Ok(mount_lessons().await?)
    }

    #[wasm_split(lessons, fallible)]
    fn mount_lessons() -> Result<(), PartError> {
        app::lesson::mount();
        Ok(())
    }

    /// Loads the trial, and mounts it.
    ///
    /// # Errors
    /// If it does not load. The next call tries again.
    #[wasm_bindgen]
    pub async fn trial() -> Result<(), JsError> {
        Ok(mount_trial().await?)
    }

    #[wasm_split(trial, fallible)]
    fn mount_trial() -> Result<(), PartError> {
        app::lesson::mount_trial();
        Ok(())
    }

    /// Loads the applications, and mounts the one that the page has.
    ///
    /// # Errors
    /// If it does not load. The next call tries again.
    #[wasm_bindgen]
    pub async fn flask() -> Result<(), JsError> {
        Ok(mount_flask().await?)
    }

    #[wasm_split(flask, fallible)]
    fn mount_flask() -> Result<(), PartError> {
        app::application::mount();
        Ok(())
    }

    /// Loads the clinic, and mounts it.
    ///
    /// # Errors
    /// If it does not load. The next call tries again.
    #[wasm_bindgen]
    pub async fn clinic() -> Result<(), JsError> {
        Ok(mount_clinic().await?)
    }

    #[wasm_split(clinic, fallible)]
    fn mount_clinic() -> Result<(), PartError> {
        app::clinic::mount();
        Ok(())
    }

    /// Loads the daily outage, and mounts it.
    ///
    /// # Errors
    /// If it does not load. The next call tries again.
    #[wasm_bindgen]
    pub async fn daily() -> Result<(), JsError> {
        Ok(mount_daily().await?)
    }

    #[wasm_split(daily, fallible)]
    fn mount_daily() -> Result<(), PartError> {
        app::lesson::mount_learned();
        app::daily::mount();
        Ok(())
    }

    /// Loads the playground and what sizes a fleet, and mounts what the page has of them.
    ///
    /// # Errors
    /// If it does not load. The next call tries again.
    #[wasm_bindgen]
    pub async fn playground() -> Result<(), JsError> {
        Ok(mount_playground().await?)
    }

    #[wasm_split(playground, fallible)]
    fn mount_playground() -> Result<(), PartError> {
        app::playground::mount();
        app::fleet::mount();
        Ok(())
    }
}

fn main() {
    #[cfg(target_arch = "wasm32")]
    valet::browser::panic_notice::install();
}

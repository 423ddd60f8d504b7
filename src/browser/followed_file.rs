//! A file that a program still writes: the reader chooses it once, and the page may look at it again.
//!
//! The File System Access API, which not every browser has; called by name, as the browser's streams are.

use super::pieces::call;
use leptos::prelude::window;
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::File;
use leptos::web_sys::js_sys::{Array, Promise, Reflect};
use wasm_bindgen_futures::JsFuture;

const PICKER: &str = "showOpenFilePicker";

/// A file that can be looked at again.
#[derive(Debug)]
pub struct FollowedFile {
    handle: JsValue,
}

impl FollowedFile {
    /// Whether this browser can.
    pub fn is_possible() -> bool {
        Reflect::has(&window(), &PICKER.into()).unwrap_or(false)
    }

    /// Lets the reader choose one. `None` if none was chosen, or a frame may not ask.
    pub async fn choose() -> Option<FollowedFile> {
        let promise: Promise = call(&window(), PICKER, &Array::new())?.dyn_into().ok()?;
        let handles: Array = JsFuture::from(promise).await.ok()?.dyn_into().ok()?;
        Some(FollowedFile { handle: handles.get(0) })
    }

    /// The file as it is now.
    ///
    /// # Errors
    /// What the browser says if the file is gone, or may not be read any more.
    pub async fn now(&self) -> Result<File, JsValue> {
        let promise: Promise = call(&self.handle, "getFile", &Array::new()).ok_or(JsValue::NULL)?.dyn_into()?;
        JsFuture::from(promise).await?.dyn_into()
    }
}

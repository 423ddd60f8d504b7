//! A file in pieces, as the browser reads it, unpacked if it is a `.gz`.

use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::File;
use leptos::web_sys::js_sys::{Array, Function, Promise, Reflect, Uint8Array, global};
use wasm_bindgen_futures::JsFuture;

/// The pieces of a file. They are called by name: the browser's streams would weigh more as bindings than all that is read here.
pub struct Pieces {
    reader: JsValue,
}

impl Pieces {
    /// The pieces of a file. `None` if the browser has no streams, or none that unpack.
    pub fn of(file: &File) -> Option<Pieces> {
        let stream = call(file, "stream", &Array::new())?;
        let is_packed = file.name().to_ascii_lowercase().ends_with(".gz");
        let stream = if is_packed {
            let class: Function = Reflect::get(&global(), &"DecompressionStream".into()).ok()?.dyn_into().ok()?;
            let unpacking = Reflect::construct(&class, &Array::of1(&"gzip".into())).ok()?;
            call(&stream, "pipeThrough", &Array::of1(&unpacking))?
        } else {
            stream
        };
        Some(Pieces { reader: call(&stream, "getReader", &Array::new())? })
    }

    /// The pieces of what a file has from a byte on, as it is. `None` if the browser has no streams.
    pub fn from(file: &File, byte: f64) -> Option<Pieces> {
        let rest = file.slice_with_f64_and_f64(byte, file.size()).ok()?;
        let stream = call(&rest, "stream", &Array::new())?;
        Some(Pieces { reader: call(&stream, "getReader", &Array::new())? })
    }

    /// The next piece; `None` at the end.
    ///
    /// # Errors
    /// What the browser says if the file cannot be read, or is packed and damaged.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>, JsValue> {
        let promise: Promise = call(&self.reader, "read", &Array::new()).ok_or(JsValue::NULL)?.dyn_into()?;
        let result = JsFuture::from(promise).await?;
        let value = Reflect::get(&result, &"value".into())?;
        Ok(value.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec))
    }
}

impl Drop for Pieces {
    fn drop(&mut self) {
        // Whoever stops in the middle lets the file go.
        if let Some(promise) =
            call(&self.reader, "cancel", &Array::new()).and_then(|value| value.dyn_into::<Promise>().ok())
        {
            wasm_bindgen_futures::spawn_local(async move {
                let _ = JsFuture::from(promise).await;
            });
        }
    }
}

/// Calls a method by its name.
pub(super) fn call(object: &JsValue, method: &str, arguments: &Array) -> Option<JsValue> {
    let function: Function = Reflect::get(object, &method.into()).ok()?.dyn_into().ok()?;
    function.apply(object, arguments).ok()
}

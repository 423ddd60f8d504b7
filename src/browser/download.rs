//! Files for the reader to take away.

use leptos::prelude::{document, window};
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url, js_sys::Array};

/// Gives the reader a text as a file of this MIME type and name.
///
/// # Errors
/// What the browser says if it refuses. A sandboxed frame may refuse without an error: see [`is_allowed`].
pub fn text(text: &str, mime: &str, name: &str) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(mime);
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &options)?;
    let address = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(name);
    link.click();
    Url::revoke_object_url(&address)
}

/// Whether this is no sandboxed frame: such a frame has no origin and, as a rule, may not give files away.
pub fn is_allowed() -> bool {
    window().origin() != "null"
}

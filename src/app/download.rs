//! Files for the reader to take away.

use leptos::prelude::{document, window};
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url, js_sys::Array};

/// Gives a text as a file.
///
/// # Errors
/// What the browser says if it refuses. A sandboxed frame may refuse without a word: see [`may_give`].
pub fn text(text: &str, kind: &str, name: &str) -> Result<(), JsValue> {
    let kind_of = BlobPropertyBag::new();
    kind_of.set_type(kind);
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &kind_of)?;
    let address = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(name);
    link.click();
    Url::revoke_object_url(&address)
}

/// Whether this is not a sandboxed frame, which has no origin and, as a rule, may give nothing away.
pub fn is_allowed() -> bool {
    window().origin() != "null"
}

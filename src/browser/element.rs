//! Elements of the page.

use leptos::prelude::{document, request_animation_frame};
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlElement};

/// The element with this id.
pub fn element(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// An empty place at the end of an element.
pub fn append_place(parent: &Element) -> Option<HtmlElement> {
    let place = document().create_element("div").ok()?;
    parent.append_child(&place).ok()?;
    place.dyn_into().ok()
}

/// An empty place behind an element.
pub fn place_after(element: &Element) -> Option<HtmlElement> {
    let place = document().create_element("div").ok()?;
    element.after_with_node_1(&place).ok()?;
    place.dyn_into().ok()
}

/// Gives the keyboard to the first element that a selector finds, in the next frame: what was just changed is on the page then.
pub fn focus_soon(selector: String) {
    request_animation_frame(move || {
        if let Ok(Some(element)) = document().query_selector(&selector) {
            let _ = element.unchecked_into::<HtmlElement>().focus();
        }
    });
}

//! The elements of the list on the page.

use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlElement, HtmlInputElement};

/// The list's root; its parts are found by selector. What is not there is left alone.
#[derive(Debug, Clone)]
pub struct Place(pub Element);

impl Place {
    fn find(&self, selector: &str) -> Option<Element> {
        self.0.query_selector(selector).ok().flatten()
    }

    /// The text that a field holds.
    pub fn typed(&self, selector: &str) -> String {
        // A textarea has the same property, if another type.
        self.find(selector).map(|field| field.unchecked_into::<HtmlInputElement>().value()).unwrap_or_default()
    }

    /// Puts a text into a field.
    pub fn fill(&self, selector: &str, text: &str) {
        if let Some(field) = self.find(selector) {
            field.unchecked_into::<HtmlInputElement>().set_value(text);
        }
    }

    pub fn text(&self, selector: &str, text: &str) {
        if let Some(element) = self.find(selector) {
            element.set_text_content(Some(text));
        }
    }

    pub fn html(&self, selector: &str, html: &str) {
        if let Some(element) = self.find(selector) {
            element.set_inner_html(html);
        }
    }

    pub fn set(&self, selector: &str, name: &str, value: &str) {
        if let Some(element) = self.find(selector) {
            let _ = element.set_attribute(name, value);
        }
    }

    pub fn show(&self, selector: &str, on: bool) {
        if let Some(element) = self.find(selector) {
            let _ = if on { element.remove_attribute("hidden") } else { element.set_attribute("hidden", "") };
        }
    }

    /// Puts the keyboard there.
    pub fn focus(&self, selector: &str) {
        if let Some(element) = self.find(selector).and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            let _ = element.focus();
        }
    }

    /// Other rows in the table.
    pub fn rows(&self, html: &str) {
        while let Some(old) = self.find(".runs-list tbody") {
            old.remove();
        }
        if let Some(table) = self.find(".runs-list") {
            let _ = table.insert_adjacent_html("beforeend", html);
        }
    }

    /// Ticks the boxes of these runs, and no others.
    pub fn check(&self, chosen: &[u32]) {
        let Ok(boxes) = self.0.query_selector_all("[data-do=compare]") else { return };
        for index in 0..boxes.length() {
            if let Some(tick) = boxes.get(index).and_then(|node| node.dyn_into::<HtmlInputElement>().ok()) {
                tick.set_checked(chosen.contains(&super::number(&tick)));
            }
        }
    }
}

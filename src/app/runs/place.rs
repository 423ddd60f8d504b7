//! The elements of the list on the page.

use super::words::RunRows;
use leptos::web_sys::{Element, HtmlElement, HtmlInputElement};
use std::cell::RefCell;
use std::collections::BTreeMap;
use wasm_bindgen::JsCast;

/// The list's root; its parts are found by selector. What is not there is left alone, and what is so already, too: an
/// element made anew would lose the keyboard.
#[derive(Debug)]
pub struct Place {
    root: Element,
    shown: RefCell<BTreeMap<&'static str, String>>,
    rows: RefCell<RunRows>,
}

/// What an element does when it is pressed, and with which run; 0 if none.
pub fn about(element: &Element) -> (String, u32) {
    let nearest = |name: &str| element.closest(&format!("[{name}]")).ok().flatten()?.get_attribute(name);
    let run = nearest("data-run").and_then(|run| run.parse().ok());
    (nearest("data-do").unwrap_or_default(), run.unwrap_or(0))
}

impl Place {
    pub fn new(root: Element) -> Place {
        Place { root, shown: RefCell::default(), rows: RefCell::default() }
    }

    fn find(&self, selector: &str) -> Option<Element> {
        self.root.query_selector(selector).ok().flatten()
    }

    fn field(&self, selector: &str) -> Option<HtmlInputElement> {
        self.find(selector).map(|field| field.unchecked_into()) // a textarea has the same property
    }

    /// The text that a field holds.
    pub fn typed(&self, selector: &str) -> String {
        self.field(selector).map(|field| field.value()).unwrap_or_default()
    }

    /// Puts a text into a field.
    pub fn fill(&self, selector: &str, text: &str) {
        if let Some(field) = self.field(selector) {
            field.set_value(text);
        }
    }

    /// Whether it is other than what was shown there last.
    fn is_new(&self, selector: &'static str, text: &str) -> bool {
        let mut shown = self.shown.borrow_mut();
        let is = shown.get(selector).is_none_or(|shown| shown != text);
        if is {
            shown.insert(selector, text.into());
        }
        is
    }

    /// Shows a text there; without one the element is hidden, unless it is one that screen readers listen to.
    pub fn text(&self, selector: &'static str, text: &str) {
        if let Some(element) = self.find(selector).filter(|_| self.is_new(selector, text)) {
            element.set_text_content(Some(text));
            if !element.has_attribute("role") {
                self.show(selector, !text.is_empty());
            }
        }
    }

    /// Shows HTML there.
    pub fn html(&self, selector: &'static str, html: &str) {
        if let Some(element) = self.find(selector).filter(|_| self.is_new(selector, html)) {
            element.set_inner_html(html);
        }
    }

    /// Gives an attribute.
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
        if let Some(element) = self.find(selector) {
            let _ = element.unchecked_into::<HtmlElement>().focus();
        }
    }

    /// These rows in the table, by number. One that is as it was stays: somebody may be typing in it.
    pub fn rows(&self, rows: RunRows) {
        let Some(mut last) = self.find(".runs-list thead") else { return };
        let shown = self.rows.take();
        let find = |id: u32| self.find(&format!("[data-run=\"{id}\"]"));
        for (id, _) in shown.iter().filter(|shown| !rows.contains(shown)) {
            if let Some(row) = find(*id) {
                row.remove();
            }
        }
        for (id, html) in &rows {
            if find(*id).is_none() {
                let _ = last.insert_adjacent_html("afterend", html);
            }
            last = find(*id).unwrap_or(last);
        }
        *self.rows.borrow_mut() = rows;
    }

    /// Ticks the boxes of these runs, and no others.
    pub fn check(&self, chosen: &[u32]) {
        let Ok(boxes) = self.root.query_selector_all("[data-do=compare]") else { return };
        for tick in (0..boxes.length()).filter_map(|index| boxes.get(index)) {
            let tick: HtmlInputElement = tick.unchecked_into();
            tick.set_checked(chosen.contains(&about(&tick).1));
        }
    }
}

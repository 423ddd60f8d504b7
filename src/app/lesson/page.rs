//! The interactive parts of the prose: the options or the number of a form, marks on them, and `<details>` to open.

use leptos::prelude::window;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlElement, HtmlInputElement};

/// The value of the chosen option in a form.
pub fn chosen(form: &Element) -> Option<String> {
    let input = form.query_selector("input[type=radio]:checked").ok().flatten()?;
    Some(input.unchecked_into::<HtmlInputElement>().value())
}

/// The box of a form in which the reader types a number, if it has one.
pub fn number_box(form: &Element) -> Option<HtmlInputElement> {
    form.query_selector("input[type=text]").ok().flatten().map(JsCast::unchecked_into)
}

/// What the number in that box counts, in words.
pub fn unit(form: &Element) -> String {
    form.query_selector(".unit").ok().flatten().and_then(|unit| unit.text_content()).unwrap_or_default()
}

/// Chooses the option with this value.
pub fn choose(form: &Element, value: &str) {
    if let Some(input) = option(form, value).and_then(|label| label.query_selector("input").ok().flatten()) {
        input.unchecked_into::<HtmlInputElement>().set_checked(true);
    }
}

/// The text of the option with this value.
pub fn words_of(form: &Element, value: &str) -> String {
    let text = option(form, value).and_then(|option| option.text_content()).unwrap_or_default();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Marks an option, for example as right. CSS styles it by `data-mark`.
pub fn mark(form: &Element, value: &str, mark: &str) {
    if let Some(option) = option(form, value) {
        let _ = option.set_attribute("data-mark", mark);
    }
}

/// Removes the marks from all options.
pub fn unmark(form: &Element) {
    let Ok(options) = form.query_selector_all("[data-mark]") else { return };
    for option in (0..options.length()).filter_map(|index| options.get(index)) {
        let _ = option.unchecked_into::<Element>().remove_attribute("data-mark");
    }
}

fn option(form: &Element, value: &str) -> Option<Element> {
    let input = form.query_selector(&format!("input[value=\"{value}\"]")).ok().flatten()?;
    input.closest("label").ok().flatten()
}

/// Opens a `<details>`.
pub fn open(details: &Element) {
    let _ = details.set_attribute("open", "");
}

/// Scrolls an element into view, unless its top is in the upper half of the window.
pub fn show(element: &HtmlElement) {
    let top = element.get_bounding_client_rect().top();
    let height = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or(0.0);
    if top < 0.0 || top > height * 0.5 {
        element.scroll_into_view();
    }
}

/// Scrolls a picture into view, unless all of it is. Of one that is higher than the window its lower end is shown, with the line.
pub fn show_whole(picture: &HtmlElement) {
    let place = picture.get_bounding_client_rect();
    let height = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or(0.0);
    if place.top() < 0.0 || place.bottom() > height {
        picture.scroll_into_view_with_bool(false);
    }
}

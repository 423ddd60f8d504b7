//! The store against the browser's real IndexedDB, and what else only a browser can show.
#![cfg(target_arch = "wasm32")]

mod closed;
mod damaged;
mod driver;
mod kit;
mod requests;
mod restart;
mod room;
mod schema;
mod storage;
#[path = "../digests/mod.rs"]
mod stories;
mod transaction;
mod unique;
mod visit;

use valet::browser::panic_notice;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn what_went_wrong_is_told() {
    let body = leptos::prelude::document().body().unwrap();
    body.insert_adjacent_html("beforeend", "<div id=panic hidden><code id=panic-detail></code></div>").unwrap();
    panic_notice::show("index out of bounds");
    let notice = leptos::prelude::document().get_element_by_id("panic").unwrap();
    assert!(!notice.has_attribute("hidden"));
    assert_eq!(notice.text_content().unwrap(), "index out of bounds");
}

/// The same worlds as natively, to the last bit.
#[wasm_bindgen_test]
fn stories_are_told_as_natively() {
    for story in stories::stories() {
        assert_eq!(stories::watched(&story), story.expected, "{}", story.name);
        assert_eq!(stories::unwatched(&story), story.expected.journal, "{}", story.name);
    }
}

#[wasm_bindgen_test]
fn who_drives_a_world_gets_the_same_orders_as_on_the_host() {
    let (found, expected) = stories::driven_story();
    assert_eq!(found, expected, "{found:#x?}");
}

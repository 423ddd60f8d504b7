//! The page's address: its query, which holds settings, and where the site is.

use leptos::prelude::{document, window};
use leptos::web_sys::{Url, UrlSearchParams};
use wasm_bindgen::JsValue;

/// The query of the page's address, with its `?`; empty if there is none.
pub fn query() -> String {
    window().location().search().unwrap_or_default()
}

/// The names and values of a query.
pub fn read_query(query: &str) -> Vec<(String, String)> {
    let Ok(params) = UrlSearchParams::new_with_str(query) else { return Vec::new() };
    let (names, values) = (params.keys().into_iter().flatten(), params.values().into_iter().flatten());
    let pairs = names.zip(values);
    let pairs = pairs.filter_map(|(name, value)| Some((name.as_string()?, value.as_string()?)));
    // Some editors write an address as HTML.
    pairs.map(|(name, value)| (name.trim_start_matches("amp;").to_owned(), value)).collect()
}

/// Names and values as a query, without the `?`.
pub fn write_query(pairs: &[(String, String)]) -> Option<String> {
    let params = UrlSearchParams::new().ok()?;
    for (name, value) in pairs {
        params.set(name, value);
    }
    Some(params.to_string().into())
}

/// Puts a query, without its `?`, into the page's address. The page is not loaded again, and its history stays as it is. Some
/// frames refuse this; their address then stays as it was.
pub fn replace_query(query: &str) {
    let hash = window().location().hash().unwrap_or_default();
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&format!("?{query}{hash}")));
    }
}

/// What stands behind the `#` of the page's address; empty if nothing does.
pub fn hash() -> String {
    window().location().hash().unwrap_or_default().trim_start_matches('#').to_owned()
}

/// Puts this behind the `#` of the page's address, as [`replace_query`] does.
pub fn replace_hash(hash: &str) {
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&format!("{}#{hash}", query())));
    }
}

/// The address of a page of the site, given from the site's root. Each page says on its root element where that is.
pub fn site_address(path: &str) -> Option<String> {
    let root = document().document_element()?.get_attribute("data-root").unwrap_or_default();
    let here = window().location().href().ok()?;
    let site = here.split(['?', '#']).next()?;
    Url::new_with_base(&format!("{root}{path}"), site).ok().map(|url| url.href())
}

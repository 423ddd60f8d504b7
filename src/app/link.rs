//! The settings in the page's link: SQLAlchemy's names, seconds as in SQLAlchemy.

use crate::pool::Settings;
use crate::python;
use crate::time::Span;
use leptos::prelude::window;
use leptos::web_sys::UrlSearchParams;
use wasm_bindgen::JsValue;

/// The most requests a second that are played.
pub const MOST_RATE: f64 = 100.0;
/// The longest query that is played, in milliseconds.
pub const LONGEST_QUERY: i64 = 60_000;

/// What a link can say; `v` is the version of these words.
const KEYS: [&str; 7] = ["v", "pool_size", "max_overflow", "pool_timeout", "pool_recycle", "rate", "query_ms"];

/// The link's settings, requests a second and query time, with `first` for what it does not say. What it says wrongly
/// is left at the default too, with a sentence in `complaints`.
pub fn read(first: (Settings, f64, Span), complaints: &mut Vec<String>) -> (Settings, f64, Span) {
    let (mut settings, mut rate, mut query) = first;
    let search = window().location().search().unwrap_or_default();
    let Ok(params) = UrlSearchParams::new_with_str(&search) else { return first };
    for key in params.keys().into_iter().flatten().filter_map(|key| key.as_string()) {
        if !KEYS.contains(&key.as_str()) {
            complaints.push(format!(
                "The link has {key}, which means nothing here. The link can set {}.",
                KEYS[1..].join(", ")
            ));
        }
    }
    let mut take = |key: &str, take: &mut dyn FnMut(&str) -> Result<(), String>| {
        if let Some(text) = params.get(key)
            && let Err(sentence) = take(&text)
        {
            complaints.push(format!("The link has {key}={text}. {sentence} The page's own value is used."));
        }
    };
    let words = |refusal: python::Refusal| refusal.to_string();
    take("pool_size", &mut |text| python::pool_size(text).map(|size| settings.pool_size = size).map_err(words));
    take("max_overflow", &mut |text| {
        python::max_overflow(text).map(|more| settings.max_overflow = more).map_err(words)
    });
    take("pool_timeout", &mut |text| {
        python::pool_timeout(text).map(|time| settings.pool_timeout = time).map_err(words)
    });
    take("pool_recycle", &mut |text| python::pool_recycle(text).map(|age| settings.pool_recycle = age).map_err(words));
    take("rate", &mut |text| requests_per_second(text).map(|new| rate = new));
    take("query_ms", &mut |text| query_time(text).map(|new| query = new));
    (settings, rate, query)
}

/// Requests a second, as typed.
///
/// # Errors
/// A sentence for what is no number within bounds.
pub fn requests_per_second(text: &str) -> Result<f64, String> {
    match python::millionths(text).map(|millionths| millionths as f64 / 1e6) {
        Some(rate) if (0.0..=MOST_RATE).contains(&rate) => Ok(rate),
        _ => Err(format!("Requests per second is a number from 0 to {MOST_RATE}.")),
    }
}

/// The query time in milliseconds, as typed.
///
/// # Errors
/// A sentence for what is no whole number within bounds.
pub fn query_time(text: &str) -> Result<Span, String> {
    match text.trim().parse::<i64>() {
        Ok(ms) if (0..=LONGEST_QUERY).contains(&ms) => Ok(Span::from_millis(ms)),
        _ => Err(format!("Query time is a whole number of milliseconds from 0 to {LONGEST_QUERY}.")),
    }
}

/// Mirrors the settings to the link, so that a reload or a friend sees the same pool.
pub fn write(settings: &Settings, rate: f64, query: Span) {
    let Ok(params) = UrlSearchParams::new() else { return };
    params.set("v", "1");
    params.set("pool_size", &settings.pool_size.to_string());
    params.set("max_overflow", &settings.max_overflow.to_string());
    params.set("pool_timeout", &seconds(settings.pool_timeout));
    params.set("pool_recycle", &whole_seconds(settings.pool_recycle));
    params.set("rate", &rate.to_string());
    params.set("query_ms", &(query.as_micros() / 1_000).to_string());
    let hash = window().location().hash().unwrap_or_default();
    let link = format!("?{}{hash}", String::from(params.to_string()));
    if let Ok(history) = window().history() {
        // Refused in some frames; then the link just stays as it is.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&link));
    }
}

/// `pool_timeout` as Python writes it.
pub fn seconds(timeout: Option<Span>) -> String {
    timeout.map_or("None".to_string(), |timeout| timeout.in_secs())
}

/// `pool_recycle` as Python writes it.
pub fn whole_seconds(recycle: Span) -> String {
    recycle.in_secs()
}

//! Which day the page is about: the address says it, and where it says none, it is today's.

use crate::browser::{hash, replace_hash, site_address, today};
use crate::daily::{Date, DateError};
use leptos::prelude::*;

/// The day that the page was opened for.
#[derive(Debug, Clone, PartialEq)]
pub struct Opened {
    /// The day that is shown.
    pub date: Date,
    /// Today, by the browser's clock.
    pub today: Date,
    /// What was wrong with the day in the address.
    pub refused: Option<String>,
}

/// The day in the address, if there is one.
fn named() -> Option<Result<Date, DateError>> {
    let text = hash();
    text.starts_with(|c: char| c.is_ascii_digit()).then(|| Date::read(&text))
}

/// Reads the address, and writes the day into it: what is shared or kept then leads to the same day tomorrow.
pub fn opened() -> Opened {
    let today = Date::of_millis(today());
    let (date, refused) = match named() {
        Some(Ok(date)) if date > today => {
            let soon = format!("The outage of {} has not happened yet. This is today’s.", date.in_words());
            (today, Some(soon))
        }
        Some(Ok(date)) => (date, None),
        Some(Err(error)) => (today, Some(format!("{error} This is today’s."))),
        None => (today, None),
    };
    if hash().is_empty() || refused.is_some() {
        replace_hash(&date.to_string());
    }
    Opened { date, today, refused }
}

/// Opens another day when the address names one.
pub fn follow() {
    let handle = window_event_listener(leptos::ev::hashchange, move |_| {
        if named().is_some() {
            let _ = window().location().reload();
        }
    });
    std::mem::forget(handle); // as long as the page
}

/// The address of a day.
pub fn of(date: Date) -> String {
    format!("{}#{date}", site_address("daily/").unwrap_or_default())
}

//! The figures under the picture, patched ten times a second.

use crate::database::{KEEP, PRUNE_AT};
use leptos::prelude::*;
use reactive_stores::{Patch, Store};

/// What is to be read off the world.
#[derive(Debug, Clone, Default, PartialEq, Store, Patch)]
pub struct Figures {
    /// `pool.status()`, letter for letter.
    pub status: String,
    /// Requests that ended well.
    pub served: u64,
    /// Requests in line.
    pub waiting: usize,
    /// Requests that waited in vain.
    pub timeouts: u64,
    /// Requests that failed otherwise.
    pub failed: u64,
    /// Rows of the `user` table, once known.
    pub rows: Option<u32>,
    /// Open handles.
    pub open: usize,
    /// Connections opened so far.
    pub opened: u64,
    /// Cars that found the road full.
    pub turned_away: u64,
    /// Cars that wait for ever at a pool that was replaced.
    pub stranded: usize,
    /// What the browser last refused to the store.
    pub refusal: Option<String>,
    /// The last failures, newest first.
    pub troubles: Vec<Trouble>,
}

/// A request's failure.
#[derive(Debug, Clone, Default, PartialEq, Eq, Store, Patch)]
pub struct Trouble {
    /// The car's number.
    pub car: u32,
    /// The error as Python prints it.
    pub text: String,
}

/// `pool.status()`, letter for letter.
#[component]
pub fn Status(
    /// What it is read from.
    figures: Store<Figures>,
) -> impl IntoView {
    view! {
        <p class="status">
            <span class="status-call" aria-hidden="true">"pool.status() "</span>
            <code data-figure="status">{Signal::derive(move || figures.status().get())}</code>
        </p>
    }
}

/// The figures.
#[component]
pub fn FiguresList(
    /// What they show.
    figures: Store<Figures>,
) -> impl IntoView {
    let count = |read: fn(Store<Figures>) -> u64| Signal::derive(move || grouped(read(figures)));
    view! {
        <dl class="figures">
            <Figure name="served" says="Requests served" value=count(|figures| figures.served().get()) />
            <Figure name="waiting" says="Waiting" value=count(|figures| figures.waiting().get() as u64) />
            <Figure name="timeouts" says="Timeouts" value=count(|figures| figures.timeouts().get()) />
            <Figure name="failed" says="Lost connection" value=count(|figures| figures.failed().get()) />
            <Figure name="open" says="Open connections" value=count(|figures| figures.open().get() as u64) />
            <Figure name="opened" says="Connections opened" value=count(|figures| figures.opened().get()) />
            <Figure
                name="rows"
                says="Rows in the store"
                value=Signal::derive(move || figures.rows().get().map_or("–".into(), |rows| grouped(rows.into())))
            />
        </dl>
        <p class="quiet">
            {format!(
                "Each request inserts an Alice and counts the users, in one real transaction. When there are more than {} rows, the oldest are deleted and {} stay.",
                grouped(PRUNE_AT.into()),
                grouped(KEEP.into()),
            )}
        </p>
        <p class="complaint">{Signal::derive(move || complaint(figures))}</p>
    }
}

/// What else is to be said, if anything.
fn complaint(figures: Store<Figures>) -> Option<String> {
    if let Some(why) = figures.refusal().get() {
        return Some(format!("The browser refused something to the store. {why}"));
    }
    let stranded = figures.stranded().get();
    if stranded > 0 {
        return Some(format!(
            "{stranded} of the cars wait for ever, at the pool before this one: with pool_timeout None nobody tells them that it is gone. SQLAlchemy's wait just so."
        ));
    }
    let turned_away = figures.turned_away().get();
    (turned_away > 0).then(|| format!("The road is full: {} cars drove past.", grouped(turned_away)))
}

/// The last failures, in SQLAlchemy's words.
#[component]
pub fn Troubles(
    /// What they are read from.
    figures: Store<Figures>,
) -> impl IntoView {
    view! {
        <section class="troubles" aria-label="Last errors">
            <h2>"Last errors"</h2>
            <ul>
                {move || {
                    figures
                        .troubles()
                        .get()
                        .into_iter()
                        .map(|trouble| {
                            view! {
                                <li>
                                    <span class="car-number">{format!("Car {}", trouble.car)}</span>
                                    <code data-figure="error">{trouble.text}</code>
                                </li>
                            }
                        })
                        .collect_view()
                }}
            </ul>
            <p class="quiet">{Signal::derive(move || invitation(figures))}</p>
        </section>
    }
}

/// What to do while there are none.
fn invitation(figures: Store<Figures>) -> &'static str {
    if figures.troubles().get().is_empty() { "None yet. Make the pool small and the query slow." } else { "" }
}

// Type-erased signals: one Figure for all, instead of one a closure, is some kB less to download.
#[component]
fn Figure(name: &'static str, says: &'static str, value: Signal<String>) -> impl IntoView {
    view! {
        <div>
            <dt>{says}</dt>
            <dd data-figure=name>{value}</dd>
        </div>
    }
}

/// A number with thin spaces between its thousands.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + 4);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    text
}

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
    /// Why the last connection could not be opened.
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

/// The figures.
#[component]
pub fn FiguresList(
    /// What they show.
    figures: Store<Figures>,
) -> impl IntoView {
    let waiting = move || figures.waiting().get();
    view! {
        <p class="status">
            <span class="status-call" aria-hidden="true">"pool.status() "</span>
            <code data-figure="status">{move || figures.status().get()}</code>
        </p>
        <dl class="figures">
            <Figure name="served" says="Requests served" value=move || grouped(figures.served().get()) />
            <Figure name="waiting" says="Waiting" value=move || grouped(waiting() as u64) />
            <Figure name="timeouts" says="Timeouts" value=move || grouped(figures.timeouts().get()) />
            <Figure name="failed" says="Lost connection" value=move || grouped(figures.failed().get()) />
            <Figure name="open" says="Open connections" value=move || grouped(figures.open().get() as u64) />
            <Figure name="opened" says="Opened so far" value=move || grouped(figures.opened().get()) />
            <Figure
                name="rows"
                says="Rows in the store"
                value=move || figures.rows().get().map_or("–".to_string(), |rows| grouped(rows.into()))
            />
        </dl>
        <p class="quiet">
            {format!(
                "Each request inserts an Alice and counts the users, in one real transaction. Past {} rows, all but the newest {} go in one step.",
                grouped(PRUNE_AT.into()),
                grouped(KEEP.into()),
            )}
        </p>
        <Show when=move || { figures.turned_away().get() > 0 }>
            <p class="quiet">
                {move || format!("The road is full: {} cars drove past.", grouped(figures.turned_away().get()))}
            </p>
        </Show>
        <Show when=move || figures.refusal().get().is_some()>
            <p class="complaint">
                {move || figures.refusal().get().map(|why| format!("A connection could not be opened. {why}"))}
            </p>
        </Show>
    }
}

/// The last failures, in SQLAlchemy's words.
#[component]
pub fn Troubles(
    /// What they are read from.
    figures: Store<Figures>,
) -> impl IntoView {
    view! {
        <section class="troubles" aria-label="Last errors">
            <h3>"Last errors"</h3>
            <Show
                when=move || !figures.troubles().get().is_empty()
                fallback=|| view! { <p class="quiet">"None yet. Make the pool small and the query slow."</p> }
            >
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
            </Show>
        </section>
    }
}

#[component]
fn Figure(name: &'static str, says: &'static str, value: impl Fn() -> String + Send + 'static) -> impl IntoView {
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

//! The figures under a picture, patched ten times a second.

use super::scene::Stage;
use crate::database::{KEEP, PRUNE_AT};
use crate::service::Tally;
use crate::sim::percentile;
use crate::time::{Instant, Span};
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
    /// Open connections.
    pub open: usize,
    /// Connections opened so far.
    pub opened: u64,
    /// The wait that half of the requests, and that 19 of 20, do not exceed; in words.
    pub waits: (String, String),
    /// Cars that found the road full.
    pub turned_away: u64,
    /// Cars that wait for ever at a pool that was replaced.
    pub stranded: usize,
    /// Requests that block each other.
    pub deadlocked: usize,
    /// Requests that keep their connection for ever.
    pub leaked: u64,
    /// `pool.status()` of every worker, when there are several.
    pub workers: Vec<String>,
    /// What the browser last refused to the store.
    pub refusal: Option<String>,
    /// What happened last, newest first.
    pub story: Vec<String>,
    /// The last failures as Python prints them, newest first.
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

/// How many failures are shown.
const TROUBLES: usize = 2;
/// Of more waits than these the percentiles are not taken each time.
const MANY: usize = 20_000;

impl Figures {
    /// The figures of the moment that a stage shows; `before` is what was shown last.
    pub fn of(stage: &Stage, before: &Figures) -> Figures {
        let travel = stage.travel();
        let (world, waits) = (travel.world(), travel.journal().waits());
        let service = &world.services()[stage.worker()];
        let tally: Tally = world.tally();
        let dear = waits.len() > MANY && travel.now().as_micros() / 1_000_000 % 4 != 0 && !before.waits.0.is_empty();
        let at = |part| percentile(waits, part).map_or("–".to_string(), duration);
        let story = travel.story(stage.worker());
        let trouble = |line: &crate::lot::StoryLine| Some(Trouble { car: line.car?, text: line.error()? });
        Figures {
            status: service.pool().status(),
            // Who keeps a connection has given his answer; in worlds without views that is told by itself.
            served: tally.served + if world.setup().site.is_some() { tally.leaked } else { 0 },
            waiting: world.waiting(),
            timeouts: tally.timeouts,
            failed: tally.refused + tally.lost + tally.failed,
            rows: world.rows(),
            open: match stage.source().store() {
                Some(store) if !travel.is_past() => store.open_connections(),
                _ => world.open() as usize,
            },
            opened: tally.opened,
            waits: if dear { before.waits.clone() } else { (at(0.5), at(0.95)) },
            turned_away: tally.turned_away,
            stranded: world.services().iter().map(|service| service.stranded()).sum(),
            deadlocked: world.services().iter().map(|service| service.deadlocked()).sum(),
            leaked: tally.leaked,
            workers: match world.services() {
                [_] => Vec::new(),
                services => services.iter().map(|service| service.pool().status()).collect(),
            },
            refusal: stage.source().store().and_then(|store| store.refusal()),
            story: story
                .lines()
                .map(|line| format!("{}  {}", duration(line.at - Instant::ZERO), line.sentence()))
                .collect(),
            troubles: story.failures().filter_map(trouble).take(TROUBLES).collect(),
        }
    }
}

/// Shows the figures of the moment that a stage shows.
pub fn show(figures: Store<Figures>, stage: &Stage) {
    let before = figures.get_untracked();
    figures.patch(Figures::of(stage, &before));
}

/// A time in words that fit its size.
pub fn duration(time: Span) -> String {
    let micros = time.as_micros().max(0);
    let (millis, tenths) = (micros / 1_000, micros / 100 % 10);
    match millis {
        10_000.. => format!("{}.{} s", millis / 1_000, millis / 100 % 10),
        1_000.. => format!("{}.{:02} s", millis / 1_000, millis / 10 % 100),
        10.. => format!("{millis} ms"),
        _ => format!("{millis}.{tenths} ms"),
    }
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

/// The figures; `rows` where there is a real store.
#[component]
pub fn FiguresList(
    /// What they show.
    figures: Store<Figures>,
    /// There is a real store, which has rows.
    rows: bool,
) -> impl IntoView {
    let count = |read: fn(Store<Figures>) -> u64| Signal::derive(move || grouped(read(figures)));
    view! {
        <dl class="figures">
            <Figure name="served" says="Requests served" value=count(|figures| figures.served().get()) />
            <Figure name="waiting" says="Waiting" value=count(|figures| figures.waiting().get() as u64) />
            <Figure name="p50" says="Wait, p50" value=Signal::derive(move || figures.waits().get().0) />
            <Figure name="p95" says="Wait, p95" value=Signal::derive(move || figures.waits().get().1) />
            <Figure name="timeouts" says="Timeouts" value=count(|figures| figures.timeouts().get()) />
            <Figure name="failed" says="Other failures" value=count(|figures| figures.failed().get()) />
            <Figure name="open" says="Open connections" value=count(|figures| figures.open().get() as u64) />
            <Figure name="opened" says="Connections opened" value=count(|figures| figures.opened().get()) />
            {rows
                .then(|| {
                    let value = Signal::derive(move || figures.rows().get().map_or("–".into(), |rows| grouped(rows.into())));
                    view! { <Figure name="rows" says="Rows in the store" value /> }
                })}
        </dl>
        {rows
            .then(|| {
                view! {
                    <p class="quiet">
                        {format!(
                            "Each request inserts an Alice and counts the users, in one real transaction. When there are more than {} rows, the oldest are deleted and {} stay.",
                            grouped(PRUNE_AT.into()),
                            grouped(KEEP.into()),
                        )}
                    </p>
                }
            })}
        <p class="complaint" data-figure="complaint">{Signal::derive(move || complaint(figures))}</p>
    }
}

/// What else is to be said, if anything.
fn complaint(figures: Store<Figures>) -> Option<String> {
    if let Some(why) = figures.refusal().get() {
        return Some(format!("The browser refused something to the store: {why}."));
    }
    let deadlocked = figures.deadlocked().get();
    if deadlocked > 0 {
        return Some(format!(
            "Deadlock: {deadlocked} cars each hold a bay and wait for a second one, and nobody else has any. Nothing moves until a pool_timeout."
        ));
    }
    let leaked = figures.leaked().get();
    if leaked > 0 {
        return Some(format!(
            "{leaked} {} held for ever by cars that are done: nobody gave the connection back.",
            if leaked == 1 { "bay is" } else { "bays are" }
        ));
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

/// What happened last, in sentences.
#[component]
pub fn Story(
    /// What it is read from.
    figures: Store<Figures>,
) -> impl IntoView {
    view! {
        <div class="story" role="group" aria-label="What happened last">
            <p class="caption">"What happened last"</p>
            <ol data-figure="story">
                {move || figures.story().get().into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}
            </ol>
        </div>
    }
}

/// The last failures, in SQLAlchemy's words.
#[component]
pub fn Troubles(
    /// What they are read from.
    figures: Store<Figures>,
) -> impl IntoView {
    view! {
        <div class="troubles" role="group" aria-label="Last errors">
            <p class="caption">"Last errors"</p>
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
        </div>
    }
}

/// What to do while there are none.
fn invitation(figures: Store<Figures>) -> &'static str {
    if figures.troubles().get().is_empty() { "None lately. Make the pool small and the query slow." } else { "" }
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
pub fn grouped(number: u64) -> String {
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

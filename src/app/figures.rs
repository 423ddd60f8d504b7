//! The figures under a picture, patched ten times a second.

use super::scene::Stage;
use crate::database::{KEEP, PRUNE_AT};
use crate::figures::{Figure, Measurement, OPEN, PANEL, PANEL_OF_VIEWS, Unit, WaitSummary};
use crate::format::{duration, number};
use crate::lot::Stuck;
use crate::sim::Sample;
use crate::time::Instant;
use leptos::prelude::*;
use reactive_stores::{Patch, Store};

/// What is to be read off the world.
#[derive(Debug, Clone, Default, PartialEq, Store, Patch)]
pub struct Figures {
    /// `pool.status()`, letter for letter.
    pub status: String,
    /// The [panel](PANEL)'s figures in words, in its order.
    pub panel: Vec<String>,
    /// Rows of the `user` table, once known.
    pub rows: Option<u32>,
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
    pub failed_requests: Vec<FailedRequest>,
}

/// A request's failure.
#[derive(Debug, Clone, Default, PartialEq, Eq, Store, Patch)]
pub struct FailedRequest {
    /// The car's number.
    pub car: u32,
    /// The error as Python prints it.
    pub text: String,
}

/// How many failures are shown.
const MOST_FAILED: usize = 2;
/// Of more waits than these the percentiles are not taken each time.
const MANY: usize = 20_000;

impl Figures {
    /// The figures of the moment that a stage shows; `before` is what was shown last.
    pub fn of(stage: &Stage, before: &Figures) -> Figures {
        let travel = stage.travel();
        let (world, waits) = (travel.world(), travel.journal().waits());
        let service = &world.services()[stage.worker()];
        let dear = waits.len() > MANY && travel.now().as_micros() / 1_000_000 % 4 != 0;
        let times = if dear { &[] } else { waits }.iter().map(|wait| wait.time());
        let measurement =
            Measurement::between(world.setup(), &Sample::default(), &world.sample(), WaitSummary::of(times));
        let tally = measurement.tally;
        let panel = if world.setup().site.is_some() { &PANEL_OF_VIEWS } else { &PANEL };
        let words = |(place, figure): (usize, &&'static Figure)| match stage.source().store() {
            _ if dear && figure.unit == Unit::Time => before.panel.get(place).cloned().unwrap_or_default(),
            // The store itself knows what is open.
            Some(live) if **figure == OPEN && !travel.is_past() => number(live.open_connections() as u64),
            _ => (figure.of)(&measurement).in_panel(),
        };
        let story = travel.story(stage.worker());
        let failed = |line: &crate::lot::StoryLine| Some(FailedRequest { car: line.car?, text: line.error()? });
        Figures {
            status: service.pool().status(),
            panel: panel.iter().enumerate().map(words).collect(),
            rows: world.rows(),
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
            failed_requests: story.failures().filter_map(failed).take(MOST_FAILED).collect(),
        }
    }
}

/// Shows the figures of the moment that a stage shows.
pub fn show(figures: Store<Figures>, stage: &Stage) {
    let before = figures.get_untracked();
    figures.patch(Figures::of(stage, &before));
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
    let shown = |(place, figure): (usize, &&'static Figure)| {
        let value = Signal::derive(move || figures.panel().read().get(place).cloned().unwrap_or_default());
        view! { <Shown name=figure.name says=figure.title value /> }
    };
    view! {
        <dl class="figures">
            {PANEL.iter().enumerate().map(shown).collect_view()}
            {rows
                .then(|| {
                    let value = Signal::derive(move || figures.rows().get().map_or("–".into(), |rows| number(rows.into())));
                    view! { <Shown name="rows" says="Rows in the store" value /> }
                })}
        </dl>
        {rows
            .then(|| {
                view! {
                    <p class="quiet">
                        {format!(
                            "Each request inserts an Alice and counts the users, in one real transaction. When there are more than {} rows, the oldest are deleted and {} stay.",
                            number(PRUNE_AT.into()),
                            number(KEEP.into()),
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
        return Some(format!("The browser refused a request from the store: {why}."));
    }
    let stuck = Stuck {
        deadlocked: figures.deadlocked().get(),
        leaked: usize::try_from(figures.leaked().get()).unwrap_or(usize::MAX),
        stranded: figures.stranded().get(),
    };
    if let Some(said) = stuck.sentence() {
        return Some(said);
    }
    let turned_away = figures.turned_away().get();
    let cars = if turned_away == 1 { "car" } else { "cars" };
    (turned_away > 0).then(|| format!("The road is full: {} {cars} drove past.", number(turned_away)))
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
pub fn FailedRequests(
    /// What they are read from.
    figures: Store<Figures>,
) -> impl IntoView {
    view! {
        <div class="troubles" role="group" aria-label="Last errors">
            <p class="caption">"Last errors"</p>
            <ul>
                {move || {
                    figures
                        .failed_requests()
                        .get()
                        .into_iter()
                        .map(|failed| {
                            view! {
                                <li>
                                    <span class="car-number">{format!("Car {}", failed.car)}</span>
                                    <code data-figure="error">{failed.text}</code>
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
    if figures.failed_requests().get().is_empty() {
        "None so far. Make the pool small and the queries slow."
    } else {
        ""
    }
}

// Type-erased signals: one for all, instead of one a closure, is some kB less to download.
#[component]
fn Shown(name: &'static str, says: &'static str, value: Signal<String>) -> impl IntoView {
    view! {
        <div>
            <dt>{says}</dt>
            <dd data-figure=name>{value}</dd>
        </div>
    }
}

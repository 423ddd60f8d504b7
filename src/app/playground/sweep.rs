//! A search over many pools: a map of what each comes to, and the smallest that is good enough.

use crate::app::controls::Controls;
use crate::app::scene::SceneCommand;
use crate::browser::now_ms;
use crate::figures::Figure;
use crate::search::{Axis, Cell, Confirmation, ON_MAP, Objective, Range, Sweep};
use crate::sim::Setup;
use crate::time::Span;
use leptos::prelude::*;
use std::cell::RefCell;
use std::rc::Rc;

/// A frame works so long on a search, in milliseconds, ...
const SLICE: f64 = 5.0;
/// ... and looks at the clock after so many events.
const EVENTS: u64 = 1_000;
/// Of each run this is warming up.
const WARM_UP: Span = Span::from_secs(20);

/// What can be varied: its axis, and the values it has at first.
const AXES: [(Axis, &str); 6] = [
    (Axis::PoolSize, "1 2 3 4 5 6 8 10 12 15 20"),
    (Axis::MaxOverflow, "0 1 2 3 5 8 10"),
    (Axis::PoolTimeout, "0 500 1000 2000 5000 10000 30000"),
    (Axis::Rate, "2 4 6 8 10 12"),
    (Axis::Work, "200 400 800 1200 2000"),
    (Axis::Workers, "1 2 3 4 6 8"),
];
/// A search as it is shown.
#[derive(Debug, Clone, Default, PartialEq)]
struct SweepView {
    /// The axes' names.
    axes: (String, String),
    columns: Vec<i64>,
    rows: Vec<MapRow>,
    done: (usize, usize),
    over: bool,
    /// What was found.
    found: String,
}

/// A row of the map: its value, and in each cell the world and the figure in words, with its heat from 0 to 8.
type MapRow = (i64, Vec<(Setup, String, u8)>);

/// A search under way.
struct Search {
    sweep: Sweep,
    objective: Objective,
    figure: &'static Figure,
    confirmation: Option<(String, Confirmation)>,
    found: String,
}

/// The search's panel.
#[component]
pub fn SweepPanel(
    /// The scene's: its world is what is varied, and where a cell is watched.
    controls: Controls,
) -> impl IntoView {
    let (columns, rows) = (RwSignal::new(0usize), RwSignal::new(1usize));
    let values = [RwSignal::new(AXES[0].1.to_string()), RwSignal::new(AXES[1].1.to_string())];
    let (seeds, secs, below) = (RwSignal::new(5u32), RwSignal::new(120i64), RwSignal::new(500i64));
    let (figure, strict) = (RwSignal::new(0usize), RwSignal::new(true));
    let map = RwSignal::new(SweepView::default());
    let refusal = RwSignal::new(None::<String>);
    let running = RwSignal::new(false);
    let search: StoredValue<Option<Rc<RefCell<Search>>>, LocalStorage> = StoredValue::new_local(None);
    let start = move |_| {
        let objective = Objective { no_timeouts: strict.get(), p95_below: Span::from_millis(below.get()) };
        let setup = controls.setup.get_untracked();
        let made =
            ranges([(columns.get(), values[0].get()), (rows.get(), values[1].get())]).and_then(|[columns, rows]| {
                Sweep::new(&setup, columns, rows, seeds.get(), WARM_UP, Span::from_secs(secs.get()))
                    .map_err(|why| why.to_string())
            });
        match made {
            Ok(sweep) => {
                refusal.set(None);
                let figure = ON_MAP[figure.get()];
                let new = Rc::new(RefCell::new(Search {
                    sweep,
                    objective,
                    figure,
                    confirmation: None,
                    found: String::new(),
                }));
                search.set_value(Some(new.clone()));
                running.set(true);
                controls.say("The search begins.");
                go_on(new, search, map, running, controls);
            }
            Err(sentence) => refusal.set(Some(sentence)),
        }
    };
    let cancel = move |_| {
        search.set_value(None);
        running.set(false);
        controls.say("The search is cancelled; what it found so far stays.");
    };
    let show = move |event| {
        let index: usize = event_target_value(&event).parse().unwrap_or(0);
        figure.set(index.min(ON_MAP.len() - 1));
        search.with_value(|search| {
            if let Some(search) = search {
                search.borrow_mut().figure = ON_MAP[figure.get_untracked()];
                map.set(search.borrow().map());
            }
        });
    };
    view! {
        <details class="sweep">
            <summary>"Search: which pool is good enough?"</summary>
            <p class="quiet">
                "Runs this world with many pools, each with several seeds, while you go on watching. Each cell shows the median over its seeds. Press a cell to watch that world."
            </p>
            <form class="sweep-form" on:submit=|event| event.prevent_default()>
                {[("across", columns, values[0]), ("down", rows, values[1])]
                    .map(|(which, axis, text)| {
                        let choose = move |event| {
                            let index: usize = event_target_value(&event).parse().unwrap_or(0);
                            axis.set(index.min(AXES.len() - 1));
                            text.set(AXES[axis.get_untracked()].1.to_string());
                        };
                        view! {
                            <label>
                                {format!("vary {which} ")}
                                <select on:change=choose>
                                    {AXES.iter().enumerate().map(|(index, (axis_of, _))| view! { <option value=index selected=move || axis.get() == index>{label(*axis_of)}</option> }).collect_view()}
                                </select>
                            </label>
                            <label>
                                "values "
                                <input type="text" autocomplete="off" prop:value=text on:change=move |event| text.set(event_target_value(&event)) />
                            </label>
                        }
                    })
                    .collect_view()}
                <label>"seeds " <input type="number" min="1" max="50" prop:value=seeds on:change=move |event| set_number(&event, 1..=50, seeds) /></label>
                <label>"seconds each " <input type="number" min="10" max="3600" prop:value=secs on:change=move |event| set_number(&event, 10..=3_600, secs) /></label>
                <label>"good enough: p95 wait below " <input type="number" min="1" max="600000" prop:value=below on:change=move |event| set_number(&event, 1..=600_000, below) /> " ms"</label>
                <label><input type="checkbox" prop:checked=strict on:change=move |event| strict.set(event_target_checked(&event)) /> " and no time-outs"</label>
                <label>
                    "show "
                    <select on:change=show>
                        {ON_MAP.iter().enumerate().map(|(index, figure)| view! { <option value=index>{figure.title}</option> }).collect_view()}
                    </select>
                </label>
                <span class="acts">
                    <button type="button" class="primary" disabled=running on:click=start>"Search"</button>
                    <button type="button" disabled=move || !running.get() on:click=cancel>"Cancel"</button>
                </span>
            </form>
            <p class="complaint" role="alert">{refusal}</p>
            <p class="sweep-progress">
                <progress max=move || map.with(|map| map.done.1.max(1)) value=move || map.with(|map| map.done.0) aria-label="Search"></progress>
                <span>{move || map.with(|map| format!("{} of {} runs", map.done.0, map.done.1))}</span>
            </p>
            <p class="found-pool" role="status" data-figure="found">{move || map.with(|map| map.found.clone())}</p>
            <MapTable map controls />
        </details>
    }
}

#[component]
fn MapTable(map: RwSignal<SweepView>, controls: Controls) -> impl IntoView {
    let watch = move |setup: Setup| {
        controls.say("This is that world, from its beginning.");
        controls.send(SceneCommand::Begin(Box::new(setup)));
    };
    let cell = move |(setup, words, heat): (Setup, String, u8)| {
        let label = format!("{words}, watch this world");
        view! {
            <td class=format!("heat heat-{heat}")>
                <button type="button" aria-label=label on:click=move |_| watch(setup.clone())>{words}</button>
            </td>
        }
    };
    view! {
        <div class="map">
            {move || {
                let SweepView { axes, columns, rows, .. } = map.get();
                (!rows.is_empty())
                    .then(|| {
                        view! {
                            <table>
                                <caption>{format!("{} across, {} down", axes.0, axes.1)}</caption>
                                <thead>
                                    <tr>
                                        <td></td>
                                        {columns.into_iter().map(|value| view! { <th scope="col">{value}</th> }).collect_view()}
                                    </tr>
                                </thead>
                                <tbody data-figure="map">
                                    {rows
                                        .into_iter()
                                        .map(|(value, cells)| view! { <tr><th scope="row">{value}</th>{cells.into_iter().map(cell).collect_view()}</tr> })
                                        .collect_view()}
                                </tbody>
                            </table>
                        }
                    })
            }}
        </div>
    }
}

fn label(axis: Axis) -> String {
    match axis.unit() {
        "" => axis.name().to_string(),
        unit => format!("{} ({unit})", axis.name()),
    }
}

fn set_number<T: std::str::FromStr + PartialOrd + Copy + Send + Sync + 'static>(
    event: &leptos::ev::Event,
    range: std::ops::RangeInclusive<T>,
    signal: RwSignal<T>,
) {
    match event_target_value(event).parse() {
        Ok(number) if range.contains(&number) => signal.set(number),
        _ => signal.notify(), // back to what was there
    }
}

/// Axes with their values, as typed.
fn ranges(typed: [(usize, String); 2]) -> Result<[Range; 2], String> {
    let range = |(axis, text): &(usize, String)| {
        let axis = AXES[*axis].0;
        let values: Result<Vec<i64>, String> = text
            .split_whitespace()
            .map(|value| {
                value
                    .parse()
                    .map_err(|_| format!("{value} is not a whole number. Values of {} look like 1 2 5.", axis.name()))
            })
            .collect();
        Ok::<Range, String>(Range::new(axis, values?))
    };
    Ok([range(&typed[0])?, range(&typed[1])?])
}

/// One slice of the search, and the next one in the next frame. Ends when another search has taken its place.
fn go_on(
    this: Rc<RefCell<Search>>,
    current: StoredValue<Option<Rc<RefCell<Search>>>, LocalStorage>,
    map: RwSignal<SweepView>,
    running: RwSignal<bool>,
    controls: Controls,
) {
    request_animation_frame(move || {
        let is_current =
            current.try_with_value(|search| search.as_ref().is_some_and(|search| Rc::ptr_eq(search, &this)));
        if is_current != Some(true) {
            return;
        }
        let began = now_ms();
        let mut search = this.borrow_mut();
        let before = search.sweep.progress().cells;
        while !search.is_over() && now_ms() - began < SLICE {
            search.advance();
        }
        let over = search.is_over();
        if over || search.sweep.progress().cells != before || search.sweep.progress().done.is_multiple_of(4) {
            map.set(search.map());
        }
        if over {
            running.set(false);
            controls.say("The search is over.");
            return;
        }
        drop(search);
        go_on(this, current, map, running, controls);
    });
}

impl Search {
    fn is_over(&self) -> bool {
        self.sweep.is_over() && self.confirmation.is_none() && !self.found.is_empty()
    }

    fn advance(&mut self) {
        if !self.sweep.is_over() {
            self.sweep.advance(EVENTS);
        } else if let Some((found, confirmation)) = &mut self.confirmation {
            if let Some(confirmed) = confirmation.advance(EVENTS) {
                self.found = format!("{found} {}", confirmed.sentence);
                self.confirmation = None;
            }
        } else {
            match self.objective.smallest(&self.sweep) {
                Some(smallest) => {
                    let confirmation = smallest.confirmation(&self.sweep, self.sweep.seeds());
                    self.found = smallest.sentence();
                    self.confirmation = Some((smallest.sentence(), confirmation));
                }
                None => self.found = format!("None of these is good enough. {}", self.objective.sentence()),
            }
        }
    }

    fn map(&self) -> SweepView {
        let [columns, rows] = self.sweep.ranges();
        let values: Vec<Option<i64>> =
            self.sweep.cells().iter().map(|cell| cell.spread(self.figure).map(|spread| spread.median)).collect();
        let most = values.iter().flatten().copied().max().unwrap_or(0).max(1);
        let cell = |(cell, value): (&Cell, &Option<i64>)| {
            let words = value.map_or("…".to_string(), |value| self.figure.unit.value(value).in_panel());
            (cell.setup.clone(), words, value.map_or(0, |value| (value * 8 / most).clamp(0, 8) as u8))
        };
        let mut cells = self.sweep.cells().iter().zip(&values).map(cell);
        let progress = self.sweep.progress();
        SweepView {
            axes: (label(columns.axis), label(rows.axis)),
            columns: columns.values.clone(),
            rows: rows
                .values
                .iter()
                .map(|&value| (value, cells.by_ref().take(columns.values.len()).collect()))
                .collect(),
            done: (progress.done, progress.of),
            over: self.is_over(),
            found: self.found.clone(),
        }
    }
}

//! Time: play, pause, step, scrub, speed, and the way to the next thing worth seeing.

use super::controls::Controls;
use super::scene::SceneCommand;
use crate::figures::Milestone;
use crate::format::stretch;
use crate::time::{Instant, Span};
use leptos::prelude::*;

/// A speed one can choose, and what it is called.
pub type Speed = (f64, &'static str);

/// From a quarter to four times: what a real database and a reader can follow.
pub const LIVE: &[Speed] = &[(0.25, "¼"), (0.5, "½"), (1.0, "1"), (2.0, "2"), (4.0, "4")];
/// A simulated world can also hurry.
pub const SIMULATED: &[Speed] = &[(0.25, "¼"), (1.0, "1"), (2.0, "2"), (4.0, "4"), (16.0, "16"), (60.0, "60")];

/// The slider of a live world has room for so much, in tenths of a second.
const SHORTEST: i64 = 100;

/// What is said of a world that falls behind.
const LAGS: &str = "It goes slower than that: more happens than this browser can play.";

/// The transport.
#[component]
pub fn Transport(
    /// What it turns.
    controls: Controls,
    /// The speeds there are.
    speeds: &'static [Speed],
    /// The slider's end is a multiple of so many seconds, behind what has been seen. None where nothing lies ahead of the
    /// present: then it ends a little behind that, and grows with it.
    #[prop(optional)]
    ahead: Option<i64>,
    /// Or just this many.
    #[prop(optional)]
    until: Option<Signal<Span>>,
) -> impl IntoView {
    let playing = controls.playing;
    let lags = move || controls.clock.get().lags.then_some(LAGS);
    view! {
        <div class="transport" role="group" aria-label="Time">
            <button type="button" class="primary" on:click=move |_| controls.set_playing(!playing.get())>
                <span aria-hidden="true">{move || if playing.get() { "❚❚ " } else { "▶ " }}</span>
                {move || if playing.get() { "Pause" } else { "Play" }}
            </button>
            <span class="steps">
                <button type="button" aria-label="Step back" title="Step back: one event" on:click=move |_| controls.stop_at(SceneCommand::StepBack)>
                    <span aria-hidden="true">"◂▏"</span>
                </button>
                <button type="button" aria-label="Step forward" title="Step forward: one event" on:click=move |_| controls.stop_at(SceneCommand::Step)>
                    <span aria-hidden="true">"▕▸"</span>
                </button>
            </span>
            <Scrub controls ahead until />
            <fieldset class="speeds" data-lags=lags title=lags>
                <legend>"Speed"</legend>
                {speeds
                    .iter()
                    .map(|&(speed, name)| {
                        view! {
                            <label>
                                <input
                                    type="radio"
                                    name=format!("speed-{}", controls.scene)
                                    prop:checked=move || controls.speed.get() == speed
                                    on:change=move |_| controls.set_speed(speed)
                                />
                                <span>{format!("{name}×")}</span>
                            </label>
                        }
                    })
                    .collect_view()}
            </fieldset>
            <RunTo controls />
            <OnTheWay controls />
        </div>
    }
}

/// Where one is in time, and a way to anywhere else.
#[component]
fn Scrub(controls: Controls, ahead: Option<i64>, until: Option<Signal<Span>>) -> impl IntoView {
    let clock = controls.clock;
    // In tenths of a second, so that no broken numbers are read or written: their code is large.
    let tenths = |time: Span| time.as_micros() / 100_000;
    let place = Memo::new(move |_| tenths(clock.get().places.0));
    // What quiet stretches leave out.
    let short = Memo::new(move |_| tenths(clock.get().ends.1 - Instant::ZERO) - tenths(clock.get().places.1.1));
    let end = Memo::new(move |_| match (until, ahead, tenths(clock.get().places.1.1)) {
        (Some(until), ..) => tenths(until.get()) - short.get(),
        (None, Some(ahead), head) => (head / (ahead * 10) + 1) * ahead * 10,
        (None, None, head) => SHORTEST.max(head + head / 10),
    });
    let is_live = ahead.is_none() && until.is_none();
    let now = move || tenths(clock.get().now - Instant::ZERO);
    let seek = move |text: String| {
        if let Ok(tenths) = text.parse::<i64>() {
            controls.stop_at(SceneCommand::Scrub(Span::from_millis(tenths * 100)));
        }
    };
    view! {
        <label class="scrub">
            <span class="visually-hidden">"Moment"</span>
            <input
                type="range"
                aria-label="Moment"
                aria-valuetext=move || format!("{}.{} seconds of {}", now() / 10, now() % 10, (end.get() + short.get()) / 10)
                min=move || tenths(clock.get().places.1.0)
                max=move || end.get()
                prop:value=move || place.get().to_string()
                on:input=move |event| seek(event_target_value(&event))
                on:keydown=move |event| {
                    let command = match event.key().as_str() {
                        "ArrowLeft" => SceneCommand::StepBack,
                        "ArrowRight" => SceneCommand::Step,
                        " " => {
                            event.prevent_default();
                            return controls.set_playing(!controls.playing.get());
                        }
                        _ => return,
                    };
                    event.prevent_default();
                    controls.stop_at(command);
                }
            />
            <span class="clock" data-figure="clock">{move || seconds(clock.get().now)}</span>
        </label>
        <Show when=move || { short.get() > 0 }>
            <span class="quiet" data-figure="skipped">{move || format!("The slider leaves out {} in which nothing happens.", stretch(Span::from_secs(short.get() / 10)))}</span>
        </Show>
        <span class="quiet" data-figure="forgotten" hidden=move || clock.get().ends.0 == Instant::ZERO>
            {move || format!("What happened before {} is no longer kept.", seconds(clock.get().ends.0))}
        </span>
        <span class:present-place=is_live>
            <button type="button" class="present" hidden=move || !clock.get().past on:click=move |_| controls.stop_at(SceneCommand::Present)>
                "To the present"
            </button>
        </span>
    }
}

/// On to the next of a kind of moment.
#[component]
fn RunTo(controls: Controls) -> impl IntoView {
    let goal = RwSignal::new(0usize);
    view! {
        <span class="run-to">
            <label>
                <span>"Run to the next "</span>
                <select on:change=move |event| goal.set(event_target_value(&event).parse().unwrap_or(0))>
                    {Milestone::ALL.iter().enumerate().map(|(index, moment)| view! { <option value=index>{moment.name()}</option> }).collect_view()}
                </select>
            </label>
            <button
                type="button"
                disabled=move || controls.clock.get().searching
                on:click=move |_| controls.stop_at(SceneCommand::RunTo(Milestone::ALL[goal.get().min(Milestone::ALL.len() - 1)]))
            >
                {move || if controls.clock.get().searching { "Running…" } else { "Run" }}
            </button>
        </span>
    }
}

/// How far something is that takes longer than a moment, and a way to stop it.
#[component]
fn OnTheWay(controls: Controls) -> impl IntoView {
    let under_way = Memo::new(move |_| controls.clock.get().under_way);
    let is_far = move || under_way.get().is_some();
    let percent = move || under_way.get().and_then(|under_way| under_way.percent).map(|percent| percent.to_string());
    view! {
        <span class="under-way" hidden=move || !is_far()>
            <progress max="100" value=percent aria-label="On the way, in percent"></progress>
            <button type="button" on:click=move |_| controls.send(SceneCommand::Stop)>"Stop"</button>
        </span>
    }
}

/// A moment in seconds, to the millisecond.
fn seconds(at: Instant) -> String {
    let millis = (at - Instant::ZERO).as_micros() / 1_000;
    format!("{}.{:03} s", millis / 1_000, millis % 1_000)
}

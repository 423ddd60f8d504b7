//! Everything under the picture: transport, figures, knobs.

use super::controls::Controls;
use super::figures::{Figures, FiguresList, Status, Troubles};
use super::knob::{Dial, Knob};
use super::link;
use super::transport::Transport;
use crate::database::Error;
use crate::python;
use leptos::prelude::*;
use reactive_stores::Store;

const POOL_SIZE: Dial = Dial {
    name: "pool_size",
    unit: "",
    hint: "Keys the rack keeps. Nothing is opened in advance.",
    range: (1.0, 20.0),
    step: 1.0,
    default: "5",
    whose: "SQLAlchemy's default",
};
const MAX_OVERFLOW: Dial = Dial {
    name: "max_overflow",
    unit: "",
    hint: "Extra bays when every key is out. -1: no limit.",
    range: (-1.0, 20.0),
    step: 1.0,
    default: "10",
    whose: "SQLAlchemy's default",
};
const POOL_TIMEOUT: Dial = Dial {
    name: "pool_timeout",
    unit: "s",
    hint: "How long a car waits at the kerb. None: for ever.",
    range: (0.0, 60.0),
    step: 0.5,
    default: "30",
    whose: "SQLAlchemy's default",
};
const POOL_RECYCLE: Dial = Dial {
    name: "pool_recycle",
    unit: "s",
    hint: "At checkout, a connection older than this is replaced. -1: never.",
    range: (-1.0, 60.0),
    step: 1.0,
    default: "-1",
    whose: "SQLAlchemy's default",
};
const RATE: Dial = Dial {
    name: "requests per second",
    unit: "/s",
    hint: "On average, at random.",
    range: (0.0, 30.0),
    step: 0.5,
    default: "4",
    whose: "the page's value",
};
const QUERY: Dial = Dial {
    name: "query time",
    unit: "ms",
    hint: "Emulated, added to what the browser's database really takes.",
    range: (0.0, 5_000.0),
    step: 100.0,
    default: "1500",
    whose: "the page's value",
};

/// The panel.
#[component]
pub fn Panel(
    /// What a person can set.
    controls: Controls,
    /// What the world says.
    figures: Store<Figures>,
    /// Why rows live in memory, if they do.
    refusal: Option<Error>,
) -> impl IntoView {
    let notice = refusal.map(|error| {
        view! {
            <p class="notice" data-figure="notice">
                {format!("Rows live in memory and go with this page: this browser does not give it IndexedDB here. ({error})")}
            </p>
        }
    });
    view! {
        <div class="bar">
            <Transport controls />
            <Status figures />
            <p class="said" role="status">{move || controls.said.get()}</p>
            {notice}
            <Complaints controls />
        </div>
        <Knobs controls />
        <div class="account">
            <FiguresList figures />
            <Troubles figures />
        </div>
    }
}

#[component]
fn Complaints(controls: Controls) -> impl IntoView {
    move || {
        controls
            .complaints
            .get()
            .into_iter()
            .map(|text| view! { <p class="complaint" role="alert">{text}</p> })
            .collect_view()
    }
}

#[component]
fn Knobs(controls: Controls) -> impl IntoView {
    let settings = controls.settings;
    let size = Signal::derive(move || settings.get().pool_size);
    let more = Signal::derive(move || settings.get().max_overflow);
    let timeout = Signal::derive(move || settings.get().pool_timeout);
    let recycle = Signal::derive(move || settings.get().pool_recycle);
    let words = |refusal: python::Refusal| refusal.to_string();
    view! {
        <form class="knobs" on:submit=|event| event.prevent_default()>
            <fieldset>
                <legend>"The pool"</legend>
                <Knob
                    dial=POOL_SIZE
                    text=Signal::derive(move || size.get().to_string())
                    position=Signal::derive(move || size.get() as f64)
                    take=Callback::new(move |text: String| {
                        let size = python::pool_size(&text).map_err(words)?;
                        controls.set_settings(|settings| settings.pool_size = size);
                        Ok(())
                    })
                />
                <Knob
                    dial=MAX_OVERFLOW
                    text=Signal::derive(move || more.get().to_string())
                    position=Signal::derive(move || more.get() as f64)
                    take=Callback::new(move |text: String| {
                        let more = python::max_overflow(&text).map_err(words)?;
                        controls.set_settings(|settings| settings.max_overflow = more);
                        Ok(())
                    })
                />
                <Knob
                    dial=POOL_TIMEOUT
                    text=Signal::derive(move || link::seconds(timeout.get()))
                    position=Signal::derive(move || timeout.get().map_or(60.0, |timeout| timeout.as_secs_f64()))
                    take=Callback::new(move |text: String| {
                        let timeout = python::pool_timeout(&text).map_err(words)?;
                        controls.set_settings(|settings| settings.pool_timeout = timeout);
                        Ok(())
                    })
                />
                <Knob
                    dial=POOL_RECYCLE
                    text=Signal::derive(move || link::whole_seconds(recycle.get()))
                    position=Signal::derive(move || recycle.get().as_secs_f64())
                    take=Callback::new(move |text: String| {
                        let recycle = python::pool_recycle(&text).map_err(words)?;
                        controls.set_settings(|settings| settings.pool_recycle = recycle);
                        Ok(())
                    })
                />
            </fieldset>
            <fieldset>
                <legend>"The traffic"</legend>
                <Knob
                    dial=RATE
                    text=Signal::derive(move || controls.rate.get().to_string())
                    position=controls.rate.into()
                    take=Callback::new(move |text: String| {
                        link::requests_per_second(&text).map(|rate| controls.set_rate(rate))
                    })
                />
                <Knob
                    dial=QUERY
                    text=Signal::derive(move || (controls.query.get().as_micros() / 1_000).to_string())
                    position=Signal::derive(move || controls.query.get().as_millis_f64())
                    take=Callback::new(move |text: String| {
                        link::query_time(&text).map(|query| controls.set_query(query))
                    })
                />
                <p class="hint">"Opening a connection takes 300 ms more than the browser needs, every other round trip 10 ms."</p>
            </fieldset>
        </form>
    }
}

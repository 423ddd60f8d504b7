//! Everything under the picture of the live lot: transport, figures, knobs.

use super::controls::Controls;
use super::embed::EmbedThis;
use super::figures::{FailedRequests, Figures, FiguresList, Status};
use super::knob::Knob;
use super::scene::SceneCommand;
use super::transport::{LIVE, Transport};
use crate::database::DatabaseError;
use crate::service::RequestSpec;
use crate::settings::SettingId;
use crate::sim::WorldAct;
use leptos::prelude::*;
use reactive_stores::Store;

/// The panel.
#[component]
pub fn Panel(
    /// What a person can set.
    controls: Controls,
    /// What the world says.
    figures: Store<Figures>,
    /// Why rows live in memory, if they do.
    refusal: Option<DatabaseError>,
) -> impl IntoView {
    let notice = refusal.map(|error| {
        view! {
            <p class="notice" data-figure="notice">
                {format!("Rows are kept in memory and are lost with this page: the browser does not allow IndexedDB here. ({error})")}
            </p>
        }
    });
    let restart = move |_| {
        controls.say("The database restarts: every connection is dead, and the pool does not know it yet.");
        controls.send(SceneCommand::Do(WorldAct::Restart.into()));
    };
    let send = move |_| {
        controls.say("One more request.");
        let takes = controls.setup.get_untracked().work.mean;
        controls.send(SceneCommand::Do(WorldAct::Arrive(RequestSpec { takes, ..RequestSpec::default() }).into()));
    };
    view! {
        <div class="bar">
            <Transport controls speeds=LIVE />
            <p class="acts">
                <button type="button" on:click=send>"Send a request"</button>
                <button type="button" class="danger" on:click=move |_| controls.send(SceneCommand::Kill)>"Kill a connection"</button>
                <button type="button" class="danger database" on:click=restart>"Restart the database"</button>
            </p>
            <Status figures />
            <Said controls />
            {notice}
        </div>
        <form class="knobs" on:submit=|event| event.prevent_default()>
            <fieldset>
                <legend>"The pool"</legend>
                <Knob setting=SettingId::PoolSize hint="Keys that the rack keeps. None is made in advance." controls />
                <Knob setting=SettingId::MaxOverflow hint="How many more bays there may be when every key is out. -1: no limit." controls />
                <Knob setting=SettingId::PoolTimeout hint="How long a car waits in line before it leaves with the error. None: without limit." controls />
                <Knob setting=SettingId::PoolRecycle controls />
            </fieldset>
            <fieldset>
                <legend>"The traffic"</legend>
                <Knob setting=SettingId::Rate called="requests per second" hint="On average, at random." back="3" controls />
                <Knob
                    setting=SettingId::QueryMs
                    called="query time"
                    hint="Emulated: added to what this browser's database takes. So are 300 ms for opening a connection, and 10 ms for other round trips."
                    back="1500"
                    controls
                />
            </fieldset>
        </form>
        <div class="account">
            <FiguresList figures rows=true />
            <FailedRequests figures />
            <EmbedThis scene="lot" title="Valet: the live lot".into() />
        </div>
    }
}

/// What was just done, and what the link had that could not be taken.
#[component]
pub fn Said(
    /// Where it was done.
    controls: Controls,
) -> impl IntoView {
    view! {
        <p class="said" role="status">{move || controls.said.get()}</p>
        {move || {
            controls
                .complaints
                .get()
                .into_iter()
                .map(|text| view! { <p class="complaint" role="alert">{text}</p> })
                .collect_view()
        }}
    }
}

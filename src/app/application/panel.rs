//! Everything around the picture and the code.

use super::at_work::AtWork;
use super::browser::Browser;
use super::choose::Choose;
use super::code::PrintedNumbers;
use super::requests_view::RequestsView;
use super::store::{Notices, StoreActs};
use super::timeline::TimelineView;
use super::visits::Visits;
use crate::app::controls::Controls;
use crate::app::embed::EmbedThis;
use crate::app::figures::{FailedRequests, Figures, FiguresList, Status, Story};
use crate::app::knob::{AnyKnob, Knob};
use crate::app::panel::Said;
use crate::app::transport::{LIVE, Transport};
use crate::apps::{Application, Form, Framework};
use crate::settings::SettingId;
use crate::sim::HostedApp;
use leptos::prelude::*;
use reactive_stores::Store;

/// The part above the code and the picture: the choice of application, and the buttons that send requests to it.
#[component]
pub fn Top(
    /// The framework of the scene.
    framework: Framework,
    /// The controls of the scene.
    controls: Controls,
    /// The pool numbers printed in the original.
    printed: RwSignal<PrintedNumbers>,
) -> impl IntoView {
    view! {
        <Choose framework controls printed />
        <Visits framework controls />
    }
}

/// The panel below the code and the picture.
#[component]
pub fn Panel(
    /// The framework of the scene.
    framework: Framework,
    /// The controls of the scene.
    controls: Controls,
    /// The figures of the world.
    figures: Store<Figures>,
    /// The application's requests.
    requests: RwSignal<RequestsView>,
    /// The pool numbers printed in the original.
    printed: RwSignal<PrintedNumbers>,
    /// The number of rows in the database.
    rows: RwSignal<Option<u32>>,
    /// Notices about the databases.
    notices: RwSignal<Vec<String>>,
) -> impl IntoView {
    view! {
        <div class="bar">
            <Transport controls speeds=LIVE />
            <Status figures />
            <Said controls />
            <Notices notices />
        </div>
        <div class="request">
            <Browser requests address=framework.address() />
            <TimelineView controls requests />
        </div>
        <div class="account">
            <form class="knobs" on:submit=|event| event.prevent_default()>
                <Numbers controls printed />
                <fieldset>
                    <legend>"The traffic"</legend>
                    <Knob setting=SettingId::Rate called="requests per second" hint="Sent by themselves, at random, to the first view." back="0" controls />
                    <Knob setting=SettingId::QueryMs called="statement time" hint="Emulated, for each statement." back="300" controls />
                </fieldset>
            </form>
            <div>
                <FiguresList figures rows=false />
                {(framework == Framework::FastApi).then(|| view! { <AtWork requests /> })}
                <StoreActs controls rows />
                <Story figures />
                <FailedRequests figures />
                <div id=format!("{}-runs", framework.name())></div>
                <EmbedThis scene=framework.name() title=title(framework).into() />
            </div>
        </div>
    }
}

/// The title of the scene in a frame.
const fn title(framework: Framework) -> &'static str {
    match framework {
        Framework::Flask => "Valet: the Flask application",
        Framework::FastApi => "Valet: the FastAPI application",
    }
}

/// The pool settings: those that take effect, or those that Flask-SQLAlchemy ignores.
#[component]
fn Numbers(controls: Controls, printed: RwSignal<PrintedNumbers>) -> impl IntoView {
    let site = Memo::new(move |_| controls.setup.with(|setup| setup.site));
    view! {
        {move || {
            let is_unread = |site: &HostedApp| {
                site.form == Form::Original && site.view.application().framework() == Framework::Flask
            };
            let original = site.get().filter(is_unread);
            let has_threads = site.get().is_some_and(|site| site.view.application() == Application::Threads);
            if original.is_some_and(|site| site.view.application() == Application::Users) {
                view! {
                    <fieldset>
                        <legend>"The pool"</legend>
                        <p class="hint">"This file says nothing about its pool. In the corrected one it can be turned."</p>
                    </fieldset>
                }
                    .into_any()
            } else if original.is_some() {
                view! { <Unread controls printed /> }.into_any()
            } else {
                view! {
                    <fieldset>
                        <legend>"The pool"</legend>
                        <Knob setting=SettingId::PoolSize hint="Connections that are kept. Nothing is opened in advance." controls />
                        <Knob setting=SettingId::MaxOverflow hint="So many more when all are out." controls />
                        <Knob setting=SettingId::PoolTimeout hint="How long a request waits for one." controls />
                        <Knob setting=SettingId::PoolRecycle controls />
                        <AnyKnob setting=SettingId::PoolPrePing back="0".to_string() controls />
                        <AnyKnob setting=SettingId::PoolResetOnReturn back="rollback".to_string() controls />
                        {has_threads.then(|| view! { <Knob setting=SettingId::Threads called="threads" hint="As many as anyio gives to def endpoints." back="40" controls /> })}
                    </fieldset>
                }
                    .into_any()
            }
        }}
    }
}

/// Keys that Flask-SQLAlchemy ignores: the reader can change them, the code shows the change, and the pool stays as it is.
#[component]
fn Unread(controls: Controls, printed: RwSignal<PrintedNumbers>) -> impl IntoView {
    let turn = move |first: bool, text: String| {
        if text.trim().parse::<i64>().is_ok() {
            printed.update(|printed| *(if first { &mut printed.0 } else { &mut printed.1 }) = text.trim().to_string());
            controls.say("The code says so now. The pool does not hear of it: it stays 5 + 10.");
        } else {
            controls.say("It takes a whole number.");
        }
    };
    view! {
        <fieldset class="unread">
            <legend>"Settings that nothing reads"</legend>
            {[(true, "SQLALCHEMY_POOL_SIZE"), (false, "SQLALCHEMY_MAX_OVERFLOW")]
                .into_iter()
                .map(|(first, name)| {
                    view! {
                        <label class="knob">
                            <span class="knob-name">{name}</span>
                            <span class="knob-value">
                                <input
                                    type="text"
                                    inputmode="numeric"
                                    aria-label=name
                                    prop:value=move || printed.with(|printed| if first { printed.0.clone() } else { printed.1.clone() })
                                    on:change=move |event| turn(first, event_target_value(&event))
                                />
                            </span>
                        </label>
                    }
                })
                .collect_view()}
            <p class="hint">"Write any number, and look at pool.status()."</p>
        </fieldset>
    }
}

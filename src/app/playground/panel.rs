//! Everything under the playground's picture.

use super::compare::Compare;
use super::download::{Downloads, RunFormat};
use super::knobs::Knobs;
use super::sweep::SweepPanel;
use super::theory::{Theory, TheoryTable};
use crate::app::chart::{Chart, ChartView};
use crate::app::controls::Controls;
use crate::app::embed::EmbedThis;
use crate::app::figures::{FailedRequests, Figures, FiguresList, Status, Story};
use crate::app::panel::Said;
use crate::app::scene::SceneCommand;
use crate::app::transport::{SIMULATED, Transport};
use crate::app::workers::Workers;
use crate::service::RequestSpec;
use crate::settings::Act;
use crate::sim::{Setup, WorldAct};
use leptos::prelude::*;
use reactive_stores::Store;

/// The panel.
#[component]
pub fn Panel(
    /// What a person can set.
    controls: Controls,
    /// What the world says.
    figures: Store<Figures>,
    /// How it went until now.
    chart: RwSignal<Chart>,
    /// The second pool's controls, whether it is there, and how the two differ.
    comparison: (Controls, RwSignal<bool>, RwSignal<Vec<String>>),
    /// What theory says, and whether anybody sees it.
    theory: (RwSignal<Theory>, RwSignal<bool>),
    /// The file that is asked for.
    wanted: RwSignal<Option<RunFormat>>,
) -> impl IntoView {
    view! {
        <div class="bar">
            <Transport controls speeds=SIMULATED ahead=60 />
            <Acts controls />
            <Status figures />
            <Said controls />
            <Compare controls second=comparison.0 on=comparison.1 sentences=comparison.2 />
            <Workers controls figures />
        </div>
        <Knobs controls />
        <div class="account">
            <ChartView chart />
            <FiguresList figures rows=false />
            <Story figures />
            <FailedRequests figures />
            <TheoryTable theory=theory.0 open=theory.1 />
            <SweepPanel controls />
            <div class="downloads">
                <div id="playground-runs"></div>
                <Downloads wanted />
            </div>
            <Seed controls />
            <EmbedThis scene="playground" title="Valet: the playground".into() />
        </div>
    }
}

/// What can be done to the world.
#[component]
fn Acts(controls: Controls) -> impl IntoView {
    let act = move |said: &'static str, done: Act| {
        controls.say(said);
        controls.send(SceneCommand::Do(done));
    };
    let visit = move |slow: bool| {
        let work = controls.setup.get_untracked().work;
        RequestSpec { takes: if slow { work.slow } else { work.mean }, ..RequestSpec::default() }
    };
    view! {
        <div class="acts" role="group" aria-label="Do something to this world">
            <button type="button" on:click=move |_| act("One more request.", WorldAct::Arrive(visit(false)).into())>"Send one request"</button>
            <button type="button" on:click=move |_| act("A long transaction begins.", WorldAct::Arrive(visit(true)).into())>"Begin a long transaction"</button>
            <button type="button" class="danger" on:click=move |_| controls.send(SceneCommand::Kill)>"Kill a connection"</button>
            <button type="button" class="danger database" on:click=move |_| act("The database restarts: connections die, and for a while it accepts no new ones.", WorldAct::Restart.into())>
                "Restart the database"
            </button>
            <button type="button" class="danger" on:click=move |_| act("Another server takes over: the old connections are dead, and the pool is not told.", WorldAct::Failover.into())>
                "Fail over"
            </button>
            <button type="button" class="danger" on:click=move |_| act("The network is cut: nothing gets through for a while.", WorldAct::Cut.into())>
                "Cut the network"
            </button>
        </div>
    }
}

/// The seed: the same world again, or another with the same settings.
#[component]
fn Seed(controls: Controls) -> impl IntoView {
    let begin = move |seed: u64| {
        controls.say("From the beginning.");
        controls.send(SceneCommand::Begin(Box::new(Setup { seed, ..controls.setup.get_untracked() })));
    };
    let seed = move || controls.setup.with(|setup| setup.seed);
    view! {
        <p class="acts">
            <button type="button" on:click=move |_| begin(seed())>"Begin again with these settings"</button>
            <button type="button" on:click=move |_| begin(seed().wrapping_add(1))>"The same with other traffic"</button>
            <span class="quiet">{move || format!("seed {}", seed())}</span>
        </p>
    }
}

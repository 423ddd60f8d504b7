//! The parts that every scene with a plan has below its picture.

use super::plan_scene::PlanScene;
use super::words::InWords;
use crate::app::chart::ChartView;
use crate::app::embed::EmbedThis;
use crate::app::figures::FiguresStoreFields;
use crate::app::figures::{FailedRequests, FiguresList, Status, Story};
use crate::app::panel::Said;
use crate::app::transport::{SIMULATED, Transport};
use crate::app::workers::Workers;
use leptos::prelude::*;
use reactive_stores::Store;

/// The transport, the status line, and messages about what was done.
#[component]
pub fn Bar(
    /// The scene.
    scene: PlanScene,
    /// Further buttons.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let PlanScene { controls, figures, until, .. } = scene;
    view! {
        <div class="bar">
            <Transport controls speeds=SIMULATED until=until.into() />
            {children.map(|children| children())}
            <Status figures />
            <Said controls />
            <Workers controls figures />
        </div>
    }
}

/// The account of the world: figures, description, chart, story and failed requests.
#[component]
pub fn Account(
    /// The scene.
    scene: PlanScene,
    /// The title of the frame when another page embeds the scene; empty if none can.
    title: String,
) -> impl IntoView {
    let PlanScene { controls, figures, chart, description, .. } = scene;
    let figures: Store<_> = figures;
    view! {
        <div class="account">
            <FiguresList figures rows=false />
            <InWords description />
            <ChartView chart />
            <Story figures />
            <Show when=move || !figures.failed_requests().get().is_empty()>
                <FailedRequests figures />
            </Show>
            {(!title.is_empty()).then(|| view! { <EmbedThis scene=controls.scene title /> })}
        </div>
    }
}

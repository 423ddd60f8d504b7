//! What all of the lessons' scenes have under their pictures.

use super::plan_scene::PlanScene;
use super::words::InWords;
use crate::app::chart::ChartView;
use crate::app::embed::EmbedThis;
use crate::app::figures::FiguresStoreFields;
use crate::app::figures::{FiguresList, Status, Story, Troubles};
use crate::app::panel::Said;
use crate::app::transport::{SIMULATED, Transport};
use crate::app::workers::Workers;
use leptos::prelude::*;
use reactive_stores::Store;

/// Time, and what was done.
#[component]
pub fn Bar(
    /// Of which scene.
    scene: PlanScene,
    /// What else is there to press.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let PlanScene { controls, figures, until, .. } = scene;
    view! {
        <div class="bar">
            <Transport controls speeds=SIMULATED ahead=10 until=until.into() />
            {children.map(|children| children())}
            <Status figures />
            <Said controls />
            <Workers controls figures />
        </div>
    }
}

/// What the world says.
#[component]
pub fn Account(
    /// Of which scene.
    scene: PlanScene,
    /// What its frame is called in other pages.
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
            <Show when=move || !figures.troubles().get().is_empty()>
                <Troubles figures />
            </Show>
            <EmbedThis scene=controls.scene title />
        </div>
    }
}

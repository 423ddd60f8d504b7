//! Applications on the real database, Flask's and FastAPI's: their code, requests to them, and where the time of a request goes.

mod at_work;
mod browser;
mod choose;
mod code;
mod numbers;
mod panel;
mod python;
mod requests_view;
mod store;
mod timeline;
mod visit_outcome;
mod visits;

use super::figures;
use super::runs::RunList;
use super::scene::{LiveStore, PageScene, Stage, mount as mount_part};
use crate::apps::{Application, Framework};
use crate::browser::element;
use crate::database::Database;
use crate::still;
use choose::as_printed;
use code::{Code, CodeProps};
use futures_util::future::join_all;
use leptos::prelude::*;
use panel::{Panel, PanelProps, Top, TopProps};
use requests_view::RequestsView;
use visit_outcome::VisitOutcome;
use wasm_bindgen_futures::spawn_local;

/// Mounts the scene of each framework that the page has a place for.
pub fn mount() {
    for framework in [Framework::Flask, Framework::FastApi] {
        mount_scene(framework);
    }
}

fn mount_scene(framework: Framework) {
    let name = framework.name();
    spawn_local(async move {
        let Some(scene) = PageScene::open_live(name, still::application(framework)) else { return };
        let (databases, notices) = open(framework).await;
        let (controls, figures, setup) = (scene.controls, scene.figures, scene.link.setup.clone());
        let application = setup.site.map_or(framework.applications()[0], |site| site.view.application());
        let (requests, printed, rows, notices) = scene.own(|| {
            (
                RwSignal::new(RequestsView::default()),
                RwSignal::new(as_printed(application)),
                RwSignal::new(None),
                RwSignal::new(notices),
            )
        });
        let run_list = RunList::new(controls).of_its_own();
        mount_part(name, "top", move || Top(TopProps { framework, controls, printed }));
        mount_part(name, "code", move || Code(CodeProps { controls, requests, printed }));
        mount_part(name, "panel", move || {
            Panel(PanelProps { framework, controls, figures, requests, printed, rows, notices })
        });
        if let Some(place) = element(&format!("{name}-runs")) {
            run_list.mount(place, None);
        }
        scene.scroll_to_linked();
        let mut outcome = VisitOutcome::default();
        scene
            .play(|format| Stage::live(LiveStore::of(databases, &setup, controls.frames()), setup, format))
            .observe(move |stage, _| {
                figures::show(figures, stage);
                set_if_new(requests, RequestsView::of(stage));
                set_if_new(rows, stage.source().store().and_then(LiveStore::rows));
            })
            .observe(move |_, _| outcome.tell(&controls, requests))
            .observe(move |stage, _| run_list.look(stage))
            .start();
    });
}

/// Sets a signal, unless it already has this value.
fn set_if_new<T: PartialEq + Send + Sync + Clone + 'static>(signal: RwSignal<T>, value: T) {
    if value != signal.get_untracked() {
        signal.set(value);
    }
}

/// Opens a database for each application. Also returns notices about them for the reader.
async fn open(framework: Framework) -> (Vec<(Option<Application>, Database)>, Vec<String>) {
    let opened = framework.applications().iter().map(|&application| async move {
        let (database, refusal) = Database::open(&format!("valet-{}", application.name())).await;
        let damaged = database.damaged().await.unwrap_or_default();
        (application, database, refusal, damaged)
    });
    let (mut databases, mut notices) = (Vec::new(), Vec::new());
    for (application, database, refusal, damaged) in join_all(opened).await {
        if let Some(error) = refusal.filter(|_| notices.is_empty()) {
            notices.push(format!(
                "Rows are kept in memory and are lost with this page: the browser does not allow IndexedDB here. ({error})"
            ));
        }
        notices.extend(damaged.into_iter().map(|row| {
            format!(
                "A row of valet-{} was damaged and has been set aside: key {}, {}.",
                application.name(),
                row.key,
                row.reason
            )
        }));
        databases.push((Some(application), database));
    }
    (databases, notices)
}

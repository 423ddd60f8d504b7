//! The Flask application of the tutorials, on the real store: its code, its visits, and where their time goes.

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

use super::controls::Controls;
use super::figures::Figures;
use super::frame_loop::FrameLoop;
use super::live_store::LiveStore;
use super::picture_view::PictureView;
use super::runs::RunList;
use super::stage::{SceneCommand, Stage};
use super::{element, go_to, scene};
use crate::apps::flask::Application;
use crate::database::Database;
use crate::still;
use crate::travel::Travel;
use choose::as_printed;
use code::{Code, CodeProps};
use futures_util::future::join_all;
use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::closure::Closure;
use leptos::web_sys::{HtmlElement, MouseEvent};
use panel::{Panel, PanelProps, Top, TopProps};
use reactive_stores::{Patch, Store};
use requests_view::RequestsView;
use visit_outcome::VisitOutcome;
use wasm_bindgen_futures::spawn_local;

/// The name of the scene in links.
pub const SCENE: &str = "flask";

/// Mounts the application where `index.html` has a place for it.
pub fn mount() {
    spawn_local(async {
        let Some(scene) = scene(SCENE) else { return };
        let (databases, notices) = open().await;
        let places = (element("flask-picture"), element("flask-code"), element("flask-panel"));
        let (Some(picture), Some(code), Some(place)) = places else { return };
        let Some(top) = element("flask-top") else { return };
        let owner = Owner::new();
        let first = still::flask();
        let ((controls, link), figures) =
            owner.with(|| (Controls::from_link(SCENE, &first), Store::new(Figures::default())));
        let application = link.setup.site.map_or(Application::Example, |site| site.view.application());
        let run_list = RunList::new(controls).of_its_own();
        let (seen, said, rows, notices) = owner.with(|| {
            (
                RwSignal::new(RequestsView::default()),
                RwSignal::new(as_printed(application)),
                RwSignal::new(None),
                RwSignal::new(notices),
            )
        });
        std::mem::forget(owner);
        let mut outcome = VisitOutcome::default();
        let live = LiveStore::of(databases, &link.setup);
        let mut view = PictureView::new(picture.clone());
        let (format, _) = view.look();
        let stage = Stage::new(Travel::driven(link.setup, format), Some(live));
        point(&picture, controls);
        for place in [&code, &place] {
            place.set_inner_html("");
            let _ = place.remove_attribute("aria-busy");
        }
        mount_to(top, move || Top(TopProps { controls, said })).forget();
        mount_to(code, move || Code(CodeProps { controls, seen, said })).forget();
        mount_to(place, move || Panel(PanelProps { controls, figures, seen, said, rows, notices })).forget();
        if let Some(place) = element("flask-runs") {
            run_list.mount(place, None);
        }
        if link.scene.is_some() {
            go_to(&scene);
        }
        FrameLoop::new(stage, view, controls, first, scene)
            .observe(move |stage, _| {
                let before = figures.get_untracked();
                figures.patch(Figures::of(stage, &before));
                let now = RequestsView::of(stage);
                if now != seen.get_untracked() {
                    seen.set(now);
                }
                let counted = stage.live().and_then(LiveStore::rows);
                if counted != rows.get_untracked() {
                    rows.set(counted);
                }
            })
            .observe(move |_, _| outcome.tell(&controls, seen))
            .observe(move |stage, _| run_list.look(stage))
            .start();
    });
}

/// A database for each application, and what is to be said about them.
async fn open() -> (Vec<(Option<Application>, Database)>, Vec<String>) {
    let opened = Application::ALL.map(|application| async move {
        let (database, refusal) = Database::open(&format!("valet-{}", application.name())).await;
        let damaged = database.damaged().await.unwrap_or_default();
        (application, database, refusal, damaged)
    });
    let (mut databases, mut notices) = (Vec::new(), Vec::new());
    for (application, database, refusal, damaged) in join_all(opened).await {
        if let Some(error) = refusal.filter(|_| notices.is_empty()) {
            notices.push(format!(
                "Rows live in memory and go with this page: this browser does not give it IndexedDB here. ({error})"
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

/// Whoever clicks a car looks at its request.
fn point(picture: &HtmlElement, controls: Controls) {
    let place = picture.clone();
    let pointed = Closure::<dyn FnMut(MouseEvent)>::new(move |event: MouseEvent| {
        let size = place.get_bounding_client_rect();
        let part = |at: i32, from: f64, length: f64| ((f64::from(at) - from) / length.max(1.0)) as f32;
        let x = part(event.client_x(), size.left(), size.width());
        let y = part(event.client_y(), size.top(), size.height());
        controls.send(SceneCommand::Point(x, y));
    });
    let _ = picture.add_event_listener_with_callback("click", pointed.as_ref().unchecked_ref());
    pointed.forget(); // as long as the page
}

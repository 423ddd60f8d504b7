//! A scene in its place on the page.

use super::pointer::listen_for_clicks;
use super::{SceneCommand, Stage};
use crate::app::controls::Controls;
use crate::app::embed;
use crate::app::figures::Figures;
use crate::app::frame_loop::FrameLoop;
use crate::app::picture_view::{PictureView, format_of};
use crate::browser::{element, is_return, prefers_reduced_motion};
use crate::link::Link;
use crate::lot::Format;
use crate::sim::Setup;
use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::web_sys::HtmlElement;
use reactive_stores::Store;

/// A scene in its place on the page, before its world is there.
pub struct PageScene {
    /// What a person can set.
    pub controls: Controls,
    /// What the page's link says of this scene.
    pub link: Link,
    /// What its world says.
    pub figures: Store<Figures>,
    /// The whole scene's element: picture, knobs and figures.
    pub element: HtmlElement,
    /// The picture's place.
    pub picture: HtmlElement,
    /// How the scene opens where the link says nothing.
    first: Setup,
    owner: Owner,
}

impl PageScene {
    /// The scene in the element `name`, whose picture stands in `NAME-picture`. `first` is how it opens where the link says
    /// nothing. `None` if the page has no such places, or is an embed that shows something else.
    pub fn open(name: &'static str, first: Setup) -> Option<PageScene> {
        let scene = element(name).filter(is_shown)?;
        let picture = element(&format!("{name}-picture"))?;
        let owner = Owner::new();
        let ((controls, link), figures) =
            owner.with(|| (Controls::from_link(name, &first), Store::new(Figures::default())));
        // The scene lives as long as the page, and so does what owns its signals.
        std::mem::forget(owner.clone());
        controls.complaints.with_untracked(|complaints| refuse(complaints));
        Some(PageScene { controls, link, figures, element: scene, picture, first, owner })
    }

    /// The same for a world on the real store: what a link says that such a world cannot do is left out, and said.
    pub fn open_live(name: &'static str, first: Setup) -> Option<PageScene> {
        let mut scene = PageScene::open(name, first)?;
        let errors = scene.link.leave_out_simulated(&scene.first);
        let errors: Vec<String> = errors.iter().map(ToString::to_string).collect();
        if !errors.is_empty() {
            let controls = scene.controls;
            controls.setup.set(scene.link.setup.clone());
            refuse(&errors);
            controls.complaints.update(|complaints| complaints.extend(errors));
            if !controls.playing.get_untracked() && !prefers_reduced_motion() {
                controls.playing.set(true);
                controls.send(SceneCommand::Pace(controls.pace()));
            }
        }
        Some(scene)
    }

    /// Makes signals that live as long as the scene.
    pub fn own<T>(&self, make: impl FnOnce() -> T) -> T {
        self.owner.with(make)
    }

    /// Scrolls the page to the scene, if the page's link names it. Not in an embed: that would scroll the page around it. Not
    /// after a reload either, and on the way back: `public/boot.js` leads to where the reader was.
    pub fn scroll_to_linked(&self) {
        if self.link.scene.is_some() && embed::shown().is_none() && !is_return() {
            self.element.scroll_into_view();
        }
    }

    /// The format that fits the picture's place.
    pub fn format(&self) -> Format {
        format_of(&self.picture.get_bounding_client_rect())
    }

    /// The frame loop that plays what `stage` makes in the picture's format.
    pub fn play(self, stage: impl FnOnce(Format) -> Stage) -> FrameLoop {
        listen_for_clicks(&self.picture, self.controls);
        let controls = self.controls;
        embed::listen(controls.scene, move |command| controls.obey(command));
        let mut view = PictureView::new(self.picture);
        let (format, _) = view.look();
        FrameLoop::new(stage(format), view, self.controls, self.first, self.element)
    }
}

/// Mounts a view in the place `SCENE-part` of the page, instead of what waits there.
pub fn mount<V: IntoView + 'static>(scene: &str, part: &str, view: impl FnOnce() -> V + 'static) {
    if let Some(place) = element(&format!("{scene}-{part}")) {
        place.set_inner_html("");
        let _ = place.remove_attribute("aria-busy");
        mount_to(place, view).forget();
    }
}

/// Tells the page around a frame what its address has that is not taken. The reader is told under the picture.
fn refuse(errors: &[String]) {
    for error in errors {
        embed::refuse(error);
    }
}

/// Whether a scene is shown: in an embed only one is.
fn is_shown(scene: &HtmlElement) -> bool {
    embed::shown().is_none() || scene.closest("[data-shown]").is_ok_and(|shown| shown.is_some())
}

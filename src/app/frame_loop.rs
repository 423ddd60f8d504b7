//! The frame loop: moves a scene on, paints it, and tells its observers.

use super::controls::{Clock, Controls, write_link};
use super::picture_view::PictureView;
use super::scene::{ComparisonStage, SceneCommand, Stage, link_to};
use crate::browser::{Visibility, now_ms, prefers_reduced_motion};
use crate::link::Link;
use crate::sim::Setup;
use crate::time::Span;
use leptos::prelude::*;
use leptos::web_sys::HtmlElement;
use std::cell::RefCell;
use std::rc::Rc;

/// A frame moves the world on by this at most, in milliseconds: after a hidden tab it goes on, it does not catch up.
const LONGEST: f64 = 50.0;
/// How often observers are told, in milliseconds.
const PATCH: f64 = 100.0;
/// How often a still picture is painted anew, in milliseconds.
const STILL: f64 = 1_000.0;
/// How often the address changes at most, in milliseconds: browsers refuse more.
const LINK: f64 = 300.0;

/// A scene that was not in sight for so long keeps no pixels, in milliseconds.
const REST: f64 = 3_000.0;

/// What shows something of a stage, and of the one beside it. It is called ten times a second.
pub type Observer = Box<dyn FnMut(&Stage, Option<&Stage>)>;

/// A scene on the page.
pub struct FrameLoop {
    stage: Stage,
    view: PictureView,
    controls: Controls,
    first: Setup,
    observers: Vec<Observer>,
    /// Where a second picture may stand, and what turns its pool.
    beside: Option<(HtmlElement, Controls)>,
    comparison: Option<ComparisonStage>,
    /// The whole scene's place: picture, knobs and figures.
    scene: HtmlElement,
    /// When the last frame, patch, picture and address were, in the browser's milliseconds.
    last: f64,
    patched: f64,
    shown: f64,
    linked: f64,
    /// When the scene was last in sight.
    seen: f64,
    link: Option<Link>,
    touched: bool,
    still: bool,
    visibility: Visibility,
    /// The longest that the world took in a frame since the last patch, for commands and for going on, in milliseconds.
    took: (f64, f64),
}

impl FrameLoop {
    /// A scene; `first` is how it opens where the link says nothing.
    pub fn new(stage: Stage, view: PictureView, controls: Controls, first: Setup, scene: HtmlElement) -> FrameLoop {
        FrameLoop {
            stage,
            view,
            controls,
            first,
            observers: Vec::new(),
            beside: None,
            comparison: None,
            visibility: Visibility::of(&scene),
            scene,
            last: now_ms(),
            patched: f64::MIN,
            shown: f64::MIN,
            linked: f64::MIN,
            seen: now_ms(),
            link: None,
            touched: false,
            still: false,
            took: (0.0, 0.0),
        }
    }

    /// Adds an observer.
    pub fn observe(mut self, observer: impl FnMut(&Stage, Option<&Stage>) + 'static) -> FrameLoop {
        self.observers.push(Box::new(observer));
        self
    }

    /// There can be a second pool: where its picture stands, what turns it, and whether it is there at once.
    pub fn beside(mut self, place: HtmlElement, controls: Controls, at_once: bool) -> FrameLoop {
        self.beside = Some((place, controls));
        self.compare(at_once);
        self
    }

    /// Starts the loop; it runs as long as the page.
    pub fn start(self) {
        again(Rc::new(RefCell::new(self)));
    }

    fn tick(&mut self) {
        let now = now_ms();
        let real = (now - self.last).clamp(0.0, LONGEST);
        self.last = now;
        let mut changed = false;
        for command in self.controls.take_commands() {
            self.touched |= !matches!(command, SceneCommand::Pace(_) | SceneCommand::Watch(_));
            changed = true;
            if let SceneCommand::Compare(on) = command {
                self.compare(on);
            }
            self.stage.apply(command.clone());
            if let Some(comparison) = &mut self.comparison {
                comparison.follow(&self.stage, &command);
            }
        }
        let applied = now_ms();
        self.took.0 = self.took.0.max(applied - now);
        let patch = now - self.patched >= PATCH;
        if patch {
            self.patched = now;
            self.look_round();
        }
        let searching = self.stage.is_searching();
        // The world rests when nothing of the scene is in view, knobs and figures included.
        let in_sight = self.visibility.is_visible();
        if in_sight && now - self.seen > REST {
            self.seen = now;
            self.look_round(); // in sight again: there is something to paint on
        }
        if in_sight {
            self.seen = now;
        }
        let goes_on = in_sight && (self.controls.pace() > 0.0 || searching);
        let begun = now_ms();
        let passes = if goes_on { Span::from_secs_f64(real / 1e3) } else { Span::ZERO };
        self.stage.step(passes);
        if let Some(comparison) = &mut self.comparison {
            let other = comparison.step(&self.stage, passes);
            (changed, self.touched) = (changed | other, self.touched | other);
        }
        self.took.1 = self.took.1.max(now_ms() - begun);
        if goes_on && self.stage.is_over() && self.controls.playing.get_untracked() {
            self.controls.playing.set(false);
            self.controls.send(SceneCommand::Pace(0.0));
            changed = true;
        }
        // Without motion, picture and figures change in the same frame, now and then; and at once when a person did something.
        let due = !self.still || changed || searching || (patch && now - self.shown >= STILL);
        if due && in_sight {
            self.shown = now;
            self.view.paint(&self.stage.picture(self.still), now, self.still);
            if let Some(comparison) = &mut self.comparison {
                let picture = comparison.stage().picture(self.still);
                comparison.view.paint(&picture, now, self.still);
            }
        }
        if changed || (patch && (due || !goes_on)) {
            self.tell();
        }
    }

    fn compare(&mut self, on: bool) {
        let Some((place, controls)) = &self.beside else { return };
        let _ = if on { place.remove_attribute("hidden") } else { place.set_attribute("hidden", "") };
        self.comparison = on.then(|| {
            let view = PictureView::new(place.clone());
            ComparisonStage::new(&self.stage, view, *controls, self.controls.pace())
        });
        if !on {
            place.set_inner_html("");
        }
        self.patched = f64::MIN; // the pictures have another size now
    }

    /// What changes seldom: size, light or dark, motion.
    fn look_round(&mut self) {
        self.still = prefers_reduced_motion();
        // A scene that was not seen for a while gives its pixels back: those of thirty lots would not fit a phone.
        if self.last - self.seen > REST {
            self.view.rest();
            if let Some(comparison) = &mut self.comparison {
                comparison.view.rest();
            }
            return;
        }
        let (format, repaint) = self.view.look();
        self.stage.set_format(format);
        if let Some(comparison) = &mut self.comparison {
            let (format, _) = comparison.view.look();
            comparison.stage_mut().set_format(format);
        }
        if repaint {
            self.shown = f64::MIN;
        }
        if self.touched && self.last - self.linked >= LINK {
            self.linked = self.last;
            self.write_link();
        }
    }

    /// Calls the observers.
    fn tell(&mut self) {
        // tests/e2e/frames.js measures by these, and tests/e2e/site.js waits until all observers were called.
        let (commands, step) = std::mem::take(&mut self.took);
        let micros = |ms: f64| ((ms * 1e3) as i64).to_string();
        let _ = self.scene.set_attribute("data-wishes-us", &micros(commands));
        let _ = self.scene.set_attribute("data-step-us", &micros(step));
        let travel = self.stage.travel();
        let (now, ends, scale) = (travel.now(), (travel.beginning(), travel.head()), travel.scale());
        let clock = Clock {
            now,
            ends,
            places: (scale.place(now), (scale.place(ends.0), scale.place(ends.1))),
            past: self.stage.is_past(),
            searching: self.stage.is_searching(),
            worker: self.stage.worker(),
        };
        if clock != self.controls.clock.get_untracked() {
            self.controls.clock.set(clock);
        }
        // The knobs stand as the world is at this moment, which may be another than the one they were turned at.
        if *travel.world().setup() != self.controls.setup.get_untracked() {
            self.controls.setup.set(travel.world().setup().clone());
        }
        if let Some(said) = self.stage.take_said() {
            self.controls.said.set(said);
        }
        for observer in &mut self.observers {
            observer(&self.stage, self.comparison.as_ref().map(ComparisonStage::stage));
        }
    }

    /// The page's address says what is shown.
    fn write_link(&mut self) {
        let (mut link, is_too_long) = link_to(&self.stage, self.controls.scene, self.controls.pace() == 0.0);
        link.rival = self.comparison.as_ref().map(|second| second.stage().travel().world().setup().settings);
        if is_too_long {
            self.controls.say("So much was done here that a link cannot say it all: it has the present settings only.");
        }
        if self.link.as_ref() != Some(&link) {
            write_link(&link, &self.first);
            self.link = Some(link);
        }
    }
}

fn again(frame: Rc<RefCell<FrameLoop>>) {
    request_animation_frame(move || {
        frame.borrow_mut().tick();
        again(frame);
    });
}

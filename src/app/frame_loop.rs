//! The frame loop: moves a scene on, paints it, and tells its observers. A scene that stands or is out of sight asks for no
//! frames: a command, its visibility, its size or the store asks for the next one.

use super::controls::{Clock, Controls, write_link};
use super::pace_keeper::PaceKeeper;
use super::picture_view::PictureView;
use super::scene::{ComparisonStage, Deadline, SLICE, SceneCommand, Source, Stage, UnderWay, link_to};
use crate::browser::{Appearance, FrameRequests, Visibility, now_ms, prefers_reduced_motion};
use crate::link::Link;
use crate::sim::Setup;
use crate::time::Span;
use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use leptos::web_sys::HtmlElement;

/// A frame moves the world on by this at most, in milliseconds: after a hidden tab it goes on, it does not catch up.
const LONGEST: f64 = 50.0;
/// What is played in short is over in time on a slow machine too.
const LONGEST_IN_A_HURRY: f64 = 250.0;
/// After a longer pause than this it is not the world that was slow, in milliseconds.
const PAUSE: f64 = 500.0;
/// How often observers are told, in milliseconds.
const PATCH: f64 = 100.0;
/// How often a still picture is painted anew, in milliseconds.
const STILL: f64 = 1_000.0;
/// How often the address changes at most, in milliseconds: browsers refuse more.
const LINK: f64 = 300.0;

/// A scene that was not in sight for so long keeps no pixels, in milliseconds.
const REST: f64 = 3_000.0;
/// After the last change frames go on for so long, in milliseconds: what an observer does or the address says comes after it.
const SETTLE: f64 = 500.0;

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
    /// When the last frame was, in the browser's milliseconds; none while no frames are asked for.
    last: Option<f64>,
    /// When the last patch, picture and address were.
    patched: f64,
    shown: f64,
    linked: f64,
    /// Until when frames go on although nothing moves.
    awake_until: f64,
    /// Since when the scene is out of sight, and what wakes it to give its pixels back.
    absence: Option<(f64, Timeout)>,
    has_no_pixels: bool,
    frames: FrameRequests,
    appearance: Appearance,
    link: Option<Link>,
    touched: bool,
    /// Whether the page's address says what is shown.
    is_addressed: bool,
    still: bool,
    visibility: Visibility,
    pace: PaceKeeper,
    /// The longest that the world took in a frame since observers were told, for commands and for going on, in milliseconds.
    took: f64,
}

impl FrameLoop {
    /// A scene; `first` is how it opens where the link says nothing.
    pub fn new(stage: Stage, view: PictureView, controls: Controls, first: Setup, scene: HtmlElement) -> FrameLoop {
        let frames = controls.frames();
        frames.after_input_in(&scene);
        FrameLoop {
            stage,
            appearance: Appearance::of(view.place(), &frames),
            visibility: Visibility::of(&scene, &frames),
            view,
            controls,
            first,
            observers: Vec::new(),
            beside: None,
            comparison: None,
            scene,
            last: None,
            patched: f64::MIN,
            shown: f64::MIN,
            linked: f64::MIN,
            awake_until: f64::MIN,
            absence: None,
            has_no_pixels: false,
            frames,
            link: None,
            touched: false,
            is_addressed: true,
            still: false,
            pace: PaceKeeper::default(),
            took: 0.0,
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

    /// The page's address stays as it is, whatever is shown.
    pub fn leave_address(&mut self) {
        self.is_addressed = false;
    }

    /// Starts the loop; it lives as long as the page.
    pub fn start(mut self) {
        self.frames.clone().answer(move |is_wanted| self.tick(is_wanted));
    }

    /// A frame. Whether the next is to follow by itself.
    fn tick(&mut self, is_wanted: bool) -> bool {
        let now = now_ms();
        let longest = if self.controls.is_hurrying() { LONGEST_IN_A_HURRY } else { LONGEST };
        let real = self.last.map_or(0.0, |last| (now - last).clamp(0.0, longest));
        let mut changed = is_wanted;
        self.stage.work_until(Deadline::after(SLICE));
        if let Some(comparison) = &mut self.comparison {
            // What is left of the first's share, and as much again.
            comparison.stage_mut().work_until(Deadline::after(SLICE * 1.5));
        }
        self.carry_out();
        let commands = now_ms() - now;
        let in_sight = self.look_whether_seen(now);
        let repaint = in_sight && self.appearance.take_change() && self.look_round();
        let patch = now - self.patched >= PATCH;
        if patch {
            self.patched = now;
        }
        let searching = self.is_searching();
        // The world rests when nothing of the scene is in view, knobs and figures included.
        let goes_on = in_sight && (self.controls.pace() > 0.0 || searching);
        let begun = now_ms();
        // The first waits for the one beside it.
        let waits = self.comparison.as_ref().is_some_and(|second| second.stage().is_searching());
        let passes = if goes_on && !waits { Span::from_secs_f64(real / 1e3) } else { Span::ZERO };
        let before = self.stage.travel().now();
        self.stage.step(passes);
        self.keep_pace(now, if searching { None } else { Some((self.stage.travel().now() - before).as_secs_f64()) });
        if let Some(comparison) = &mut self.comparison {
            let other = comparison.step(&self.stage, passes);
            (changed, self.touched) = (changed | other, self.touched | other);
        }
        self.took = self.took.max(commands + now_ms() - begun);
        changed |= searching && !self.is_searching(); // what was found is shown, also when nothing moves after it
        if goes_on && self.stage.is_over() && self.controls.playing.get_untracked() {
            self.controls.end();
            changed = true;
        }
        // Without motion, picture and figures change in the same frame, now and then; and at once when a person did something.
        let moves = goes_on && (!self.still || searching || (patch && now - self.shown >= STILL));
        // What was found while nobody looked is shown to whoever looks first.
        let due = moves || changed || repaint || self.shown == f64::MIN;
        // The way to a moment is shown only when it is long: until then there is what was there before.
        let is_brief = self.stage.is_brief();
        if due && in_sight && !is_brief {
            self.paint(now, goes_on && !self.still);
        }
        if !is_brief && (changed || (patch && (due || !goes_on))) {
            self.tell();
        }
        if self.touched && now - self.linked >= LINK && self.is_addressed {
            self.linked = now;
            self.write_link();
        }
        if changed || repaint {
            self.awake_until = now + SETTLE;
        }
        let goes_on = goes_on || now < self.awake_until;
        self.last = goes_on.then_some(now);
        // tests/e2e/site.js waits for scenes to rest.
        if goes_on != self.scene.has_attribute("data-awake") {
            let _ = self.scene.toggle_attribute_with_force("data-awake", goes_on);
        }
        goes_on
    }

    /// Whether something is under way, here or beside.
    fn is_searching(&self) -> bool {
        self.stage.is_searching() || self.comparison.as_ref().is_some_and(|second| second.stage().is_searching())
    }

    /// Notes how far the world came in this frame, if it went on at its pace.
    fn keep_pace(&mut self, now: f64, passed: Option<f64>) {
        let real = self.last.map_or(0.0, |last| now - last);
        if let Some(passed) = passed.filter(|_| real < PAUSE) {
            self.pace.note(real / 1e3, self.controls.pace(), passed);
        }
    }

    /// Carries out what was sent since the last frame.
    fn carry_out(&mut self) {
        for command in self.controls.take_commands() {
            // What comes before the first picture is how the scene opens.
            let opens = self.shown == f64::MIN;
            // Where a world stands is a moment that its link can say, unless a real database answers.
            let shows_moment = command == SceneCommand::Pace(0.0)
                && matches!(self.stage.source(), Source::Plan(_) | Source::Simulated);
            let shows_nothing_new = matches!(command, SceneCommand::Pace(_) | SceneCommand::Watch(_));
            self.touched |= !opens && (shows_moment || !shows_nothing_new);
            if let SceneCommand::Compare(on) = command {
                self.compare(on);
            }
            self.stage.apply(command.clone());
            if let Some(comparison) = &mut self.comparison {
                comparison.follow(&self.stage, &command);
            }
        }
    }

    /// Whether the scene is in sight. One that was not for a while gives its pixels back: those of thirty lots would not fit a
    /// phone.
    fn look_whether_seen(&mut self, now: f64) -> bool {
        let in_sight = self.visibility.is_visible();
        if in_sight {
            self.absence = None;
            if std::mem::take(&mut self.has_no_pixels) {
                self.look_round();
            }
            return true;
        }
        let frames = self.frames.clone();
        let (since, _) =
            self.absence.get_or_insert_with(|| (now, Timeout::new(REST as u32 + 100, move || frames.request())));
        if now - *since > REST && !self.has_no_pixels {
            self.has_no_pixels = true;
            self.view.rest();
            if let Some(comparison) = &mut self.comparison {
                comparison.view.rest();
            }
        }
        false
    }

    fn paint(&mut self, now: f64, goes_on: bool) {
        self.shown = now;
        self.view.paint(&self.stage.picture(self.still), now, goes_on);
        if let Some(comparison) = &mut self.comparison {
            let picture = comparison.stage().picture(self.still);
            comparison.view.paint(&picture, now, goes_on);
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
        self.look_round(); // the pictures have another size now
    }

    /// What changes seldom: size, light or dark, motion. Returns whether everything has to be painted anew.
    fn look_round(&mut self) -> bool {
        self.still = prefers_reduced_motion();
        let (format, mut repaint) = self.view.look();
        self.stage.set_format(format);
        if let Some(comparison) = &mut self.comparison {
            let (format, beside) = comparison.view.look();
            comparison.stage_mut().set_format(format);
            repaint |= beside;
        }
        repaint
    }

    /// Calls the observers.
    fn tell(&mut self) {
        // tests/e2e/frames.js measures by these, and tests/e2e/site.js waits until all observers were called.
        let took = std::mem::take(&mut self.took);
        let _ = self.scene.set_attribute("data-step-us", &((took * 1e3) as i64).to_string());
        let travel = self.stage.travel();
        let (now, ends, scale) = (travel.now(), (travel.beginning(), travel.head()), travel.scale());
        let clock = Clock {
            now,
            ends,
            places: (scale.place(now), (scale.place(ends.0), scale.place(ends.1))),
            past: self.stage.is_past(),
            searching: self.is_searching(),
            under_way: self.under_way(),
            lags: self.pace.lags(),
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

    /// What is under way, here or beside, if it takes longer than a moment.
    fn under_way(&self) -> Option<UnderWay> {
        self.stage.under_way().or_else(|| self.comparison.as_ref()?.stage().under_way())
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

//! A reader's visit: the case that was brought, the cause that is looked at, and what its worlds came to.

use crate::app::plan::PlanScene;
use crate::app::scene::SceneCommand;
use crate::browser::{element, prefers_reduced_motion, recall, remember};
use crate::clinic::{Case, Cause, Cure, Night, Trial, World, error_page, play};
use crate::lesson::Plan;
use crate::log::{self, LogReader, PoolLog};
use crate::pool::Settings;
use crate::time::{Instant, Span};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::web_sys::js_sys::decode_uri_component;
use std::sync::Arc;
use wasm_bindgen_futures::spawn_local;

/// Where a tab remembers what was pasted, masked.
pub const REMEMBERED: &str = "valet-clinic";
/// How long a cause is shown for when it is chosen, in real time.
const SHORT: Span = Span::from_millis(5_000);
/// How long a log is played for.
const LOG: Span = Span::from_secs(30);
/// A log that grows is shown so long after it was written at most.
const LAG: Span = Span::from_secs(2);

fn show_scene(is_shown: bool) {
    if let Some(scene) = element("clinic") {
        let _ = scene.toggle_attribute_with_force("hidden", !is_shown);
    }
}

/// What the page's address asks to look at: `#try-NAME`, an error, or `#text=TEXT`, percent-encoded. Nothing of it is sent anywhere:
/// what is behind `#` stays in the browser.
fn asked() -> Option<String> {
    let hash = window().location().hash().ok()?;
    if let Some(text) = hash.strip_prefix("#text=") {
        return decode_uri_component(text).ok().map(String::from);
    }
    Some(error_page(hash.strip_prefix("#try-")?)?.text.to_owned())
}

/// A cause that is looked at.
#[derive(Debug, Clone)]
pub struct Shown {
    /// What it is about.
    pub case: Arc<Case>,
    /// The cause.
    pub cause: Cause,
    /// Its world, if it can be shown.
    pub world: Option<World>,
}

/// What the worlds of a cause came to. They are played one after the other, so that the page stays quick; what is not played yet
/// is missing.
#[derive(Debug, Clone, Default)]
pub struct Played {
    /// Without a cure.
    pub sick: Option<Trial>,
    /// With each cure.
    pub cured: Vec<Trial>,
    /// With each of the usual wrong moves.
    pub moved: Vec<Trial>,
}

/// A pool's log that is looked at.
#[derive(Debug, Clone)]
pub struct Log {
    /// All of it.
    pub log: Arc<log::Log>,
    /// Which of its pools is looked at.
    pub chosen: usize,
    /// A configuration that was brought along.
    configured: Option<Settings>,
    /// The stretch of it that is on the lot.
    pub night: Night,
}

impl Log {
    /// The pool that is looked at.
    pub fn pool(&self) -> &PoolLog {
        &self.log.pools[self.chosen]
    }

    fn of(log: Arc<log::Log>, chosen: usize, configured: Option<Settings>, around: Instant) -> Option<Log> {
        let night = Night::around(log.pools.get(chosen)?, configured.as_ref(), around);
        Some(Log { log, chosen, configured, night })
    }
}

/// A visit. It is `Copy`: all copies share the same state.
#[derive(Clone, Copy)]
pub struct Visit {
    /// The scene that shows causes.
    pub scene: PlanScene,
    case: RwSignal<Option<Arc<Case>>>,
    shown: RwSignal<Option<Arc<Shown>>>,
    log: RwSignal<Option<Arc<Log>>>,
    /// The log's requests with their own pool and with another, or why that cannot be played.
    pub otherwise: RwSignal<Result<Option<(Trial, Trial)>, String>>,
    /// What the worlds of the cause came to that is looked at.
    pub played: RwSignal<Played>,
    /// Counts what is looked at, so that nothing is played that nobody looks at any more.
    turn: StoredValue<u32>,
    /// The text in the box.
    pub text: RwSignal<String>,
    /// The last moment that has been shown of a log that grows.
    newest: StoredValue<Option<Instant>>,
}

impl Visit {
    /// Nothing was brought yet.
    pub fn new(scene: PlanScene) -> Visit {
        Visit {
            scene,
            case: RwSignal::new(None),
            shown: RwSignal::new(None),
            log: RwSignal::new(None),
            otherwise: RwSignal::new(Ok(None)),
            played: RwSignal::new(Played::default()),
            turn: StoredValue::new(0),
            text: RwSignal::new(String::new()),
            newest: StoredValue::new(None),
        }
    }

    /// Begins with what the page's address asks to look at, or with what this tab remembers.
    pub fn begin(self) {
        if let Some(text) = asked().or_else(|| recall(REMEMBERED).filter(|text| !text.is_empty())) {
            self.examine(&text);
        }
        let handle = window_event_listener(leptos::ev::hashchange, move |_| {
            if let Some(text) = asked() {
                self.examine(&text);
            }
        });
        std::mem::forget(handle); // as long as the page
    }

    /// Looks at a text. Secrets in it are masked before anything else keeps it. Returns whether there was anything to look at.
    pub fn examine(self, text: &str) -> bool {
        let mut reader = LogReader::new();
        reader.feed(text.as_bytes());
        self.examine_with(text, reader.finish())
    }

    /// Looks at a text, and at the pool's log that was read out of it or stood beside it.
    pub fn examine_with(self, text: &str, log: log::Log) -> bool {
        let case = Case::of(text);
        let has_checkouts = log.pools.first().is_some_and(|pool| pool.checkouts > 0);
        let log = has_checkouts.then(|| Log::of(Arc::new(log), 0, case.configured, Instant::ZERO)).flatten();
        self.otherwise.set(Ok(None));
        self.log.set(log.map(Arc::new));
        remember(REMEMBERED, &case.paste.text);
        self.text.set(case.paste.text.clone());
        self.turn.update_value(|turn| *turn += 1);
        self.shown.set(None);
        show_scene(false);
        if case.paste.text.trim().is_empty() && self.log.with_untracked(Option::is_none) {
            self.case.set(None);
            return false;
        }
        let first = case.diagnosis.causes.first().map(|ranked| ranked.cause);
        self.case.set(Some(Arc::new(case)));
        if let Some(cause) = first {
            self.choose(cause);
        } else if self.log.with_untracked(Option::is_some) {
            self.show_log(Instant::ZERO);
        }
        true
    }

    /// The log that is looked at.
    pub fn log(self) -> Option<Arc<Log>> {
        self.log.get()
    }

    /// Whether the log is on the lot, and no cause.
    pub fn shows_log(self) -> Option<Arc<Log>> {
        if self.shown.with(Option::is_none) { self.log.get() } else { None }
    }

    /// Looks at another pool of the log.
    pub fn choose_pool(self, number: usize) {
        let Some(log) = self.log.get_untracked() else { return };
        self.otherwise.set(Ok(None));
        self.log.set(Log::of(log.log.clone(), number, log.configured, Instant::ZERO).map(Arc::new));
        self.show_log(Instant::ZERO);
    }

    /// Puts the log on the lot, at a moment of it. Returns how long the stretch lasts that is there.
    fn show_log(self, at: Instant) -> Span {
        let Some(mut log) = self.log.get_untracked() else { return Span::ZERO };
        let night = Night::around(log.pool(), log.configured.as_ref(), at);
        if night != log.night {
            log = Arc::new(Log { night, ..Log::clone(&log) });
            self.log.set(Some(log.clone()));
        }
        self.turn.update_value(|turn| *turn += 1);
        self.shown.set(None);
        self.show(log.night.plan.clone(), log.night.moment(at));
        show_scene(true);
        log.night.plan.length
    }

    /// Plays the newest of a log that still grows, from where the lot has come to. Nothing else is said of it yet.
    pub fn show_newest(self, log: log::Log) {
        let Some(pool) = log.pools.first() else { return };
        let night = Night::around(pool, None, pool.end);
        let controls = self.scene.controls;
        let lag = pool.end + LAG.times(-1.0);
        // The world begins at another moment of the log when older requests have been left behind.
        let before = self.newest.get_value().filter(|end| *end <= pool.end);
        let shown = if prefers_reduced_motion() { pool.end } else { before.map_or(lag, |end| end.max(lag)) };
        self.newest.set_value(Some(pool.end));
        self.turn.update_value(|turn| *turn += 1);
        self.shown.set(None);
        let at = night.moment(shown);
        self.show(night.plan, at);
        show_scene(true);
        if !prefers_reduced_motion() {
            controls.playing.set(true);
            controls.send(SceneCommand::Pace(controls.pace()));
        }
    }

    /// Shows a moment of the log on the lot, or plays all that is there.
    pub fn watch_log(self, at: Instant, is_played: bool) {
        let length = self.show_log(at);
        if is_played && !prefers_reduced_motion() {
            self.scene.controls.play_in_short(length, LOG);
        }
        self.look();
    }

    /// Plays the log's requests before a pool with other settings, and compares.
    pub fn play_otherwise(self, settings: [(&str, String); 3]) {
        let Some(log) = self.log.get_untracked() else { return };
        let given: Vec<(&str, &str)> = settings.iter().map(|(name, text)| (*name, text.trim())).collect();
        let plan = match log.night.with(&given) {
            Ok(plan) => plan,
            Err(error) => return self.otherwise.set(Err(format!("{error}."))),
        };
        self.otherwise.set(Ok(Some((play(&log.night.plan), play(&plan)))));
        self.turn.update_value(|turn| *turn += 1);
        self.shown.set(None);
        let length = plan.length;
        self.show(plan, Instant::ZERO);
        show_scene(true);
        if !prefers_reduced_motion() {
            self.scene.controls.play_in_short(length, LOG);
        }
    }

    /// What was brought.
    pub fn case(self) -> Option<Arc<Case>> {
        self.case.get()
    }

    /// The cause that is looked at.
    pub fn shown(self) -> Option<Arc<Shown>> {
        self.shown.get()
    }

    /// Looks at a cause.
    pub fn choose(self, cause: Cause) {
        let Some(case) = self.case.get_untracked() else { return };
        let world = cause.world(&case.diagnosis.numbers).filter(|_| !case.is_refusal(cause));
        if let Some(world) = &world {
            self.stand(world.plan.clone(), world);
        }
        show_scene(world.is_some());
        let shown = Arc::new(Shown { case, cause, world });
        self.played.set(Played::default());
        self.shown.set(Some(shown.clone()));
        self.turn.update_value(|turn| *turn += 1);
        spawn_local(self.play_all(shown, self.turn.get_value()));
    }

    /// Plays the worlds of a cause, one after the other, for as long as it is looked at. Between two of them the page has its turn.
    async fn play_all(self, shown: Arc<Shown>, turn: u32) {
        let Some(world) = &shown.world else { return };
        let numbers = &shown.case.diagnosis.numbers;
        let (cures, moves) = (shown.case.cures(shown.cause), shown.cause.wrong_moves());
        for number in 0..1 + cures.len() + moves.len() {
            TimeoutFuture::new(0).await;
            if self.turn.get_value() != turn {
                return;
            }
            let cure = number.checked_sub(1);
            let moved = number.checked_sub(1 + cures.len());
            match (cure.and_then(|number| cures.get(number)), moved.and_then(|number| moves.get(number))) {
                (Some(cure), _) => {
                    let trial = play(&cure.cured(world, numbers));
                    self.played.update(|played| played.cured.push(trial));
                }
                (_, Some(wrong)) => {
                    let trial = play(&wrong.moved(world, numbers));
                    self.played.update(|played| played.moved.push(trial));
                }
                _ => {
                    let trial = play(&world.plan);
                    self.played.update(|played| played.sick = Some(trial));
                }
            }
        }
    }

    /// Shows a plan at the moment that tells most about a world.
    fn stand(self, plan: Plan, world: &World) {
        self.show(plan, world.moment());
    }

    fn show(self, plan: Plan, at: Instant) {
        let controls = self.scene.controls;
        controls.setup.set(plan.setup.clone());
        controls.send(SceneCommand::Plan(Box::new(plan)));
        controls.stop_at(SceneCommand::Seek(at));
    }

    /// Brings the lot into sight, where it stands when what is said above it has changed.
    fn look(self) {
        request_animation_frame(|| {
            request_animation_frame(|| {
                if let Some(picture) = element("clinic-picture") {
                    picture.scroll_into_view();
                }
            });
        });
    }

    /// Plays the world of what is looked at, with a cure or without.
    pub fn watch(self, cure: Option<&Cure>) {
        let Some(shown) = self.shown.get_untracked() else { return };
        let Some(world) = &shown.world else { return };
        let numbers = &shown.case.diagnosis.numbers;
        let plan = cure.map_or_else(|| world.plan.clone(), |cure| cure.cured(world, numbers));
        let length = plan.length;
        self.stand(plan, world);
        if !prefers_reduced_motion() {
            self.scene.controls.play_in_short(length, SHORT);
        }
        self.look();
    }
}

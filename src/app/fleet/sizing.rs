//! What the reader has said of the fleet, and what came of it.

use crate::app::plan::PlanScene;
use crate::app::scene::SceneCommand;
use crate::browser::{hash, now_ms, replace_hash};
use crate::fleet::{Advice, Band, Field, Fleet, Rehearsal};
use crate::time::Span;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

/// How long nobody has to type before the runs begin, in milliseconds.
const PAUSE: u32 = 500;
/// A slice of the runs takes about so long, in milliseconds, ...
const SLICE: f64 = 8.0;
/// ... and the clock is asked after so many events.
const EVENTS: u64 = 2_000;

/// What the runs came to so far.
#[derive(Clone, Copy, Default)]
pub struct Played {
    /// With the load, and with twice the load.
    pub bands: [Option<Band>; 2],
    /// How many runs are over, of how many.
    pub progress: (usize, usize),
}

/// The state of the page. It is `Copy`: all copies share the same state.
#[derive(Clone, Copy)]
pub struct Sizing {
    scene: PlanScene,
    /// The last fleet of which all numbers could be read.
    pub fleet: RwSignal<Fleet>,
    /// What to set.
    pub advice: Memo<Advice>,
    /// The field that cannot be read, and why.
    pub wrong: RwSignal<Option<(&'static str, String)>>,
    /// What the runs came to so far.
    pub played: RwSignal<Played>,
    turn: StoredValue<u32>,
}

/// At this speed one sees a car park and leave.
fn speed(hold: Span) -> f64 {
    match hold.as_micros() / 1_000 {
        ..400 => 0.25,
        400..4_000 => 1.0,
        4_000..20_000 => 4.0,
        _ => 16.0,
    }
}

impl Sizing {
    /// The fleet of the page's address, or an example.
    pub fn new(scene: PlanScene) -> Sizing {
        let text = hash();
        let named = text.contains('=').then(|| Fleet::read(&text));
        let (fleet, wrong) = match named {
            Some(Ok(fleet)) => (fleet, None),
            Some(Err(error)) => {
                (Fleet::default(), Some(("", format!("The address says: {error} This is an example."))))
            }
            None => (Fleet::default(), None),
        };
        let fleet = RwSignal::new(fleet);
        Sizing {
            scene,
            fleet,
            advice: Memo::new(move |_| Advice::of(&fleet.get())),
            wrong: RwSignal::new(wrong),
            played: RwSignal::default(),
            turn: StoredValue::new(0),
        }
    }

    /// A field holds another text.
    pub fn say(self, field: &'static Field, text: &str) {
        let mut fleet = self.fleet.get_untracked();
        match field.set(&mut fleet, text) {
            Err(error) => self.wrong.set(Some((field.name, error.to_string()))),
            Ok(()) => {
                self.wrong.set(None);
                self.fleet.set(fleet);
                replace_hash(&fleet.text());
                self.begin();
            }
        }
    }

    /// Shows one process in the lot, and plays the advice.
    pub fn begin(self) {
        self.played.set(Played::default());
        self.turn.update_value(|turn| *turn += 1);
        spawn_local(self.play(self.turn.get_value()));
    }

    async fn play(self, turn: u32) {
        TimeoutFuture::new(PAUSE).await;
        if self.turn.get_value() != turn {
            return;
        }
        let (fleet, advice) = (self.fleet.get_untracked(), self.advice.get_untracked());
        let (plan, moment) = Rehearsal::plan(&fleet, &advice);
        let controls = self.scene.controls;
        controls.send(SceneCommand::Plan(Box::new(plan)));
        controls.send(SceneCommand::Seek(moment));
        controls.set_speed(speed(fleet.hold));
        let mut rehearsal = Rehearsal::new(&fleet, &advice);
        loop {
            TimeoutFuture::new(0).await;
            if self.turn.get_value() != turn {
                return;
            }
            let begun = now_ms();
            let mut is_over = false;
            while !is_over && now_ms() - begun < SLICE {
                is_over = rehearsal.advance(EVENTS);
            }
            let progress = rehearsal.progress();
            if progress != self.played.get_untracked().progress {
                self.played.set(Played { bands: rehearsal.bands(), progress });
            }
            if is_over {
                return;
            }
        }
    }
}

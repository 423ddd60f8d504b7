//! What a person can set, and the queue of acts that tells the world.

use super::link;
use super::live::Act;
use crate::database::Network;
use crate::pool::Settings;
use crate::still::{FIRST, FIRST_QUERY, FIRST_RATE};
use crate::time::Span;
use leptos::prelude::*;

/// Signals of everything adjustable. Copy: all copies are one.
#[derive(Debug, Clone, Copy)]
pub struct Controls {
    /// The pool's settings.
    pub settings: RwSignal<Settings>,
    /// Requests a second, on average.
    pub rate: RwSignal<f64>,
    /// How long a request's statements take.
    pub query: RwSignal<Span>,
    /// Whether the world goes on.
    pub playing: RwSignal<bool>,
    /// World time for one unit of real time.
    pub speed: RwSignal<f64>,
    /// What a person last did, as a sentence for screen readers.
    pub said: RwSignal<String>,
    /// What the link had that could not be taken.
    pub complaints: RwSignal<Vec<String>>,
    acts: StoredValue<Vec<Act>>,
}

impl Controls {
    /// As the page's link says, else as the page opens.
    pub fn from_link() -> Controls {
        let mut complaints = Vec::new();
        let (settings, rate, query) = link::read((FIRST, FIRST_RATE, FIRST_QUERY), &mut complaints);
        Controls {
            settings: RwSignal::new(settings),
            rate: RwSignal::new(rate),
            query: RwSignal::new(query),
            // Who wants no motion starts the world by hand.
            playing: RwSignal::new(!prefers_stillness()),
            speed: RwSignal::new(1.0),
            said: RwSignal::new(String::new()),
            complaints: RwSignal::new(complaints),
            acts: StoredValue::new(Vec::new()),
        }
    }

    /// The emulated times.
    pub fn network(&self) -> Network {
        Network {
            connect: Span::from_millis(300),
            round_trip: Span::from_millis(10),
            query: self.query.get_untracked(),
        }
    }

    /// New settings for the pool: the engine is swapped.
    pub fn set_settings(&self, change: impl FnOnce(&mut Settings)) {
        let before = self.settings.get_untracked();
        self.settings.update(change);
        let settings = self.settings.get_untracked();
        if settings != before {
            self.act(Act::Swap(settings), "A new pool takes over; connections still out go back to the old one.");
            self.mirror();
        }
    }

    /// Another rate.
    pub fn set_rate(&self, rate: f64) {
        self.rate.set(rate);
        self.act(Act::Rate(rate), "");
        self.mirror();
    }

    /// Another query time.
    pub fn set_query(&self, query: Span) {
        self.query.set(query);
        self.act(Act::Network(self.network()), "");
        self.mirror();
    }

    /// Starts or stops the world.
    pub fn set_playing(&self, playing: bool) {
        self.playing.set(playing);
        self.act(Act::Speed(self.pace()), if playing { "The lot goes on." } else { "The lot stands still." });
    }

    /// Another speed.
    pub fn set_speed(&self, speed: f64) {
        self.speed.set(speed);
        self.act(Act::Speed(self.pace()), "");
    }

    /// Cuts every connection.
    pub fn restart_database(&self) {
        self.act(Act::Restart, "The database restarts: every connection is dead, and the pool does not know yet.");
    }

    /// The world's present speed; 0 while it stands.
    pub fn pace(&self) -> f64 {
        if self.playing.get_untracked() { self.speed.get_untracked() } else { 0.0 }
    }

    /// What has been done since the last call, in order.
    pub fn take_acts(&self) -> Vec<Act> {
        self.acts.try_update_value(std::mem::take).unwrap_or_default()
    }

    fn act(&self, act: Act, said: &str) {
        self.acts.update_value(|acts| acts.push(act));
        if !said.is_empty() {
            self.said.set(said.to_string());
        }
    }

    /// Mirrors to the link what the link can say.
    fn mirror(&self) {
        link::write(&self.settings.get_untracked(), self.rate.get_untracked(), self.query.get_untracked());
    }
}

/// Whether the reader asked the system for less motion.
pub fn prefers_stillness() -> bool {
    matches_media("(prefers-reduced-motion: reduce)")
}

/// Whether a media query holds now.
pub fn matches_media(query: &str) -> bool {
    window().match_media(query).ok().flatten().is_some_and(|list| list.matches())
}

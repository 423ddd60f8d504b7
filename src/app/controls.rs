//! What a person can set, and the queue of commands that the frame loop carries out.

use super::embed;
use super::scene::SceneCommand;
use crate::browser::{FrameRequests, prefers_reduced_motion, query, read_query, replace_query, write_query};
use crate::link::{Link, LinkError, embedded};
use crate::pool::Settings;
use crate::settings::{Act, SettingError, SettingId};
use crate::sim::Setup;
use crate::time::{Instant, Span};
use leptos::prelude::*;

/// Where a scene is in time, for the transport.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Clock {
    /// The moment that is shown.
    pub now: Instant,
    /// The first and the furthest that can be gone to without waiting.
    pub ends: (Instant, Instant),
    /// Where this moment and the ends stand on the slider, on which quiet stretches are short.
    pub places: (Span, (Span, Span)),
    /// This is the past of a real database.
    pub past: bool,
    /// A search is going on.
    pub searching: bool,
    /// Which worker is shown.
    pub worker: usize,
}

/// Signals of everything adjustable in a scene. Copy: all copies are one.
#[derive(Debug, Clone, Copy)]
pub struct Controls {
    /// The scene's name in links.
    pub scene: &'static str,
    /// The world's setup at the moment that is shown.
    pub setup: RwSignal<Setup>,
    /// Whether the world goes on.
    pub playing: RwSignal<bool>,
    /// World time for one unit of real time.
    pub speed: RwSignal<f64>,
    /// Where the scene is in time.
    pub clock: RwSignal<Clock>,
    /// What a person last did, as a sentence for screen readers.
    pub said: RwSignal<String>,
    /// What the link had that could not be taken.
    pub complaints: RwSignal<Vec<String>>,
    commands: StoredValue<Vec<SceneCommand>>,
    frames: StoredValue<FrameRequests, LocalStorage>,
    /// What is called when a knob is turned, instead of the world being changed.
    turned: StoredValue<Option<Turned>>,
}

/// Is called with a key's name and its new value.
pub type Turned = Callback<(&'static str, String)>;

impl Controls {
    /// As the page's link says, else as the scene opens: and what else the link says.
    pub fn from_link(scene: &'static str, first: &Setup) -> (Controls, Link) {
        let (link, errors) = read_link(scene, first);
        let controls = Controls {
            scene,
            setup: RwSignal::new(link.setup.clone()),
            // A reader who wants no motion starts the world by hand, and a link to a moment shows that moment.
            playing: RwSignal::new(!prefers_reduced_motion() && link.at.is_none()),
            speed: RwSignal::new(1.0),
            clock: RwSignal::new(Clock::default()),
            said: RwSignal::new(String::new()),
            complaints: RwSignal::new(errors.iter().map(ToString::to_string).collect()),
            commands: StoredValue::new(Vec::new()),
            frames: StoredValue::new_local(FrameRequests::default()),
            turned: StoredValue::new(None),
        };
        controls.send(SceneCommand::Pace(controls.pace()));
        (controls, link)
    }

    /// Controls of a second pool in the same scene.
    pub fn beside(&self, setup: Setup) -> Controls {
        Controls {
            setup: RwSignal::new(setup),
            said: RwSignal::new(String::new()),
            commands: StoredValue::new(Vec::new()),
            ..*self
        }
    }

    /// Calls `turned` when a knob is turned, instead of changing the world.
    pub fn on_turn(&self, turned: Turned) {
        self.turned.set_value(Some(turned));
    }

    /// The pool's settings.
    pub fn settings(&self) -> Settings {
        self.setup.with_untracked(|setup| setup.settings)
    }

    /// Another value for a setting, as typed.
    ///
    /// # Errors
    /// Why the text is none of its values.
    pub fn set(&self, id: SettingId, text: &str) -> Result<(), SettingError> {
        let setting = id.setting();
        let value = setting.parse(text)?;
        let mut setup = self.setup.get_untracked();
        setting.set(&mut setup, &value);
        if setup != self.setup.get_untracked() {
            if let Some(turned) = self.turned.get_value() {
                turned.run((setting.name, setting.text(&setup)));
                return Ok(());
            }
            if setup.settings != self.setup.get_untracked().settings {
                self.say("A new pool takes over; connections still out go back to the old one.");
            }
            self.setup.set(setup);
            self.send(SceneCommand::Do(Act::Set(id, value)));
        }
        Ok(())
    }

    /// Starts or stops the world.
    pub fn set_playing(&self, playing: bool) {
        self.playing.set(playing);
        self.say(if playing { "The lot goes on." } else { "The lot stands still." });
        self.send(SceneCommand::Pace(self.pace()));
    }

    /// Another speed.
    pub fn set_speed(&self, speed: f64) {
        self.speed.set(speed);
        self.send(SceneCommand::Pace(self.pace()));
    }

    /// Sends a command that shows a moment; the world stops there.
    pub fn stop_at(&self, command: SceneCommand) {
        if self.playing.get_untracked() {
            self.playing.set(false);
            self.send(SceneCommand::Pace(0.0));
        }
        self.send(command);
    }

    /// The world's present speed; 0 while it stands.
    pub fn pace(&self) -> f64 {
        if self.playing.get_untracked() { self.speed.get_untracked() } else { 0.0 }
    }

    /// Says what was done, for screen readers too.
    pub fn say(&self, said: &str) {
        self.said.set(said.to_string());
    }

    /// Sends the frame loop a command.
    pub fn send(&self, command: SceneCommand) {
        self.commands.update_value(|commands| commands.push(command));
        self.frames().request();
    }

    /// Asks the scene for frames: one that stands does nothing before somebody asks.
    pub fn frames(&self) -> FrameRequests {
        self.frames.get_value()
    }

    /// The commands since the last call, in order.
    pub fn take_commands(&self) -> Vec<SceneCommand> {
        self.commands.try_update_value(std::mem::take).unwrap_or_default()
    }
}

/// The scene that the page's link is about, if it says one.
pub fn linked_scene() -> Option<String> {
    read_query(&query()).into_iter().find(|(name, _)| name == "scene").map(|(_, scene)| scene)
}

/// What the page's link says about this scene, if it is about this one.
fn read_link(scene: &str, first: &Setup) -> (Link, Vec<LinkError>) {
    let mut pairs = read_query(&query());
    let named = pairs.iter().find(|(name, _)| name == "scene").map(|(_, whose)| whose.clone());
    if !is_about(&named.unwrap_or_else(embed::nameless), scene) {
        pairs.clear();
    }
    Link::read(first.clone(), pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())))
}

/// Whether a link is about a scene: it names the scene, or the lesson whose run it is.
fn is_about(whose: &str, scene: &str) -> bool {
    whose == scene || scene.strip_suffix("-run") == Some(whose)
}

/// Puts a link in the page's address, so that a reload or a friend sees the same.
pub fn write_link(link: &Link, first: &Setup) {
    let mut pairs = link.write(first);
    if let Some(shown) = embed::shown() {
        pairs = embedded(&shown, &embed::nameless(), pairs);
    }
    let Some(said) = write_query(&pairs) else { return };
    embed::remember(&said);
    replace_query(&said);
}

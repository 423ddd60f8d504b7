//! What a person can set, and the queue of commands that the frame loop carries out.

use super::embed;
use super::scene::{SceneCommand, UnderWay};
use crate::browser::{FrameRequests, element, prefers_reduced_motion, query, read_query, replace_query, write_query};
use crate::link::{FRAME_OPTIONS, HostCommand, Link, LinkError, embedded};
use crate::pool::Settings;
use crate::settings::{Act, SettingError, SettingId, setting};
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
    /// Something is under way.
    pub searching: bool,
    /// How far it is, if it takes longer than a moment.
    pub under_way: Option<UnderWay>,
    /// The world does not keep the pace that is set.
    pub lags: bool,
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
    /// The pace of a run that is shown in short, until it ends or a person sets another; else 0.
    hurry: RwSignal<f64>,
    /// What is called when a knob is turned, instead of the world being changed.
    turned: StoredValue<Option<OnSettingTurned>>,
}

/// Is called with a key's name and its new value.
pub type OnSettingTurned = Callback<(&'static str, String)>;

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
            hurry: RwSignal::new(0.0),
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
    pub fn on_turn(&self, turned: OnSettingTurned) {
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
        self.hurry.set(0.0);
        self.playing.set(playing);
        self.say(if playing { "The lot goes on." } else { "The lot stands still." });
        self.send(SceneCommand::Pace(self.pace()));
    }

    /// Another speed.
    pub fn set_speed(&self, speed: f64) {
        self.hurry.set(0.0);
        self.speed.set(speed);
        self.send(SceneCommand::Pace(self.pace()));
    }

    /// Plays a world of this length from its beginning, in so much real time.
    pub fn play_in_short(&self, length: Span, real: Span) {
        self.playing.set(true);
        self.hurry.set(length.as_secs_f64() / real.as_secs_f64());
        self.send(SceneCommand::Seek(Instant::ZERO));
        self.send(SceneCommand::Pace(self.pace()));
    }

    /// Whether a world is being played in short.
    pub fn is_hurrying(&self) -> bool {
        self.playing.get_untracked() && self.hurry.get_untracked() > 0.0
    }

    /// The world stands: what was played is over.
    pub fn end(&self) {
        self.playing.set(false);
        self.hurry.set(0.0);
        self.send(SceneCommand::Pace(0.0));
    }

    /// Does what the page around the frame asks for.
    pub fn obey(&self, command: HostCommand) {
        match command {
            HostCommand::Play => self.set_playing(true),
            HostCommand::Pause => self.set_playing(false),
            HostCommand::Step => self.stop_at(SceneCommand::Step),
            HostCommand::StepBack => self.stop_at(SceneCommand::StepBack),
            HostCommand::Seek(at) => self.stop_at(SceneCommand::Seek(at)),
            HostCommand::Measure(_) if self.scene.ends_with("-run") || self.scene.ends_with("-challenge") => {} // the lesson's
            HostCommand::Measure(_) => embed::refuse("Only a lesson's run and its challenge can be measured."),
            HostCommand::Set(name, value) => {
                let done = match setting(&name) {
                    Some(setting) => self.set(setting.id, &value).map_err(|error| format!("{name} {}", error.reason)),
                    None => Err(format!("There is no setting {name}.")),
                };
                if let Err(text) = done {
                    embed::refuse(&text);
                    self.say(&text);
                }
            }
        }
    }

    /// Sends a command that shows a moment; the world stops there.
    pub fn stop_at(&self, command: SceneCommand) {
        self.hurry.set(0.0);
        if self.playing.get_untracked() {
            self.playing.set(false);
            self.send(SceneCommand::Pace(0.0));
        }
        self.send(command);
    }

    /// The world's present speed; 0 while it stands.
    pub fn pace(&self) -> f64 {
        match self.playing.get_untracked() {
            true if self.hurry.get_untracked() > 0.0 => self.hurry.get_untracked(),
            true => self.speed.get_untracked(),
            false => 0.0,
        }
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
    let is_nowhere =
        named.as_ref().is_some_and(|name| ["", "-run"].iter().all(|end| element(&format!("{name}{end}")).is_none()));
    if !is_about(named.as_deref().unwrap_or(&embed::nameless()), scene) {
        pairs.clear();
    }
    let (link, mut errors) =
        Link::read(first.clone(), pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    errors.extend(named.filter(|_| is_nowhere).map(LinkError::Scene));
    (link, errors)
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
        let is_option = |(name, _): &(String, String)| FRAME_OPTIONS.contains(&name.as_str());
        pairs.extend(read_query(&query()).into_iter().filter(is_option));
    }
    let Some(said) = write_query(&pairs) else { return };
    embed::remember(&said);
    replace_query(&said);
}

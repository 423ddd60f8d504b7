//! A link: a scene, its world, what was done to it, and the moment.

use super::{FRAME_OPTIONS, LinkError, act};
use crate::pool::Settings;
use crate::settings::{Act, SETTINGS, Scope, Setting, millionths, set_application, setting, site_name};
use crate::sim::Setup;
use crate::time::{Instant, Span};

/// The most acts that a link says. What was done more often cannot be shared.
pub const MOST_ACTS: usize = 60;
/// The latest moment that a link says, from the beginning: a day.
pub(super) const LATEST: Span = Span::from_secs(86_400);

/// What a link says. Everything in it is checked; opening it shows the same to everybody.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// Which scene, if it says so.
    pub scene: Option<String>,
    /// The world as it began.
    pub setup: Setup,
    /// What was done to it, in order.
    pub acts: Vec<(Instant, Act)>,
    /// The moment to show, if it says so.
    pub at: Option<Instant>,
    /// What was chosen of a challenge's code, by name: which option, from 1.
    pub choices: Vec<(String, usize)>,
    /// The pool to compare with, if it says so: the settings of the pool with `b_` before their names.
    pub rival: Option<Settings>,
}

impl Link {
    /// What `pairs` say about a scene whose world is `first` where they say nothing. What they say wrongly is left as in
    /// `first`, with an error each.
    pub fn read<'a>(first: Setup, pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> (Link, Vec<LinkError>) {
        let mut link = Link { scene: None, setup: first, acts: Vec::new(), at: None, choices: Vec::new(), rival: None };
        let (pairs, mut errors) = once_each(pairs);
        let mut rival = Vec::new();
        // The application first: what else the link says is about it.
        for (_, name) in pairs.iter().filter(|(name, _)| *name == "app") {
            let set = set_application(&mut link.setup, name);
            errors.extend(set.err().map(|error| LinkError::Application { name: (*name).into(), error }));
        }
        for (name, value) in pairs {
            if let Some(setting) = name.strip_prefix("b_").and_then(of_pool) {
                rival.push(Some((setting, value)));
                continue;
            }
            match name {
                "v" if value == "1" => {}
                "v" => errors.push(LinkError::Version(value.into())),
                "app" => {}
                "embed" => {} // what is shown of the page, not what is in it
                "scene" => link.scene = Some(value.to_string()),
                "seed" => match value.parse() {
                    Ok(seed) => link.setup.seed = seed,
                    Err(_) => errors.push(LinkError::Seed(value.into())),
                },
                "at" => match moment(value) {
                    Some(at) => link.at = Some(at),
                    None => errors.push(LinkError::Moment(value.into())),
                },
                "choice" => link.read_choices(value, &mut errors),
                "acts" => link.read_acts(value, &mut errors),
                "b" => rival.push(None),
                name if FRAME_OPTIONS.contains(&name) => {} // how it is shown
                _ => match setting(name) {
                    Some(setting) => {
                        errors.extend(setting.set_text(&mut link.setup, value).err().map(LinkError::Value))
                    }
                    None => errors.push(LinkError::UnknownName { name: name.into() }),
                },
            }
        }
        if !rival.is_empty() {
            let mut setup = link.setup.clone();
            for (setting, value) in rival.into_iter().flatten() {
                errors.extend(setting.set_text(&mut setup, value).err().map(LinkError::RivalValue));
            }
            link.rival = Some(setup.settings);
        }
        (link, errors)
    }

    /// Leaves out what only a simulated world takes, with an error each: settings, acts and a moment.
    pub fn leave_out_simulated(&mut self, first: &Setup) -> Vec<LinkError> {
        let mut left_out = Vec::new();
        for setting in SETTINGS.iter().filter(|setting| setting.is_simulated()) {
            if !setting.is_same(&self.setup, first) {
                left_out.push(format!("{}={}", setting.name, setting.text(&self.setup)));
                setting.set(&mut self.setup, &setting.value(first));
            }
        }
        left_out.extend(self.at.take().map(|at| format!("at={}", (at - Instant::ZERO).in_secs())));
        if !std::mem::take(&mut self.acts).is_empty() {
            left_out.push("acts".into());
        }
        left_out.into_iter().map(LinkError::Simulated).collect()
    }

    fn read_acts(&mut self, text: &str, errors: &mut Vec<LinkError>) {
        for part in text.split('*').filter(|part| !part.is_empty()) {
            match act::read(part) {
                Ok(_) if self.acts.len() == MOST_ACTS => errors.push(LinkError::TooManyActs(part.into())),
                Ok(act) => self.acts.push(act),
                Err(error) => errors.push(error),
            }
        }
        self.acts.sort_by_key(|&(at, _)| at);
    }

    fn read_choices(&mut self, text: &str, errors: &mut Vec<LinkError>) {
        for part in text.split('*').filter(|part| !part.is_empty()) {
            let (name, option) = part.rsplit_once('-').unwrap_or((part, ""));
            match option.parse() {
                Ok(option) if option >= 1 => self.choices.push((name.into(), option)),
                _ => errors.push(LinkError::Choice(part.into())),
            }
        }
    }

    /// The pairs that say this, with nothing said that is as in `first` anyway.
    pub fn write(&self, first: &Setup) -> Vec<(String, String)> {
        let mut pairs = vec![("v".to_string(), "1".to_string())];
        pairs.extend(self.scene.iter().map(|scene| ("scene".into(), scene.clone())));
        if self.setup.site != first.site {
            pairs.extend(self.setup.site.map(|site| ("app".into(), site_name(site))));
        }
        let other = SETTINGS.iter().filter(|setting| !setting.is_same(&self.setup, first));
        pairs.extend(other.map(|setting| (setting.name.into(), setting.text(&self.setup))));
        if let Some(settings) = self.rival {
            let rival = Setup { settings, ..self.setup.clone() };
            pairs.push(("b".into(), "1".into()));
            let other = SETTINGS.iter().filter(|setting| setting.scope == Scope::Pool);
            let other = other.filter(|setting| !setting.is_same(&rival, &self.setup));
            pairs.extend(other.map(|setting| (format!("b_{}", setting.name), setting.text(&rival))));
        }
        if self.setup.seed != first.seed {
            pairs.push(("seed".into(), self.setup.seed.to_string()));
        }
        if !self.choices.is_empty() {
            let choices = self.choices.iter().map(|(name, option)| format!("{name}-{option}"));
            pairs.push(("choice".into(), choices.collect::<Vec<_>>().join("*")));
        }
        let acts: Vec<String> = self.acts.iter().filter_map(|(at, act)| act::write(*at, act)).collect();
        if !acts.is_empty() {
            pairs.push(("acts".into(), acts.join("*")));
        }
        pairs.extend(self.at.map(|at| ("at".into(), (at - Instant::ZERO).in_secs())));
        pairs
    }
}

/// Pairs as they stand in a link.
type Pairs<'a> = Vec<(&'a str, &'a str)>;

/// The first of each name, and an error for each name that is there again.
fn once_each<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> (Pairs<'a>, Vec<LinkError>) {
    let (mut first, mut again): (Pairs, Pairs) = (Vec::new(), Vec::new());
    for (name, value) in pairs {
        match first.iter().find(|(other, _)| *other == name) {
            None => first.push((name, value)),
            Some(pair) if !again.contains(pair) => again.push(*pair),
            Some(_) => {}
        }
    }
    let twice = |(name, value): (&str, &str)| LinkError::Twice { name: name.into(), value: value.into() };
    (first, again.into_iter().map(twice).collect())
}

/// The setting of this name, if it is about the pool alone.
fn of_pool(name: &str) -> Option<&'static Setting> {
    setting(name).filter(|setting| setting.scope == Scope::Pool)
}

/// Seconds to a moment.
pub(super) fn moment(text: &str) -> Option<Instant> {
    let micros = millionths(text).filter(|micros| (0..=LATEST.as_micros()).contains(micros))?;
    Some(Instant::ZERO + Span::from_micros(micros))
}

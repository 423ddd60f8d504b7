//! A link: a scene, its world, what was done to it, and the moment.

use super::act::{Deed, MOST_MICROS};
use super::application::{site_name, visit};
use super::key::{is_of_pool, key};
use super::keys::{KEYS, POOL_KEYS};
use crate::pool::Settings;
use crate::python::millionths;
use crate::sim::Setup;
use crate::time::{Instant, Span};

/// The most acts that a link says. What was done more often cannot be shared.
pub const MOST_DEEDS: usize = 60;

/// What a link says. Everything in it is checked; opening it shows the same to everybody.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// Which scene, if it says so.
    pub scene: Option<String>,
    /// The world as it began.
    pub setup: Setup,
    /// What was done to it, in order.
    pub deeds: Vec<(Instant, Deed)>,
    /// The moment to show, if it says so.
    pub at: Option<Instant>,
    /// The pool to compare with, if it says so: the keys of the pool with `b_` before them.
    pub rival: Option<Settings>,
}

impl Link {
    /// What `pairs` say about a scene whose world is `first` where they say nothing. What they say wrongly is left as in
    /// `first`, with a sentence each.
    pub fn read<'a>(first: Setup, pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> (Link, Vec<String>) {
        let mut link = Link { scene: None, setup: first, deeds: Vec::new(), at: None, rival: None };
        let mut rival = Vec::new();
        let mut complaints = Vec::new();
        let mut said: Vec<(&str, &str)> = Vec::new();
        let mut twice: Vec<&str> = Vec::new();
        for (name, value) in pairs {
            match said.iter().find(|(other, _)| *other == name) {
                None => said.push((name, value)),
                Some((_, first)) if !twice.contains(&name) => {
                    twice.push(name);
                    complaints.push(format!("The link has {name} more than once. The first counts, {name}={first}."));
                }
                Some(_) => {}
            }
        }
        let pairs = said;
        // The application first: what else the link says is about it.
        for (name, value) in pairs.iter().filter(|(name, _)| *name == "app") {
            if let Err(sentence) = visit(&mut link.setup, value) {
                complaints.push(format!("The link has {name}={value}. {sentence} The page's own value is used."));
            }
        }
        for (name, value) in pairs {
            if let Some(name) = name.strip_prefix("b_").filter(|name| is_of_pool(name)) {
                rival.push((name, key(name), value));
                continue;
            }
            match name {
                "v" if value == "1" => {}
                "v" => complaints
                    .push(format!("The link is of version {value}; this page knows version 1 and does what it can.")),
                "app" => {}
                "embed" => {} // what is shown of the page, not what is in it
                "scene" => link.scene = Some(value.to_string()),
                "seed" => match value.parse() {
                    Ok(seed) => link.setup.seed = seed,
                    Err(_) => complaints.push(format!(
                        "The link has seed={value}. A seed is a whole number from 0. The page's own value is used."
                    )),
                },
                "at" => match moment(value) {
                    Some(at) => link.at = Some(at),
                    None => complaints.push(format!(
                        "The link has at={value}. A moment is seconds from 0 to 86400. The page begins at 0."
                    )),
                },
                "acts" => link.read_deeds(value, &mut complaints),
                "b" => rival.push(("b", None, value)),
                _ => match key(name) {
                    Some(key) => {
                        if let Err(sentence) = (key.take)(&mut link.setup, value) {
                            complaints
                                .push(format!("The link has {name}={value}. {sentence} The page's own value is used."));
                        }
                    }
                    None => complaints.push(format!(
                        "The link has {name}, which means nothing here. The link can set {}.",
                        KEYS.map(|key| key.name).join(", ")
                    )),
                },
            }
        }
        if !rival.is_empty() {
            let mut setup = link.setup.clone();
            for (name, key, value) in rival {
                if let Some(Err(sentence)) = key.map(|key| (key.take)(&mut setup, value)) {
                    complaints
                        .push(format!("The link has b_{name}={value}. {sentence} The first pool's value is used."));
                }
            }
            link.rival = Some(setup.settings);
        }
        (link, complaints)
    }

    fn read_deeds(&mut self, text: &str, complaints: &mut Vec<String>) {
        for part in text.split('*').filter(|part| !part.is_empty()) {
            match Deed::read(part) {
                Some((at, deed)) if self.deeds.len() < MOST_DEEDS => match deed.act(&self.setup) {
                    Ok(_) => self.deeds.push((at, deed)),
                    Err(sentence) => {
                        complaints.push(format!("The link has the act {part}. {sentence} It is left out."))
                    }
                },
                Some(_) => complaints
                    .push(format!("The link has the act {part}, which is one more than is played. It is left out.")),
                None => {
                    complaints.push(format!("The link has the act {part}, which means nothing here. It is left out."))
                }
            }
        }
        self.deeds.sort_by_key(|&(at, _)| at);
    }

    /// The pairs that say this, with nothing said that is as in `first` anyway.
    pub fn write(&self, first: &Setup) -> Vec<(String, String)> {
        let mut pairs = vec![("v".to_string(), "1".to_string())];
        pairs.extend(self.scene.iter().map(|scene| ("scene".into(), scene.clone())));
        if self.setup.site != first.site {
            pairs.extend(self.setup.site.map(|site| ("app".into(), site_name(site))));
        }
        for key in &KEYS {
            let value = (key.show)(&self.setup);
            if value != (key.show)(first) {
                pairs.push((key.name.into(), value));
            }
        }
        if let Some(settings) = self.rival {
            let rival = Setup { settings, ..self.setup.clone() };
            pairs.push(("b".into(), "1".into()));
            for key in KEYS.iter().take(POOL_KEYS).filter(|key| (key.show)(&rival) != (key.show)(&self.setup)) {
                pairs.push((format!("b_{}", key.name), (key.show)(&rival)));
            }
        }
        if self.setup.seed != first.seed {
            pairs.push(("seed".into(), self.setup.seed.to_string()));
        }
        if !self.deeds.is_empty() {
            let deeds: Vec<String> = self.deeds.iter().map(|(at, deed)| deed.write(*at)).collect();
            pairs.push(("acts".into(), deeds.join("*")));
        }
        pairs.extend(self.at.map(|at| ("at".into(), (at - Instant::ZERO).in_secs())));
        pairs
    }
}

/// Seconds to a moment.
fn moment(text: &str) -> Option<Instant> {
    let micros = millionths(text).filter(|micros| (0..=MOST_MICROS).contains(micros))?;
    Some(Instant::ZERO + Span::from_micros(micros))
}

//! What Flask-SQLAlchemy makes of an application's configuration.

use super::call::Given;
use super::found::{Call, GivenArgument, GivenValue};
use super::given::taken;
use super::heap::Shape;
use super::hole::shown;
use super::interpreter::Interpreter;
use super::remark::{About, Remark};
use super::secret;
use super::settle::Settled;
use super::value::{Key, Value, What};
use crate::python::{Argument, flask_sqlalchemy};

const URI: &str = "SQLALCHEMY_DATABASE_URI";

impl<'a> Interpreter<'a> {
    pub(super) fn application(&mut self, config: &[(String, Value)], options: Option<&Value>, at: u32) {
        let mut settled = Settled::default();
        let preset = options.and_then(|options| self.options(options, at, &mut settled));
        let mut asked: Vec<(&str, Argument)> = Vec::new();
        let mut readable = None;
        for (key, value) in config {
            let given = Given { name: Some(key.clone()), value: value.clone(), at };
            match key.as_str() {
                URI => {
                    let (text, url) = self.settled_url(Call::Flask, Some(&given), at, &mut settled);
                    readable = text;
                    asked.push((URI, url));
                }
                "SQLALCHEMY_ENGINE_OPTIONS" => {
                    if let Some(options) = self.options(value, at, &mut settled) {
                        asked.push(("SQLALCHEMY_ENGINE_OPTIONS", options));
                    }
                }
                "SQLALCHEMY_BINDS" => {
                    if let Some(binds) = self.binds(value) {
                        asked.push(("SQLALCHEMY_BINDS", binds));
                    }
                }
                _ => {
                    self.settle(&given, &mut settled);
                    match self.given(value, 0) {
                        GivenValue::Known(argument) => asked.push((key, argument)),
                        // Only that it is there can matter.
                        GivenValue::Unknown { .. } if key != "SQLALCHEMY_ECHO" => asked.push((key, Argument::None)),
                        GivenValue::Unknown { .. } => {}
                    }
                }
            }
        }
        let has_url = asked.iter().any(|(key, _)| [URI, "SQLALCHEMY_BINDS"].contains(key));
        if !has_url {
            let usual = Call::Flask.usual_url();
            let about = About::NoUrl { key: URI.to_owned(), taken: usual.to_owned() };
            settled.remarks.push(Remark { place: self.place(at), about });
            asked.push((URI, usual.into()));
        }
        let preset = match preset {
            Some(Argument::Dict(pairs)) => pairs,
            _ => Vec::new(),
        };
        let preset: Vec<_> =
            preset.iter().map(|(key, value)| (key.as_deref().unwrap_or_default(), value.clone())).collect();
        match flask_sqlalchemy(&preset, &asked) {
            Ok(engines) => {
                let binds = asked.iter().find(|(key, _)| *key == "SQLALCHEMY_BINDS").map(|(_, binds)| binds);
                for (bind, engine) in engines {
                    let of_bind = binds.filter(|_| bind.is_some()).and_then(|binds| entry(binds, bind.as_deref()));
                    let (url, settled) = match of_bind {
                        Some(options) => self.of_bind(&preset, options, at, &settled),
                        None => (readable.clone(), settled.clone()),
                    };
                    self.keep(Call::Flask, at, bind, url, settled, Ok(engine));
                }
            }
            Err(raised) => self.keep(Call::Flask, at, None, readable, settled, Err(raised)),
        }
    }

    /// A dictionary of arguments.
    fn options(&mut self, value: &Value, at: u32, settled: &mut Settled) -> Option<Argument> {
        let value = self.here(value);
        match &value.what {
            What::Object(id) if *self.heap.shape(*id) == Shape::Dict => {
                let mut own = Settled::default();
                for (key, entry) in self.heap.entries(*id) {
                    let Key::Name(name) = key else { continue };
                    let entry = self.here(&entry);
                    if entry.what != What::Absent {
                        self.settle(&Given { name: Some(name.to_string()), value: entry, at }, &mut own);
                    }
                }
                let pairs = taken(&own.arguments).into_iter().map(|(name, value)| (Some(name.to_owned()), value));
                let dict = Argument::Dict(pairs.collect());
                for given in own.arguments {
                    settled.arguments.retain(|other| other.name != given.name);
                    settled.arguments.push(given);
                }
                settled.remarks.extend(own.remarks);
                Some(dict)
            }
            What::Unknown(text, _) => {
                let about = About::UnknownArguments { text: secret::masked(text) };
                settled.remarks.push(Remark { place: self.place(at), about });
                None
            }
            _ => match self.given(&value, 0) {
                GivenValue::Known(argument) => Some(argument),
                GivenValue::Unknown { .. } => None,
            },
        }
    }

    /// What another database is given: its own options alone, and those that all share.
    fn of_bind(
        &self,
        preset: &[(&str, Argument)],
        options: &Argument,
        at: u32,
        all: &Settled,
    ) -> (Option<String>, Settled) {
        let mut url = None;
        let mut arguments: Vec<(&str, &Argument)> = preset.iter().map(|(name, value)| (*name, value)).collect();
        match options {
            Argument::Dict(pairs) => {
                let pairs = pairs.iter().map(|(name, value)| (name.as_deref().unwrap_or_default(), value));
                arguments.retain(|(name, _)| pairs.clone().all(|(own, _)| own != *name));
                arguments.extend(pairs);
            }
            other => arguments.push(("url", other)),
        }
        let place = self.place(at);
        let mut settled = Settled { remarks: all.remarks.clone(), ..Settled::default() };
        for (name, value) in arguments {
            match (name, value) {
                ("url", Argument::Str(text)) => url = Some(shown(text)),
                _ => settled.arguments.push(GivenArgument {
                    name: name.to_owned(),
                    value: GivenValue::Known(secret::masked_argument(name, value.clone())),
                    place,
                }),
            }
        }
        (url, settled)
    }

    /// Other databases: URLs that are not known are taken as usual.
    fn binds(&mut self, value: &Value) -> Option<Argument> {
        let GivenValue::Known(Argument::Dict(mut pairs)) = self.given(value, 0) else { return None };
        let known = |argument: &mut Argument| match argument {
            Argument::Str(text) => *argument = secret::url(text).as_str().into(),
            Argument::Object { .. } => *argument = Call::Flask.usual_url().into(),
            _ => {}
        };
        for (_, bind) in &mut pairs {
            match bind {
                Argument::Dict(options) => {
                    for (name, option) in options.iter_mut() {
                        if name.as_deref() == Some("url") {
                            known(option);
                        }
                    }
                }
                other => known(other),
            }
        }
        Some(Argument::Dict(pairs))
    }
}

/// The entry of a dictionary.
fn entry<'d>(dictionary: &'d Argument, key: Option<&str>) -> Option<&'d Argument> {
    let Argument::Dict(pairs) = dictionary else { return None };
    pairs.iter().find(|(known, _)| known.as_deref() == key).map(|(_, value)| value)
}

//! Engines, made of what their calls are given.

use super::call::Given;
use super::external::argument;
use super::found::{Call, Condition, EngineFound};
use super::given::{DEEPEST, taken};
use super::heap::Shape;
use super::interpreter::Interpreter;
use super::remark::{About, Remark};
use super::settle::Settled;
use super::spelling;
use super::value::{Key, Value, What};
use crate::python::{self, Argument, Engine, PythonError};

/// So many conditions are told apart for one engine.
const MOST_SIDES: usize = 3;
/// So many engines are found in one text.
const MOST_ENGINES: usize = 100;

impl<'a> Interpreter<'a> {
    /// Does something for each combination of the conditions that these values depend on.
    pub(super) fn on_all_sides(&mut self, values: &[Value], go: &mut dyn FnMut(&mut Self)) {
        let mut open = Vec::new();
        values.iter().for_each(|value| self.open_conditions(value, 0, &mut open));
        let before = self.path.len();
        for side in 0..1_u32 << open.len().min(MOST_SIDES) {
            for (number, condition) in open.iter().enumerate() {
                self.path.push((*condition, number >= MOST_SIDES || side >> number & 1 == 0));
            }
            go(self);
            self.path.truncate(before);
        }
    }

    fn open_conditions(&mut self, value: &Value, depth: usize, open: &mut Vec<u32>) {
        if depth > DEEPEST || !self.spend(1) {
            return;
        }
        match &self.here(value).what {
            What::Either(sides) => {
                if !open.contains(&sides.0) {
                    open.push(sides.0);
                }
                self.open_conditions(&sides.1, depth + 1, open);
                self.open_conditions(&sides.2, depth + 1, open);
            }
            What::Object(id) if *self.heap.shape(*id) == Shape::Dict => {
                for (_, entry) in self.heap.entries(*id) {
                    self.open_conditions(&entry, depth + 1, open);
                }
            }
            _ => {}
        }
    }

    /// The engines that a call makes, on all sides of the conditions that its arguments depend on.
    pub(super) fn engines(&mut self, call: Call, given: &[Given], at: u32) {
        let values: Vec<Value> = given.iter().map(|given| given.value.clone()).collect();
        self.on_all_sides(&values, &mut |inner| inner.engine(call, given, at));
    }

    fn engine(&mut self, call: Call, given: &[Given], at: u32) {
        let mut settled = Settled::default();
        let mut given = self.unfolded(given);
        given.retain(|given| self.here(&given.value).what != What::Absent);
        let from_config = matches!(call, Call::EngineFromConfig | Call::AsyncEngineFromConfig);
        let (first, most) = if from_config { ("configuration", 2) } else { ("url", 1) };
        let places = given.iter().filter(|given| given.name.is_none()).count();
        let positional = (places > most).then(|| PythonError::Positional {
            function: call.name(),
            takes: if from_config { "from 1 to 2 positional arguments" } else { "1 positional argument" },
            given: places,
        });
        let start = argument(&given, first, 0).cloned();
        let prefix = argument(&given, "prefix", 1).filter(|_| from_config);
        let prefix = prefix.and_then(|prefix| self.here(&prefix.value).text().map(str::to_owned));
        let prefix = prefix.unwrap_or_else(|| "sqlalchemy.".to_owned());
        let named = |name: &str| name != first && !(from_config && name == "prefix");
        let mut named: Vec<Given> =
            given.into_iter().filter(|given| given.name.as_deref().is_some_and(named)).collect();
        let mut url = start.clone().filter(|_| !from_config);
        if from_config {
            let config = start.as_ref().map(|start| self.here(&start.value));
            let entries = match config.as_ref().map(|config| &config.what) {
                Some(What::Object(id)) => self.heap.entries(*id),
                Some(What::Unknown(text, _)) => {
                    let about = About::UnknownArguments { text: text.to_string() };
                    settled.remarks.push(Remark { place: self.place(at), about });
                    Vec::new()
                }
                _ => Vec::new(),
            };
            let place = start.as_ref().map_or(at, |start| start.at);
            let mut all = Vec::new();
            for (key, value) in entries {
                let Key::Name(key) = key else { continue };
                if let Some(name) = key.strip_prefix(&prefix) {
                    all.push(Given { name: Some(name.to_owned()), value, at: place });
                } else if !prefix.is_empty() && spelling::is_known(key.rsplit('.').next().unwrap_or(&key)) {
                    let about = About::OtherPrefix { key: key.to_string(), prefix: prefix.clone() };
                    settled.remarks.push(Remark { place: self.place(place), about });
                }
            }
            // Arguments go before the configuration, at the place where they stand there.
            for given in named {
                match all.iter_mut().find(|known| known.name == given.name) {
                    Some(known) => *known = given,
                    None => all.push(given),
                }
            }
            all.retain(|given| self.here(&given.value).what != What::Absent);
            let place = all.iter().rposition(|given| given.name.as_deref() == Some("url"));
            url = place.map(|place| all.remove(place));
            named = all;
        }
        for given in &named {
            self.settle(given, &mut settled);
        }
        let url = self.settled_url(call, url.as_ref(), at, &mut settled);
        let arguments: Vec<(&str, Argument)> = taken(&settled.arguments);
        let made = match call {
            Call::CreateAsyncEngine => python::create_async_engine(url.1, &arguments),
            Call::CreatePoolFromUrl => python::create_pool_from_url(url.1, &arguments),
            Call::EngineFromConfig | Call::AsyncEngineFromConfig => {
                let mut all = vec![("url", url.1)];
                all.extend(arguments.iter().cloned());
                match call {
                    Call::EngineFromConfig => python::engine_from_config(&all, "", &[]),
                    _ => python::async_engine_from_config(&all, "", &[]),
                }
            }
            _ => python::create_engine(url.1, &arguments),
        };
        let twice = settled.twice.take();
        let twice =
            twice.map(|name| PythonError::Twice { function: format!("{}.{}", call.module(), call.name()), name });
        let made = twice.or(positional).map_or(made, Err);
        self.keep(call, at, None, url.0, settled, made);
    }

    /// Keeps an engine, once.
    pub(super) fn keep(
        &mut self,
        call: Call,
        at: u32,
        bind: Option<String>,
        url: Option<String>,
        settled: Settled,
        made: Result<Engine, PythonError>,
    ) {
        let place = self.place(at);
        let mut when: Vec<Condition> = Vec::new();
        for (number, holds) in &self.path {
            let condition = Condition { holds: *holds, ..self.conditions[*number as usize].clone() };
            if !when.contains(&condition) {
                when.push(condition);
            }
        }
        let Settled { arguments, mut remarks, .. } = settled;
        let same = self.found.iter_mut().rev().take(16).find(|other| {
            other.place == place
                && other.bind == bind
                && other.url == url
                && other.arguments == arguments
                && other.made == made
        });
        if let Some(same) = same {
            same.when.retain(|condition| when.contains(condition));
            let when = &same.when;
            same.remarks.retain(|remark| match &remark.about {
                About::Condition { text } => when.iter().any(|condition| condition.text == *text),
                _ => true,
            });
            return;
        }
        if self.found.len() >= MOST_ENGINES {
            return;
        }
        for condition in &when {
            let about = About::Condition { text: condition.text.clone() };
            remarks.push(Remark { place: condition.place, about });
        }
        self.found.push(EngineFound { call, place, bind, url, arguments, made, when, remarks });
    }
}

//! Configuration files: which keys are about an engine, and the engine that they make.

use super::call::Given;
use super::found::{Call, Kind};
use super::heap::{ObjectId, Shape};
use super::interpreter::Interpreter;
use super::lines::lines;
use super::remark::{About, Remark};
use super::secret;
use super::spelling::{self, ByHand, by_hand};
use super::value::{Key, Value, What, Why};

/// A key with its value, wherever it was found.
struct Entry {
    within: String,
    key: String,
    value: Value,
    at: u32,
}

/// What Airflow sets unless it is told otherwise.
const AIRFLOW: [(&str, &str); 2] = [("pool_recycle", "1800"), ("pool_pre_ping", "True")];

impl<'a> Interpreter<'a> {
    /// Reads lines of any kind of configuration file.
    pub(super) fn configuration(&mut self) -> Kind {
        let (lines, kind) = lines(self.text);
        let mut groups: Vec<(String, Call, Vec<Given>, Vec<Remark>)> = Vec::new();
        for line in lines {
            let mut add = |within: &str, call, given: Given, remark: Option<Remark>| {
                let known = groups.iter_mut().rev().take(64).find(|group| group.0 == within && group.1 == call);
                match known {
                    Some(group) => {
                        group.2.push(given);
                        group.3.extend(remark);
                    }
                    None => groups.push((within.to_owned(), call, vec![given], remark.into_iter().collect())),
                }
            };
            // A name with a dot is a logger's, or an error's: "sqlalchemy.exc.TimeoutError: ...".
            if let Some((before, name)) = line.key.split_once("sqlalchemy.").filter(|(_, name)| !name.contains('.')) {
                // Of a text file the values are texts, comments behind them included.
                let value = self.interpolated(&line.value, line.at, true);
                let comment = [" ;", " #", "\t;", "\t#"].iter().filter_map(|mark| line.value.find(mark)).min();
                let remark = comment.filter(|_| !line.quoted && name != "url").map(|from| Remark {
                    place: self.place(line.at),
                    about: About::CommentInValue {
                        key: line.key.clone(),
                        comment: secret::masked(line.value[from..].trim()),
                    },
                });
                let within = format!("{}/{before}", line.within);
                add(&within, Call::EngineFromConfig, Given { name: Some(name.to_owned()), value, at: line.at }, remark);
                continue;
            }
            let bare =
                if line.quoted { &line.value } else { line.value.split(" #").next().unwrap_or_default().trim_end() };
            let lower = line.key.to_ascii_lowercase();
            if let Some((_, name)) = lower.split_once("sql_alchemy_") {
                let value = self.interpolated(bare, line.at, false);
                add("", Call::Airflow, Given { name: Some(name.to_owned()), value, at: line.at }, None);
                continue;
            }
            if let Some(ByHand { within, name, said }) = by_hand(&line.within, &line.key, bare) {
                let value = self.interpolated(bare, line.at, name == "url");
                let about = About::ByHand { key: said, name };
                let remark = Remark { place: self.place(line.at), about };
                let given = Given { name: Some(name.to_owned()), value, at: line.at };
                add(&within, Call::Elsewhere, given, (name != "url").then_some(remark));
            }
        }
        let says_something = |given: &Given| {
            let is_setting = |name: &str| spelling::is_known(name) || spelling::meant(name).is_some();
            given.name.as_deref().is_some_and(|name| {
                name == "url" || name.contains("pool") && name != "pool" || name.contains('_') && is_setting(name)
            })
        };
        for (_, call, given, remarks) in groups {
            match call {
                Call::Airflow => self.airflow(given),
                // As "sqlalchemy.engine: INFO" of a configuration of loggers.
                Call::EngineFromConfig if !given.iter().any(says_something) => {}
                _ => self.group(call, &given, remarks),
            }
        }
        kind
    }

    /// The engine of keys that stand together. A URL alone makes none, but where it is SQLAlchemy's own key.
    fn group(&mut self, call: Call, given: &[Given], remarks: Vec<Remark>) {
        let url = |given: &Given| given.name.as_deref() == Some("url");
        let Some(first) = given.iter().find(|given| !url(given) || call != Call::Elsewhere) else { return };
        let before = self.found.len();
        self.engines(call, given, first.at);
        for engine in &mut self.found[before..] {
            engine.remarks.splice(0..0, remarks.iter().cloned());
        }
    }

    /// As Airflow's own settings module does it.
    fn airflow(&mut self, mut given: Vec<Given>) {
        let at = given.first().map_or(0, |given| given.at);
        let value = |given: &[Given], name: &str| {
            given.iter().rev().find(|given| given.name.as_deref() == Some(name)).map(|given| given.value.clone())
        };
        let off = value(&given, "pool_enabled").and_then(|value| value.argument().map(|value| !value.truthy()));
        let url = value(&given, "conn").and_then(|url| url.text().map(str::to_owned));
        given
            .iter_mut()
            .filter(|given| given.name.as_deref() == Some("conn"))
            .for_each(|given| given.name = Some("url".into()));
        given.retain(|given| {
            let read = ["url", "pool_size", "max_overflow", "pool_recycle", "pool_pre_ping"];
            given.name.as_deref().is_some_and(|name| read.contains(&name))
        });
        let mut remarks = Vec::new();
        if off == Some(true) || url.is_some_and(|url| url.starts_with("sqlite")) {
            given.retain(|given| given.name.as_deref() == Some("url"));
            if off == Some(true) {
                let value = Value::unknown("NullPool", Why::Elsewhere);
                given.push(Given { name: Some("poolclass".into()), value, at });
            }
        } else {
            for (name, usual) in AIRFLOW {
                if given.iter().all(|given| given.name.as_deref() != Some(name)) {
                    let value = self.interpolated(usual, at, false);
                    given.push(Given { name: Some(name.into()), value, at });
                    remarks.push(Remark { place: self.place(at), about: About::AirflowDefault { name, value: usual } });
                }
            }
        }
        let before = self.found.len();
        self.engines(Call::Airflow, &given, at);
        self.found[before..].iter_mut().for_each(|engine| engine.remarks.extend(remarks.iter().cloned()));
    }

    /// Reads a value that Python could read too, as JSON is.
    pub(super) fn mapping(&mut self, value: &Value, within: &str, depth: usize) {
        let What::Object(id) = value.what else { return };
        let mut entries = Vec::new();
        self.entries(id, within, depth, &mut entries);
        self.entries_found(entries);
    }

    fn entries(&mut self, id: ObjectId, within: &str, depth: usize, all: &mut Vec<Entry>) {
        if depth > 20 || !self.spend(1) {
            return;
        }
        for (key, value) in self.heap.entries(id) {
            let key = match key {
                Key::Name(name) => name.to_string(),
                _ => String::new(),
            };
            match value.what {
                What::Object(inner) if matches!(self.heap.shape(inner), Shape::Dict | Shape::List) => {
                    let within = if within.is_empty() { key } else { format!("{within}.{key}") };
                    if within.len() < 500 {
                        self.entries(inner, &within, depth + 1, all);
                    }
                }
                _ => {
                    let at = all.last().map_or(0, |last| last.at);
                    all.push(Entry { within: within.to_owned(), key, value, at });
                }
            }
        }
    }

    /// Names of settings that a program defines but makes no engine of.
    pub(super) fn names(&mut self) {
        let module = self.module;
        let mut all = Vec::new();
        for id in std::iter::once(module).chain(self.classes.clone()) {
            let within = match self.heap.shape(id) {
                Shape::Class(class) => class.name.clone(),
                _ => String::new(),
            };
            self.entries(id, &within, 0, &mut all);
        }
        self.entries_found(all);
    }

    fn entries_found(&mut self, entries: Vec<Entry>) {
        let mut groups: Vec<(String, Vec<Given>, Vec<Remark>)> = Vec::new();
        for entry in entries {
            let text = entry.value.text().unwrap_or_default().to_owned();
            let Some(ByHand { within, name, said }) = by_hand(&entry.within, &entry.key, &text) else { continue };
            let at = self.text.find(&entry.key).unwrap_or(0) as u32;
            let about = About::ByHand { key: said, name };
            let remark = (name != "url").then(|| Remark { place: self.place(at), about });
            let value = match entry.value.text() {
                Some(text) => self.interpolated(text, at, name == "url").with(&entry.value),
                None => entry.value,
            };
            let given = Given { name: Some(name.to_owned()), value, at };
            match groups.iter_mut().rev().take(64).find(|group| group.0 == within) {
                Some(group) => {
                    group.1.push(given);
                    group.2.extend(remark);
                }
                None => groups.push((within, vec![given], remark.into_iter().collect())),
            }
        }
        for (_, given, remarks) in groups {
            self.group(Call::Elsewhere, &given, remarks);
        }
    }
}

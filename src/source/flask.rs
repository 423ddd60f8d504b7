//! Flask applications: what their configuration holds, wherever it stands.

use super::evaluate::is_flask_key;
use super::heap::{ObjectId, Shape};
use super::interpreter::Interpreter;
use super::value::{Key, Value, What};

/// A key that is read by nobody but Flask-SQLAlchemy, now or before 3.0.
fn is_telling(key: &Key) -> bool {
    const SAID: [&str; 7] = [
        "SQLALCHEMY_ENGINE_OPTIONS",
        "SQLALCHEMY_BINDS",
        "SQLALCHEMY_TRACK_MODIFICATIONS",
        "SQLALCHEMY_POOL_SIZE",
        "SQLALCHEMY_POOL_TIMEOUT",
        "SQLALCHEMY_POOL_RECYCLE",
        "SQLALCHEMY_MAX_OVERFLOW",
    ];
    matches!(key, Key::Name(name) if SAID.contains(&&**name))
}

impl<'a> Interpreter<'a> {
    /// The keys of a class and of those it comes from, or of a module.
    fn keys(&self, id: ObjectId) -> Vec<(Key, Value)> {
        let mut entries = Vec::new();
        let mut next = vec![id];
        for _ in 0..16 {
            let Some(id) = next.pop() else { break };
            for (key, value) in self.heap.entries(id).into_iter().filter(|(key, _)| is_flask_key(key)) {
                if !entries.iter().any(|(known, _)| *known == key) {
                    entries.push((key, value));
                }
            }
            match self.heap.shape(id) {
                Shape::Class(class) => next.extend(class.bases.iter().rev()),
                Shape::Instance(class) => next.push(*class),
                _ => {}
            }
        }
        entries
    }

    /// `app.config.from_object(object)`.
    pub(super) fn take_object(&mut self, id: ObjectId, at: u32) {
        self.flask_at.get_or_insert(at);
        self.taken.insert(id);
        for (key, value) in self.keys(id) {
            self.heap.set(self.flask, key, Some(value));
        }
    }

    /// The engines of the application, and of classes that are a configuration.
    pub(super) fn flask(&mut self) {
        let evident = self.flask_at.is_some();
        let mut used = false;
        if let Some(at) = self.flask_at.filter(|_| self.heap.len(self.flask) > 0) {
            let entries = self.heap.entries(self.flask);
            self.flask_engines(entries, at);
            used = true;
        }
        let module: Vec<_> = self.keys(self.module);
        if self.is_application(&module, evident) && !self.taken.contains(&self.module) {
            self.flask_engines(module, 0);
            used = true;
        }
        for id in self.classes.clone() {
            let Shape::Class(class) = self.heap.shape(id) else { continue };
            let at = class.at;
            // Of classes that come from one another, those that others come from hold only what is common.
            let common = self
                .classes
                .iter()
                .any(|other| matches!(self.heap.shape(*other), Shape::Class(class) if class.bases.contains(&id)));
            let entries = self.keys(id);
            // An application that takes one of them takes no other.
            if !common && self.taken.is_empty() && self.is_application(&entries, evident) {
                self.flask_engines(entries, at);
                used = true;
            }
        }
        if let (false, Some(at), true) = (used, self.flask_at, self.engine_options.is_some()) {
            self.flask_engines(Vec::new(), at);
        }
    }

    fn is_application(&self, entries: &[(Key, Value)], evident: bool) -> bool {
        let told = entries.iter().any(|(key, _)| is_telling(key));
        let url = entries.iter().any(|(key, _)| *key == Key::name("SQLALCHEMY_DATABASE_URI"));
        // A program may use the names and make its engine itself.
        (told && (evident || self.found.is_empty())) || (url && (evident || self.found.is_empty()))
    }

    fn flask_engines(&mut self, entries: Vec<(Key, Value)>, at: u32) {
        let mut at = at;
        if at == 0
            && let Some(name) = self.text.find("SQLALCHEMY_")
        {
            at = name as u32;
        }
        let options = self.engine_options.clone();
        let values: Vec<Value> = entries.iter().map(|(_, value)| value.clone()).chain(options.clone()).collect();
        self.on_all_sides(&values, &mut |inner| {
            let config: Vec<(String, Value)> = entries
                .iter()
                .filter_map(|(key, value)| match key {
                    Key::Name(name) => Some((name.to_string(), inner.here(value))),
                    _ => None,
                })
                .filter(|(_, value)| value.what != What::Absent)
                .collect();
            inner.application(&config, options.as_ref(), at);
        });
    }
}

//! Methods of texts, dictionaries and lists, and of configurations.

use super::assign::is_config;
use super::call::{Given, SPREAD};
use super::evaluate::is_flask_key;
use super::heap::{ObjectId, Shape};
use super::interpreter::Interpreter;
use super::value::{Key, Value, What, Why};

impl<'a> Interpreter<'a> {
    /// `receiver.name(given)`, of what the text knows.
    pub(super) fn method(&mut self, receiver: &Value, name: &str, given: &[Given], at: u32) -> Value {
        let result = match &receiver.what {
            What::Object(id) => self.of_collection(*id, receiver, name, given, at),
            What::Unknown(..) => Some(receiver.clone()),
            What::Plain(_) => receiver.text().map(str::to_owned).and_then(|text| self.of_text(&text, name, given)),
            _ => None,
        };
        let unknown = || match receiver.text() {
            Some(_) => format!("….{name}()"),
            None => format!("{name}()"),
        };
        result.unwrap_or_else(|| Value::unknown(unknown(), Why::Computed)).with(receiver)
    }

    fn of_collection(&mut self, id: ObjectId, receiver: &Value, name: &str, given: &[Given], at: u32) -> Option<Value> {
        let first = given.first().filter(|first| first.name.is_none()).map(|first| self.here(&first.value));
        let key = first.as_ref().and_then(Key::of);
        let default = || given.get(1).map_or(Value::none(), |default| default.value.clone());
        let dict = *self.heap.shape(id) == Shape::Dict;
        match name {
            "update" => {
                self.updated(receiver, given, at);
                Some(Value::none())
            }
            "get" if dict => Some(self.heap.get(id, &key?).cloned().unwrap_or_else(default)),
            "setdefault" if dict => {
                let key = key?;
                if self.heap.get(id, &key).is_none() {
                    self.heap.set(id, key.clone(), Some(default()));
                }
                self.heap.get(id, &key).cloned()
            }
            "pop" if dict => {
                let key = key?;
                let value = self.heap.get(id, &key).cloned();
                self.heap.set(id, key, None);
                Some(value.unwrap_or_else(default))
            }
            "copy" => Some(self.copied(receiver)),
            "append" => {
                self.heap.push(id, given.first()?.value.clone());
                Some(Value::none())
            }
            "items" | "keys" | "values" if dict => {
                let list = self.heap.make(Shape::List);
                let entries = self.heap.entries(id);
                self.spend(entries.len());
                for (key, value) in entries {
                    let member = match name {
                        "keys" => key.to_value(),
                        "values" => value,
                        _ => {
                            let pair = self.heap.make(Shape::Tuple);
                            self.heap.push(pair, key.to_value());
                            self.heap.push(pair, value);
                            Value::object(pair)
                        }
                    };
                    self.heap.push(list, member);
                }
                Some(Value::object(list))
            }
            _ => None,
        }
    }

    /// `update({...}, name=value, **more)`.
    fn updated(&mut self, receiver: &Value, given: &[Given], at: u32) {
        for argument in given {
            match argument.name.as_deref() {
                None | Some(SPREAD) => self.spread(receiver, &argument.value),
                Some(name) => self.set_entry(receiver, Key::name(name), argument.value.clone(), at),
            }
        }
    }

    fn of_text(&mut self, text: &str, name: &str, given: &[Given]) -> Option<Value> {
        let mut texts = Vec::new();
        for argument in given.iter().filter(|_| name != "format") {
            texts.push(match (&argument.name, self.here(&argument.value)) {
                (None, value) => value,
                _ => return None,
            });
        }
        let texts: Vec<Option<&str>> = texts.iter().map(Value::text).collect();
        let has = |matches: bool| Some(Value::plain(matches));
        match (name, texts.as_slice()) {
            ("replace", [Some(from), Some(to), ..]) if !from.is_empty() => {
                let most = given.get(2).and_then(|most| most.value.argument()).and_then(super::operate::whole);
                let most = most.and_then(|most| usize::try_from(most).ok()).unwrap_or(usize::MAX);
                (text.len() + to.len() < 10_000).then(|| Value::plain(text.replacen(*from, to, most).as_str()))
            }
            ("startswith", [Some(with)]) => has(text.starts_with(with)),
            ("endswith", [Some(with)]) => has(text.ends_with(with)),
            ("lower" | "casefold", []) => Some(Value::plain(text.to_lowercase().as_str())),
            ("upper", []) => Some(Value::plain(text.to_uppercase().as_str())),
            ("strip", []) => Some(Value::plain(text.trim())),
            ("get_secret_value" | "render_as_string" | "unicode_string", _) => Some(Value::plain(text)),
            ("format", _) => self.format(text, given),
            _ => None,
        }
    }

    /// `"{} {0} {name}".format(...)`; formats are not followed.
    fn format(&mut self, text: &str, given: &[Given]) -> Option<Value> {
        let given = self.unfolded(given);
        let mut places = given.iter().filter(|given| given.name.is_none());
        let mut out = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            out += before;
            let (field, after) = after.split_once('}')?;
            let number = field.parse::<usize>();
            let argument = match (field, number) {
                ("", _) => places.next(),
                (_, Ok(number)) => given.iter().filter(|given| given.name.is_none()).nth(number),
                _ => given.iter().find(|given| given.name.as_deref() == Some(field)),
            };
            out += &self.written(&argument?.value);
            rest = after;
            if out.len() > 10_000 {
                return None;
            }
        }
        (!rest.contains('}')).then(|| Value::plain((out + rest).as_str()))
    }

    /// Methods of `app.config`.
    pub(super) fn of_config(&mut self, path: &str, name: &str, given: &[Given], at: u32) -> Option<Value> {
        if !is_config(path) {
            return None;
        }
        let config = Value::unknown(path, Why::Elsewhere);
        match name {
            "update" | "from_mapping" => self.updated(&config, given, at),
            "setdefault" => {
                let key = given.first().and_then(|first| Key::of(&self.here(&first.value)))?;
                if is_flask_key(&key) && self.heap.get(self.flask, &key).is_none() {
                    self.set_entry(&config, key.clone(), given.get(1)?.value.clone(), at);
                }
                return self.heap.get(self.flask, &key).cloned();
            }
            "get" => {
                let key = given.first().and_then(|first| Key::of(&self.here(&first.value)))?;
                return is_flask_key(&key).then(|| self.heap.get(self.flask, &key).cloned()).flatten();
            }
            "from_object" => {
                let object = self.here(&given.first()?.value);
                match (&object.what, object.text()) {
                    (What::Object(id), _) => self.take_object(*id, at),
                    (_, Some("__main__")) => self.take_object(self.module, at),
                    (_, Some(path)) => {
                        let class = path.rsplit('.').next().unwrap_or(path);
                        if let Some((What::Object(id), ())) =
                            self.heap.get(self.module, &Key::name(class)).map(|value| (value.what.clone(), ()))
                        {
                            self.take_object(id, at);
                        }
                    }
                    _ => {}
                }
            }
            _ => return None,
        }
        Some(Value::none())
    }
}

//! Functions of Python and its libraries that settings go through.

use super::call::Given;
use super::evaluate::function;
use super::found::Call;
use super::heap::Shape;
use super::hole::hole;
use super::interpreter::Interpreter;
use super::operate;
use super::remark::About;
use super::value::{Key, Value, What, Why};
use crate::python::Argument;

/// The value of the argument with this name, or at this place.
pub(super) fn argument<'g>(given: &'g [Given], name: &str, place: usize) -> Option<&'g Given> {
    let named = given.iter().find(|argument| argument.name.as_deref() == Some(name));
    named.or_else(|| given.iter().filter(|argument| argument.name.is_none()).nth(place))
}

impl<'a> Interpreter<'a> {
    /// A call of something that the text does not define.
    pub(super) fn external(&mut self, path: &str, why: Why, given: &[Given], at: u32) -> Value {
        let last = path.rsplit('.').next().unwrap_or(path);
        if let Some(call) = Call::named(last) {
            self.engines(call, given, at);
            return Value::unknown(format!("{last}()"), Why::Computed);
        }
        let first = given.first().filter(|first| first.name.is_none()).map(|first| first.value.clone());
        if let Some((config, name)) = path.rsplit_once('.')
            && let Some(result) = self.of_config(config, name, given, at)
        {
            return result;
        }
        let result = match last {
            "SQLAlchemy" => {
                self.engine_options = argument(given, "engine_options", usize::MAX).map(|given| given.value.clone());
                self.flask_at.get_or_insert(at);
                None
            }
            "dict" | "OrderedDict" => Some(self.dict_of(given)),
            "list" | "tuple" if given.is_empty() => {
                Some(Value::object(self.heap.make(if last == "list" { Shape::List } else { Shape::Tuple })))
            }
            "deepcopy" | "copy" | "list" | "tuple" | "SecretStr" | "cast" | "sorted" => {
                given.last().map(|last| self.copied(&last.value))
            }
            "int" | "float" | "str" | "bool" => first.map(|first| self.converted(last, &first)),
            "min" | "max" => self.extreme(last == "min", given),
            "getattr" => self.get_attribute(given),
            "make_url" => first,
            "create" | "build"
                if path.ends_with("URL.create") || path.ends_with("Dsn.build") || path.ends_with("Url.build") =>
            {
                Some(self.url(given))
            }
            "Field" | "mapped_column" => argument(given, "default", 0).map(|given| given.value.clone()),
            "partial" if first.as_ref().and_then(Value::last_name).is_some_and(|name| Call::named(name).is_some()) => {
                Some(Value::plain(function("partial")))
            }
            _ => None,
        };
        if let Some(result) = result {
            return result;
        }
        self.looked_up(path, last, given, at).unwrap_or_else(|| {
            // `f(X)` of an unknown X says more as what it is made of.
            Value::unknown(call_text(path), if why == Why::Elsewhere { Why::Computed } else { why })
        })
    }

    /// `os.environ.get("X", 5)` and its kin.
    fn looked_up(&mut self, path: &str, last: &str, given: &[Given], at: u32) -> Option<Value> {
        let variable = given.first().and_then(|first| self.here(&first.value).text().map(str::to_owned))?;
        let os = last == "getenv" || path.ends_with("environ.get") || path.ends_with("environ.setdefault");
        let reader =
            os || ["env", "config", "get_env", "environ"].contains(&path) || path.starts_with("env.") || last == "env";
        let configuration = ["get", "getint", "getboolean", "getfloat"].contains(&last);
        if !reader && !configuration {
            return None;
        }
        let place = if os || configuration { 1 } else { usize::MAX };
        let fallback = argument(given, "default", place).or_else(|| argument(given, "fallback", usize::MAX));
        let Some(fallback) = fallback else {
            return reader.then(|| Value::unknown(variable, Why::Environment));
        };
        let mut value = self.here(&fallback.value);
        let to = match last {
            "int" | "getint" => "int",
            "bool" | "getboolean" => "bool",
            "float" | "getfloat" => "float",
            "str" => "str",
            _ => argument(given, "cast", usize::MAX).and_then(|cast| cast.value.last_name()).unwrap_or_default(),
        }
        .to_owned();
        if !to.is_empty() {
            value = self.converted(&to, &value);
        }
        let taken = self.shown(&value);
        let about = match reader {
            true if value.what == What::Plain(Argument::None) => {
                return Some(Value::unknown(variable, Why::Environment));
            }
            true => About::EnvironmentDefault { variable, taken },
            false => About::GetDefault { text: format!("{path}({variable:?})"), taken },
        };
        let number = self.assume(at, about);
        value.assuming(number);
        Some(value)
    }

    /// `dict(pairs, **more)`.
    fn dict_of(&mut self, given: &[Given]) -> Value {
        let dict = Value::object(self.heap.make(Shape::Dict));
        for argument in self.unfolded(given) {
            match argument.name {
                None => self.spread(&dict, &argument.value),
                Some(name) if name == super::call::SPREAD => self.spread(&dict, &argument.value),
                Some(name) => self.set_entry(&dict, Key::name(&name), argument.value, argument.at),
            }
        }
        dict
    }

    /// A collection again, as one of its own.
    pub(super) fn copied(&mut self, value: &Value) -> Value {
        let value = self.here(value);
        let What::Object(id) = value.what else { return value };
        let shape = self.heap.shape(id).clone();
        if !matches!(shape, Shape::Dict | Shape::List | Shape::Tuple) {
            return value;
        }
        let copy = self.heap.make(shape);
        let entries = self.heap.entries(id);
        self.spend(entries.len());
        entries.into_iter().for_each(|(key, value)| self.heap.set(copy, key, Some(value)));
        Value::object(copy).with(&value)
    }

    pub(super) fn converted(&mut self, to: &str, value: &Value) -> Value {
        self.each(value, &mut |_, value| match &value.what {
            What::Plain(argument) => {
                let result = operate::converted(to, argument).map(Value::plain);
                result.unwrap_or_else(|| Value::unknown(format!("{to}({argument})"), Why::Computed)).with(value)
            }
            // What is not known stays so, under its own name.
            _ => value.clone(),
        })
    }

    fn extreme(&mut self, least: bool, given: &[Given]) -> Option<Value> {
        let mut best: Option<Argument> = None;
        for argument in given {
            let value = self.here(&argument.value);
            let value = value.argument()?.clone();
            let better = match &best {
                Some(best) => operate::binary(&value, if least { "<" } else { ">" }, best)? == Argument::Bool(true),
                None => true,
            };
            if better {
                best = Some(value);
            }
        }
        best.map(Value::plain).filter(|_| given.len() > 1)
    }

    /// `getattr(a, "b", default)`.
    fn get_attribute(&mut self, given: &[Given]) -> Option<Value> {
        let [of, name, rest @ ..] = given else { return None };
        let name = self.here(&name.value).text()?.to_owned();
        let value = self.each(&of.value, &mut |inner, value| inner.attribute(value, &name));
        let (What::Unknown(text, _), [default, ..]) = (&value.what, rest) else { return Some(value) };
        let mut taken = self.here(&default.value);
        let about = About::GetDefault { text: text.to_string(), taken: self.shown(&taken) };
        let number = self.assume(default.at, about);
        taken.assuming(number);
        Some(taken)
    }

    /// `URL.create("postgresql", host="h")`, and pydantic's `PostgresDsn.build(scheme="postgresql", host="h")`.
    fn url(&mut self, given: &[Given]) -> Value {
        let mut part = |names: &[&str], place| {
            let given = names.iter().find_map(|name| argument(given, name, place))?;
            let value = self.here(&given.value);
            (value.what != What::Plain(Argument::None)).then(|| self.written(&value))
        };
        let name = part(&["drivername", "scheme"], 0).unwrap_or_else(|| hole("drivername"));
        let user = part(&["username", "user"], 1);
        let password = part(&["password"], 2);
        let host = part(&["host"], 3);
        let port = part(&["port"], 4);
        let database = part(&["database", "path"], 5);
        let mut url = format!("{name}://");
        if let Some(user) = &user {
            url += user;
            url += if password.is_some() { ":***@" } else { "@" };
        }
        url += &host.unwrap_or_default();
        url += &port.map_or_else(String::new, |port| format!(":{port}"));
        url += &database.map_or_else(String::new, |database| format!("/{}", database.trim_start_matches('/')));
        Value::plain(url.as_str())
    }
}

fn call_text(path: &str) -> String {
    if path.ends_with(')') { path.to_owned() } else { format!("{path}()") }
}

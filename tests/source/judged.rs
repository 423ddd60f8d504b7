//! Programs that Python has run: what they gave to SQLAlchemy there is what is found in them here.

use serde_json::{Value, json};
use std::fs::read_to_string;
use valet::pool::Reset;
use valet::python::{self, Argument, Engine, PythonError};
use valet::source::{EngineFound, GivenValue, read};

/// What every recorded program begins with, for which a sign stands.
fn imports() -> String {
    let recorder = read_to_string("tests/sqlalchemy/programs.py").unwrap();
    let (_, rest) = recorder.split_once("IMPORTS = \"\"\"").unwrap();
    rest.split_once("\"\"\"").unwrap().0.to_owned()
}

/// As `encode` in settings.py writes a value.
fn written(argument: &Argument) -> Value {
    match argument {
        Argument::None => Value::Null,
        Argument::Bool(yes) => json!(yes),
        Argument::Int(whole) => i64::try_from(*whole).map_or(json!({"int": whole.to_string()}), |whole| json!(whole)),
        Argument::Float(_) => json!({"float": argument.to_string()}),
        Argument::Str(text) => json!(text),
        Argument::Class(class) => json!({"class": class.name()}),
        Argument::Reset(reset) => json!({"reset": match reset {
            Reset::Rollback => "rollback",
            Reset::Commit => "commit",
            Reset::None => "none",
        }}),
        Argument::Dict(pairs) => {
            json!({"dict": pairs.iter().map(|(key, value)| json!([key, written(value)])).collect::<Vec<_>>()})
        }
        Argument::Object { class, text, truthy, hashable } => json!({"object": [class, text, truthy, hashable]}),
        Argument::Pool(_) => panic!("no program makes one"),
    }
}

/// The other way.
fn argument(value: &Value) -> Argument {
    match value {
        Value::Null => Argument::None,
        Value::Bool(yes) => (*yes).into(),
        Value::Number(number) => number.as_i64().unwrap().into(),
        Value::String(text) => text.as_str().into(),
        Value::Object(one) => match one.iter().next().unwrap() {
            (kind, Value::String(text)) => match kind.as_str() {
                "float" => Argument::Float(text.parse().unwrap()),
                "int" => Argument::Int(text.parse().unwrap()),
                "class" => valet::pool::Class::ALL.into_iter().find(|class| class.name() == text).unwrap().into(),
                other => panic!("{other}"),
            },
            (kind, Value::Array(pairs)) if kind == "dict" => Argument::Dict(
                pairs.iter().map(|pair| (pair[0].as_str().map(str::to_owned), argument(&pair[1]))).collect(),
            ),
            (_, object) => Argument::Object {
                class: object[0].as_str().unwrap().to_owned(),
                text: object[1].as_str().unwrap().to_owned(),
                truthy: object[2] == true,
                hashable: object[3] == true,
            },
        },
        Value::Array(_) => panic!("{value}"),
    }
}

fn pairs(value: &Value) -> Vec<(&str, Argument)> {
    value.as_array().unwrap().iter().map(|pair| (pair[0].as_str().unwrap(), argument(&pair[1]))).collect()
}

type Made = Result<Engine, PythonError>;

/// A call as Python made it: the URL, the other arguments, and what the library makes of them.
fn asked(call: &Value) -> (Argument, Vec<(String, Argument)>, Made) {
    let function = call[0].as_str().unwrap();
    let given: Vec<Argument> = call[3].as_array().unwrap().iter().map(argument).collect();
    let mut named = pairs(&call[4]);
    if function == "engine_from_config" {
        let Some(Argument::Dict(config)) = given.first() else { panic!("{call}") };
        let config: Vec<_> = config.iter().map(|(key, value)| (key.as_deref().unwrap(), value.clone())).collect();
        let by_name = named.iter().position(|(name, _)| *name == "prefix").map(|place| named.remove(place).1);
        let prefix = match given.get(1).cloned().or(by_name) {
            Some(Argument::Str(prefix)) => prefix,
            _ => "sqlalchemy.".to_owned(),
        };
        let made = python::engine_from_config(&config, &prefix, &named);
        let mut all: Vec<(String, Argument)> = Vec::new();
        let own = config.iter().filter_map(|(key, value)| Some((key.strip_prefix(&*prefix)?, value)));
        for (name, value) in own.chain(named.iter().map(|(name, value)| (*name, value))) {
            match all.iter_mut().find(|(known, _)| known == name) {
                Some(known) => known.1 = value.clone(),
                None => all.push((name.to_owned(), value.clone())),
            }
        }
        let url = all.remove(all.iter().position(|(name, _)| name == "url").unwrap()).1;
        return (url, all, made);
    }
    let by_name = named.iter().position(|(name, _)| *name == "url").map(|place| named.remove(place).1);
    let url = given.first().cloned().or(by_name).unwrap();
    let made = match function {
        "create_engine" => python::create_engine(url.clone(), &named),
        "create_async_engine" => python::create_async_engine(url.clone(), &named),
        other => panic!("{other}"),
    };
    (url, named.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(), made)
}

fn differs(found: &EngineFound, call: &Value) -> Option<String> {
    if call[0] == "flask" {
        let made = python::flask_sqlalchemy(&pairs(&call[2]), &pairs(&call[1])).map(|engines| engines[0].1.clone());
        return (made != found.made).then(|| format!("{made:?}"));
    }
    let (url, arguments, made) = asked(call);
    let place = json!([found.call.name(), found.place.line, found.place.column]);
    let given: Vec<Value> = found
        .arguments
        .iter()
        .map(|given| match &given.value {
            GivenValue::Known(argument) => json!([given.name, written(argument)]),
            unknown => json!([given.name, "unknown", unknown.to_string()]),
        })
        .collect();
    let real: Vec<Value> = arguments.iter().map(|(name, value)| json!([name, written(value)])).collect();
    let same = place == json!([call[0], call[1], call[2]])
        && found.url.as_deref().map(Argument::from) == Some(url)
        && given == real
        && found.made == made
        && found.when.is_empty();
    (!same).then(|| format!("{place} {:?} {given:?} {:?} {:?}", found.url, found.when, found.made))
}

/// Calls of a loop or a function that ask for the same are one engine: here those that differ only in what an argument has replaced.
fn told_apart(calls: &[Value]) -> Vec<&Value> {
    let mut apart: Vec<(&Value, _)> = Vec::new();
    for call in calls {
        let what = (call[0] != "flask").then(|| (&call[0], &call[1], &call[2], asked(call)));
        if what.is_none() || apart.iter().all(|(_, known)| *known != what) {
            apart.push((call, what));
        }
    }
    apart.into_iter().map(|(call, _)| call).collect()
}

/// Compares all programs of a file; returns how many there were.
fn judge(path: &str, imports: &str) -> usize {
    let (mut programs, mut calls, mut wrong) = (0, 0, Vec::new());
    for line in read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}")).lines() {
        let recorded: Value = serde_json::from_str(line).unwrap();
        let program = recorded[0].as_str().unwrap().replace('§', imports);
        let real = told_apart(recorded[1].as_array().unwrap());
        let found = read(&program).map(|reading| reading.engines).unwrap_or_default();
        let count = (found.len() != real.len()).then(|| format!("{} engines", found.len()));
        let first = found
            .iter()
            .zip(&real)
            .find_map(|(found, call)| differs(found, call).map(|ours| format!("{call}\n  {ours}")));
        programs += 1;
        calls += real.len();
        if let Some(difference) = first.or(count) {
            wrong.push(format!("{}\n{difference}\n", program.strip_prefix(imports).unwrap_or(&program)));
        }
    }
    println!("{path}: {programs} programs with {calls} calls compared");
    wrong.sort_by_key(String::len);
    let shown: Vec<_> = wrong.iter().take(5).cloned().collect();
    assert!(wrong.is_empty(), "{} of {programs} differ:\n{}", wrong.len(), shown.join("\n"));
    programs
}

/// `SOURCE_PROGRAMS=FILE` judges more of them.
#[test]
fn what_python_gives_to_the_library_is_found() {
    let imports = imports();
    assert!(judge("tests/sqlalchemy/programs.jsonl", &imports) >= 400);
    if let Ok(more) = std::env::var("SOURCE_PROGRAMS") {
        judge(&more, &imports);
    }
}

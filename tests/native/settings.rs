//! Settings, against what real SQLAlchemy and Flask-SQLAlchemy made of them: `tests/sqlalchemy/settings.json`.

use proptest::prelude::*;
use serde_json::{Value, json};
use valet::pool::{Class, Echo, Reset, Settings};
use valet::python::{
    Argument, Attributes, Engine, LaterError, LaterErrorMoment, Note, PythonError, async_engine_from_config,
    create_async_engine, create_engine, create_pool_from_url, engine_from_config, flask_sqlalchemy,
};
use valet::time::Span;

pub fn recorded() -> Value {
    let path = "tests/sqlalchemy/settings.json";
    let text = std::fs::read_to_string(path).unwrap();
    let often = text.lines().find_map(|line| line.strip_prefix(",\"often\":")).unwrap();
    let often: Vec<String> = serde_json::from_str(often).unwrap();
    // The last phrase was shortened last, so it is written out first.
    let mut text = text;
    for (number, phrase) in often.iter().enumerate().rev() {
        let mark = format!("§{}", char::from(0x30 + u8::try_from(number).unwrap()));
        text = text.replace(&mark, phrase);
    }
    serde_json::from_str(&text).unwrap()
}

/// A whole number as long as it may be, the nearest of those that are kept.
fn long(digits: &str) -> i128 {
    digits.parse().unwrap_or(if digits.starts_with('-') { -i128::MAX } else { i128::MAX })
}

fn class(name: &Value) -> Class {
    Class::ALL.into_iter().find(|class| *name == class.name()).unwrap()
}

fn reset(name: &Value) -> Reset {
    match name.as_str() {
        Some("commit") => Reset::Commit,
        Some("none") => Reset::None,
        _ => Reset::Rollback,
    }
}

/// The Python value that `encode` in settings.py wrote.
fn argument(value: &Value) -> Argument {
    match value {
        Value::Null => Argument::None,
        Value::Bool(yes) => Argument::Bool(*yes),
        Value::Number(number) => Argument::Int(number.as_i64().unwrap().into()),
        Value::String(text) => Argument::Str(text.clone()),
        Value::Array(_) => panic!("{value}"),
        Value::Object(object) => match object.iter().next().unwrap() {
            (kind, Value::String(text)) if kind == "float" => Argument::Float(text.parse().unwrap()),
            (kind, Value::String(text)) if kind == "int" => Argument::Int(long(text)),
            (kind, name) if kind == "class" => Argument::Class(class(name)),
            (kind, name) if kind == "reset" => Argument::Reset(reset(name)),
            (kind, name) if kind == "pool" => {
                let mut pool = Settings { class: class(name), ..Settings::DEFAULT };
                for (name, value) in pairs(&object["with"]) {
                    match (name, &value) {
                        ("recycle", Argument::Int(secs)) => pool.pool_recycle = Span::from_secs(*secs as i64),
                        ("timeout", Argument::Int(secs)) => pool.pool_timeout = Some(Span::from_secs(*secs as i64)),
                        ("pool_size", Argument::Int(size)) => pool.pool_size = *size as i64,
                        ("max_overflow", Argument::Int(more)) => pool.max_overflow = *more as i64,
                        ("pre_ping", Argument::Bool(yes)) => pool.pool_pre_ping = *yes,
                        _ => panic!("{name}"),
                    }
                }
                pool.into()
            }
            (kind, Value::Array(pairs)) if kind == "dict" => Argument::Dict(
                pairs.iter().map(|pair| (pair[0].as_str().map(str::to_owned), argument(&pair[1]))).collect(),
            ),
            (kind, object) if kind == "object" => Argument::Object {
                class: object[0].as_str().unwrap().to_owned(),
                text: object[1].as_str().unwrap().to_owned(),
                truthy: object[2] == true,
                hashable: object[3] == true,
            },
            _ => panic!("{value}"),
        },
    }
}

fn pairs(value: &Value) -> Vec<(&str, Argument)> {
    value.as_array().unwrap().iter().map(|pair| (pair[0].as_str().unwrap(), argument(&pair[1]))).collect()
}

/// The same the other way, to compare.
fn written(argument: &Argument) -> Value {
    match argument {
        Argument::None => Value::Null,
        Argument::Bool(yes) => json!(yes),
        Argument::Int(whole) if i64::try_from(*whole).is_ok() => json!(*whole as i64),
        Argument::Int(whole) => json!({"int": whole.to_string()}),
        Argument::Float(_) => json!({"float": argument.to_string()}),
        Argument::Str(text) => json!(text),
        Argument::Class(class) => json!({"class": class.name()}),
        Argument::Reset(reset) => json!({"reset": spelled(*reset)}),
        Argument::Dict(pairs) => {
            json!({"dict": pairs.iter().map(|(key, value)| json!([key, written(value)])).collect::<Vec<_>>()})
        }
        Argument::Object { class, text, truthy, hashable } => json!({"object": [class, text, truthy, hashable]}),
        Argument::Pool(_) => panic!("no attribute is a pool"),
    }
}

fn spelled(reset: Reset) -> &'static str {
    match reset {
        Reset::Rollback => "rollback",
        Reset::Commit => "commit",
        Reset::None => "none",
    }
}

fn error(raised: &PythonError) -> Value {
    let mut out = json!({"error": raised.class(), "text": raised.to_string()});
    if let Some(code) = raised.code() {
        out["code"] = json!(code);
        let link = format!(" (Background on this error at: https://sqlalche.me/e/21/{code})");
        assert_eq!(raised.to_string(), raised.args0() + &link);
    }
    out
}

/// The attributes as settings.py writes them: without what is usual, and 1 is as good as `True` there.
fn attributes(engine: &Engine) -> Value {
    let Attributes { size, max_overflow, timeout, use_lifo, recycle, pre_ping, reset_on_return, echo } =
        &engine.attributes;
    let mut out = serde_json::Map::new();
    let equal = |value: &Argument, usual: f64| match value {
        Argument::Bool(yes) => f64::from(u8::from(*yes)) == usual,
        Argument::Int(whole) => *whole as f64 == usual,
        Argument::Float(float) => *float == usual,
        _ => false,
    };
    let fields = [
        ("size", size.as_ref(), 5.0),
        ("max_overflow", max_overflow.as_ref(), 10.0),
        ("timeout", timeout.as_ref(), 30.0),
        ("use_lifo", use_lifo.as_ref(), 0.0),
        ("recycle", Some(recycle), -1.0),
        ("pre_ping", Some(pre_ping), 0.0),
    ];
    for (name, value, usual) in fields {
        if let Some(value) = value.filter(|value| !equal(value, usual)) {
            out.insert(name.into(), written(value));
        }
    }
    if *echo != Argument::None {
        out.insert("echo".into(), written(echo));
    }
    if *reset_on_return != Reset::Rollback {
        out.insert("reset".into(), spelled(*reset_on_return).into());
    }
    if engine.settings.class != Class::QueuePool {
        out.insert("class".into(), engine.settings.class.name().into());
    }
    if engine.dialect != "PGDialect_psycopg" {
        out.insert("dialect".into(), engine.dialect.into());
    }
    Value::Object(out)
}

/// Numbers longer than an `i128` are known only as very long.
fn shortened(value: &mut Value) {
    match value {
        Value::Object(object) => {
            if let Some(Value::String(digits)) = object.get_mut("int") {
                *digits = long(digits).to_string();
            }
            object.values_mut().for_each(shortened);
        }
        Value::Array(values) => values.iter_mut().for_each(shortened),
        _ => {}
    }
}

/// Compares one engine; what is behind the attributes is tested too: which settings they become, and what goes wrong later.
fn judge(engine: &Engine, real: &Value, dialects: &Value) -> Result<(), String> {
    let mut real = real.as_object().unwrap().clone();
    let first = real.remove("first");
    let limit = real.remove("limit");
    let warns = real.remove("warns");
    let lets = real.remove("lets");
    let ours = attributes(engine);
    if ours != Value::Object(real.clone()) {
        return Err(format!("{ours}"));
    }
    let settings = engine.settings;
    let for_pool = json!([settings.dialect.is_async, settings.dialect.has_terminate]);
    if for_pool != dialects[engine.dialect] {
        return Err(format!("{for_pool}"));
    }
    let note =
        engine.notes.iter().find(|note| matches!(note, Note::MemoryMode { .. })).map(|note| json!(note.to_string()));
    if note != warns {
        return Err(format!("warns {note:?}"));
    }
    let later =
        |when| engine.later.iter().find(|later: &&LaterError| later.when == when).map(|later| error(&later.raised));
    let (at_first, at_limit) = (later(LaterErrorMoment::FirstCheckout), later(LaterErrorMoment::Limit));
    // A negative size can have the count at its limit from the beginning.
    let full = settings.limit() == Some(0);
    match &first {
        Some(Value::String(_)) => check(full, "not full from the beginning")?,
        Some(error) => check(at_first.as_ref().or(at_limit.as_ref().filter(|_| full)) == Some(error), &at_first)?,
        None => check(at_first.is_none(), &at_first)?,
    }
    let queue = settings.class.has_queue();
    let endless = real
        .get("max_overflow")
        .is_some_and(|more| !more.is_number() && !more.is_boolean() && argument(more).to_string().contains("inf"));
    if queue && at_first.is_none() && !endless {
        match &limit {
            Some(Value::String(opens)) if opens == "opens" => check(settings.limit().is_none(), settings.limit())?,
            // settings.py gives the connection after 20 ms.
            Some(Value::String(_)) => {
                let over = settings.pool_timeout.is_some_and(|span| span < Span::from_millis(20));
                check(over, settings.pool_timeout)?;
            }
            Some(error) => check(at_limit.as_ref() == Some(error), &at_limit)?,
            None => {
                check(at_limit.is_none(), &at_limit)?;
                check(settings.limit().is_some(), "no limit")?;
                check(settings.pool_timeout.is_none_or(|span| span > Span::ZERO), settings.pool_timeout)?;
            }
        }
    }
    match lets {
        Some(Value::Number(lets)) if at_first.is_none() => check(settings.limit() == lets.as_i64(), settings.limit()),
        Some(_) => Ok(()),
        None => plain(&settings, &real, queue),
    }
}

/// Settings, where the real attribute is an ordinary whole number or missing, are that number.
fn plain(settings: &Settings, real: &serde_json::Map<String, Value>, queue: bool) -> Result<(), String> {
    let whole = |name: &str, usual: i64| match real.get(name) {
        None => Some(usual),
        Some(value) => value.as_i64().filter(|whole| whole.abs() < 1 << 40),
    };
    if let (Some(size), true) = (whole("size", 5), queue) {
        check(settings.pool_size == size, settings.pool_size)?;
    }
    if let Some(more) = whole("max_overflow", 10) {
        check(settings.max_overflow == more, settings.max_overflow)?;
    }
    if let Some(secs) = whole("timeout", 30) {
        check(settings.pool_timeout == Some(Span::from_secs(secs)), settings.pool_timeout)?;
    }
    if let Some(secs) = whole("recycle", -1) {
        check(settings.pool_recycle == Span::from_secs(secs.max(-1)), settings.pool_recycle)?;
    }
    let on = |name: &str| real.get(name).is_some_and(|value| argument(value).truthy());
    check(settings.pool_pre_ping == on("pre_ping"), "pre_ping")?;
    check(settings.pool_use_lifo == on("use_lifo"), "use_lifo")?;
    let echo = match real.get("echo").map(argument) {
        Some(Argument::Str(_)) => Echo::Debug,
        Some(echo) if echo.truthy() => Echo::Info,
        _ => Echo::Off,
    };
    check(settings.echo_pool == echo, settings.echo_pool)?;
    let real = real.get("reset").map_or(Reset::Rollback, reset);
    check(settings.pool_reset_on_return == real, settings.pool_reset_on_return)
}

fn check(holds: bool, instead: impl std::fmt::Debug) -> Result<(), String> {
    if holds { Ok(()) } else { Err(format!("{instead:?}")) }
}

fn ask(function: &str, case: &Value) -> Result<Vec<(Option<String>, Engine)>, PythonError> {
    let one = |engine: Result<Engine, PythonError>| engine.map(|engine| vec![(None, engine)]);
    let prefix = || case[1].as_str().unwrap();
    match function {
        "create_engine" => one(create_engine(argument(&case[0]), &pairs(&case[1]))),
        "create_async_engine" => one(create_async_engine(argument(&case[0]), &pairs(&case[1]))),
        "create_pool_from_url" => one(create_pool_from_url(argument(&case[0]), &pairs(&case[1]))),
        "engine_from_config" => one(engine_from_config(&pairs(&case[0]), prefix(), &pairs(&case[2]))),
        "async_engine_from_config" => one(async_engine_from_config(&pairs(&case[0]), prefix(), &pairs(&case[2]))),
        "flask" => flask_sqlalchemy(&pairs(&case[1]), &pairs(&case[0])),
        other => panic!("{other}"),
    }
}

/// Ours against one of the real answers.
fn compare(
    ours: &Result<Vec<(Option<String>, Engine)>, PythonError>,
    real: &Value,
    dialects: &Value,
) -> Result<(), String> {
    match (ours, real.get("engines")) {
        (Err(raised), _) => {
            let mut real = real.clone();
            real.as_object_mut().unwrap().remove("warns");
            let ours = error(raised);
            if ours == real { Ok(()) } else { Err(ours.to_string()) }
        }
        (Ok(engines), _) if real.get("error").is_some() => {
            Err(format!("{:?}", engines.iter().map(|(_, engine)| attributes(engine)).collect::<Vec<_>>()))
        }
        (Ok(engines), Some(Value::Array(real))) => {
            check(engines.len() == real.len(), engines.len())?;
            engines.iter().zip(real).try_for_each(|((key, engine), real)| {
                check(json!(key) == real[0], key)?;
                let mut real = real[1].clone();
                let warns = engine.notes.iter().find(|note| matches!(note, Note::MemoryMode { .. }));
                if let Some(note) = warns {
                    real["warns"] = json!(note.to_string()); // told of the whole application
                }
                judge(engine, &real, dialects)
            })
        }
        (Ok(engines), _) => judge(&engines[0].1, real, dialects),
    }
}

#[test]
fn settings_are_what_sqlalchemy_makes_of_them() {
    let mut recorded = recorded();
    shortened(&mut recorded);
    let (mut compared, mut refused, mut wrong) = (0, 0, Vec::new());
    for (function, cases) in recorded["cases"].as_object().unwrap() {
        for row in cases.as_array().unwrap() {
            let row = row.as_array().unwrap();
            let (case, answers) = row.split_first().unwrap();
            let ours = ask(function, case);
            compared += 1;
            refused += usize::from(ours.is_err());
            let real = answers.iter().map(|number| &recorded["answers"][number.as_u64().unwrap() as usize]);
            let verdicts: Vec<_> = real.clone().map(|real| compare(&ours, real, &recorded["dialects"])).collect();
            if verdicts.iter().all(Result::is_err) {
                wrong.push(format!(
                    "{function} {case}\n  real {}\n  ours {}",
                    real.map(Value::to_string).collect::<Vec<_>>().join(" or "),
                    verdicts[0].as_ref().unwrap_err()
                ));
            }
        }
    }
    println!("{compared} settings compared, {refused} of them refused");
    assert!(wrong.is_empty(), "{} of {compared} differ:\n{}", wrong.len(), wrong.join("\n"));
    assert!(compared > 1_000);
}

/// Values of every kind, far out ones among them.
fn any_argument() -> impl Strategy<Value = Argument> {
    let class = prop::sample::select(Class::ALL.to_vec());
    let plain = prop_oneof![
        Just(Argument::None),
        any::<bool>().prop_map(Argument::Bool),
        any::<i128>().prop_map(Argument::Int),
        (-9..9_i64).prop_map(Argument::from),
        any::<f64>().prop_map(Argument::Float),
        (-9.0..9.0).prop_map(Argument::Float),
        any::<String>().prop_map(Argument::Str),
        class.prop_map(Argument::Class),
        Just(Argument::from(Settings {
            pool_size: i64::MIN,
            pool_recycle: Span::from_micros(i64::MIN),
            ..Settings::DEFAULT
        })),
    ];
    plain.prop_recursive(2, 8, 4, |inner| {
        prop::collection::vec((prop::option::of("url|pool_size|[a-z]{1,3}"), inner), 0..4).prop_map(Argument::Dict)
    })
}

proptest! {
    /// Whatever is written: an engine or an error, each with its sentences, and never a panic.
    #[test]
    fn nothing_panics(
        url in prop_oneof![any::<String>(), "(sqlite|mysql|postgresql|oracle)(\\+[a-z0-9_]{1,9})?:/{0,4}[a-z:@?&=%+\\[\\].0-9é\n/]{0,24}"],
        arguments in prop::collection::vec(("pool(_size|_timeout|_recycle|_pre_ping|_use_lifo|_reset_on_return|class|_events)?|max_overflow|echo(_pool)?|future|creator|connect_args|[a-z]{1,3}", any_argument()), 0..5),
        value in any_argument(),
    ) {
        let some: Vec<(&str, Argument)> = arguments.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
        let options = Argument::Dict(some.iter().map(|(name, value)| (Some((*name).to_owned()), value.clone())).collect());
        let config = [
            ("SQLALCHEMY_DATABASE_URI", url.as_str().into()),
            ("SQLALCHEMY_ENGINE_OPTIONS", options),
            ("SQLALCHEMY_BINDS", value.clone()),
            ("SQLALCHEMY_ECHO", value),
        ];
        let mut prefixed = some.clone();
        prefixed.push(("url", url.as_str().into()));
        let results = [
            create_engine(url.as_str(), &some),
            create_async_engine(url.as_str(), &some),
            create_pool_from_url(url.as_str(), &some),
            engine_from_config(&prefixed, "", &[]),
        ];
        for result in results {
            match result {
                Ok(engine) => {
                    let _ = (engine.settings.limit(), format!("{engine:?}"));
                    engine.later.iter().for_each(|later| assert!(!later.to_string().is_empty()));
                    engine.notes.iter().for_each(|note| assert!(!note.to_string().is_empty()));
                }
                Err(raised) => assert!(!raised.to_string().is_empty() && !raised.class().is_empty()),
            }
        }
        let _ = flask_sqlalchemy(&some, &config);
    }
}

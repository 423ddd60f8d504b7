//! Flask-SQLAlchemy 3.1.1: engines of an application's configuration.

use super::dialect::in_memory;
use super::engine_from_config::from_options;
use super::options::Options;
use super::url::Url;
use super::{Argument, Engine, Note, PythonError};
use crate::pool::Class;

/// The engines by bind key; `None` is the default one.
pub type Engines = Vec<(Option<String>, Engine)>;

/// Keys that were read before 3.0, and now are not.
const REMOVED: [&str; 5] = [
    "SQLALCHEMY_POOL_SIZE",
    "SQLALCHEMY_POOL_TIMEOUT",
    "SQLALCHEMY_POOL_RECYCLE",
    "SQLALCHEMY_MAX_OVERFLOW",
    "SQLALCHEMY_NATIVE_UNICODE",
];

/// `SQLAlchemy(app, engine_options=...)` with `app.config`, in the order in which the engines are made.
///
/// The options of the default engine are, each before the last: `SQLALCHEMY_BINDS[None]`, `engine_options`,
/// `SQLALCHEMY_ENGINE_OPTIONS`. Those of another bind are `engine_options` and then `SQLALCHEMY_BINDS[key]`, and nothing else.
/// A relative path of an SQLite file is not put into the instance folder here, as it does not matter to the pool.
///
/// # Errors
/// What Python would raise, word for word.
///
/// ```
/// use valet::python::{Argument, flask_sqlalchemy};
/// let config = [("SQLALCHEMY_DATABASE_URI", "mysql+pymysql://host/db".into()), ("SQLALCHEMY_POOL_SIZE", 20.into())];
/// let engines = flask_sqlalchemy(&[], &config).unwrap();
/// let (None, engine) = &engines[0] else { panic!() };
/// assert_eq!((engine.settings.pool_size, engine.settings.pool_recycle.as_secs_f64()), (5, 7200.0));
/// assert!(engine.notes.iter().any(|note| note.to_string().starts_with("SQLALCHEMY_POOL_SIZE is ignored")));
/// ```
pub fn flask_sqlalchemy(
    engine_options: &[(&str, Argument)],
    config: &[(&str, Argument)],
) -> Result<Engines, PythonError> {
    let ours = Options::new(engine_options);
    let config = Options::new(config);

    let mut basic = ours.clone();
    if let Some(options) = config.get("SQLALCHEMY_ENGINE_OPTIONS") {
        basic.update(&dictionary(options)?);
    }
    let echo = config.get("SQLALCHEMY_ECHO").cloned().unwrap_or(Argument::Bool(false));
    let mut engines: Vec<(Option<String>, Options)> = Vec::new();
    for (key, value) in binds(config.get("SQLALCHEMY_BINDS"))? {
        let mut options = ours.clone();
        match value {
            Argument::Str(_) => options.set("url", value),
            value => options.update(&dictionary(&value)?),
        }
        engines.push((key, options));
    }
    match config.get("SQLALCHEMY_DATABASE_URI") {
        None | Some(Argument::None) => {}
        Some(uri) => basic.set("url", uri.clone()),
    }
    if basic.has("url") {
        match engines.iter_mut().find(|(key, _)| key.is_none()) {
            Some((_, options)) => options.update(&basic),
            None => engines.push((None, basic)),
        }
    }
    if engines.is_empty() {
        return Err(PythonError::NoDatabase);
    }
    let removed = REMOVED.iter().filter(|key| config.has(key)).map(|key| Note::Removed((*key).to_owned()));
    let removed: Vec<_> = removed.collect();
    let made = engines.into_iter().map(|(key, options)| {
        let mut engine = engine(options, &echo)?;
        engine.notes.extend(removed.iter().cloned());
        Ok((key, engine))
    });
    made.collect()
}

/// One engine, with what the extension presets for its driver.
fn engine(mut options: Options, echo: &Argument) -> Result<Engine, PythonError> {
    options.set_default("echo", echo.clone());
    options.set_default("echo_pool", echo.clone());
    let url = Url::make(options.get("url").ok_or(PythonError::NoUrl)?)?;
    let mut note = None;
    if ["sqlite", "sqlite+pysqlite"].contains(&url.drivername.as_str()) {
        if in_memory(&url) {
            let asked = options.get("poolclass");
            let usual = [None, Some(&Argument::None), Some(&Argument::Class(Class::StaticPool))];
            note = Some(Note::Static { instead: !usual.contains(&asked) });
            options.set("poolclass", Class::StaticPool.into());
            match options.get("connect_args") {
                None => options.set("connect_args", Argument::Dict(Vec::new())),
                Some(Argument::Dict(_)) => {}
                Some(other) => return Err(PythonError::NotAssignable(other.type_name().to_owned())),
            }
        }
    } else if url.drivername.starts_with("mysql") {
        // The key is a mistake for `poolclass`: create_engine refuses it.
        let queue = options.get("pool_class").is_none_or(|class| *class == Argument::Class(Class::QueuePool));
        if queue && !options.has("pool_recycle") {
            options.set("pool_recycle", 7200.into());
            note = Some(Note::MysqlRecycle);
        }
    }
    let mut engine = from_options(options, false)?;
    engine.notes.extend(note);
    Ok(engine)
}

/// What `update()` takes; a text or a list of pairs would do too, but nobody writes that.
fn dictionary(value: &Argument) -> Result<Options, PythonError> {
    match value {
        Argument::Dict(pairs) => {
            let mut options = Options::default();
            for (key, value) in pairs {
                options.set(key.as_deref().unwrap_or_default(), value.clone());
            }
            Ok(options)
        }
        other => Err(PythonError::NotIterable(other.type_name().to_owned())),
    }
}

fn binds(value: Option<&Argument>) -> Result<Vec<(Option<String>, Argument)>, PythonError> {
    match value {
        None => Ok(Vec::new()),
        Some(Argument::Dict(pairs)) => Ok(pairs.clone()),
        Some(other) => Err(PythonError::NoAttribute { class: other.type_name().to_owned(), attribute: "items" }),
    }
}

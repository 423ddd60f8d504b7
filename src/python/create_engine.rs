//! `create_engine` and its kin.

use super::coercion::{coerced, truth};
use super::dialect::DialectClass;
use super::options::Options;
use super::url::Url;
use super::{Argument, Attributes, Engine, Note, PythonError};
use crate::pool::{Class, Reset};

/// `create_engine(url, **arguments)`. Drivers are taken to be installed, and arguments that do not concern the pool to be right.
///
/// # Errors
/// What Python would raise, word for word.
///
/// ```
/// use valet::python::{LaterErrorMoment, create_engine};
/// // Nobody looks at the number before it is needed.
/// let engine = create_engine("mysql+pymysql://host/db", &[("pool_timeout", "30".into())]).unwrap();
/// assert_eq!(engine.later[0].when, LaterErrorMoment::Limit);
/// assert_eq!(engine.later[0].raised.to_string(), "'<' not supported between instances of 'str' and 'int'");
/// ```
pub fn create_engine<U: Into<Argument>>(url: U, arguments: &[(&str, Argument)]) -> Result<Engine, PythonError> {
    build(&url.into(), Options::new(arguments), Manner::default())
}

/// `create_async_engine(url, **arguments)`.
///
/// # Errors
/// What Python would raise, word for word.
///
/// ```
/// use valet::pool::Class;
/// use valet::python::create_async_engine;
/// let engine = create_async_engine("postgresql://host/db", &[]).unwrap();
/// assert_eq!((engine.dialect, engine.settings.class), ("PGDialectAsync_psycopg", Class::AsyncAdaptedQueuePool));
/// ```
pub fn create_async_engine<U: Into<Argument>>(url: U, arguments: &[(&str, Argument)]) -> Result<Engine, PythonError> {
    build(&url.into(), Options::new(arguments), Manner { coerce: false, for_async: true })
}

/// `create_pool_from_url(url, **arguments)`, which also takes the pool's own names: `timeout` for `pool_timeout`. Not `size`,
/// whatever its signature says.
///
/// # Errors
/// What Python would raise, word for word.
pub fn create_pool_from_url<U: Into<Argument>>(url: U, arguments: &[(&str, Argument)]) -> Result<Engine, PythonError> {
    let mut options = Options::new(arguments);
    for (own, name) in TRANSLATED {
        if let Some(value) = options.pop(own) {
            options.set(name, value);
        }
    }
    build(&url.into(), options, Manner::default())
}

/// What the pool calls otherwise than `create_engine`, in SQLAlchemy's order.
const TRANSLATED: [(&str, &str); 8] = [
    ("logging_name", "pool_logging_name"),
    ("echo", "echo_pool"),
    ("timeout", "pool_timeout"),
    ("recycle", "pool_recycle"),
    ("events", "pool_events"),
    ("reset_on_return", "pool_reset_on_return"),
    ("pre_ping", "pool_pre_ping"),
    ("use_lifo", "pool_use_lifo"),
];

/// How an engine is asked for.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Manner {
    /// From a configuration, whose values may be texts.
    pub(super) coerce: bool,
    /// For asyncio.
    pub(super) for_async: bool,
}

/// Takes arguments out of the options, coerced where that is the manner.
struct Taker {
    options: Options,
    coerce: bool,
    notes: Vec<Note>,
}

impl Taker {
    fn take(&mut self, name: &str) -> Result<Option<Argument>, PythonError> {
        let Some(value) = self.options.pop(name) else { return Ok(None) };
        if !self.coerce {
            return Ok(Some(value));
        }
        let taken = coerced(name, value.clone())?;
        if matches!(&value, Argument::Float(float) if float.fract() != 0.0) && taken != value {
            self.notes.push(Note::Truncated { name: name.to_owned(), from: value.to_string(), to: taken.to_string() });
        }
        Ok(Some(taken))
    }
}

/// The steps of `sqlalchemy/engine/create.py`, in their order, because the first error is the one that is raised. Only where
/// SQLAlchemy goes through a set, and so by chance, is the order here a choice.
pub(super) fn build(url: &Argument, options: Options, manner: Manner) -> Result<Engine, PythonError> {
    let mut taker = Taker { options, coerce: manner.coerce, notes: Vec::new() };
    if let Some(strategy) = taker.options.pop("strategy") {
        return Err(PythonError::Strategy(strategy.to_string()));
    }
    taker.options.pop("empty_in_strategy");
    let url = Url::make(url)?;
    taker.options.pop("plugins");
    let dialect = DialectClass::load(&url.drivername, manner.for_async)?;

    for name in taker.options.names().iter().filter(|name| dialect.takes(name)) {
        let value = taker.options.pop(name);
        if let (true, "legacy_schema_aliasing", Some(value)) = (manner.coerce, name.as_str(), value) {
            truth(&value)?;
        }
    }
    for name in ["module", "enable_from_linting"] {
        taker.options.pop(name);
    }
    dialect.check(&url)?;
    taker.options.pop("connect_args");

    let given = taker.options.pop("pool").filter(|pool| *pool != Argument::None);
    let (class, attributes, creator) = match given {
        Some(Argument::Pool(pool)) => (pool.class, Attributes::of(&pool), None),
        Some(other) => {
            return Err(PythonError::NoAttribute { class: other.type_name().to_owned(), attribute: "_dialect" });
        }
        None => {
            let creator = taker.options.pop("creator");
            let class = match taker.options.pop("poolclass") {
                None | Some(Argument::None) => {
                    let (class, note) = dialect.pool_class(&url);
                    taker.notes.extend(note);
                    class
                }
                Some(Argument::Class(class)) => class,
                Some(other) => {
                    return Err(PythonError::NoAttribute {
                        class: other.type_name().to_owned(),
                        attribute: "__dict__",
                    });
                }
            };
            (class, construct(class, &mut taker)?, creator)
        }
    };

    let fits = match class {
        Class::QueuePool | Class::SingletonThreadPool => !dialect.is_async,
        Class::AsyncAdaptedQueuePool => dialect.is_async,
        Class::NullPool | Class::StaticPool | Class::AssertionPool => true,
    };
    if !fits {
        return Err(PythonError::WrongKind { class, is_async: dialect.is_async });
    }
    if taker.take("future")?.is_some_and(|future| !future.truthy()) {
        return Err(PythonError::Future);
    }
    let echo = taker.take("echo")?;
    for name in ["execution_options", "hide_parameters", "logging_name", "query_cache_size", "_initialize"] {
        taker.options.pop(name);
    }
    let names = taker.options.names();
    if !names.is_empty() {
        return Err(PythonError::InvalidArguments { names, dialect: dialect.class, pool: class });
    }
    check_echo(echo.as_ref())?;
    if manner.for_async && !dialect.is_async {
        return Err(PythonError::NotAsync(dialect.driver));
    }
    Ok(Engine::new(dialect.class, dialect.for_pool(), class, attributes, creator.as_ref(), taker.notes))
}

/// Makes the pool of the arguments that its class takes.
fn construct(class: Class, taker: &mut Taker) -> Result<Attributes, PythonError> {
    let queue = class.has_queue();
    let sized = queue || class == Class::SingletonThreadPool;
    let of = |some: bool, value: Option<Argument>, usual: Argument| some.then(|| value.unwrap_or(usual));
    let mut take = |takes: bool, name: &str| if takes { taker.take(name) } else { Ok(None) };
    let size = of(sized, take(sized, "pool_size")?, 5.into());
    let max_overflow = of(queue, take(queue, "max_overflow")?, 10.into());
    let timeout = of(queue, take(queue, "pool_timeout")?, 30.0.into());
    let use_lifo = of(queue, take(queue, "pool_use_lifo")?, false.into());
    let recycle = take(true, "pool_recycle")?.unwrap_or(Argument::Int(-1));
    let pre_ping = take(true, "pool_pre_ping")?.unwrap_or(Argument::Bool(false));
    let reset = take(true, "pool_reset_on_return")?.unwrap_or(Argument::Bool(true));
    let echo = take(true, "echo_pool")?.unwrap_or(Argument::None);
    for name in ["pool_logging_name", "dialect", "_dispatch"] {
        take(true, name)?;
    }
    let events = take(true, "pool_events")?;

    check_echo(Some(&echo))?;
    let reset_on_return = reset_on_return(&reset)?;
    if let Some(events) = events.filter(Argument::truthy)
        && (events.number().is_some() || matches!(events, Argument::Class(_)))
    {
        return Err(PythonError::NotIterable(events.type_name().to_owned()));
    }
    let more = match &size {
        Some(size) if queue && size.number().is_none() => {
            return Err(PythonError::Operands { operator: '-', left: "int", right: size.type_name().to_owned() });
        }
        Some(size) if queue && size.equals(0) => Some(Argument::Int(-1)),
        _ => max_overflow,
    };
    Ok(Attributes { size, max_overflow: more, timeout, use_lifo, recycle, pre_ping, reset_on_return, echo })
}

/// The logger looks `echo` up among four: nothing, `False`, `True` and `"debug"`.
fn check_echo(echo: Option<&Argument>) -> Result<(), PythonError> {
    match echo {
        None | Some(Argument::None | Argument::Bool(_)) => Ok(()),
        Some(Argument::Str(text)) if text == "debug" => Ok(()),
        Some(number) if number.equals(0) || number.equals(1) => Ok(()),
        Some(other) if !other.hashable() => Err(PythonError::Unhashable(other.type_name().to_owned())),
        Some(other) => Err(PythonError::Echo(other.to_string())),
    }
}

/// All spellings of `pool_reset_on_return`; 1 is `True`, and 0.0 is `False`.
fn reset_on_return(value: &Argument) -> Result<Reset, PythonError> {
    match value {
        Argument::Reset(reset) => Ok(*reset),
        Argument::None => Ok(Reset::None),
        Argument::Str(text) if text == "rollback" => Ok(Reset::Rollback),
        Argument::Str(text) if text == "commit" => Ok(Reset::Commit),
        Argument::Str(text) if text == "none" => Ok(Reset::None),
        number if number.equals(1) => Ok(Reset::Rollback),
        number if number.equals(0) => Ok(Reset::None),
        other => Err(PythonError::ResetOnReturn(other.to_string())),
    }
}

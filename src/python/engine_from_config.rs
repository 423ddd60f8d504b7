//! `engine_from_config`: an engine of a dictionary with prefixed keys.

use super::create_engine::{Manner, build};
use super::options::Options;
use super::{Argument, Engine, PythonError};

/// `engine_from_config(config, prefix, **arguments)`. The prefix is usually `"sqlalchemy."`; arguments go before the configuration.
///
/// # Errors
/// What Python would raise, word for word.
///
/// ```
/// use valet::python::engine_from_config;
/// use valet::time::Span;
///
/// let config = |timeout| [("sqlalchemy.url", "postgresql://host/db".into()), ("sqlalchemy.pool_timeout", timeout)];
/// let engine = engine_from_config(&config(0.5.into()), "sqlalchemy.", &[]).unwrap();
/// assert_eq!(engine.settings.pool_timeout, Some(Span::ZERO));
/// assert_eq!(engine.notes[0].to_string(), "pool_timeout 0.5 became 0: engine_from_config makes it a whole number.");
///
/// let refused = engine_from_config(&config("0.5".into()), "sqlalchemy.", &[]).unwrap_err();
/// assert_eq!((refused.class(), refused.to_string().as_str()), ("ValueError", "invalid literal for int() with base 10: '0.5'"));
/// ```
pub fn engine_from_config(
    config: &[(&str, Argument)],
    prefix: &str,
    arguments: &[(&str, Argument)],
) -> Result<Engine, PythonError> {
    from_options(prefixed(config, prefix, arguments), false)
}

/// `async_engine_from_config(config, prefix, **arguments)`.
///
/// # Errors
/// What Python would raise, word for word.
pub fn async_engine_from_config(
    config: &[(&str, Argument)],
    prefix: &str,
    arguments: &[(&str, Argument)],
) -> Result<Engine, PythonError> {
    from_options(prefixed(config, prefix, arguments), true)
}

fn prefixed(config: &[(&str, Argument)], prefix: &str, arguments: &[(&str, Argument)]) -> Options {
    let mut options = Options::default();
    for (key, value) in config {
        if let Some(name) = key.strip_prefix(prefix) {
            options.set(name, value.clone());
        }
    }
    options.update(&Options::new(arguments));
    options
}

/// An engine of options that hold their URL.
pub(super) fn from_options(mut options: Options, for_async: bool) -> Result<Engine, PythonError> {
    let url = options.pop("url").ok_or(PythonError::NoUrl)?;
    build(&url, options, Manner { coerce: true, for_async })
}

//! What Python would raise.

use crate::pool::Class;

/// An error of SQLAlchemy, Flask-SQLAlchemy or Python itself. `to_string()` is what `str()` of it says.
///
/// ```
/// use valet::python::{PythonError, create_async_engine};
/// use valet::pool::Class;
///
/// let wrong = [("poolclass", Class::QueuePool.into())];
/// let raised = create_async_engine("postgresql+asyncpg://host/db", &wrong).unwrap_err();
/// assert_eq!((raised.class(), raised.code()), ("ArgumentError", Some("pcls")));
/// assert_eq!(raised.args0(), "Pool class QueuePool cannot be used with asyncio engine");
/// assert_eq!(raised.to_string(), raised.args0() + " (Background on this error at: https://sqlalche.me/e/21/pcls)");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PythonError {
    /// Arguments that neither the dialect nor the pool nor the engine takes.
    #[error(
        "Invalid argument(s) {} sent to create_engine(), using configuration {dialect}/{}/Engine.  Please check that the \
         keyword arguments are appropriate for this combination of components.",
        quoted(names),
        pool.name()
    )]
    InvalidArguments {
        /// The arguments, in the order given.
        names: Vec<String>,
        /// The dialect's class.
        dialect: &'static str,
        /// The pool's class.
        pool: Class,
    },
    /// A pool for asyncio where none is wanted, or the reverse.
    #[error(
        "Pool class {} cannot be used with {}asyncio engine (Background on this error at: https://sqlalche.me/e/21/pcls)",
        class.name(),
        if *is_async { "" } else { "non-" }
    )]
    WrongKind {
        /// The pool's class.
        class: Class,
        /// Whether the engine is for asyncio.
        is_async: bool,
    },
    /// `pool_reset_on_return` is none of the spellings; holds its `repr()`.
    #[error("Invalid value for 'reset_on_return': {0}")]
    ResetOnReturn(String),
    /// `future=False`.
    #[error("The 'future' parameter passed to create_engine() may only be set to True.")]
    Future,
    /// A `strategy`, which was removed; holds its `repr()`.
    #[error("unknown strategy: {0}")]
    Strategy(String),
    /// A text that is no URL.
    #[error("Could not parse SQLAlchemy URL from given URL string")]
    UrlText,
    /// No text at all; holds its `repr()`.
    #[error("Expected string or URL object, got {0}")]
    UrlType(String),
    /// Arguments without a name beyond those that have a place.
    #[error("{function}() takes {takes} but {given} were given")]
    Positional {
        /// The function.
        function: &'static str,
        /// How many it takes, in words.
        takes: &'static str,
        /// How many there are.
        given: usize,
    },
    /// The same argument by name and from a dictionary; holds the function with its module.
    #[error("{function}() got multiple values for keyword argument '{name}'")]
    Twice {
        /// The function, with its module.
        function: String,
        /// The argument.
        name: String,
    },
    /// SQLite with a host; holds the URL with its password hidden.
    #[error(
        "Invalid SQLite URL: {0}\nValid SQLite URL forms are:\n sqlite:///:memory: (or, sqlite://)\n \
         sqlite:///relative/path/to/file.db\n sqlite:////absolute/path/to/file.db"
    )]
    SqliteUrl(String),
    /// A dialect nobody has; dots for plus signs.
    #[error("Can't load plugin: sqlalchemy.dialects:{0}")]
    NoSuchDialect(String),
    /// More than one plus sign before `://`.
    #[error("too many values to unpack (expected 2)")]
    TooManyValues,
    /// `create_async_engine` with a driver that is not for asyncio.
    #[error("The asyncio extension requires an async driver to be used. The loaded '{0}' is not async.")]
    NotAsync(&'static str),
    /// A configuration without the key `url`.
    #[error("'url'")]
    NoUrl,
    /// Flask-SQLAlchemy without any database.
    #[error("Either 'SQLALCHEMY_DATABASE_URI' or 'SQLALCHEMY_BINDS' must be set.")]
    NoDatabase,
    /// `int()` of a text; holds its `repr()`, cut where Python cuts it.
    #[error("invalid literal for int() with base 10: {0}")]
    IntLiteral(String),
    /// `int()` of a text of too many digits.
    #[error(
        "Exceeds the limit (4300 digits) for integer string conversion: value has {0} digits; use \
         sys.set_int_max_str_digits() to increase the limit"
    )]
    IntDigits(usize),
    /// `int()` of what is neither text nor number; holds its type.
    #[error("int() argument must be a string, a bytes-like object or a real number, not '{0}'")]
    IntType(String),
    /// `int()` of NaN.
    #[error("cannot convert float NaN to integer")]
    IntNan,
    /// `int()` of an infinity.
    #[error("cannot convert float infinity to integer")]
    IntInfinity,
    /// A text that is no bool; holds its `repr()`, in lower case.
    #[error("String is not true/false: {0}")]
    NotTrueFalse(String),
    /// An `echo` that names no level; holds its `repr()`.
    #[error("{0}")]
    Echo(String),
    /// An `echo` that cannot be looked up; holds its type.
    #[error("unhashable type: '{0}'")]
    Unhashable(String),
    /// Arithmetic that the types do not have.
    #[error("unsupported operand type(s) for {operator}: '{left}' and '{right}'")]
    Operands {
        /// `-` or `+`.
        operator: char,
        /// The type on the left.
        left: &'static str,
        /// The type on the right.
        right: String,
    },
    /// A comparison that the types do not have.
    #[error("'{operator}' not supported between instances of '{left}' and '{right}'")]
    Compared {
        /// `<`, `>` or `>=`.
        operator: &'static str,
        /// The type on the left.
        left: String,
        /// The type on the right.
        right: String,
    },
    /// An object without the attribute asked for.
    #[error("'{class}' object has no attribute '{attribute}'")]
    NoAttribute {
        /// Its type.
        class: String,
        /// The attribute.
        attribute: &'static str,
    },
    /// Something called that is no function; holds its type.
    #[error("'{0}' object is not callable")]
    NotCallable(String),
    /// Something gone through that is no collection; holds its type.
    #[error("'{0}' object is not iterable")]
    NotIterable(String),
    /// `connect_args` that is no dictionary; holds its type.
    #[error("'{0}' object does not support item assignment")]
    NotAssignable(String),
    /// A negative `pool_timeout`, found when a wait begins.
    #[error("'timeout' must be a positive number")]
    NegativeTimeout,
    /// A `pool_timeout` of more than 292 years, found when a wait begins.
    #[error("timestamp out of range for platform time_t")]
    EndlessTimeout,
    /// A count that can neither grow nor be at its limit, found by trying again without end.
    #[error("maximum recursion depth exceeded")]
    Recursion,
    /// A `SingletonThreadPool` without room for a single connection.
    #[error("'pop from an empty set'")]
    EmptySet,
}

impl PythonError {
    /// The name of the exception's class.
    pub fn class(&self) -> &'static str {
        match self {
            PythonError::InvalidArguments { .. }
            | PythonError::Positional { .. }
            | PythonError::Twice { .. }
            | PythonError::IntType(_)
            | PythonError::Unhashable(_)
            | PythonError::Operands { .. }
            | PythonError::Compared { .. }
            | PythonError::NotCallable(_)
            | PythonError::NotIterable(_)
            | PythonError::NotAssignable(_) => "TypeError",
            PythonError::WrongKind { .. }
            | PythonError::ResetOnReturn(_)
            | PythonError::Future
            | PythonError::Strategy(_)
            | PythonError::UrlText
            | PythonError::UrlType(_)
            | PythonError::SqliteUrl(_) => "ArgumentError",
            PythonError::TooManyValues
            | PythonError::IntLiteral(_)
            | PythonError::IntDigits(_)
            | PythonError::IntNan
            | PythonError::NotTrueFalse(_)
            | PythonError::NegativeTimeout => "ValueError",
            PythonError::NoUrl | PythonError::Echo(_) | PythonError::EmptySet => "KeyError",
            PythonError::IntInfinity | PythonError::EndlessTimeout => "OverflowError",
            PythonError::NoSuchDialect(_) => "NoSuchModuleError",
            PythonError::NotAsync(_) => "InvalidRequestError",
            PythonError::NoDatabase => "RuntimeError",
            PythonError::NoAttribute { .. } => "AttributeError",
            PythonError::Recursion => "RecursionError",
        }
    }

    /// SQLAlchemy's short code, under which its documentation explains the error.
    pub fn code(&self) -> Option<&'static str> {
        matches!(self, PythonError::WrongKind { .. }).then_some("pcls")
    }

    /// `args[0]`: the text without the link to the documentation. (Of a `KeyError` it is the key, of which this is the `repr()`.)
    pub fn args0(&self) -> String {
        let mut text = self.to_string();
        if let Some(at) = self.code().and_then(|_| text.find(" (Background on this error at: ")) {
            text.truncate(at);
        }
        text
    }
}

/// `'a','b'`.
fn quoted(names: &[String]) -> String {
    names.iter().map(|name| format!("'{name}'")).collect::<Vec<_>>().join(",")
}

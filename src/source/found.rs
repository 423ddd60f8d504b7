//! What a reading finds.

use super::place::Place;
use super::remark::Remark;
use super::value::Why;
use crate::python::{Argument, Engine, PythonError};

/// What a text says about engines.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// What the text was taken for.
    pub kind: Kind,
    /// In the order in which they are made.
    pub engines: Vec<EngineFound>,
    /// What concerns no single engine.
    pub remarks: Vec<Remark>,
}

/// A kind of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A program, or a part of one.
    Python,
    /// `[section]`, `key = value`.
    Ini,
    /// `NAME=value`.
    Env,
    /// `key: value`, and lists of `NAME=value` as docker-compose has them.
    Yaml,
    /// `[table]`, `key = "value"`.
    Toml,
    /// `{"key": value}`.
    Json,
}

/// An engine, and what the library makes of it.
#[derive(Debug, Clone, PartialEq)]
pub struct EngineFound {
    /// What makes it.
    pub call: Call,
    /// Where that stands.
    pub place: Place,
    /// The key of Flask-SQLAlchemy's bind, if it is not the default one.
    pub bind: Option<String>,
    /// The URL, if the text says it: its password is masked, and parts that are not known stand as `{name}`.
    pub url: Option<String>,
    /// All but the URL, as given; secrets are masked.
    pub arguments: Vec<GivenArgument>,
    /// The engine, or what Python raises.
    pub made: Result<Engine, PythonError>,
    /// Under which conditions it is made so.
    pub when: Vec<Condition>,
    /// What is said about it.
    pub remarks: Vec<Remark>,
}

/// What makes an engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Call {
    /// `create_engine`, SQLModel's too.
    CreateEngine,
    /// `create_async_engine`.
    CreateAsyncEngine,
    /// `engine_from_config`, also for what an ini file holds for it.
    EngineFromConfig,
    /// `async_engine_from_config`.
    AsyncEngineFromConfig,
    /// `create_pool_from_url`.
    CreatePoolFromUrl,
    /// Flask-SQLAlchemy, from an application's configuration.
    Flask,
    /// Airflow, from its configuration.
    Airflow,
    /// A program that is not in the text, with settings that are; they are taken for arguments of `create_engine`.
    Elsewhere,
}

impl Call {
    /// What it is called.
    pub const fn name(self) -> &'static str {
        match self {
            Call::CreateEngine => "create_engine",
            Call::CreateAsyncEngine => "create_async_engine",
            Call::EngineFromConfig => "engine_from_config",
            Call::AsyncEngineFromConfig => "async_engine_from_config",
            Call::CreatePoolFromUrl => "create_pool_from_url",
            Call::Flask => "Flask-SQLAlchemy",
            Call::Airflow => "Airflow",
            Call::Elsewhere => "your program",
        }
    }

    /// The function of this name.
    pub(super) fn named(name: &str) -> Option<Call> {
        use Call::{AsyncEngineFromConfig, CreateAsyncEngine, CreateEngine, CreatePoolFromUrl, EngineFromConfig};
        let all = [CreateEngine, CreateAsyncEngine, EngineFromConfig, AsyncEngineFromConfig, CreatePoolFromUrl];
        all.into_iter().find(|call| call.name() == name)
    }

    /// The module it is in.
    pub(super) const fn module(self) -> &'static str {
        match self {
            Call::CreateAsyncEngine | Call::AsyncEngineFromConfig => "sqlalchemy.ext.asyncio.engine",
            _ => "sqlalchemy.engine.create",
        }
    }

    /// The URL that is taken where none is known.
    pub(super) const fn usual_url(self) -> &'static str {
        match self {
            Call::CreateAsyncEngine | Call::AsyncEngineFromConfig => "postgresql+asyncpg://",
            _ => "postgresql://",
        }
    }
}

/// An argument as given.
#[derive(Debug, Clone, PartialEq)]
pub struct GivenArgument {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: GivenValue,
    /// Where it stands.
    pub place: Place,
}

/// A value, as far as the text says it.
#[derive(Debug, Clone, PartialEq)]
pub enum GivenValue {
    /// It does.
    Known(Argument),
    /// It does not.
    Unknown {
        /// What stands there.
        text: String,
        /// Why that is no value.
        why: Why,
    },
}

impl std::fmt::Display for GivenValue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            GivenValue::Known(argument) => argument.fmt(f),
            GivenValue::Unknown { text, .. } => f.write_str(text),
        }
    }
}

/// A condition on which something depends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// Where it stands.
    pub place: Place,
    /// As written.
    pub text: String,
    /// Which side this is.
    pub holds: bool,
}

//! The applications, as Python files.

use crate::apps::{Framework, View};
use crate::pool::{Class, Dialect, Settings};
use crate::sql::Column;
use crate::time::Span;

/// One of the applications.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Application {
    /// `/` adds an Alice and lists all users. Its pool is meant to be 3 + 2.
    Example,
    /// Its pool is meant to be 20 + 0. The tutorial has no view for it; the one here is ours.
    Test,
    /// `/users` counts the users. Their names are unique.
    Users,
    /// Our own: one small view for each thing that a SQLAlchemy session does with its connection.
    Session,
    /// FastAPI with `async def` endpoints, an `AsyncSession` and a dependency with `yield`.
    Coroutines,
    /// FastAPI with `def` endpoints, which run in threads.
    Threads,
}

/// Whether an application is as its tutorial printed it, or corrected so that it does what the tutorial says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// As printed.
    Original,
    /// Corrected.
    Corrected,
}

impl Application {
    /// All of them.
    pub const ALL: [Application; 6] = [
        Application::Example,
        Application::Test,
        Application::Users,
        Application::Session,
        Application::Coroutines,
        Application::Threads,
    ];

    /// The framework that it is written for.
    pub const fn framework(self) -> Framework {
        match self {
            Application::Example | Application::Test | Application::Users | Application::Session => Framework::Flask,
            Application::Coroutines | Application::Threads => Framework::FastApi,
        }
    }

    /// Its name in links and in file names.
    pub const fn name(self) -> &'static str {
        match self {
            Application::Example => "example",
            Application::Test => "test",
            Application::Users => "users",
            Application::Session => "session",
            Application::Coroutines => "coroutines",
            Application::Threads => "threads",
        }
    }

    /// The column of its `user` table besides the key.
    pub const fn column(self) -> Column {
        match self {
            Application::Users => Column::Username,
            _ => Column::Name,
        }
    }

    /// Whether a tutorial printed it. [`Application::Session`] is our own, so there is nothing to correct.
    pub const fn has_original(self) -> bool {
        !matches!(self, Application::Session)
    }

    /// The text of the Python file.
    pub const fn source(self, form: Form) -> &'static str {
        match (self, form) {
            (Application::Example, Form::Original) => include_str!("flask/example_original.py"),
            (Application::Example, Form::Corrected) => include_str!("flask/example_corrected.py"),
            (Application::Test, Form::Original) => include_str!("flask/test_original.py"),
            (Application::Test, Form::Corrected) => include_str!("flask/test_corrected.py"),
            (Application::Users, Form::Original) => include_str!("flask/users_original.py"),
            (Application::Users, Form::Corrected) => include_str!("flask/users_corrected.py"),
            (Application::Session, _) => include_str!("flask/session.py"),
            (Application::Coroutines, Form::Original) => include_str!("fastapi/coroutines_original.py"),
            (Application::Coroutines, Form::Corrected) => include_str!("fastapi/coroutines_corrected.py"),
            (Application::Threads, Form::Original) => include_str!("fastapi/threads_original.py"),
            (Application::Threads, Form::Corrected) => include_str!("fastapi/threads_corrected.py"),
        }
    }

    /// The pool settings that its configuration comes to. Flask-SQLAlchemy 3.1.1 ignores `SQLALCHEMY_POOL_SIZE` and the like.
    pub fn settings(self, form: Form) -> Settings {
        let pool = |pool_size, max_overflow| Settings { pool_size, max_overflow, ..Settings::DEFAULT };
        match (self, form) {
            (Application::Session, _) | (Application::Example, Form::Corrected) => pool(3, 2),
            (Application::Test, Form::Corrected) => pool(20, 0),
            (Application::Users, Form::Corrected) => Settings {
                pool_timeout: Some(Span::from_secs(300)),
                pool_recycle: Span::from_secs(1800),
                pool_pre_ping: true,
                ..pool(20, 10)
            },
            (Application::Coroutines, _) => Settings {
                class: Class::AsyncAdaptedQueuePool,
                dialect: Dialect { is_async: true, has_terminate: true, ..Dialect::DEFAULT },
                ..pool(3, 2)
            },
            (Application::Threads, _) | (_, Form::Original) => Settings::DEFAULT,
        }
    }

    /// How many threads its server has: as many as anyio gives to endpoints that are `def`. `None` if one for each request.
    pub const fn threads(self) -> Option<u32> {
        match self {
            Application::Threads => Some(40),
            _ => None,
        }
    }

    /// Its views in this form, in the order of the file.
    pub fn views(self, form: Form) -> impl Iterator<Item = View> {
        View::all().filter(move |view| view.application() == self && view.is_in(form))
    }
}

impl Form {
    /// Its name in links and in file names.
    pub const fn name(self) -> &'static str {
        match self {
            Form::Original => "original",
            Form::Corrected => "corrected",
        }
    }
}

//! The applications, as Python files.

use crate::apps::flask::View;
use crate::pool::Settings;
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
    pub const ALL: [Application; 4] =
        [Application::Example, Application::Test, Application::Users, Application::Session];

    /// Its name in links and in file names.
    pub const fn name(self) -> &'static str {
        match self {
            Application::Example => "example",
            Application::Test => "test",
            Application::Users => "users",
            Application::Session => "session",
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
            (Application::Example, Form::Original) => include_str!("example_original.py"),
            (Application::Example, Form::Corrected) => include_str!("example_corrected.py"),
            (Application::Test, Form::Original) => include_str!("test_original.py"),
            (Application::Test, Form::Corrected) => include_str!("test_corrected.py"),
            (Application::Users, Form::Original) => include_str!("users_original.py"),
            (Application::Users, Form::Corrected) => include_str!("users_corrected.py"),
            (Application::Session, _) => include_str!("session.py"),
        }
    }

    /// The pool settings that Flask-SQLAlchemy 3.1.1 makes of its configuration. It ignores `SQLALCHEMY_POOL_SIZE` and the like.
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
            (_, Form::Original) => Settings::DEFAULT,
        }
    }

    /// Its views, in the order of the file.
    pub fn views(self) -> impl Iterator<Item = View> {
        View::all().filter(move |view| view.application() == self)
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

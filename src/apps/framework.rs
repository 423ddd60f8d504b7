//! The frameworks that the applications are written for.

use crate::apps::Application;

/// A web framework.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Framework {
    /// Flask, with Flask-SQLAlchemy. A request has a thread.
    Flask,
    /// FastAPI, with SQLAlchemy itself. A request is a task of the event loop, and an endpoint that is `def` has a thread besides.
    FastApi,
}

impl Framework {
    /// Its name in links, and the name of its scene.
    pub const fn name(self) -> &'static str {
        match self {
            Framework::Flask => "flask",
            Framework::FastApi => "fastapi",
        }
    }

    /// Its applications, in the order in which they are offered.
    pub const fn applications(self) -> &'static [Application] {
        match self {
            Framework::Flask => &[Application::Example, Application::Test, Application::Users, Application::Session],
            Framework::FastApi => &[Application::Coroutines, Application::Threads],
        }
    }

    /// Where its server listens when it is tried out.
    pub const fn address(self) -> &'static str {
        match self {
            Framework::Flask => "http://localhost:5000",
            Framework::FastApi => "http://localhost:8000",
        }
    }
}

//! The applications of the tutorials, as steps, some of which need a connection.
//!
//! An [`Application`] is a Python file. A [`View`] is a list of its lines and what each does.
//! A [`Call`] is one request on its way through a view, with a [session](Session) that behaves as SQLAlchemy's does. A call
//! does nothing itself: it says what it [wants next](CallRequest) (a connection, a statement on it, or time for Python code),
//! and is told [the result](CallInput).

mod application;
mod call;
mod exchange;
mod fastapi;
mod flask;
mod framework;
mod response;
mod session;
mod step;
mod timeline;
mod view;

pub use application::{Application, Form};
pub use call::Call;
pub use exchange::{CallInput, CallRequest};
pub use framework::Framework;
pub use response::{Raised, Response};
pub use session::Session;
pub use step::{Function, Op, Place, SessionStep, ViewLine};
pub use timeline::{Part, Phase, Timeline};
pub use view::View;

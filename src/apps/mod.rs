//! The applications of the tutorials, as steps that need a connection now and then.
//!
//! An [`Application`](flask::Application) is a Python file; a [`View`](flask::View) of it is a list of lines and what each
//! does; a [`Call`] is one request on its way through a view, with a [session](Session) that behaves as SQLAlchemy's does. A
//! call does nothing itself: it says what it [wants next](CallRequest), a connection or a statement on it or a moment of
//! Python's time, and is told [what came of it](CallInput).

mod call;
mod exchange;
pub mod flask;
mod response;
mod session;
mod step;
mod timeline;

pub use call::Call;
pub use exchange::{CallInput, CallRequest};
pub use response::{Raised, Response};
pub use session::Session;
pub use step::{Op, SessionStep, ViewLine};
pub use timeline::{Part, Phase, Timeline};

//! The Flask applications of the tutorials, as steps that need a connection now and then.
//!
//! An [`Application`] is a Python file; a [`View`] of it is a list of lines and what each does; a [`Call`] is one request on its
//! way through a view, with a [session](Session) that behaves as SQLAlchemy's does. A call does nothing itself: it says
//! what it wants next, a connection or a statement on it or a moment of Python's time, and hears what came of it.

mod application;
mod call;
mod response;
mod rows;
mod session;
mod statement;
mod tables;
mod talk;
mod timeline;
mod view;
mod work;

pub use application::{Application, Form};
pub use call::Call;
pub use response::{Raised, Response};
pub use rows::Rows;
pub use session::Session;
pub use statement::{Column, Reply, Statement};
pub use tables::Tables;
pub use talk::{Heard, Next};
pub use timeline::{Part, Phase, Timeline};
pub use view::View;
pub use work::{Do, Line, Op};

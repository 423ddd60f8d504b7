//! What a view does, line by line.

use crate::sql::Statement;
use crate::time::Span;

/// A line of a view, and what it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ViewLine {
    /// Where it stands in the file.
    pub place: Place,
    /// What it does.
    pub op: Op,
}

/// Where a line stands: so many lines below the `def` of its function. 0 lines below is no line of the file: the framework is at
/// work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Place {
    /// The function.
    pub function: Function,
    /// How many lines it is below.
    pub below: u16,
}

/// A function of an application that a request runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Function {
    /// The view itself.
    #[default]
    View,
    /// FastAPI's dependency with an `AsyncSession`.
    GetSession,
    /// FastAPI's dependency with a `Session`.
    GetDb,
    /// A dependency that asks who the user is.
    CurrentUser,
    /// A background task.
    Audit,
    /// What makes the body of a stream.
    Report,
}

impl Function {
    /// Its name in the file, unless it is the view itself.
    pub const fn name(self) -> Option<&'static str> {
        match self {
            Function::View => None,
            Function::GetSession => Some("get_session"),
            Function::GetDb => Some("get_db"),
            Function::CurrentUser => Some("current_user"),
            Function::Audit => Some("audit"),
            Function::Report => Some("report"),
        }
    }
}

/// What a line does, in the words of SQLAlchemy's session and engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Op {
    /// Nothing that matters to a pool.
    Nothing,
    /// Python that takes this many seconds: an email, another service, a large page.
    Slow(u8),
    /// `db.session.add(User(...))`
    Add(&'static str),
    /// `db.session.flush()`
    Flush,
    /// `db.session.commit()`
    Commit,
    /// `db.session.rollback()`, and the end of a `with Session` block
    Rollback,
    /// `User.query.all()`
    All,
    /// `db.session.scalar(db.text('SELECT 1'))`
    Number,
    /// `user.name`
    Read,
    /// `with Session(db.engine, expire_on_commit=False)`, and `async with Session()` of a maker that says so
    OwnSession,
    /// `SessionLocal()`
    ExpiringSession,
    /// `db.close()`, and the end of an `async with Session()` block, whatever happens
    CloseSession,
    /// The same, when the event loop gets to it: after the answer, whatever happens.
    CloseLater,
    /// `await ask_service()`, which takes this many seconds
    Outside(u8),
    /// `asyncio.wait_for(session.scalar(text('SELECT 1')), ...)`, with this many seconds
    Patient(u8),
    /// `with db.engine.connect() as connection`, whose end closes, whatever happens
    With,
    /// `db.engine.connect()`
    Connect,
    /// `db.engine.raw_connection()`
    ConnectRaw,
    /// `connection.execute(db.text('SELECT 1'))`
    Ask,
    /// `connection.cursor().execute("INSERT ...")`
    Insert(&'static str),
    /// `connection.close()`, and the end of a `with` block
    Close,
    /// `kept.append(connection)`
    Keep,
    /// `raise RuntimeError(...)`
    Raise(&'static str),
    /// The view's answer: its status, and its text with `{names}`, `{count}`, `{key}` and `{value}` filled in.
    Return(u16, &'static str),
    /// The same in FastAPI, where more lines follow: [`Op::Send`], and those of dependencies.
    Answer(u16, &'static str),
    /// `StreamingResponse(...)`: the status goes out, and the body is made while it is sent.
    Stream(u16),
    /// `yield` of such a body: what it has come to.
    Yield(&'static str),
    /// FastAPI sends the response, or the last of it.
    Send,
}

/// One step that a line asks for on a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionStep {
    /// Asks the pool for a connection.
    Checkout,
    /// Sends a statement.
    Execute(Statement),
    /// Sends a statement that is cancelled, with its connection, if it takes longer than this.
    ExecuteWithin(Statement, Span),
    /// Gives the connection back to the pool.
    GiveBack {
        /// Whether its transaction has just been rolled back, so that the pool need not reset it.
        transaction_was_reset: bool,
    },
}

impl SessionStep {
    /// The usual way in which a session gives its connection back: it leaves the reset to the pool.
    pub const fn give_back() -> SessionStep {
        SessionStep::GiveBack { transaction_was_reset: false }
    }
}

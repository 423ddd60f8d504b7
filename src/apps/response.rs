//! The response that the browser gets.

use crate::sql::{ConnectError, Rows, StatementError};

/// The response to a request. It is small: its rows are shared, and its body is made only when it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// The exception that the view did not catch, if there is one.
    pub raised: Option<Raised>,
    text: &'static str,
    rows: Rows,
    /// How many rows the view's first query found.
    first: u32,
    key: u32,
}

/// What can be raised in a view.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Raised {
    /// The pool gave no connection.
    #[error("{0}")]
    Pool(ConnectError),
    /// A unique column already has the value.
    #[error(
        "(sqlite3.IntegrityError) UNIQUE constraint failed: user.{column}\n[SQL: INSERT INTO user ({column}) VALUES (?)]\n\
         [parameters: ('{value}',)]\n(Background on this error at: https://sqlalche.me/e/21/gkpj)"
    )]
    Integrity {
        /// The column.
        column: &'static str,
        /// The value.
        value: &'static str,
    },
    /// The statement failed for another reason.
    #[error("{0}")]
    Statement(StatementError),
    /// The connection was lost when it was used.
    #[error("{0}")]
    Lost(StatementError),
    /// An error on a raw driver connection, which SQLAlchemy did not see.
    #[error("{0}")]
    Driver(StatementError),
    /// `asyncio.wait_for` has waited long enough. There are no words for it but the class.
    #[error("")]
    WaitedTooLong,
    /// The session's statement was cancelled, and it was not rolled back.
    #[error(
        "Can't reconnect until invalid transaction is rolled back.  Please rollback() fully before proceeding (Background on \
         this error at: https://sqlalche.me/e/21/8s2b)"
    )]
    PendingRollback,
    /// An exception that the view itself raises.
    #[error("{0}")]
    Runtime(&'static str),
}

impl Raised {
    /// The name of the Python class.
    pub const fn class(&self) -> &'static str {
        match self {
            Raised::Pool(error) => error.class(),
            Raised::Statement(error) | Raised::Lost(error) | Raised::Driver(error) => error.class(),
            Raised::Integrity { .. } => "sqlalchemy.exc.IntegrityError",
            Raised::WaitedTooLong => "TimeoutError",
            Raised::PendingRollback => "sqlalchemy.exc.PendingRollbackError",
            Raised::Runtime(_) => "RuntimeError",
        }
    }
}

impl Default for Response {
    fn default() -> Response {
        Response { status: 200, raised: None, text: "", rows: Rows::default(), first: 0, key: 0 }
    }
}

impl Response {
    /// A response whose text has `{names}`, `{count}`, `{first}`, `{key}` and `{value}` to be filled in.
    pub(super) fn new(status: u16, text: &'static str, rows: &Rows, first: u32, key: u32) -> Response {
        Response { status, raised: None, text, rows: rows.clone(), first, key }
    }

    /// The response to an exception that the view did not catch: Werkzeug's error page, and Starlette's.
    pub(super) fn of(raised: Raised) -> Response {
        Response { status: 500, raised: Some(raised), text: "Internal Server Error", ..Response::default() }
    }

    /// The body that the view returned, as HTML.
    pub fn body(&self) -> String {
        let mut body = self.text.to_string();
        let mut fill = |slot: &str, value: &dyn Fn() -> String| {
            if body.contains(slot) {
                body = body.replace(slot, &value());
            }
        };
        fill("{names}", &|| self.rows.iter().collect::<Vec<_>>().join("<br>"));
        fill("{count}", &|| self.rows.len().to_string());
        fill("{first}", &|| self.first.to_string());
        fill("{key}", &|| self.key.to_string());
        fill("{value}", &|| self.rows.iter().next().unwrap_or_default().to_string());
        body
    }
}

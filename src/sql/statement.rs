//! What the applications ask of their database.

use std::fmt;

/// The one column that a `user` table has besides its key: each application has a model of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Column {
    /// `name = db.Column(db.String(50))`
    Name,
    /// `username = db.Column(db.String(80), unique=True, nullable=False)`
    Username,
}

impl Column {
    /// As SQL says it.
    pub const fn name(self) -> &'static str {
        match self {
            Column::Name => "name",
            Column::Username => "username",
        }
    }
}

/// A statement on a connection. The first one after a commit or a rollback begins a transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Statement {
    /// One more user, whose column has this value. The database gives the key. Replies [`Reply::Inserted`] or
    /// [`Reply::Conflict`].
    Insert(Column, &'static str),
    /// All users, by key. Replies [`Reply::Found`].
    SelectAll(Column),
    /// The user with this key. Replies [`Reply::Found`].
    SelectOne(Column, u32),
    /// No table at all. Replies [`Reply::Found`] with one row.
    SelectNumber,
    /// Makes the transaction's writes everybody's, all or none. Replies [`Reply::Done`], or [`Reply::Conflict`] and nothing
    /// was written.
    Commit,
    /// Forgets the transaction's writes. Replies [`Reply::Done`].
    Rollback,
}

/// As SQLAlchemy's log says it, in one line and with the values in place.
impl fmt::Display for Statement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Statement::Insert(column, value) => write!(f, "INSERT INTO user ({}) VALUES ('{value}')", column.name()),
            Statement::SelectAll(column) => write!(f, "SELECT user.id, user.{} FROM user", column.name()),
            Statement::SelectOne(column, id) => {
                write!(f, "SELECT user.id, user.{} FROM user WHERE user.id = {id}", column.name())
            }
            Statement::SelectNumber => f.write_str("SELECT 1"),
            Statement::Commit => f.write_str("COMMIT"),
            Statement::Rollback => f.write_str("ROLLBACK"),
        }
    }
}

/// What came of a [`Statement`] on a connection that lives. The rows themselves, where there are any, are told beside it as
/// [`Rows`](super::Rows).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reply {
    /// A new row has this key.
    Inserted(u32),
    /// So many rows.
    Found(u32),
    /// Done, and nothing to tell.
    Done,
    /// A unique column has the value already.
    Conflict,
}

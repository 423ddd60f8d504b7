//! Whose words a driver speaks.

use super::Fault;

/// A database and its driver, as far as the words of errors go. How the pool behaves is the same with all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Vendor {
    /// None in particular: a few plain words, and nothing of SQLAlchemy's around them.
    #[default]
    Plain,
    /// PostgreSQL with psycopg 3.
    Postgresql,
    /// MySQL or MariaDB with PyMySQL.
    Mysql,
    /// SQLite with Python's own driver. It has no server: what breaks elsewhere is here the file.
    Sqlite,
}

macro_rules! libpq {
    ($why:literal) => {
        concat!("connection failed: connection to server at \"127.0.0.1\", port 5432 failed: ", $why)
    };
    ($why:literal, unheard) => {
        concat!(libpq!($why), "\n\tIs the server running on that host and accepting TCP/IP connections?")
    };
}

macro_rules! pymysql {
    ($why:literal) => {
        concat!("(2003, \"Can't connect to MySQL server on '127.0.0.1' (", $why, ")\")")
    };
}

impl Vendor {
    /// The driver's exception: its class with its module, and its `str()`. Seen with psycopg 3.3 and PyMySQL 1.2 before
    /// stand-ins for a server: too many connections, refused, gone away, and PyMySQL's 2013. The others were not seen: no route,
    /// both connect time-outs, psycopg's `SSL SYSCALL error` and read time-out, the lock time-outs.
    pub(super) const fn says(self, fault: Fault) -> (&'static str, &'static str) {
        match (self, fault) {
            (Vendor::Plain, _) => ("sqlite3.OperationalError", plain(fault)),
            (Vendor::Postgresql, Fault::Locked) => ("psycopg.errors.LockNotAvailable", psycopg(fault)),
            (Vendor::Postgresql, _) => ("psycopg.OperationalError", psycopg(fault)),
            (Vendor::Mysql, _) => ("pymysql.err.OperationalError", pymysql(fault)),
            (Vendor::Sqlite, _) if fault.is_disconnect() => ("sqlite3.ProgrammingError", sqlite(fault)),
            (Vendor::Sqlite, _) => ("sqlite3.OperationalError", sqlite(fault)),
        }
    }
}

const fn plain(fault: Fault) -> &'static str {
    match fault {
        Fault::TooManyConnections | Fault::Refused | Fault::Unreachable | Fault::ConnectTimeout => "connect refused",
        Fault::GoneAway | Fault::LostInQuery | Fault::ReadTimeout => "server closed the connection unexpectedly",
        Fault::Locked => "the statement failed",
    }
}

const fn psycopg(fault: Fault) -> &'static str {
    match fault {
        Fault::TooManyConnections => libpq!("FATAL:  sorry, too many clients already"),
        Fault::Refused => libpq!("Connection refused", unheard),
        Fault::Unreachable => libpq!("No route to host", unheard),
        Fault::ConnectTimeout => libpq!("Connection timed out", unheard),
        Fault::GoneAway => {
            "consuming input failed: server closed the connection unexpectedly\n\tThis probably means the server terminated \
             abnormally\n\tbefore or while processing the request."
        }
        Fault::LostInQuery => "consuming input failed: SSL SYSCALL error: EOF detected",
        Fault::ReadTimeout => "consuming input failed: could not receive data from server: Connection timed out",
        Fault::Locked => "canceling statement due to lock timeout",
    }
}

const fn pymysql(fault: Fault) -> &'static str {
    match fault {
        Fault::TooManyConnections => "(1040, 'Too many connections')",
        Fault::Refused => pymysql!("[Errno 111] Connection refused"),
        Fault::Unreachable => pymysql!("[Errno 113] No route to host"),
        Fault::ConnectTimeout => pymysql!("timed out"),
        Fault::GoneAway => {
            "(2006, \"MySQL server has gone away (ConnectionResetError(104, 'Connection reset by peer'))\")"
        }
        Fault::LostInQuery => "(2013, 'Lost connection to MySQL server during query')",
        Fault::ReadTimeout => "(2013, 'Lost connection to MySQL server during query (timed out)')",
        Fault::Locked => "(1205, 'Lock wait timeout exceeded; try restarting transaction')",
    }
}

const fn sqlite(fault: Fault) -> &'static str {
    match fault {
        Fault::TooManyConnections | Fault::Refused | Fault::Unreachable => "unable to open database file",
        // Who waits for SQLite waits for its lock.
        Fault::ConnectTimeout | Fault::Locked => "database is locked",
        Fault::GoneAway | Fault::LostInQuery | Fault::ReadTimeout => "Cannot operate on a closed database.",
    }
}

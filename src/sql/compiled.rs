//! Statements as SQLAlchemy compiles them for a database, with parameters: what stands in its errors.

use super::{Statement, Vendor};
use std::fmt::{self, Write};

impl Statement {
    /// `[SQL: ...]` and `[parameters: ...]`, each on a line of its own; nothing for the end of a transaction.
    pub(super) fn write_compiled(self, vendor: Vendor, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let user = if vendor == Vendor::Postgresql { "\"user\"" } else { "user" };
        match self {
            Statement::Commit | Statement::Rollback => Ok(()),
            Statement::SelectNumber => f.write_str("\n[SQL: SELECT 1]"),
            Statement::SelectAll(column) => {
                let column = column.name();
                write!(f, "\n[SQL: SELECT {user}.id AS user_id, {user}.{column} AS user_{column} \nFROM {user}]")
            }
            Statement::SelectOne(column, id) => {
                write!(f, "\n[SQL: SELECT {user}.id, {user}.{} \nFROM {user} \nWHERE {user}.id = ", column.name())?;
                parameter(vendor, "pk_1", "INTEGER", f)?;
                values(vendor, "pk_1", &id, f)
            }
            Statement::Insert(column, value) => {
                let column = column.name();
                write!(f, "\n[SQL: INSERT INTO {user} ({column}) VALUES (")?;
                parameter(vendor, column, "VARCHAR", f)?;
                f.write_char(')')?;
                if vendor == Vendor::Postgresql {
                    write!(f, " RETURNING {user}.id")?;
                }
                values(vendor, column, &format_args!("'{value}'"), f)
            }
        }
    }
}

fn parameter(vendor: Vendor, name: &str, type_name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match vendor {
        Vendor::Postgresql => write!(f, "%({name})s::{type_name}"),
        Vendor::Mysql => write!(f, "%({name})s"),
        Vendor::Sqlite | Vendor::Plain => f.write_char('?'),
    }
}

fn values(vendor: Vendor, name: &str, value: &dyn fmt::Display, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match vendor {
        Vendor::Postgresql | Vendor::Mysql => write!(f, "]\n[parameters: {{'{name}': {value}}}]"),
        Vendor::Sqlite | Vendor::Plain => write!(f, "]\n[parameters: ({value},)]"),
    }
}

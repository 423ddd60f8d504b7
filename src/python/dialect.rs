//! SQLAlchemy's own dialects: what each says about the pool, and which arguments it takes from `create_engine`.

use super::url::Url;
use super::{Note, PythonError};
use crate::pool::{self, Class};

/// A dialect with its driver, which is taken to be installed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct DialectClass {
    /// The class, as messages name it.
    pub(super) class: &'static str,
    /// The driver.
    pub(super) driver: &'static str,
    pub(super) is_async: bool,
    has_terminate: bool,
    pub(super) family: Family,
}

/// A kind of database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    Sqlite,
    Postgresql,
    Mysql,
    Mssql,
    Oracle,
}

/// Arguments that every dialect takes.
const ALL: [&str; 12] = [
    "compiler_linting",
    "dbapi",
    "implicit_returning",
    "insertmanyvalues_page_size",
    "isolation_level",
    "label_length",
    "max_identifier_length",
    "paramstyle",
    "server_side_cursors",
    "skip_autocommit_rollback",
    "supports_native_boolean",
    "use_insertmanyvalues",
];

impl DialectClass {
    /// The dialect of a URL, as `create_engine` or, for asyncio, `create_async_engine` loads it.
    pub(super) fn load(drivername: &str, for_async: bool) -> Result<DialectClass, PythonError> {
        let parts = drivername.split('+').count();
        if parts > 2 {
            return Err(PythonError::TooManyValues);
        }
        let found = named(drivername).ok_or_else(|| PythonError::NoSuchDialect(drivername.replace('+', ".")))?;
        // Two drivers do both; the engine says which.
        Ok(match found.class {
            "PGDialect_psycopg" if for_async => PSYCOPG_ASYNC,
            "OracleDialect_oracledb" if for_async => ORACLEDB_ASYNC,
            _ => found,
        })
    }

    /// What the pool must know.
    pub(super) fn for_pool(&self) -> pool::Dialect {
        pool::Dialect { is_async: self.is_async, has_terminate: self.has_terminate, ..pool::Dialect::DEFAULT }
    }

    /// Whether the dialect itself takes this argument of `create_engine`.
    pub(super) fn takes(&self, name: &str) -> bool {
        let json = ["json_deserializer", "json_serializer"].contains(&name);
        let own: &[&str] = match self.family {
            Family::Sqlite => &["native_datetime"],
            Family::Postgresql => match self.driver {
                "asyncpg" => &["native_inet_types"],
                "pg8000" => &["native_inet_types", "client_encoding"],
                "psycopg" => &["native_inet_types", "client_encoding", "use_native_hstore"],
                _ => &[
                    "native_inet_types",
                    "client_encoding",
                    "use_native_hstore",
                    "executemany_mode",
                    "executemany_batch_page_size",
                ],
            },
            Family::Mysql => match self.driver {
                "pyodbc" => &["is_mariadb", "use_setinputsizes"],
                _ => &["is_mariadb"],
            },
            Family::Mssql => {
                let common = [
                    "deprecate_large_types",
                    "ignore_no_transaction_on_rollback",
                    "legacy_schema_aliasing",
                    "query_timeout",
                    "schema_name",
                    "supports_comments",
                    "use_scope_identity",
                ];
                if common.contains(&name) {
                    return true;
                }
                match self.driver {
                    "pyodbc" | "aioodbc" => &["fast_executemany", "use_setinputsizes"],
                    "mssqlpython" => &["enable_pooling"],
                    _ => &[],
                }
            }
            Family::Oracle => {
                if name == "thick_mode" && self.driver == "cx_oracle" {
                    return false;
                }
                &[
                    "arraysize",
                    "auto_convert_lobs",
                    "coerce_to_decimal",
                    "enable_offset_fetch",
                    "encoding_errors",
                    "exclude_tablespaces",
                    "optimize_limits",
                    "thick_mode",
                    "use_ansi",
                    "use_binds_for_limits",
                    "use_nchar_for_unicode",
                ]
            }
        };
        json || ALL.contains(&name) || own.contains(&name)
    }

    /// SQLite has no host. An engine is refused that names one.
    pub(super) fn check(&self, url: &Url) -> Result<(), PythonError> {
        if self.family != Family::Sqlite {
            return Ok(());
        }
        let mut url = url.clone();
        if self.driver == "pysqlcipher" {
            // Its password is the key of the file, and its pragmas are in the query.
            url.password = None;
            url.query.retain(|(name, _)| {
                !["kdf_iter", "cipher", "cipher_page_size", "cipher_use_hmac"].contains(&name.as_str())
            });
        }
        let given = |part: &Option<String>| part.as_ref().is_some_and(|part| !part.is_empty());
        let hosted = given(&url.username) || given(&url.password) || given(&url.host);
        if hosted || url.port.is_some_and(|port| port != 0) {
            Err(PythonError::SqliteUrl(url.render()))
        } else {
            Ok(())
        }
    }

    /// The pool class where none is asked for, and what SQLAlchemy warns of.
    pub(super) fn pool_class(&self, url: &Url) -> (Class, Option<Note>) {
        let queue = if self.is_async { Class::AsyncAdaptedQueuePool } else { Class::QueuePool };
        if self.family != Family::Sqlite {
            return (queue, None);
        }
        if self.driver == "pysqlcipher" {
            return (Class::SingletonThreadPool, None);
        }
        let by_mode = url.query("mode") == Some("memory");
        if !in_memory(url) && !by_mode {
            return (queue, None);
        }
        let class = if self.is_async { Class::StaticPool } else { Class::SingletonThreadPool };
        (class, by_mode.then_some(Note::MemoryMode { class, future: queue }))
    }
}

/// Whether the path says so: none, or `:memory:`. Nothing is made of `file::memory:`.
pub(super) fn in_memory(url: &Url) -> bool {
    url.database.as_deref().is_none_or(|database| database.is_empty() || database == ":memory:")
}

const fn sync(class: &'static str, driver: &'static str, family: Family) -> Option<DialectClass> {
    Some(DialectClass { class, driver, is_async: false, has_terminate: false, family })
}

const fn asynchronous(
    class: &'static str,
    driver: &'static str,
    has_terminate: bool,
    family: Family,
) -> Option<DialectClass> {
    Some(DialectClass { class, driver, is_async: true, has_terminate, family })
}

const PSYCOPG_ASYNC: DialectClass = DialectClass {
    class: "PGDialectAsync_psycopg",
    driver: "psycopg",
    is_async: true,
    has_terminate: false,
    family: Family::Postgresql,
};
/// With oracledb 26 or newer, which can terminate.
const ORACLEDB_ASYNC: DialectClass = DialectClass {
    class: "OracleDialectAsync_oracledb",
    driver: "oracledb",
    is_async: true,
    has_terminate: true,
    family: Family::Oracle,
};

/// All that SQLAlchemy 2.1 brings along.
fn named(drivername: &str) -> Option<DialectClass> {
    use Family::{Mssql, Mysql, Oracle, Postgresql, Sqlite};
    match drivername {
        "sqlite" | "sqlite+pysqlite" | "sqlite+base" => sync("SQLiteDialect_pysqlite", "pysqlite", Sqlite),
        "sqlite+pysqlcipher" => sync("SQLiteDialect_pysqlcipher", "pysqlcipher", Sqlite),
        "sqlite+aiosqlite" => asynchronous("SQLiteDialect_aiosqlite", "aiosqlite", true, Sqlite),
        "postgresql" | "postgresql+psycopg" | "postgresql+base" => sync("PGDialect_psycopg", "psycopg", Postgresql),
        "postgresql+psycopg_async" => Some(PSYCOPG_ASYNC),
        "postgresql+psycopg2" => sync("PGDialect_psycopg2", "psycopg2", Postgresql),
        "postgresql+psycopg2cffi" => sync("PGDialect_psycopg2cffi", "psycopg2cffi", Postgresql),
        "postgresql+pg8000" => sync("PGDialect_pg8000", "pg8000", Postgresql),
        "postgresql+asyncpg" => asynchronous("PGDialect_asyncpg", "asyncpg", true, Postgresql),
        "mysql" | "mysql+mysqldb" | "mysql+base" => sync("MySQLDialect_mysqldb", "mysqldb", Mysql),
        "mysql+pymysql" => sync("MySQLDialect_pymysql", "pymysql", Mysql),
        "mysql+cymysql" => sync("MySQLDialect_cymysql", "cymysql", Mysql),
        "mysql+mysqlconnector" => sync("MySQLDialect_mysqlconnector", "mysqlconnector", Mysql),
        "mysql+mariadbconnector" => sync("MySQLDialect_mariadbconnector", "mariadbconnector", Mysql),
        "mysql+pyodbc" => sync("MySQLDialect_pyodbc", "pyodbc", Mysql),
        "mysql+aiomysql" => asynchronous("MySQLDialect_aiomysql", "aiomysql", true, Mysql),
        "mysql+asyncmy" => asynchronous("MySQLDialect_asyncmy", "asyncmy", true, Mysql),
        "mariadb" | "mariadb+base" => sync("MariaDBDialect_base", "mysqldb", Mysql),
        "mariadb+mysqldb" => sync("MariaDBDialect_mysqldb", "mysqldb", Mysql),
        "mariadb+pymysql" => sync("MariaDBDialect_pymysql", "pymysql", Mysql),
        "mariadb+cymysql" => sync("MariaDBDialect_cymysql", "cymysql", Mysql),
        "mariadb+mysqlconnector" => sync("MariaDBDialect_mysqlconnector", "mysqlconnector", Mysql),
        "mariadb+mariadbconnector" => sync("MariaDBDialect_mariadbconnector", "mariadbconnector", Mysql),
        "mariadb+pyodbc" => sync("MariaDBDialect_pyodbc", "pyodbc", Mysql),
        "mariadb+aiomysql" => asynchronous("MariaDBDialect_aiomysql", "aiomysql", true, Mysql),
        "mariadb+asyncmy" => asynchronous("MariaDBDialect_asyncmy", "asyncmy", true, Mysql),
        "mssql" | "mssql+pyodbc" | "mssql+base" => sync("MSDialect_pyodbc", "pyodbc", Mssql),
        "mssql+pymssql" => sync("MSDialect_pymssql", "pymssql", Mssql),
        "mssql+mssqlpython" => sync("MSDialect_mssqlpython", "mssqlpython", Mssql),
        "mssql+aioodbc" => asynchronous("MSDialectAsync_aioodbc", "aioodbc", false, Mssql),
        "oracle" | "oracle+oracledb" | "oracle+base" => sync("OracleDialect_oracledb", "oracledb", Oracle),
        "oracle+oracledb_async" => Some(ORACLEDB_ASYNC),
        "oracle+cx_oracle" => sync("OracleDialect_cx_oracle", "cx_oracle", Oracle),
        _ => None,
    }
}

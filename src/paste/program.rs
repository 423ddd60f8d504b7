//! The names of what a program may be made of.

/// A version of SQLAlchemy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    /// Before 1.4.
    Before14,
    /// 1.4.
    V14,
    /// 2.0.
    V20,
    /// 2.1.
    V21,
}

/// A database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Database {
    /// PostgreSQL and what speaks its protocol.
    Postgresql,
    /// MySQL and MariaDB.
    Mysql,
    /// SQLite.
    Sqlite,
    /// SQL Server.
    Mssql,
    /// Oracle.
    Oracle,
}

macro_rules! names {
    ($(#[$doc:meta])* $type:ident: $($(#[$variant_doc:meta])* $variant:ident $name:literal,)*) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $type {
            $($(#[$variant_doc])* #[doc = $name] $variant,)*
        }

        impl $type {
            /// Its name.
            pub const fn name(self) -> &'static str {
                match self { $($type::$variant => $name,)* }
            }
        }
    };
}

names! {
    /// A driver.
    Driver:
    Psycopg2 "psycopg2",
    Psycopg "psycopg",
    Asyncpg "asyncpg",
    Pg8000 "pg8000",
    Pymysql "PyMySQL",
    Aiomysql "aiomysql",
    Asyncmy "asyncmy",
    Mysqlclient "mysqlclient",
    MysqlConnector "mysql-connector-python",
    Sqlite3 "sqlite3",
    Aiosqlite "aiosqlite",
    Pyodbc "pyodbc",
    Aioodbc "aioodbc",
    Pymssql "pymssql",
    Oracledb "oracledb",
}

names! {
    /// What runs the program.
    Framework:
    Flask "Flask",
    FlaskSqlalchemy "Flask-SQLAlchemy",
    Fastapi "FastAPI",
    Starlette "Starlette",
    Celery "Celery",
    Airflow "Airflow",
    Django "Django",
    Superset "Superset",
    Streamlit "Streamlit",
    Jupyterhub "JupyterHub",
    Prefect "Prefect",
    Pyramid "Pyramid",
    Mlflow "MLflow",
    Gunicorn "gunicorn",
    Uvicorn "uvicorn",
    Uwsgi "uWSGI",
}

names! {
    /// Something seen that speaks for one cause or another.
    Hint:
    Link21 "a link of SQLAlchemy 2.1",
    Link20 "a link of SQLAlchemy 2.0",
    Link14 "a link of SQLAlchemy 1.4",
    Link13 "a link of SQLAlchemy 1.3",
    LinkOld "a link of SQLAlchemy before 1.4",
    OldLogger "the logger of SQLAlchemy before 1.3",
    AsyncPool "AsyncAdaptedQueuePool",
    Asyncio "SQLAlchemy’s asyncio extension",
    QueuePool "QueuePool",
    NullPool "NullPool",
    StaticPool "StaticPool",
    SingletonThreadPool "SingletonThreadPool",
    AssertionPool "AssertionPool",
    Configuration "configuration",
    PrePing "pool_pre_ping",
    RemovedFlaskKeys "keys that Flask-SQLAlchemy no longer reads",
    Fork "processes that are forked",
    Threads "threads",
    ThreadPool "a thread pool for endpoints",
    Dependency "a dependency that opens a session",
    HealthCheck "a health check",
    OutsideCall "a call to another service",
    Streaming "a streaming response or a background task",
    Cancelling "something that cancels tasks",
    Retries "retries",
    SlowServer "slow statements",
    Proxy "a proxy or firewall",
    Pooler "PgBouncer",
    Failover "a failover",
    EngineInFunction "create_engine inside a function",
    TwoCheckouts "two places that open a connection in one call",
}

impl Driver {
    /// The database that it speaks to.
    pub const fn database(self) -> Database {
        match self {
            Driver::Psycopg2 | Driver::Psycopg | Driver::Asyncpg | Driver::Pg8000 => Database::Postgresql,
            Driver::Pymysql | Driver::Aiomysql | Driver::Asyncmy | Driver::Mysqlclient | Driver::MysqlConnector => {
                Database::Mysql
            }
            Driver::Sqlite3 | Driver::Aiosqlite => Database::Sqlite,
            Driver::Pyodbc | Driver::Aioodbc | Driver::Pymssql => Database::Mssql,
            Driver::Oracledb => Database::Oracle,
        }
    }

    /// Whether it is for asyncio only.
    pub const fn is_async(self) -> bool {
        matches!(self, Driver::Asyncpg | Driver::Aiomysql | Driver::Asyncmy | Driver::Aiosqlite | Driver::Aioodbc)
    }
}

impl Database {
    /// Its name in fixtures.
    pub const fn name(self) -> &'static str {
        match self {
            Database::Postgresql => "postgresql",
            Database::Mysql => "mysql",
            Database::Sqlite => "sqlite",
            Database::Mssql => "mssql",
            Database::Oracle => "oracle",
        }
    }
}

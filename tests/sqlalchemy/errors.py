"""Asks real SQLAlchemy in what class and words its errors come, and writes down the answers.

    python errors.py > errors.json

`pools`: what each pool class raises to a client, as the last lines of a traceback name it, by the settings and calls that lead
there. `drivers`: what SQLAlchemy makes of what a driver says, by database and cause: the class and text of its own exception,
and whether its dialect takes it for a disconnect. The drivers need not be there: their exceptions are made here, with their
modules, classes and texts, and the dialects compile, judge and wrap them as they do the drivers' own.
"""

import asyncio
import json
import sqlite3
import sys
import traceback
from types import SimpleNamespace

from sqlalchemy import Column, Integer, MetaData, String, Table, bindparam, create_engine, event, exc, insert, pool, select
from sqlalchemy import LABEL_STYLE_TABLENAME_PLUS_COL as LABELLED
from sqlalchemy.dialects.mysql.pymysql import MySQLDialect_pymysql
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import greenlet_spawn


def printed(error: BaseException) -> str:
    return "".join(traceback.format_exception_only(error)).removesuffix("\n")


# Pools.


class Fake:
    """A connection that does what it is told."""

    def create_function(self, *_, **__):
        pass

    def rollback(self):
        pass

    close = terminate = rollback


def refuse():
    raise sqlite3.OperationalError("connect refused")


def one(engine):
    return engine.connect()


# In a file of its own: AssertionPool leaves out of its stack what lies in a folder called sqlalchemy, as this file does.
TWO = """\
def two(engine):
    with engine.connect():
        engine.connect()
"""
exec(compile(TWO, "app.py", "exec"))


def one_again(engine):
    engine.connect().close()
    return engine.connect()


def give_back_after_dispose(engine):
    held = engine.connect()
    engine.pool.dispose()
    held.close()


def vetoed(engine):
    def gone(*_):
        raise exc.DisconnectionError

    event.listen(engine, "checkout", gone)
    engine.connect()


FULL = dict(pool_size=1, max_overflow=0)
POOLS = [
    ("QueuePool at its limit", two, dict(poolclass=pool.QueuePool, **FULL, pool_timeout=0)),
    ("AsyncAdaptedQueuePool at its limit", two, dict(poolclass=pool.AsyncAdaptedQueuePool, **FULL, pool_timeout=0)),
    ("pool_timeout below 0", two, dict(poolclass=pool.QueuePool, **FULL, pool_timeout=-1)),
    ("max_overflow below -1", one, dict(poolclass=pool.QueuePool, pool_size=1, max_overflow=-2)),
    ("SingletonThreadPool of no thread", one, dict(poolclass=pool.SingletonThreadPool, pool_size=0)),
    ("AssertionPool, a second checkout", two, dict(poolclass=pool.AssertionPool)),
    ("AssertionPool, a return after dispose", give_back_after_dispose, dict(poolclass=pool.AssertionPool)),
    ("QueuePool, vetoed", vetoed, dict(poolclass=pool.QueuePool)),
    ("NullPool, vetoed", vetoed, dict(poolclass=pool.NullPool)),
    ("StaticPool, vetoed", vetoed, dict(poolclass=pool.StaticPool)),
    ("QueuePool that pings without a dialect", one_again, dict(poolclass=pool.QueuePool, pool_pre_ping=True)),
    ("QueuePool, refused", one, dict(poolclass=pool.QueuePool, creator=refuse)),
]


def of_pools():
    for name, client, settings in POOLS:
        is_async = settings["poolclass"] is pool.AsyncAdaptedQueuePool
        url = "sqlite+aiosqlite://" if is_async else "sqlite://"
        engine = create_engine(url, _initialize=False, **({"creator": Fake} | settings))
        if "without a dialect" in name:
            engine.pool._dialect = pool.base._ConnDialect()  # as `QueuePool(creator)` has it
        raised = None
        try:
            asyncio.run(greenlet_spawn(client, engine)) if is_async else client(engine)
        except Exception as error:
            raised = printed(error)
        text, at, stack = raised.partition(" at:\n")
        if at:
            assert stack.endswith('  File "app.py", line 2, in two\n'), stack
            text += " at:"
        yield {"case": name, "raises": text}


# Drivers.


def exceptions(module, **special):
    """The exceptions of a driver, as PEP 249 has them. `special`: classes of its own, by their base."""

    def new(name, base, module=module):
        return type(name, (base,), {"__module__": module})

    error = new("Error", Exception)
    database = new("DatabaseError", error)
    all = {"Error": error, "InterfaceError": new("InterfaceError", error), "DatabaseError": database}
    for name in ("DataError", "OperationalError", "IntegrityError", "InternalError", "ProgrammingError", "NotSupportedError"):
        all[name] = new(name, database)
    for name, (base, place) in special.items():
        all[name] = new(name, all[base], place)
    return SimpleNamespace(**all)


LIBPQ = 'connection failed: connection to server at "127.0.0.1", port 5432 failed: '
UNHEARD = "\n\tIs the server running on that host and accepting TCP/IP connections?"
CLOSED = (
    "consuming input failed: server closed the connection unexpectedly\n"
    "\tThis probably means the server terminated abnormally\n\tbefore or while processing the request."
)
PYMYSQL = "Can't connect to MySQL server on '127.0.0.1' (%s)"
LOST = "Lost connection to MySQL server during query"
FILE = "unable to open database file"
SHUT = "Cannot operate on a closed database."

# The causes in the order of the columns: too many connections, refused, unreachable, no answer to the opening; gone away, lost in
# the middle of a query, no answer to a query; waited too long for a lock.
DRIVERS = {
    "postgresql": (
        PGDialect_psycopg(),
        exceptions("psycopg", LockNotAvailable=("OperationalError", "psycopg.errors")),
        [
            LIBPQ + "FATAL:  sorry, too many clients already",
            LIBPQ + "Connection refused" + UNHEARD,
            LIBPQ + "No route to host" + UNHEARD,
            LIBPQ + "Connection timed out" + UNHEARD,
            CLOSED,
            "consuming input failed: SSL SYSCALL error: EOF detected",
            "consuming input failed: could not receive data from server: Connection timed out",
            ("LockNotAvailable", "canceling statement due to lock timeout"),
        ],
    ),
    "mysql": (
        MySQLDialect_pymysql(paramstyle="pyformat"),
        exceptions("pymysql.err"),
        [
            (1040, "Too many connections"),
            (2003, PYMYSQL % "[Errno 111] Connection refused"),
            (2003, PYMYSQL % "[Errno 113] No route to host"),
            (2003, PYMYSQL % "timed out"),
            (2006, "MySQL server has gone away (ConnectionResetError(104, 'Connection reset by peer'))"),
            (2013, LOST),
            (2013, LOST + " (timed out)"),
            (1205, "Lock wait timeout exceeded; try restarting transaction"),
        ],
    ),
    "sqlite": (
        SQLiteDialect_pysqlite(),
        sqlite3,
        [FILE, FILE, FILE, "database is locked", *[("ProgrammingError", SHUT)] * 3, "database is locked"],
    ),
}
OPENING = 4

user = Table("user", MetaData(), Column("id", Integer, primary_key=True), Column("username", String(80)))
STATEMENTS = {
    "SelectNumber": (select(1), {}),
    "SelectAll": (select(user).set_label_style(LABELLED), {}),
    "SelectOne": (select(user).where(user.c.id == bindparam("pk_1", type_=Integer)), {"pk_1": 7}),
    "Insert": (insert(user).values(username=bindparam("username")), {"username": "alice"}),
}


def compiled(statement, parameters, dialect):
    """Its SQL and its parameters, as they go to the driver. What was compiled as a literal stands in the SQL."""
    result = statement.compile(dialect=dialect, compile_kwargs={"literal_binds": not parameters})
    given = result.construct_params(parameters)
    shown = tuple(given[name] for name in result.positiontup) if result.positional else given
    return str(result), shown if parameters else ()


def of_drivers():
    for name, (dialect, module, causes) in DRIVERS.items():
        dialect.dbapi = module
        for number, cause in enumerate(causes):
            class_name, arguments = "OperationalError", (cause,)
            if isinstance(cause, tuple) and isinstance(cause[0], str):
                class_name, arguments = cause[0], cause[1:]
            elif isinstance(cause, tuple):
                arguments = cause
            said = getattr(module, class_name)(*arguments)
            # psycopg's connection knows by itself whether it is broken.
            connection = SimpleNamespace(closed=OPENING <= number < 7, broken=OPENING <= number < 7)
            gone = dialect.is_disconnect(said, None if number < OPENING else connection, None)
            record = {"database": name, "cause": number, "driver": printed(said), "disconnect": bool(gone)}

            def wrapped(statement, parameters):
                return printed(
                    exc.DBAPIError.instance(
                        statement, parameters, said, module.Error, connection_invalidated=gone, dialect=dialect
                    )
                )

            if number < OPENING:
                yield record | {"raises": wrapped(None, None)}
            else:
                yield record | {"at": "Commit", "raises": wrapped(None, None)}
                for at, (statement, parameters) in STATEMENTS.items():
                    yield record | {"at": at, "raises": wrapped(*compiled(statement, parameters, dialect))}


if __name__ == "__main__":
    json.dump({"pools": list(of_pools()), "drivers": list(of_drivers())}, sys.stdout, indent=1)
    sys.stdout.write("\n")

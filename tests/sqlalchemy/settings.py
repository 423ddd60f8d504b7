"""Asks real SQLAlchemy and Flask-SQLAlchemy what they make of settings, and writes down the answers.

    python settings.py > settings.json

Needs SQLAlchemy, Flask-SQLAlchemy, aiosqlite and greenlet; `settings.json` was written with SQLAlchemy 2.1.9,
Flask-SQLAlchemy 3.1.1 and Python 3.11. Other database drivers are not needed: their place in `sys.modules` is taken by
stand-ins, which answer every attribute and refuse to connect. Nothing the judged code decides depends on a driver, except
`has_terminate` of oracledb, which asks for its version (the stand-in says 26).

A case is a function, a URL and the arguments in order. Its answer is either the error, or the attributes of the pool and what
happens at the first checkout and at one that finds the pool at its limit; these two are tried out on the very pool, with
connections that do nothing. Where the answer depends on the order of a Python set (which of two bad values is met first), the
answers of several hash seeds are all written down.
"""

import itertools
import json
import math
import os
import random
import subprocess
import sys
import tempfile
import types
import warnings
from datetime import timedelta

SEEDS = range(6)


class Anything(type):
    """Whatever a dialect looks up in its driver: a class whose attributes are such classes."""

    def __new__(meta, name="Anything", bases=(Exception,), body=None):
        inert = {"__new__": lambda cls, *args, **kw: Exception.__new__(cls), "__init__": lambda self, *args, **kw: None}
        return super().__new__(meta, name, bases, {**inert, **(body or {})})

    def __init__(cls, *args, **kw):
        pass

    def __getattr__(cls, name):
        if name.startswith("_"):
            raise AttributeError(name)
        return Anything()

    def __or__(cls, other):
        return 0

    __ror__ = __or__


class StandIn(types.ModuleType):
    """A driver that is not there."""

    __path__ = []

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        return Anything()


DRIVERS = """psycopg psycopg.adapt psycopg.types psycopg.types.json psycopg.types.range psycopg.types.multirange
    psycopg.types.string psycopg.types.hstore psycopg.pq psycopg2 psycopg2.extras psycopg2.extensions psycopg2cffi asyncpg
    pg8000 pg8000.dbapi MySQLdb MySQLdb.constants MySQLdb.constants.CLIENT pymysql pymysql.constants pymysql.constants.CLIENT
    aiomysql aiomysql.cursors aiomysql.connection asyncmy asyncmy.constants asyncmy.constants.CLIENT asyncmy.errors cymysql mariadb
    mariadb.constants mariadb.constants.CLIENT mysql mysql.connector mysql.connector.constants mysql.connector.errors pyodbc
    pymssql aioodbc mssql_python oracledb cx_Oracle sqlcipher3""".split()
for name in DRIVERS:
    sys.modules[name] = module = StandIn(name)
    module.__version__ = module.version = "26.0.0"
    module.paramstyle, module.Error, module.sqlite_version_info = "format", Exception, (3, 45, 0)
    # Adapters copy what is there and ask for it later.
    names = "adapters makedsn DATETIME TIMESTAMP NUMBER STRING BINARY ROWID DB_TYPE_RAW DB_TYPE_NVARCHAR NCLOB CLOB LOB BLOB"
    for constant in (names + " NCHAR FIXED_NCHAR FIXED_CHAR NATIVE_FLOAT").split():
        setattr(module, constant, Anything())
    if "." in name:
        parent, _, child = name.rpartition(".")
        setattr(sys.modules[parent], child, module)

import sqlalchemy
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import create_engine, create_pool_from_url, engine_from_config, pool
from sqlalchemy.ext.asyncio import async_engine_from_config, create_async_engine
from sqlalchemy.pool.base import ResetStyle

from limit import in_loop, what_happens

CLASSES = [
    pool.QueuePool,
    pool.AsyncAdaptedQueuePool,
    pool.NullPool,
    pool.StaticPool,
    pool.SingletonThreadPool,
    pool.AssertionPool,
]
INSTANCE = tempfile.mkdtemp()


class Connection:
    """A connection that does nothing."""

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *args, **kw: None


class Given:
    """A pool made before, for `pool=`."""

    def __init__(self, cls, **kw):
        self.cls, self.kw = cls, kw

    def make(self):
        return self.cls(Connection, **self.kw)


def encode(value):
    """A Python value as JSON that tells its type."""
    if isinstance(value, float):
        return {"float": repr(value)}
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 2**63:
        return {"int": str(value)}
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, ResetStyle):
        return {"reset": value.name.removeprefix("reset_")}
    if value in CLASSES:
        return {"class": value.__name__}
    if isinstance(value, Given):
        return {"pool": value.cls.__name__, "with": [[k, encode(v)] for k, v in value.kw.items()]}
    if isinstance(value, dict):
        return {"dict": [[key, encode(item)] for key, item in value.items()]}
    if isinstance(value, timedelta):
        return {"object": ["datetime.timedelta", repr(value), bool(value), True]}
    if callable(value):
        return {"object": ["function", "<function>", True, True]}
    hashable = not isinstance(value, list)
    return {"object": [type(value).__name__, repr(value), bool(value), hashable]}


def settled(value):
    """The value as it is given to SQLAlchemy."""
    if isinstance(value, Given):
        return value.make()
    if isinstance(value, dict):
        return {key: settled(item) for key, item in value.items()}
    return list(value) if isinstance(value, list) else value


# Python 3.11.2, Debian's, says of the same limit of its clock what later ones say otherwise.
SAID_BEFORE = {"timestamp too large to convert to C _PyTime_t": "timestamp out of range for platform time_t"}


def raised(error):
    text = str(error)
    if isinstance(error, RecursionError):
        # The rest of the sentence tells in which function the interpreter happened to be.
        text = text.split(" in comparison")[0].split(" while ")[0]
    answer = {"error": type(error).__name__, "text": SAID_BEFORE.get(text, text)}
    code = getattr(error, "code", None)
    if code:
        answer["code"] = code
        link = f" (Background on this error at: https://sqlalche.me/e/21/{code})"
        assert text == error.args[0] + link, "the test strips this link and nothing else"
    return answer


def in_its_world(made, act):
    """Runs `act` in an event loop if the pool is for one."""
    return in_loop(act) if made._dialect.is_async else act()


KNOWN = {}


def at_limit(made):
    """What a checkout does that finds the count at the limit: it opens, waits, or fails."""
    key = (type(made), repr(made._pool.maxsize), repr(made._max_overflow), repr(made._timeout), made._overflow)
    if key not in KNOWN:
        try:
            KNOWN[key] = what_happens(made)
        except BaseException as error:
            KNOWN[key] = raised(error)
    return KNOWN[key]


def first_checkout(made):
    if hasattr(made, "_max_overflow"):
        try:
            if made._max_overflow > -1 and made._overflow >= made._max_overflow:
                return at_limit(made)
        except TypeError:
            pass

    def act():
        connection = made.connect()
        connection.detach()
        made._overflow = getattr(made, "_overflow", 0)

    try:
        in_its_world(made, act)
    except BaseException as error:
        return raised(error)
    return "ok"


def let_out(size, max_overflow):
    """How many connections a pool opens of which none comes back, or None if they are too many to count."""
    if not isinstance(max_overflow, (int, float)) or max_overflow <= -1:
        return None
    made = pool.QueuePool(Connection, pool_size=size, max_overflow=0)
    made._max_overflow = max_overflow
    return next((n for n in range(2000) if not made._inc_overflow()), None)


def attributes(made, dialect, own_creator, probe):
    queue = getattr(made, "_pool", None)
    answer = {"class": type(made).__name__, "dialect": type(dialect).__name__}
    if queue is not None:
        size, lifo = queue.maxsize, queue.use_lifo
        answer |= {"size": encode(size), "max_overflow": encode(made._max_overflow), "timeout": encode(made._timeout)}
        answer |= {"use_lifo": encode(lifo)}
    elif isinstance(made, pool.SingletonThreadPool):
        answer["size"] = encode(made.size)
    answer |= {"recycle": encode(made._recycle), "pre_ping": encode(made._pre_ping)}
    answer |= {"reset": made._reset_on_return.name.removeprefix("reset_")}
    answer |= {"echo": encode(made.echo)}
    DIALECTS[type(dialect).__name__] = [dialect.is_async, dialect.has_terminate]
    answer = {key: value for key, value in answer.items() if not usual(key, value)}
    if probe and queue is not None and any(isinstance(n, float) and n % 1 for n in (size, made._max_overflow)):
        answer["lets"] = let_out(size, made._max_overflow)
    if probe:
        if list(made.dispatch.connect):
            made.dispatch.connect.clear()  # the engine would ask the connection about its server
        if not own_creator:
            made._creator = lambda: Connection()
        first = first_checkout(made)
        if first != "ok":
            answer["first"] = first
        if queue is not None:
            again = pool.QueuePool if type(made) is pool.QueuePool else pool.AsyncAdaptedQueuePool
            again = again(Connection, pool_size=size, max_overflow=0, timeout=made._timeout)
            again._max_overflow = made._max_overflow
            # As many out as are let out; an infinite count is never reached.
            if isinstance(made._max_overflow, (int, float)) and not math.isinf(made._max_overflow):
                again._overflow = max(made._max_overflow, again._overflow)
                limit = at_limit(again)
                if limit != "waits":
                    answer["limit"] = limit
    return answer


# What is not written down where it is so.
USUAL = {"echo": None, "reset": "rollback", "pre_ping": False, "use_lifo": False, "recycle": -1, "timeout": 30.0}
USUAL |= {"max_overflow": 10, "size": 5, "class": "QueuePool", "dialect": "PGDialect_psycopg"}
# By dialect: whether it is for asyncio, and whether it can terminate.
DIALECTS = {}


def usual(key, value):
    if isinstance(value, dict) and "float" in value:
        value = float(value["float"])
    return key in USUAL and value == USUAL[key]


def ask(case, probe):
    """The real answer to a case."""
    kw = {name: settled(value) for name, value in case.get("kw", [])}
    url = case.get("url")
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        try:
            answer = call(case, url, kw, probe)
        except Exception as error:
            answer = raised(error)
    warned = [str(w.message) for w in seen if "Selection of the" in str(w.message)]
    if warned:
        answer["warns"] = warned[0]
    return answer


def call(case, url, kw, probe):
    own = "creator" in kw or kw.get("pool") is not None
    match case["f"]:
        case "create_engine":
            engine = create_engine(url, **kw)
        case "create_async_engine":
            engine = create_async_engine(url, **kw).sync_engine
        case "create_pool_from_url":
            made = create_pool_from_url(url, **kw)
            return attributes(made, made._dialect, own, probe)
        case "engine_from_config" | "async_engine_from_config" as name:
            config = {key: settled(value) for key, value in case["config"]}
            args = [case["prefix"]] if "prefix" in case else []
            if name == "engine_from_config":
                engine = engine_from_config(config, *args, **kw)
            else:
                engine = async_engine_from_config(config, *args, **kw).sync_engine
            own = own or any(key.endswith("creator") for key in config)
        case "flask":
            app = Flask("app", instance_path=INSTANCE)
            app.config.update({key: settled(value) for key, value in case["config"]})
            db = SQLAlchemy(engine_options=kw)
            db.init_app(app)
            engines = db._app_engines[app]
            return {"engines": [[key, attributes(e.pool, e.dialect, own, probe)] for key, e in engines.items()]}
    return attributes(engine.pool, engine.dialect, own, probe)


NAN, INF = math.nan, math.inf
VALUES = [None, True, False, 0, 1, 2, 5, 20, 500, -1, -2, -5, -7, 10**6, 9223372036, 10**10, 2**63, 10**30, -(10**30)]
VALUES += [0.0, -0.0, 0.5, 1.0, 2.9, 5.5, 30.0, -0.5, -1.0, -1.5, -2.5, 0.1, 1e15, 1e16, 1.5e22, 1e-5, 1.5e-7, 1e300]
VALUES += [0.0000001, -0.0000001, -0.9999999, -1.0000001, NAN, INF, -INF]
VALUES += ["", "5", " 5 ", "5_0", "_5", "5__0", "+5", "-1", "- 1", "\u20035\x85", "\x1c5", "0.5", "1e3", "inf", "abc", "None", "True", "true", "false"]
VALUES += ["debug", "DEBUG", "it's", 'a "b"', "it's \"b\"", "é\u00a0\u200b🅿", "a\tb\n\\\x00\x7f", "9" * 40, "x" * 300]
VALUES += [timedelta(seconds=30), [], [5], {}, {"a": 1}, b"5", (), (1, 2), pool.QueuePool, *ResetStyle]
KNOBS = ["pool_size", "max_overflow", "pool_timeout", "pool_recycle", "pool_pre_ping", "pool_use_lifo"]
KNOBS += ["pool_reset_on_return"]
PG, APG = "postgresql://u:p@h/db", "postgresql+asyncpg://u:p@h/db"
MEMORY, FILE = "sqlite://", "sqlite:////tmp/settings.db"
OPTIONS = "SQLALCHEMY_ENGINE_OPTIONS"
URI = "SQLALCHEMY_DATABASE_URI"
BINDS = "SQLALCHEMY_BINDS"

URLS = [MEMORY, FILE, "sqlite:///:memory:", "sqlite:///", "sqlite:///file.db", "sqlite+pysqlite://", "sqlite+pysqlite:///file.db"]
URLS += ["sqlite:///file:x?mode=memory&uri=true", "sqlite:///file.db?mode=memory", "sqlite:///file::memory:?uri=true"]
URLS += ["sqlite:///file:x?mode=memory&cache=shared&uri=true", "sqlite:///x?mode=ro&uri=true", "sqlite:///x?mode=memory&mode=memory"]
URLS += ["sqlite:///x?mode=", "sqlite:///x?mode=m%65mory", "sqlite:///%3Amemory%3A", "sqlite:///:memory:?cache=shared", "sqlite:///x?Mode=memory"]
URLS += ["sqlite+aiosqlite://", "sqlite+aiosqlite:///:memory:", "sqlite+aiosqlite:///file.db", "sqlite+aiosqlite:///x?mode=memory"]
URLS += ["sqlite+aiosqlite:///file::memory:?uri=true", "sqlite+pysqlcipher://", "sqlite+pysqlcipher:////tmp/x.db"]
URLS += ["sqlite://file.db", "sqlite://u:p@h:1/x?b=2&a=1", "sqlite:file.db", "sqlite:/file.db", "sqlite+aiosqlite://file.db"]
URLS += ["sqlite://a b:p@[::1]/x y+z%20é?q=a b&q=%2F", "sqlite://:pw@/x", "sqlite://u@", "sqlite://u:@h/", "sqlite+pysqlcipher://:key@/x"]
URLS += [PG, APG, "postgres://u:p@h/db", "Postgresql://h", " postgresql://h", "postgresql:///db", "postgresql://h:5432/db"]
URLS += ["postgresql+psycopg://h/db", "postgresql+psycopg2://h/db", "postgresql+psycopg_async://h/db", "postgresql+psycopg2cffi://h/d"]
URLS += ["postgresql+pg8000://h/db", "postgresql+foo://h", "mysql://h/db", "mysql+mysqldb://h/db", "mysql+pymysql://h/db"]
URLS += ["mysql+aiomysql://h/db", "mysql+asyncmy://h/db", "mysql+cymysql://h/db", "mysql+mysqlconnector://h/db", "mysql+pyodbc://h/db"]
URLS += ["mysql+pymysql://h/db?charset=latin1", "mysql+mariadbconnector://h/db", "mariadb://h/db", "mariadb+pymysql://h/db"]
URLS += ["mariadb+mysqldb://h/db", "mariadb+aiomysql://h/db", "mariadb+asyncmy://h/db", "mariadb+mariadbconnector://h/db"]
URLS += ["mariadb+pyodbc://h/db", "mariadb+foo://h/db", "mssql://h/db", "mssql+pyodbc://h/db", "mssql+pymssql://h/db"]
URLS += ["mssql+aioodbc://h/db", "mssql+mssqlpython://h/db", "oracle://h/db", "oracle+oracledb://h/db", "oracle+oracledb_async://h/d"]
URLS += ["oracle+cx_oracle://h/db", "foo://h", "foo+bar://h", "a+b+c://h", "é://h", "firebird://h", "redshift+psycopg2://h"]
URLS += ["", "postgresql", "://", "postgresql//h", "postgresql://h:port/db", "postgresql://h:/db", "postgresql://h:1.5/db", None, 5, True]
URLS += ["postgresql://h:0x5/db", "postgresql://u:p:q@h/db", "postgresql://u:p@ss@h/db", "postgresql://u@h@i/db", "postgresql://h/db?a"]
URLS += ["cockroachdb://h", "snowflake://h", "mysql+foo://h", "postgresql-psycopg://h", "sqlite3:///x.db", "sqlite+sqlite3:///x.db"]


def arguments(kw):
    return [[name, value] for name, value in kw.items()]


def written_by_hand():
    """Cases thought of."""
    plain = ["create_engine", "create_async_engine", "create_pool_from_url"]
    for url in URLS:
        for f in plain[:2]:
            yield {"f": f, "url": url}
        yield {"f": "engine_from_config", "config": [["sqlalchemy.url", url]]}
        yield {"f": "create_engine", "url": url, "kw": [["pool_sise", 3]]}
        # The extension puts its folder before a relative path, and the message would show it.
        if not (str(url).startswith("sqlite") and "://" in url and "///" not in url and url != MEMORY):
            yield {"f": "flask", "config": [[URI, url]]}
            yield {"f": "flask", "config": [[URI, url], [OPTIONS, {"pool_size": 3, "max_overflow": "4"}]]}
    for knob, value in itertools.product(KNOBS, VALUES):
        yield {"f": "create_engine", "url": PG, "kw": [[knob, value]]}
        if knob in KNOBS[:4]:
            yield {"f": "engine_from_config", "config": [["sqlalchemy.url", PG], ["sqlalchemy." + knob, value]]}
        if knob == "pool_timeout":
            yield {"f": "create_async_engine", "url": APG, "kw": [[knob, value]]}
        if knob == "pool_size":
            yield {"f": "create_engine", "url": MEMORY, "kw": [[knob, value]]}
    names = ["echo_pool", "echo", "pool_logging_name"]
    for name, value in [*itertools.product(names, VALUES[::3]), *itertools.product(names, ["debug", 2, [], 1.0, "True"])]:
        yield {"f": "create_engine", "url": PG, "kw": [[name, value]]}
        if name.startswith("echo"):
            yield {"f": "engine_from_config", "config": [["url", PG], [name, value]], "prefix": ""}
    for name, value in itertools.product(["future", "poolclass", "creator", "pool"], VALUES[::4]):
        # SQLAlchemy takes a class for a pool and writes into it, so that later cases would see another one; and it looks up
        # arguments on anything that has a __dict__, and calls any class.
        if not isinstance(value, (type, ResetStyle)):
            yield {"f": "create_engine", "url": PG, "kw": [[name, value]]}
    for text in ["yes", "on", "y", "t", "1", " TRUE ", "no", "off", "n", "f", "0", "2", "maybe", "\x1cyes\x1f"]:
        yield {"f": "engine_from_config", "config": [["sqlalchemy.url", PG], ["sqlalchemy.future", text]]}
        for name in ["echo", "echo_pool"]:
            yield {"f": "engine_from_config", "config": [["sqlalchemy.url", PG], ["sqlalchemy." + name, text]]}
    # Every class with every argument, on both kinds of engine.
    names = {"pool_size": 3, "max_overflow": 2, "pool_timeout": 1.5, "pool_recycle": 60, "pool_pre_ping": True}
    names |= {"pool_use_lifo": True, "pool_reset_on_return": "commit", "echo_pool": False, "pool_logging_name": "x"}
    names |= {"pool_events": None, "store_traceback": False, "timeout": 5, "recycle": 5, "size": 5, "use_lifo": True}
    for cls in [None, *CLASSES]:
        for f, url in itertools.product(plain, [PG, APG, MEMORY, FILE, "sqlite+aiosqlite://"]):
            yield {"f": f, "url": url, "kw": [["poolclass", cls]]}
        for name, value in names.items():
            for f in plain:
                url = APG if f == "create_async_engine" else PG
                yield {"f": f, "url": url, "kw": [["poolclass", cls], [name, value]]}
        if cls:
            yield {"f": "create_engine", "url": PG, "kw": [["poolclass", cls], *arguments(names)]}
            for f, url in itertools.product(plain, [PG, APG]):
                yield {"f": f, "url": url, "kw": [["pool", Given(cls)]]}
            yield {"f": "create_engine", "url": PG, "kw": [["pool", Given(cls)], ["pool_size", 3], ["poolclass", cls]]}
            yield {"f": "create_engine", "url": PG, "kw": [["pool", Given(cls, recycle=9, pre_ping=True)], ["echo", True]]}
            yield {"f": "flask", "config": [["SQLALCHEMY_DATABASE_URI", PG], [OPTIONS, {"pool": Given(cls)}]]}
            for url in [PG, MEMORY, FILE, "mysql+pymysql://h/d", "sqlite+aiosqlite://", "mysql+aiomysql://h/d"]:
                for key in ["poolclass", "pool_class"]:
                    yield {"f": "flask", "config": [[URI, url], [OPTIONS, {key: cls, "pool_recycle": 1}]]}
                    yield {"f": "flask", "config": [[URI, url], [OPTIONS, {key: cls}]]}
    yield {"f": "create_engine", "url": PG, "kw": [["pool", Given(pool.QueuePool, pool_size=2, max_overflow=1, timeout=3)]]}
    yield {"f": "create_engine", "url": PG, "kw": [["pool", None], ["pool_size", 1]]}
    # Names that are not arguments, alone and together, and some that are.
    wrong = ["pool_overflow", "pool_class", "pool_max_overflow", "poolsize", "max_overlow", "overflow", "timeout", "pool_max_size"]
    wrong += ["recycle", "pre_ping", "pool_preping", "use_lifo", "reset_on_return", "events", "echopool", "strategy", "encoding"]
    wrong += ["convert_unicode", "case_sensitive", "SQLALCHEMY_POOL_SIZE", "it's", "pool_echo", "autocommit", "async_creator"]
    right = ["isolation_level", "hide_parameters", "query_cache_size", "label_length", "connect_args", "execution_options"]
    right += ["json_serializer", "client_encoding", "executemany_mode", "native_datetime", "thick_mode", "arraysize"]
    right += ["use_setinputsizes", "fast_executemany", "is_mariadb", "use_insertmanyvalues", "plugins", "enable_from_linting"]
    right += ["empty_in_strategy", "skip_autocommit_rollback", "paramstyle", "use_native_hstore", "legacy_schema_aliasing"]
    good = {"connect_args": {}, "execution_options": {}, "plugins": [], "paramstyle": "format", "query_cache_size": 500}
    good |= {"isolation_level": None, "executemany_mode": "values_only", "hide_parameters": True, "arraysize": 50}
    for name in wrong + right:
        urls = [PG, "mysql+pymysql://h", FILE, "oracle://h", "mssql://h", "postgresql+psycopg2://h", "postgresql+pg8000://h"]
        urls += ["mysql+pyodbc://h", "mssql+pymssql://h", "oracle+cx_oracle://h", "mssql+mssqlpython://h", APG]
        for url in urls if name in right[6:15] else urls[:1]:
            yield {"f": "create_engine", "url": url, "kw": [[name, good.get(name, None)]]}
    for some in itertools.combinations(wrong[:6], 3):
        yield {"f": "create_engine", "url": PG, "kw": [[some[0], 1], ["pool_size", 2], [some[1], 1], [some[2], 1]]}
    for key in wrong[5:16]:
        yield {"f": "create_pool_from_url", "url": PG, "kw": [[key, 1], ["nonsense", 1], ["pool_size", 2]]}
    # Two errors: which comes first.
    bad = [["pool_size", "5"], ["pool_reset_on_return", "off"], ["echo_pool", "yes"], ["nonsense", 1], ["future", False]]
    bad += [["poolclass", pool.AsyncAdaptedQueuePool], ["poolclass", "QueuePool"], ["echo", "yes"], ["strategy", "threadlocal"]]
    for one, other in itertools.permutations(bad, 2):
        if one[0] != other[0]:
            yield {"f": "create_engine", "url": PG, "kw": [one, other]}
            yield {"f": "create_async_engine", "url": "mysql://", "kw": [one, other]}
            config = [["url", "sqlite://file.db"], one, other]
            yield {"f": "engine_from_config", "config": config, "prefix": ""}
    for one, other in itertools.combinations(["pool_size", "max_overflow", "pool_timeout", "pool_recycle", "echo_pool"], 2):
        yield {"f": "engine_from_config", "config": [["url", PG], [one, "x"], [other, "y"]], "prefix": ""}
    # Prefixes and overriding arguments.
    yield {"f": "engine_from_config", "config": []}
    yield {"f": "engine_from_config", "config": [["url", PG]]}
    yield {"f": "engine_from_config", "config": [["db.url", PG], ["db.pool_size", "7"], ["pool_size", "8"]], "prefix": "db."}
    yield {"f": "engine_from_config", "config": [["db.url", PG], ["db.pool_size", "7"]], "prefix": "db.", "kw": [["pool_size", "9"]]}
    yield {"f": "engine_from_config", "config": [["sqlalchemy.url", PG]], "kw": [["url", MEMORY], ["pool_timeout", 0.5]]}
    yield {"f": "engine_from_config", "config": [["sqlalchemy.url", PG], ["sqlalchemy.pool.size", "3"]]}
    yield {"f": "engine_from_config", "config": [["sqlalchemy.url", PG], ["sqlalchemy.nonsense", "3"]], "kw": [["x", 1]]}
    yield {"f": "async_engine_from_config", "config": [["sqlalchemy.url", PG], ["sqlalchemy.pool_timeout", "3"]]}
    yield {"f": "async_engine_from_config", "config": [["sqlalchemy.url", APG], ["sqlalchemy.pool_size", "0"]]}
    yield {"f": "async_engine_from_config", "config": [["sqlalchemy.url", "mysql://h"]]}
    yield from flask_by_hand()


def flask_by_hand():
    def flask(*config, **options):
        return {"f": "flask", "config": [list(pair) for pair in config], "kw": arguments(options)}

    yield flask()
    yield flask((URI, None))
    yield flask((URI, None), pool_size=3)
    yield flask((URI, None), (BINDS, {}))
    yield flask((URI, PG), (OPTIONS, None))
    yield flask((URI, PG), (BINDS, None))
    yield flask((OPTIONS, {"url": PG, "pool_size": 4}))
    yield flask((URI, MEMORY), (OPTIONS, {"url": PG}))
    yield flask(url=PG, pool_size=2)
    yield flask((BINDS, {"a": PG}))
    yield flask((BINDS, {"a": {"pool_size": 3}}))
    yield flask((BINDS, {"a": None}))
    yield flask((BINDS, {"a": 5}))
    yield flask((BINDS, {None: PG}))
    yield flask((BINDS, {None: {"url": PG, "pool_size": 3}}), pool_size=2)
    yield flask((URI, MEMORY), (BINDS, {None: {"url": PG, "pool_size": 3}}), pool_size=2)
    yield flask((URI, PG), (BINDS, {None: {"url": MEMORY, "pool_size": 3, "max_overflow": 1}}), pool_size=2)
    yield flask((URI, PG), (BINDS, {None: {"pool_size": 3}}), (OPTIONS, {"pool_size": 4}), pool_size=2)
    yield flask((URI, PG), (BINDS, {"a": {"url": PG}, "b": APG}), (OPTIONS, {"pool_size": 4}), pool_size=2)
    yield flask((URI, PG), (BINDS, {"a": {"url": PG, "pool_size": 3}}), (OPTIONS, {"pool_size": 4}), pool_size=2, max_overflow=7)
    yield flask((URI, PG), (BINDS, {"a": {"url": PG, "pool_sise": 3}}), (OPTIONS, {"pool_size": "x"}))
    yield flask((URI, MEMORY), (BINDS, {"a": {"url": MEMORY, "pool_size": 3}}))
    yield flask((URI, MEMORY), pool_recycle=60, pool_pre_ping="false")
    yield flask((URI, MEMORY), (OPTIONS, {"connect_args": {"timeout": 3}}))
    yield flask((URI, MEMORY), (OPTIONS, {"connect_args": None}))
    yield flask((URI, FILE), (OPTIONS, {"connect_args": None}))
    yield flask((URI, MEMORY), (OPTIONS, {"pool": Given(pool.StaticPool)}))
    yield flask((URI, "mysql://h/d"), (OPTIONS, {"pool": Given(pool.QueuePool), "pool_class": pool.NullPool}))
    yield flask((URI, "mysql://h/d"), (OPTIONS, {"pool_class": pool.QueuePool, "pool": Given(pool.QueuePool)}))
    for value in [None, 100, -1, "280", 0.9, "x"]:
        yield flask((URI, "mysql://h/d"), (OPTIONS, {"pool_recycle": value}))
    for value in [None, True, False, 1, 0, "debug", "true", "no", "x", 2]:
        yield flask((URI, PG), ("SQLALCHEMY_ECHO", value))
        yield flask((URI, PG), ("SQLALCHEMY_ECHO", value), (OPTIONS, {"echo": False}))
        yield flask((URI, PG), ("SQLALCHEMY_ECHO", value), echo_pool="debug")
    gone = ["SIZE", "TIMEOUT", "RECYCLE", "MAX_OVERFLOW", "PRE_PING", "RESET_ON_RETURN", "USE_LIFO"]
    for name in ["SQLALCHEMY_" + "POOL_" * (end != "MAX_OVERFLOW") + end for end in gone] + ["SQLALCHEMY_NATIVE_UNICODE"]:
        yield flask((URI, PG), (name, 3))
    yield flask((URI, PG), *[("SQLALCHEMY_POOL_" + end, 3) for end in gone], (OPTIONS, {"pool_size": 6}))
    yield flask((URI, PG), ("SQLALCHEMY_RECORD_QUERIES", True), ("SQLALCHEMY_TRACK_MODIFICATIONS", True))
    for value in [0.5, 2.9, "0.5", "30", None, -1, NAN, INF]:
        yield flask((URI, PG), (OPTIONS, {"pool_timeout": value}))
        yield flask((URI, PG), pool_timeout=value)


def by_chance(count):
    """Seeded combinations, most of sensible values."""
    dice = random.Random(20261)
    sensible = {
        "pool_size": [0, 1, 5, 20, True, "7", 3.0],
        "max_overflow": [0, 10, -1, -2, 5, 2.5, "3", None],
        "pool_timeout": [0, 1, 0.5, 30, None, "10", -1, 2.9],
        "pool_recycle": [-1, 0, 280, 1800, 3600.5, "1800", -2],
        "pool_pre_ping": [True, False, 1, "false", None],
        "pool_use_lifo": [True, False, 0, "yes"],
        "pool_reset_on_return": ["rollback", "commit", None, True, False, "none", "Commit"],
        "echo_pool": [True, False, "debug", "info", None],
        "pool_logging_name": ["web", None, ""],
        "pool_overflow": [1],
        "echo": [True, "false"],
        "isolation_level": [None],
        "poolclass": [None, *CLASSES],
        "pool": [None, Given(pool.QueuePool), Given(pool.NullPool, recycle=5)],
    }
    weights = [6] * 7 + [2, 2, 1, 1, 1, 3, 1]
    functions = ["create_engine", "create_async_engine", "engine_from_config", "flask", "create_pool_from_url"]
    urls = [PG, APG, MEMORY, FILE, "sqlite+aiosqlite://", "mysql+pymysql://h/d", "mysql+aiomysql://h/d", "sqlite:///:memory:"]
    urls += ["mariadb://h/d", "oracle://h/d", "sqlite+aiosqlite:///x.db", "mssql+pyodbc://h/d"]
    for _ in range(count):
        f, url = dice.choices(functions, [5, 2, 3, 3, 1])[0], dice.choice(urls)
        names = dict.fromkeys(dice.choices(list(sensible), weights, k=dice.randint(1, 6)))
        kw = {}
        for name in names:
            from_all = name in KNOBS and dice.random() < 0.04
            kw[name] = dice.choice(VALUES if from_all else sensible[name])
        if f == "engine_from_config":
            yield {"f": f, "config": [["sqlalchemy.url", url], *[["sqlalchemy." + k, v] for k, v in kw.items()]]}
        elif f == "flask":
            half = {k: kw[k] for k in list(kw)[::2]}
            case = {"f": f, "config": [[URI, url], [OPTIONS, kw]], "kw": arguments(half)}
            if dice.random() < 0.3:
                case["config"].append([BINDS, {"other": {"url": dice.choice(urls), **half}}])
            yield case
        else:
            yield {"f": f, "url": url, "kw": arguments(kw)}


def encoded(case):
    """The arguments of the function, in order."""
    kw = [[k, encode(v)] for k, v in case.get("kw", [])]
    if "config" not in case:
        return [encode(case["url"]), kw]
    config = [[k, encode(v)] for k, v in case["config"]]
    return [config, kw] if case["f"] == "flask" else [config, case.get("prefix", "sqlalchemy."), kw]


# Put for what comes often, before the file is read as JSON.
OFTEN = [
    " sent to create_engine(), using configuration ",
    "/Engine.  Please check that the keyword arguments are appropriate for this combination of components.",
    "\\nValid SQLite URL forms are:\\n sqlite:///:memory: (or, sqlite://)\\n sqlite:///relative/path/to/file.db\\n"
    " sqlite:////absolute/path/to/file.db",
    " (Background on this error at: https://sqlalche.me/e/21/",
    '{"error":"TypeError","text":"Invalid argument(s) ',
    "not supported between instances of ",
    '["SQLALCHEMY_DATABASE_URI",',
    '["SQLALCHEMY_ENGINE_OPTIONS",{"dict":[',
    "AsyncAdaptedQueuePool",
    "pool_reset_on_return",
    "pool_logging_name",
    "SingletonThreadPool",
    "SQLiteDialect_",
    "MySQLDialect_",
    '[["sqlalchemy.url",',
    '"sqlalchemy.pool_',
    "PGDialect_",
    "OracleDialect_oracledb",
    "maximum recursion depth exceeded",
    "max_overflow",
    "pool_pre_ping",
    "pool_use_lifo",
    "pool_recycle",
    "pool_timeout",
    "postgresql",
    '"dialect":"',
    '"poolclass"',
    '{"class":"',
    '{"float":"',
    '{"object":["',
    "echo_pool",
    "pool_size",
    "QueuePool",
    "StaticPool",
    "NullPool",
    "AssertionPool",
    "aiosqlite",
]


def shortened(text):
    assert "§" not in text
    for number, phrase in enumerate(OFTEN):
        text = text.replace(phrase, "§%c" % (0x30 + number))
    return text


def compact(thing):
    return json.dumps(thing, separators=(",", ":"), sort_keys=True, ensure_ascii=False)


def answers(probe):
    """Every case once, in order, with its answer."""
    seen = {}
    for case in itertools.chain(written_by_hand(), by_chance(500)):
        key = case["f"] + compact(encoded(case))
        if key not in seen:
            seen[key] = ask(case, probe)
    return seen


def main():
    import logging

    logging.disable(logging.CRITICAL)
    if "--errors" in sys.argv:
        print(json.dumps([[key, a.get("error") and a] for key, a in answers(False).items()]))
        return
    found = {key: [compact(answer)] for key, answer in answers(True).items()}
    environments = [os.environ | {"PYTHONHASHSEED": str(seed)} for seed in SEEDS]
    runs = [subprocess.Popen([sys.executable, __file__, "--errors"], env=env, stdout=subprocess.PIPE, text=True) for env in environments]
    for run in runs:
        for key, answer in json.loads(run.communicate()[0]):
            if answer and compact(answer) not in found[key]:
                found[key].append(compact(answer))
    table = sorted({answer for some in found.values() for answer in some})
    index = {answer: number for number, answer in enumerate(table)}
    made_with = {"sqlalchemy": sqlalchemy.__version__, "python": "%d.%d" % sys.version_info[:2], "flask_sqlalchemy": "3.1.1"}
    print('{"made_with":' + compact(made_with) + ',"dialects":' + compact(DIALECTS))
    print(',"often":' + compact(OFTEN) + "\n,\"answers\":[\n" + shortened(",\n".join(table)) + '],"cases":{')
    by_function = {}
    for key in sorted(found):
        name, bracket, rest = key.partition("[")
        numbers = sorted(index[answer] for answer in found[key])
        by_function.setdefault(name, []).append("[%s,%s]" % (bracket + rest, compact(numbers)[1:-1]))
    print(",\n".join('"%s":[\n%s]' % (name, shortened(",\n".join(rows))) for name, rows in by_function.items()) + "}}")


if __name__ == "__main__":
    main()

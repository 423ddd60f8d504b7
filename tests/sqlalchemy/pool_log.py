"""Real programs with a pool, and what is written about them: by SQLAlchemy's own log at DEBUG, and by public/valet_pool_log.py.

    python tests/sqlalchemy/pool_log.py DIR [NAME...]    runs each program, writes DIR/NAME.log and DIR/NAME.jsonl, and holds
                                                         one against the other
    python tests/sqlalchemy/pool_log.py cost             microseconds that recording adds to a checkout, in the thread that asks
"""

import asyncio
import gc
import json
import logging
import os
import pathlib
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "public"))

from sqlalchemy import create_engine, text  # noqa: E402
from sqlalchemy.exc import TimeoutError as PoolTimeout  # noqa: E402
from sqlalchemy.ext.asyncio import create_async_engine  # noqa: E402

import valet_pool_log  # noqa: E402

KEPT = []  # what a program never returns, so that it is not collected either
FORMAT = "%(asctime)s [%(process)d] [%(threadName)s] %(levelname)s %(name)s %(message)s"


def database():
    return os.path.join(tempfile.mkdtemp(), "pool.db")


def threads(record):
    """Ten threads, three connections: some wait, some time out, one is never returned."""
    engine = create_engine(f"sqlite:///{database()}", pool_size=2, max_overflow=1, pool_timeout=0.35)
    record(engine)
    kept = []

    def work(number):
        time.sleep(0.02 * number)
        try:
            if number == 0:
                kept.append(engine.connect())
                return
            with engine.connect() as connection:
                connection.execute(text("select 1"))
                time.sleep(0.15)
        except PoolTimeout as error:
            logging.getLogger("app").error("request %d failed: %s", number, error)

    started = [threading.Thread(target=work, args=(number,), name=f"Thread-{number}") for number in range(10)]
    started[0].start()
    started[0].join()  # it has its connection, however slow the machine is
    for thread in started[1:]:
        thread.start()
    for thread in started:
        thread.join()
    return {"got": None, "kept": 1}, kept


def tasks(record):
    """Eight tasks with an asynchronous engine of two connections."""

    async def main():
        engine = create_async_engine(f"sqlite+aiosqlite:///{database()}", pool_size=2, max_overflow=0, pool_timeout=None)
        record(engine)

        async def work():
            async with engine.connect() as connection:
                await connection.execute(text("select 1"))
                await asyncio.sleep(0.05)

        await asyncio.gather(*(work() for _ in range(8)))
        await engine.dispose()

    asyncio.run(main())
    return {"got": 8, "kept": 0}, None


def flask(record):
    """Twelve requests to a Flask application, three at a time."""
    from flask import Flask
    from flask_sqlalchemy import SQLAlchemy

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{database()}"
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"pool_size": 2, "max_overflow": 0, "pool_timeout": None}
    db = SQLAlchemy(app)

    @app.route("/")
    def index():
        db.session.execute(text("select 1"))
        time.sleep(0.03)
        return "ok"

    with app.app_context():
        record(db.engine)

    def visit():
        for _ in range(4):
            assert app.test_client().get("/").text == "ok"

    started = [threading.Thread(target=visit) for _ in range(3)]
    for thread in started:
        thread.start()
    for thread in started:
        thread.join()
    return {"got": 12, "kept": 0}, None


def processes(record):
    """Two processes, the second forked from the first, which write one file."""
    engine = create_engine(f"sqlite:///{database()}", pool_size=1, max_overflow=0)
    record(engine)

    def work(times):
        for _ in range(times):
            with engine.connect() as connection:
                connection.execute(text("select 1"))
                time.sleep(0.02)

    work(2)
    child = os.fork()
    if child == 0:
        engine.dispose(close=False)
        work(3)
        valet_pool_log._recorders[-1].write()
        os._exit(0)
    work(1)
    assert os.waitpid(child, 0)[1] == 0
    return {"got": 6, "kept": 0, "processes": 2}, None


PROGRAMS = {"threads": threads, "tasks": tasks, "flask": flask, "processes": processes}


def run(name, folder):
    """Runs a program, and holds what was recorded against what was logged."""
    log, recorded = folder / f"{name}.log", folder / f"{name}.jsonl"
    for path in (log, recorded):
        path.unlink(missing_ok=True)
    handler = logging.FileHandler(log)
    handler.setFormatter(logging.Formatter(FORMAT))
    root = logging.getLogger()
    root.addHandler(handler)
    logging.getLogger("sqlalchemy.pool").setLevel(logging.DEBUG)
    expected, kept = PROGRAMS[name](lambda engine: valet_pool_log.record(engine, recorded))
    valet_pool_log._recorders.pop().write()
    root.removeHandler(handler)

    lines = [json.loads(line) for line in recorded.read_text().splitlines()]
    events = [line for line in lines if "t" in line]
    count = {what: sum(line["e"] == what for line in events) for what in ("got", "back", "fail")}
    logged = log.read_text()
    assert count["got"] == logged.count("checked out from pool"), (name, count)
    assert count["back"] == logged.count("being returned to pool") == count["got"] - expected["kept"], (name, count)
    assert count["fail"] == logged.count("QueuePool limit of size"), (name, count)
    assert expected["got"] in (None, count["got"]), (name, count)
    assert len({line["pid"] for line in lines if "format" in line}) == expected.get("processes", 1), name
    for line in events:
        if line["e"] in ("got", "fail"):
            assert line["at"].startswith("pool_log.py:"), (name, line)
            assert line["by"], (name, line)
    assert not any(word in recorded.read_text() for word in ("select", "sqlite:", "/tmp")), name
    print(f"{name}: {count['got']} checkouts, {count['fail']} time-outs, recorded as logged")
    KEPT.append(kept)


def safe():
    """Nothing raises into the program, and the file has an end."""
    engine = create_engine("sqlite://")
    valet_pool_log.record(engine, "/no/such/folder/pool.jsonl")
    with engine.connect() as connection:
        assert connection.execute(text("select 1")).scalar() == 1
    valet_pool_log._recorders[-1].write()
    assert valet_pool_log._recorders.pop().is_full
    valet_pool_log.record(object(), "pool.jsonl")  # says so, and goes on
    path = os.path.join(tempfile.mkdtemp(), "pool.jsonl")
    engine = create_engine(f"sqlite:///{database()}")
    valet_pool_log.record(engine, path, limit=5_000)
    for _ in range(100):
        engine.connect().close()
        valet_pool_log._recorders[-1].write()
    assert valet_pool_log._recorders.pop().is_full and os.path.getsize(path) <= 5_000 + 20
    assert open(path).read().endswith('{"e": "full"}\n')
    engine.connect().close()
    print("safe: a folder that is not there, an engine that is none, a file at its limit")


def cost():
    """The median over many short turns, with and without in turn, of the thread's own time."""

    def turn(engine, times=500):
        begun = time.thread_time()
        for _ in range(times):
            engine.raw_connection().close()
        return (time.thread_time() - begun) / times * 1e6

    plain, recorded = (create_engine(f"sqlite:///{database()}") for _ in range(2))
    valet_pool_log.record(recorded, os.path.join(tempfile.mkdtemp(), "pool.jsonl"), limit=10**9)
    gc.disable()  # a program that is measured makes 100 times as much garbage as one that runs
    turns = sorted(turn(recorded) - turn(plain) for _ in range(200))
    print(f"recording adds {turns[100]:.1f} us to a checkout of {turn(plain):.1f} us")


if __name__ == "__main__":
    if sys.argv[1] == "cost":
        cost()
    else:
        safe()
        for name in sys.argv[2:] or PROGRAMS:
            run(name, pathlib.Path(sys.argv[1]))

"""Runs the FastAPI applications of src/apps/fastapi/ and writes down what they really do with their pool.

    python record.py            writes fixture.json
    python record.py --check    records again and compares, byte for byte; 1 and a diff if it differs

Needs FastAPI and SQLAlchemy (tests/sqlalchemy/requirements.txt). The applications run as they stand, on a fresh SQLite file in
a temporary folder, one request at a time, spoken to in the words of ASGI, without the cyclic garbage collector. The event loop's
clock jumps to the next timer. Behind SQLAlchemy's aiosqlite dialect stands sqlite3, in the loop's own time and without threads;
`def` endpoints run in anyio's threads.

fixture.json:
    versions    of everything that has a say
    apps        NAME: the pool that its settings came to
    sequences   app; settings: numbers put in the place of the application's own, or after its max_overflow;
                steps, from an empty pool and an empty table

A step:
    do          visit PATH                         a request
                visit PATH losing statement        … whose next statement finds the connection lost
                visit PATH losing commit           … whose next COMMIT does
                visit PATH losing rollback         … whose next ROLLBACK does
                visit PATH slow N                  … whose statement number N takes two seconds
                hold, release                      somebody else keeps a connection, gives it back
                restart                            the server ends all connections
    events      what happened, in order, until nothing was planned any more
    raised      only of visits: what was raised in the functions of the application, caught or not
    status, body    only of visits: what was sent
    out         connections checked out after the step
    garbage     what happened when the cyclic garbage was collected then
    out_then    connections checked out after that

An event is one of tests/flask/record.py, or:
    answer              the last of the response was sent
    sleep S             the other service works so long
    slow N S            the statement on connection N takes so long, and is not executed before
    dbapi stop N        the driver is told to end a connection where nothing can be awaited
"""

import sys

sys.dont_write_bytecode = True

import difflib
import gc
import json
import platform
import tempfile
from importlib.metadata import version
from pathlib import Path

FIXTURE = Path(__file__).with_name("fixture.json")
sys.path.append(str(FIXTURE.parents[1] / "flask"))  # driver.py, listen.py and words.py are the same

import load
import steps
from run import Run


def versions():
    names = ["fastapi", "starlette", "anyio", "sqlalchemy", "aiosqlite"]
    return {name: version(name) for name in names} | {"python": ".".join(platform.python_version_tuple()[:2])}


def of_app(name, folder):
    """What an application is before anybody visits it."""
    made = Run(name, folder, {})
    facts = {"pool": load.pool(made.sync_engine)}
    made.end()
    return facts


def recorded(app, settings, steps, folder):
    gc.collect()  # what the sequence before has left
    run = Run(app, folder, settings)
    gc.freeze()  # what FastAPI and SQLAlchemy made is no garbage of a request's
    found = {"app": app, "settings": settings, "steps": [run.step(step) for step in steps]}
    run.end()
    gc.unfreeze()
    return found


def record():
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        apps = {name: of_app(name, folder) for name in steps.APPS}
        runs = [recorded(*sequence, folder) for sequence in steps.sequences()]
    return json.dumps({"versions": versions(), "apps": apps, "sequences": runs}, indent=1, ensure_ascii=False) + "\n"


def main():
    gc.disable()
    now = record()
    if sys.argv[1:] == ["--check"]:
        before = FIXTURE.read_text()
        if now != before:
            lines = (text.splitlines(keepends=True) for text in (before, now))
            sys.stdout.writelines(difflib.unified_diff(*lines, "fixture.json", "recorded now"))
            sys.exit(1)
        print(now.count('"do"'), "steps as before")
    elif sys.argv[1:]:
        sys.exit(__doc__)
    else:
        FIXTURE.write_text(now)


if __name__ == "__main__":
    main()

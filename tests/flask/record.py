"""Runs the Flask applications of src/apps/flask/ and writes down what they really do with their pool.

    python record.py            writes fixture.json
    python record.py --check    records again and compares, byte for byte; 1 and a diff if it differs

Needs Flask, Flask-SQLAlchemy and SQLAlchemy (tests/sqlalchemy/requirements.txt). The applications run as they stand, on a
fresh SQLite file in a temporary folder, in one thread, without the cyclic garbage collector, and sleep no time.

fixture.json:
    versions    of everything that has a say
    apps        NAME: the pool that its settings came to, the warnings that loading it gave, the connections that its
                create_all() leaves in the pool, and what SQLAlchemy says to the URL that the document prints (users_*)
    sequences   app; settings: numbers put in the place of the application's own, or after its max_overflow;
                steps, from an empty pool and an empty table

A step:
    do          visit PATH                         a request
                visit PATH losing statement        … whose next statement finds the connection lost
                visit PATH losing second           … whose statement after that does
                visit PATH losing commit           … whose next COMMIT does
                visit PATH losing rollback         … whose next ROLLBACK does
                hold, release                      somebody else keeps a connection, gives it back
                restart                            the server ends all connections
                wait SECONDS
    events      what happened, in order
    raised      only of visits: what was raised in the view, caught or not
    status, body    only of visits; no body where it is Werkzeug's page for 500
    escaped     only of visits, instead of a status: what the teardown raised; the server behind Flask answers 500 then
    out         connections checked out after the step
    garbage     what happened when the cyclic garbage was collected then
    out_then    connections checked out after that

An event (N: the connection's number, in the order of connecting; - if there is none any more):
    line L              a line of the view function is about to run (a `with` line once more at its block's end)
    raise CLASS         an exception passes through the view function
    leave               the view function ends, by itself or by an exception
    teardown            Flask is about to remove the session
    sleep S             the view is slow here
    connect, checkout, checkin, close, detach, close_detached N
    reset N transaction_was_reset=true|false [terminate_only]
    invalidate, soft_invalidate N [CLASS]     the pool's events
    engine begin, engine commit, engine rollback      the engine's events
    ping N              the pool asks whether the connection lives
    sql N STATEMENT     the driver is asked to, in the words of src/sql/statement.rs
    dbapi commit, dbapi rollback, dbapi close N       likewise
    log LEVEL TEXT, warn CLASS TEXT           complaints
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

import application
import visits
import words
from sequence import Sequence

FIXTURE = Path(__file__).with_name("fixture.json")


def versions():
    packages = {name: version(name) for name in ["flask", "flask-sqlalchemy", "sqlalchemy", "werkzeug"]}
    return packages | {"python": ".".join(platform.python_version_tuple()[:2])}


def of_app(name, folder):
    """What an application is before anybody visits it."""
    made = Sequence(name, folder, {})
    facts = {"pool": application.pool(made.engine), "warnings": made.warnings}
    facts["left_by_create_all"] = made.left_by_create_all
    made.end()
    if url := application.placeholder(name):
        try:
            application.load(name, folder, url=url)
        except Exception as error:
            facts["placeholder"] = {"class": words.name(type(error)), "text": str(error)}
    return facts


def recorded(app, settings, steps, folder):
    gc.collect()  # what the sequence before has left
    run = Sequence(app, folder, settings)
    found = {"app": app, "settings": settings, "steps": [run.step(step) for step in steps]}
    run.end()
    return found


def record():
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        apps = {name: of_app(name, folder) for name in visits.APPS}
        runs = [recorded(*sequence, folder) for sequence in visits.sequences()]
    return json.dumps({"versions": versions(), "apps": apps, "sequences": runs}, indent=1, ensure_ascii=False) + "\n"


def main():
    gc.disable()
    gc.freeze()  # what is imported is no garbage
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

"""Writes down, in one list and in order, what a visit does: see the format in record.py."""

import logging
import sys
import time
import warnings

import words
from sqlalchemy import event


class Tell:
    """Appends to a list that can be taken; silent until it is switched on."""

    def __init__(self):
        self.is_on, self.events = False, []

    def __call__(self, text):
        if self.is_on:
            self.events.append(text)

    def take(self):
        taken, self.events = self.events, []
        return taken


def number(connection):
    """The connection's, if there still is one."""
    return getattr(connection, "number", "-")


def to_engine(engine, tell, number=number):
    """The pool's and the engine's events."""

    def pool(name, words_of=lambda *rest: ""):
        def heard(connection, *rest):
            tell(f"{name} {number(connection)}{words_of(*rest)}")

        event.listen(engine, name, heard)

    def reset(record, state):
        more = " terminate_only" if state.terminate_only else ""
        return f" transaction_was_reset={str(state.transaction_was_reset).lower()}{more}"

    def cause(record, error):
        return f" {words.name(type(error))}" if error else ""

    for name in ["connect", "checkout", "checkin", "close", "detach", "close_detached"]:
        pool(name)
    pool("reset", reset)
    pool("invalidate", cause)
    pool("soft_invalidate", cause)
    for name in ["begin", "commit", "rollback"]:
        event.listen(engine, name, lambda connection, name=name: tell(f"engine {name}"))


class Views:
    """The lines of the view functions, and what is raised in them. Holds no frame and no exception."""

    def __init__(self, app, tell):
        self.codes = {view.__code__ for name, view in app.view_functions.items() if name != "static"}
        self.tell, self.raised = tell, []

    def __call__(self, frame, what, value):
        return self.inside if frame.f_code in self.codes else None

    def inside(self, frame, what, value):
        if what == "line":
            self.tell(f"line {frame.f_lineno}")
        elif what == "exception":
            error = {"class": words.name(value[0]), "text": words.steady(str(value[1]))}
            self.tell(f"raise {error['class']}")
            if error not in self.raised:
                self.raised.append(error)
        elif what == "return":
            self.tell("leave")
        return self.inside

    def take(self):
        taken, self.raised = self.raised, []
        return taken


class Heard(logging.Handler):
    """SQLAlchemy's own complaints."""

    def __init__(self, tell):
        super().__init__(logging.WARNING)
        self.tell = tell

    def emit(self, record):
        self.tell(words.steady(f"log {record.levelname} {record.getMessage()}"))


class Watching:
    """While it lasts, no time is slept, and lines, warnings and complaints are written down."""

    def __init__(self, views, tell):
        self.views, self.tell, self.log = views, tell, Heard(tell)

    def __enter__(self):
        self.before = time.sleep, warnings.showwarning
        time.sleep = lambda seconds: self.tell(f"sleep {seconds}")
        warnings.showwarning = lambda message, category, *rest: self.tell(
            words.steady(f"warn {category.__name__} {message}")
        )
        logging.getLogger("sqlalchemy").addHandler(self.log)
        self.tell.is_on = True
        sys.settrace(self.views)

    def __exit__(self, *error):
        sys.settrace(None)
        self.tell.is_on = False
        logging.getLogger("sqlalchemy").removeHandler(self.log)
        time.sleep, warnings.showwarning = self.before

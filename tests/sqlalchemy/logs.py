"""What a pool says beside its events: log records, warnings, and errors that Python could only print."""

import logging
import re
import sys
import warnings
from contextlib import contextmanager

RECORD = re.compile(r"<sqlalchemy\.pool\.base\._ConnectionRecord object at 0x([0-9a-f]+)>")


class Handler(logging.Handler):
    """Keeps the message only: the record's traceback would keep proxies alive."""

    def __init__(self, say):
        super().__init__()
        self.say = say

    def handle(self, record):
        self.say("log", record.levelname, record.getMessage())


def forget(error):
    """Takes the traceback off an error and off those behind it: their frames keep proxies alive."""
    seen, errors = set(), [error]
    while errors:
        error = errors.pop()
        if error is not None and id(error) not in seen:
            seen.add(id(error))
            error.with_traceback(None)
            errors += (error.__context__, error.__cause__)


@contextmanager
def heard(stage, kind, wanted):
    """While it lasts, what the pools of class `kind` say goes to the stage's events."""

    def say(*event):
        if wanted:
            *head, message = event
            stage.event(*head, RECORD.sub(lambda match: f"<record {stage.by_address(int(match[1], 16))}>", message))

    def unraisable(args):
        stage.event("unraisable", args.exc_type.__name__)
        forget(args.exc_value)

    logger = logging.getLogger(f"sqlalchemy.pool.impl.{kind}")
    handlers, propagate, hook = logger.handlers, logger.propagate, sys.unraisablehook
    logger.handlers, logger.propagate, sys.unraisablehook = [Handler(say)], False, unraisable
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.showwarning = lambda message, *_: say("warning", str(message))
        try:
            yield
        finally:
            logger.handlers, logger.propagate, sys.unraisablehook = handlers, propagate, hook

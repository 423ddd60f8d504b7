"""Listeners for every event of a pool: they write the event down, then fail if the script says so."""

from sqlalchemy import event
from sqlalchemy.exc import DisconnectionError, InvalidatePoolError

NAMES = (
    "first_connect",
    "connect",
    "checkout",
    "reset",
    "checkin",
    "invalidate",
    "soft_invalidate",
    "close",
    "detach",
    "close_detached",
)


class ListenerError(Exception):
    pass


class Listeners:
    def __init__(self, stage, failures):
        self.stage = stage
        self.failures = failures

    def install(self, pool):
        for name in NAMES:
            event.listen(pool, name, getattr(self, name))

    def _heard(self, name, connection, *rest):
        self.stage.event(name, connection and connection.number, *rest)
        if name == "connect" and self.failures.count("connect_event_fail"):
            raise ListenerError("connect listener")
        if name == "checkout" and (veto := self.failures.next("veto")):
            raise veto("veto")
        self.failures.raise_at(name, ListenerError, f"{name} listener")

    def first_connect(self, connection, record):
        self._heard("first_connect", connection, self.stage.number(record))

    def connect(self, connection, record):
        self._heard("connect", connection, self.stage.number(record))

    def checkout(self, connection, record, proxy):
        self._heard("checkout", connection, self.stage.number(record))

    def reset(self, connection, record, reset_state):
        state = (reset_state.transaction_was_reset, reset_state.terminate_only, reset_state.asyncio_safe)
        self._heard("reset", connection, record and self.stage.number(record), *state)

    def checkin(self, connection, record):
        self._heard("checkin", connection, self.stage.number(record))

    def invalidate(self, connection, record, exception):
        self._heard("invalidate", connection, self.stage.number(record), class_name(exception))

    def soft_invalidate(self, connection, record, exception):
        self._heard("soft_invalidate", connection, self.stage.number(record), class_name(exception))

    def close(self, connection, record):
        self._heard("close", connection, self.stage.number(record))

    def detach(self, connection, record):
        self._heard("detach", connection, self.stage.number(record))

    def close_detached(self, connection):
        self._heard("close_detached", connection)


def class_name(exception):
    return None if exception is None else type(exception).__name__


VETO = {False: DisconnectionError, True: InvalidatePoolError}

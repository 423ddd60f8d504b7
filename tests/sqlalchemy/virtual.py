"""SQLAlchemy in virtual time: what is swapped while a run lasts."""

import gc
from contextlib import ExitStack, contextmanager
from types import SimpleNamespace

from sqlalchemy.pool import base
from sqlalchemy.util import queue

import logs
from pools import EPOCH


class Moment(float):
    """A moment of the virtual clock. Between two of them lie whole milliseconds, and not what floats make of them: whether a
    connection is older than `pool_recycle` must not hang on the last bit of a difference."""

    def __sub__(self, other):
        return round(float(self) - float(other), 3)


@contextmanager
def virtual(world):
    """Both clocks, and what the crew of clients needs; nothing is collected by chance."""

    def clock():
        return Moment(EPOCH + world.now / 1000)

    swaps = [(base, "time", SimpleNamespace(time=clock)), (queue, "_time", clock), *world.crew.swaps()]
    with ExitStack() as stack:
        for owner, name, value in swaps:
            stack.callback(setattr, owner, name, vars(owner)[name])
            setattr(owner, name, value)
        gc.disable()
        stack.callback(gc.enable)
        stack.enter_context(logs.heard(world, world.config["pool"], world.config["log"]))
        yield

"""A checkout that finds the pool's count at its limit, in virtual time.

A connection comes back after 20 ms, to whoever waits by then. No real time passes, so that the answer is the same on every
machine: a pool that never waits, but asks itself again and again, has nothing given back to it and ends in RecursionError.
"""

import asyncio
import threading

from sqlalchemy import exc, pool
from sqlalchemy.util import queue
from sqlalchemy.util.concurrency import greenlet_spawn

BACK_AFTER = 0.02


def what_happens(made):
    """Whether the checkout "opens", "waits" or "times out"; any other error is raised."""
    connection = object()
    checkout = checkout_in_loop if isinstance(made, pool.AsyncAdaptedQueuePool) else checkout_in_thread
    try:
        got = checkout(made, connection)
    except exc.TimeoutError:
        return "times out"  # with a text that is the pool's business
    return "waits" if got is connection else "opens"


class Condition(threading.Condition):
    """The queue's `not_empty`, on a clock of its own."""

    def __init__(self, line, connection):
        super().__init__(line.mutex)
        self.line, self.connection = line.queue, connection
        self.now = 1.7e9  # as far from zero as the real one, so that small timeouts are as coarse

    def wait(self, timeout=None):
        if timeout is not None and timeout > 0:
            threading.Lock().acquire(True, timeout)  # at once; but what is no timeout for a lock is refused
        if timeout is not None and timeout <= BACK_AFTER:
            self.now += timeout
        else:
            self.line.append(self.connection)


def checkout_in_thread(made, connection):
    condition = Condition(made._pool, connection)
    real = made._pool.not_empty, queue._time
    made._pool.not_empty, queue._time = condition, lambda: condition.now
    try:
        return made._do_get()
    finally:
        made._pool.not_empty, queue._time = real
        made._pool.queue.clear()


class Loop(asyncio.SelectorEventLoop):
    """An event loop that does not sleep until the next timer: its clock jumps there."""

    def __init__(self):
        super().__init__()
        self.now = 0.0
        select = self._selector.select

        def jump(timeout):
            self.now += timeout
            return select(0)

        self._selector.select = jump

    def time(self):
        return self.now


def in_loop(act):
    """Runs `act` as an asyncio program would."""

    async def main():
        return await greenlet_spawn(act)

    with asyncio.Runner(loop_factory=Loop) as runner:
        return runner.run(main())


def checkout_in_loop(made, connection):
    def act():
        made._pool.__dict__.pop("_queue", None)  # it belongs to the loop of an earlier run
        asyncio.get_running_loop().call_later(BACK_AFTER, made._pool.put_nowait, connection)
        return made._do_get()

    return in_loop(act)

"""Clients as real threads, of which one at a time holds the baton.

A client gives the baton back when it waits in the queue's line, when a call of the DBAPI takes time, and when its
operation is over. Threads outlive a run: a client is the same thread from the first operation to the last.
"""

import threading
from collections import deque
from types import SimpleNamespace

from sqlalchemy.util import queue

from dbapi import Interrupt

_baton = threading.Lock()
_baton.acquire()
_workers = {}


class Abandoned(BaseException):
    """The run is over, and this client still waits."""


class Worker:
    def __init__(self):
        self.go = threading.Lock()
        self.go.acquire()
        self.task = None
        threading.Thread(target=self.loop, daemon=True).start()

    def loop(self):
        while True:
            self.go.acquire()
            task, self.task = self.task, None
            task()
            del task
            _baton.release()


class Threads:
    def __init__(self, world):
        self.world = world
        self.ready = deque()
        self.timers = []
        self.timers_made = 0
        self.current = None

    # The scheduler's side.

    def start(self, fiber):
        worker = _workers.get(fiber.client)
        if worker is None:
            worker = _workers[fiber.client] = Worker()
        fiber.worker = worker
        fiber.timer = fiber.line = fiber.error = None
        fiber.ready = False
        worker.task = lambda: self.perform(fiber)
        self.give_baton(fiber)

    def run_next(self):
        fiber = self.ready.popleft()
        fiber.ready = False
        self.give_baton(fiber)

    def give_baton(self, fiber):
        self.current = fiber
        fiber.worker.go.release()
        _baton.acquire()
        self.current = None
        self.world.slice_ended(fiber)

    def next_timer(self):
        return min(self.timers)[0] if self.timers else None

    def fire(self):
        timer = min(self.timers)
        self.timers.remove(timer)
        timer[2].timer = None
        self.make_ready(timer[2])

    def make_ready(self, fiber):
        fiber.ready = True
        self.ready.append(fiber)

    def wake(self, fiber):
        """Notified or interrupted; in vain if its time was up already."""
        if not fiber.ready:
            if fiber.timer:
                self.timers.remove(fiber.timer)
                fiber.timer = None
            self.make_ready(fiber)

    def interrupt(self, fiber):
        fiber.error = Interrupt("interrupt")
        self.wake(fiber)

    def is_waiting(self, fiber):
        return fiber.line is not None

    def abandon(self, fibers):
        for fiber in fibers:
            fiber.error = Abandoned()
            fiber.worker.go.release()
            _baton.acquire()

    # The client's side.

    def perform(self, fiber):
        error = None
        try:
            fiber.act()
        except BaseException as caught:
            error = caught
        self.world.settle(fiber, error)

    def sleep(self, call: str, ms: int):
        self.set_timer(self.current, self.world.now + ms)
        self.block(self.current, f"pending:{call}")

    def set_timer(self, fiber, at):
        self.timers_made += 1
        fiber.timer = (at, self.timers_made, fiber)
        self.timers.append(fiber.timer)

    def block(self, fiber, outcome):
        fiber.outcome = outcome
        _baton.release()
        fiber.worker.go.acquire()
        if fiber.error is not None:
            error, fiber.error = fiber.error, None
            raise error

    def swaps(self):
        """What SQLAlchemy's queue gets in place of `threading`."""
        return [(queue, "threading", SimpleNamespace(RLock=NoLock, Condition=lambda lock: Condition(self)))]


class NoLock:
    """Who holds the baton is alone."""

    def __enter__(self):
        return True

    def __exit__(self, *_):
        pass


class Condition(NoLock):
    """CPython's, in virtual time: whoever leaves without having been notified takes itself out of the line."""

    def __init__(self, threads):
        self.threads = threads
        self.line = []

    def wait(self, timeout=None):
        threads, fiber = self.threads, self.threads.current
        if timeout is not None:
            threads.set_timer(fiber, threads.world.now + round(timeout * 1000))
        self.line.append(fiber)
        fiber.line = self.line
        try:
            threads.block(fiber, "pending:wait")
        finally:
            fiber.line = None
            if fiber in self.line:
                self.line.remove(fiber)

    def notify(self, n=1):
        for _ in range(min(n, len(self.line))):
            self.threads.wake(self.line.pop(0))

"""Clients as asyncio tasks, on an event loop whose time is the world's and which never sleeps.

SQLAlchemy's own code runs in greenlets within the tasks. A slice ends where it awaits: a call of the DBAPI that takes
time, or the queue. What asyncio does by itself in between is no slice.
"""

import asyncio
from collections import deque
from itertools import count

from sqlalchemy.util import queue
from sqlalchemy.util.concurrency import await_only, greenlet_spawn, in_greenlet


class Loop(asyncio.AbstractEventLoop):
    """As much of an event loop as tasks, futures, queues and timeouts ask for."""

    def __init__(self, world):
        self.world = world
        self.ready = deque()
        self.timers = []
        self.serials = count()

    def time(self):
        return self.world.now / 1000

    def call_soon(self, callback, *args, context=None):
        handle = asyncio.Handle(callback, args, self, context)
        self.ready.append(handle)
        return handle

    def call_later(self, delay, callback, *args, context=None):
        return self.call_at(self.time() + delay, callback, *args, context=context)

    def call_at(self, when, callback, *args, context=None):
        handle = asyncio.TimerHandle(when, callback, args, self, context)
        self.timers.append((round(when * 1000), next(self.serials), handle))
        return handle

    def _timer_handle_cancelled(self, handle):
        self.timers = [timer for timer in self.timers if timer[2] is not handle]

    def create_future(self):
        return asyncio.Future(loop=self)

    def create_task(self, coroutine):
        return asyncio.Task(coroutine, loop=self)

    def get_debug(self):
        return False

    def is_running(self):
        return True

    def call_exception_handler(self, context):
        raise RuntimeError(context["message"]) from context.get("exception")


class Tasks:
    def __init__(self, world):
        self.world = world
        self.loop = Loop(world)
        self.ready = self.loop.ready
        self.current = None
        self.ended = None

    # The scheduler's side.

    def start(self, fiber):
        fiber.waiting = False
        fiber.task = self.loop.create_task(self.perform(fiber))

    def run_next(self):
        handle = self.ready.popleft()
        if not handle.cancelled():
            asyncio._set_running_loop(self.loop)
            try:
                handle._run()
            finally:
                asyncio._set_running_loop(None)
            self.write()

    def next_timer(self):
        return min(self.loop.timers)[0] if self.loop.timers else None

    def fire(self):
        timer = min(self.loop.timers)
        self.loop.timers.remove(timer)
        self.ready.append(timer[2])

    def interrupt(self, fiber):
        fiber.task.cancel()

    def is_waiting(self, fiber):
        return fiber.waiting

    def abandon(self, fibers):
        for fiber in fibers:
            fiber.task.cancel()
        while self.ready:
            self.run_next()

    # The client's side.

    async def perform(self, fiber):
        self.begin(fiber)
        error = None
        try:
            if fiber.op["op"] == "drop":
                fiber.act()  # as by the garbage collector: where nothing can be awaited
            else:
                await greenlet_spawn(fiber.act)
        except BaseException as caught:
            error = caught
        self.world.settle(fiber, error)
        self.end(fiber, fiber.outcome)

    def begin(self, fiber):
        self.write()
        self.current = fiber

    def end(self, fiber, outcome):
        fiber.outcome = outcome
        self.current, self.ended = None, fiber

    def write(self):
        """Only now, when the task has given way: a waiter enters the line after the last of our code."""
        if self.ended:
            ended, self.ended = self.ended, None
            self.world.slice_ended(ended)

    def sleep(self, call, ms):
        if in_greenlet():
            fiber = self.current
            self.end(fiber, f"pending:{call}")
            await_only(asyncio.sleep(ms / 1000))
            self.begin(fiber)

    def wait(self, awaitable):
        fiber = self.current
        fiber.waiting = True
        self.end(fiber, "pending:wait")
        try:
            return await_only(awaitable)
        finally:
            fiber.waiting = False
            self.begin(fiber)

    def swaps(self):
        """SQLAlchemy 2.1 awaits through a name of the module, 2.0 through one of the class."""
        if hasattr(queue, "await_"):
            return [(queue, "await_", self.wait)]
        return [(queue.AsyncAdaptedQueue, "await_", staticmethod(self.wait))]

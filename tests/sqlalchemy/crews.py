"""Who carries the requests of a whole world: threads, or tasks of an event loop, in virtual time.

Timers that are due in the same millisecond go by kind (see FORMAT.md), then first made, first gone.
"""

import asyncio
from collections import deque
from contextvars import ContextVar
from itertools import count

from sqlalchemy.util import queue
from sqlalchemy.util.concurrency import await_only, in_greenlet

import tasks
import threads

WAIT, OUTSIDE, CANCEL = 2, 3, 4
"""The kinds of timers that are not a driver's: pool_timeout's, work outside the database, the program's own limit. Those of the driver's calls are before them."""

CURRENT = ContextVar("request")


class Moment(int):
    """A moment in whole milliseconds, for a queue that adds seconds to it: no rounding keeps a deadline from coming."""

    def __add__(self, seconds):
        return Moment(int(self) + round(seconds * 1000))

    def __sub__(self, other):
        return (int(self) - int(other)) / 1000


class ThreadCrew(threads.Threads):
    """A thread that is notified runs at once, unless others became ready before it: then behind these."""

    def __init__(self, world):
        super().__init__(world)
        self.kind = WAIT
        self.free = []
        self.hired = 0
        self.line = deque()

    def begin(self, request):
        """A free thread takes the request: the one that became free last. Where there is none, the request has to wait."""
        if not self.free and self.hired == self.world.config["threads"]:
            self.line.append(request)
            return
        if not self.free:
            self.hired += 1
            self.free.append(self.hired)
        request.client = self.free.pop()
        request.asked = self.world.now
        self.start(request)

    def has_ended(self, request):
        """Its thread takes the next request, behind all who are ready to run: whom it woke among them."""
        self.free.append(request.client)
        if self.line:
            self.ready.append(self.line.popleft())

    def run_next(self):
        if self.ready[0].asked is None:
            return self.begin(self.ready.popleft())
        super().run_next()

    def set_timer(self, fiber, at):
        self.timers_made += 1
        fiber.timer = (at, (self.kind, self.timers_made), fiber)
        self.timers.append(fiber.timer)

    def request(self):
        return self.current

    def pause(self, pause):
        pause.token = self.current
        self.kind = pause.kind
        self.set_timer(self.current, pause.due)
        self.kind = WAIT
        self.block(self.current, None)

    def end(self, pause):
        self.wake(pause.token)

    def move(self, pause):
        fiber = pause.token
        if fiber.timer is None:
            return  # it is due at this very moment; the world is refused for it
        self.timers.remove(fiber.timer)
        self.kind = pause.kind
        self.set_timer(fiber, pause.due)
        self.kind = WAIT

    def swaps(self):
        return [*super().swaps(), (queue, "_time", lambda: Moment(self.world.now))]

    def due(self, now):
        """Moves what is due to the ready ones; returns the kinds of it. One thing at a time: the rest is chance."""
        fired = [timer for timer in self.timers if timer[0] <= now]
        if fired:
            self.fire()
        return [timer[1][0] for timer in fired]


class Loop(tasks.Loop):
    def __init__(self, world):
        super().__init__(world)
        self.kind = WAIT
        numbers = count()
        self.serials = iter(lambda: (self.kind, next(numbers)), None)

    def create_task(self, coroutine, **_):
        return asyncio.Task(coroutine, loop=self)


class TaskCrew:
    """All timers that are due go in the same turn of the loop, as in asyncio's own."""

    def __init__(self, world):
        self.world = world
        self.loop = Loop(world)
        self.ready = self.loop.ready

    def begin(self, request):
        async def run():
            CURRENT.set(request)
            error = None
            try:
                await request.act()
            except (Exception, asyncio.CancelledError) as caught:
                error = caught
            if request.limit is not None:
                request.limit.cancel()
            self.world.settle(request, error)

        request.asked = self.world.now
        task = self.loop.create_task(run())
        if (limit := self.world.config["cancel_after_ms"]) is not None:
            self.loop.kind = CANCEL
            request.limit = self.loop.call_at((self.world.now + limit) / 1000, self.cancel, request, task)
            self.loop.kind = WAIT

    def cancel(self, request, task):
        """`close()` is shielded: it goes on in a task of its own, and when it is done nobody waits for it any more."""
        if request.ended is None and not self.world.over:
            if request.returns:
                self.world.refused = "cancelled while it gives its connection back"
            task.cancel()

    async def sleep(self, ms):
        future = self.loop.create_future()
        self.loop.kind = OUTSIDE
        timer = self.loop.call_at((self.world.now + ms) / 1000, lambda: future.done() or future.set_result(None))
        self.loop.kind = WAIT
        try:
            await future
        finally:
            timer.cancel()

    def run_next(self):
        handle = self.ready.popleft()
        if not handle.cancelled():
            asyncio._set_running_loop(self.loop)
            try:
                handle._run()
            finally:
                asyncio._set_running_loop(None)

    def next_timer(self):
        return min(self.loop.timers)[0] if self.loop.timers else None

    def due(self, now):
        fired = sorted(timer for timer in self.loop.timers if timer[0] <= now)
        for timer in fired:
            self.loop.timers.remove(timer)
            self.ready.append(timer[2])
        return [timer[1][0] for timer in fired]

    def request(self):
        return CURRENT.get()

    def pause(self, pause):
        if in_greenlet():
            pause.token = self.loop.create_future()
            self.set_timer(pause)
            await_only(pause.token)

    def set_timer(self, pause):
        self.loop.kind = pause.kind
        pause.handle = self.loop.call_at(pause.due / 1000, self.release, pause)
        self.loop.kind = WAIT

    def release(self, pause):
        if not pause.token.done():
            pause.token.set_result(None)

    def end(self, pause):
        pause.handle.cancel()
        self.release(pause)

    def move(self, pause):
        pause.handle.cancel()
        self.set_timer(pause)

    def abandon(self, _):
        for task in asyncio.all_tasks(self.loop):
            task.cancel()
        while self.ready:
            self.run_next()

    def swaps(self):
        return []

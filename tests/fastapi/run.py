"""One application on a fresh database, and one step after another."""

import asyncio
import gc
import logging
import time
import types
import warnings

import load
import words
from asyncdriver import serve
from driver import Driver
from lines import Lines
from listen import Heard, Tell, to_engine
from loop import Loop
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.pool import base

LATER = 60  # seconds after which everything that is planned has happened


class Run:
    def __init__(self, name, folder, settings):
        self.tell, self.takes, self.held = Tell(), [], []
        self.lines = Lines(self.tell)
        self.runner = asyncio.Runner(loop_factory=Loop)
        self.runner.get_loop().set_exception_handler(self.complain)
        self.module, codes = load.load(name, folder, settings)
        self.app, self.engine = self.module.app, self.module.engine
        self.is_async = isinstance(self.engine, AsyncEngine)
        self.sync_engine = self.engine.sync_engine if self.is_async else self.engine
        self.driver = Driver(self.tell)
        connections = self.driver.serve(self.sync_engine)
        if self.is_async:
            serve(self.engine, connections, self.takes, self.tell)
        else:
            event.listen(self.engine, "do_connect", lambda d, record, args, kw: kw.update(factory=connections))
        self.runner.run(self.make_tables())
        to_engine(self.sync_engine, self.tell, self.number)
        self.lines.codes = codes
        self.slow_service()

    def complain(self, loop, context):
        """What asyncio says of an exception that nobody awaits."""
        self.tell(f"log ERROR {context['message']}")

    @staticmethod
    def number(connection):
        return getattr(getattr(connection, "_connection", connection), "number", "-")

    def slow_service(self):
        """Another service's time is told; a thread does not sleep it."""

        async def sleep(seconds):
            self.tell(f"sleep {seconds}")
            await asyncio.sleep(seconds)

        if self.is_async:
            self.module.asyncio = types.SimpleNamespace(sleep=sleep, wait_for=asyncio.wait_for)
        else:
            self.module.time = types.SimpleNamespace(sleep=lambda seconds: self.tell(f"sleep {seconds}"))

    async def make_tables(self):
        """As a script would, but the pool is empty afterwards."""
        create = self.module.Base.metadata.create_all
        if self.is_async:
            async with self.engine.begin() as connection:
                await connection.run_sync(create)
            await self.engine.dispose()
        else:
            create(self.engine)
            self.engine.dispose()
        self.driver.connected = 0

    async def ask(self, path):
        """One request, in the words of ASGI."""
        seen = {"status": None, "parts": []}
        asked = iter([{"type": "http.request", "body": b"", "more_body": False}])

        async def receive():
            return next(asked, None) or await asyncio.get_running_loop().create_future()

        async def send(message):
            if message["type"] == "http.response.start":
                seen["status"] = message["status"]
            elif message["type"] == "http.response.body":
                seen["parts"].append(message.get("body", b"").decode())
                if not message.get("more_body"):
                    self.tell("answer")

        scope = {"type": "http", "asgi": {"version": "3.0", "spec_version": "2.4"}, "http_version": "1.1", "method": "GET"}
        scope |= {"scheme": "http", "path": path, "raw_path": path.encode(), "query_string": b"", "root_path": ""}
        scope |= {"headers": [(b"host", b"localhost:8000")], "client": ("localhost", 1), "server": ("localhost", 8000)}
        try:
            await self.app(scope, receive, send)
        except Exception:
            pass  # the server logs it; it was seen where it was raised
        return {"status": seen["status"], "body": "".join(seen["parts"])}

    async def visit(self, path, *words_of):
        match words_of:
            case []:
                pass
            case ["losing", what]:
                self.driver.losing = what
            case ["slow", place]:
                self.takes[:] = [0.001] * (int(place) - 1) + [2]
            case _:
                raise ValueError(words_of)
        answer = await self.ask(path)
        await asyncio.sleep(LATER)
        assert self.driver.losing is None, f"nothing was lost at {path}"
        assert not self.takes, f"no statement was slow at {path}"
        return {"raised": self.lines.take(), **answer}

    async def hold(self):
        """Somebody else takes a connection and keeps it."""
        self.held.append(await self.engine.connect() if self.is_async else self.engine.connect())

    async def release(self):
        closed = self.held.pop().close()
        if self.is_async:
            await closed

    async def restart(self):
        """The server ends every connection there is. Nobody notices yet."""
        self.driver.lost = self.driver.connected

    async def carry_out(self, text):
        what, *rest = text.split()
        self.lines.watch()
        try:
            seen = await getattr(self, what)(*rest) or {}
        finally:
            self.lines.stop()
        told, out = self.tell.take(), self.sync_engine.pool.checkedout()
        gc.collect()
        await asyncio.sleep(LATER)
        garbage, left = self.tell.take(), self.sync_engine.pool.checkedout()
        return {"do": text, "events": told, **seen, "out": out, "garbage": garbage, "out_then": left}

    def step(self, text):
        """Carries out a step, and collects garbage only after it."""
        log, shown = Heard(self.tell), warnings.showwarning
        warnings.showwarning = lambda message, category, *rest: self.tell(words.steady(f"warn {category.__name__} {message}"))
        logging.getLogger("sqlalchemy").addHandler(log)
        clock, base.time = base.time, types.SimpleNamespace(time=lambda: 1_767_225_600.0 + self.runner.get_loop().time())
        self.tell.is_on = True
        try:
            return self.runner.run(self.carry_out(text))
        finally:
            self.tell.is_on = False
            base.time = clock
            logging.getLogger("sqlalchemy").removeHandler(log)
            warnings.showwarning = shown

    def end(self):
        """Everything is closed, unseen."""

        async def close():
            while self.held:
                await self.release()
            if self.is_async:
                await self.engine.dispose()
            else:
                self.engine.dispose()

        self.runner.run(close())
        self.runner.close()

"""aiosqlite's connections without its threads: each call is done at once, in the loop's time, on a connection of driver.py."""

import asyncio
import sqlite3

from sqlalchemy import event

GRACE = 0.001  # what every statement takes: a turn of the event loop at least


class Cursor:
    """As much of aiosqlite's cursor as SQLAlchemy's adapter asks for."""

    def __init__(self, connection):
        self.connection, self.cursor = connection, None

    async def __aenter__(self):
        self.cursor = self.connection.traced.cursor()
        return self

    async def execute(self, sql, parameters=()):
        await self.connection.statement()
        self.cursor.execute(sql, parameters)
        return self

    async def fetchall(self):
        return self.cursor.fetchall()

    async def close(self):
        self.cursor.close()

    def __getattr__(self, name):
        return getattr(self.cursor, name)


class Connection:
    """As much of aiosqlite's connection. `takes` holds the seconds of the next statements, where they take longer."""

    def __init__(self, traced, takes, tell):
        self.traced, self.takes, self.tell = traced, takes, tell

    @property
    def number(self):
        return self.traced.number

    @property
    def _connection(self):
        return self.traced

    async def statement(self):
        seconds = self.takes.pop(0) if self.takes and self.tell.is_on else GRACE
        if seconds != GRACE:
            self.tell(f"slow {self.number} {seconds}")
        await asyncio.sleep(seconds)

    def cursor(self):
        return Cursor(self)

    async def create_function(self, *args, **kw):
        self.traced.create_function(*args, **kw)

    async def commit(self):
        await asyncio.sleep(GRACE)
        self.traced.commit()

    async def rollback(self):
        await asyncio.sleep(GRACE)
        self.traced.rollback()

    async def close(self):
        await asyncio.sleep(GRACE)
        self.traced.close()

    def stop(self):
        self.tell(f"dbapi stop {self.number}")
        sqlite3.Connection.close(self.traced)  # and nothing more is told


def serve(engine, connections, takes, tell):
    """Makes an AsyncEngine open such connections."""
    async def create(*args, **kw):
        await asyncio.sleep(GRACE)
        return Connection(connections(*args, check_same_thread=False, **kw), takes, tell)

    @event.listens_for(engine.sync_engine, "do_connect")
    def do_connect(dialect, record, args, kw):
        kw.pop("check_same_thread", None)
        kw["async_creator_fn"] = create

"""The pools under test: how a config makes one, and what a trace shows of it."""

import re
from itertools import count

from sqlalchemy import pool as sa

EPOCH = 1_000_000_000.0  # virtual time 0; not 0, which means "never invalidated" to a pool

QUEUES = ("QueuePool", "AsyncAdaptedQueuePool")


def make(config: dict, server, dialect, listeners) -> sa.Pool:
    arguments = {
        "creator": server.connect,
        "dialect": dialect,
        "recycle": config["recycle"] / 1000 if config["recycle"] >= 0 else -1,
        "pre_ping": config["pre_ping"],
        "reset_on_return": config["reset_on_return"],
        "echo": "debug" if config["log"] else None,
    }
    kind = config["pool"]
    if kind in QUEUES:
        timeout = config["timeout"]
        arguments["timeout"] = None if timeout is None else timeout / 1000
        arguments |= {key: config[key] for key in ("pool_size", "max_overflow", "use_lifo")}
    elif kind == "SingletonThreadPool":
        arguments["pool_size"] = config["pool_size"]
    elif kind == "AssertionPool":
        arguments["store_traceback"] = config["traceback"]
    pool = getattr(sa, kind)(**arguments)
    listeners.install(pool)
    return with_oldest_first(pool)


def with_oldest_first(pool):
    if isinstance(pool, sa.SingletonThreadPool):
        pool._all_conns = OldestFirst()
    return pool


class OldestFirst:
    """In place of SingletonThreadPool's set, whose pop() takes anything: this one's takes the oldest."""

    def __init__(self):
        self.items = {}
        self.serials = count(1)

    def __len__(self):
        return len(self.items)

    def __iter__(self):
        size, last = len(self.items), 0
        while True:
            if len(self.items) != size:
                raise RuntimeError("Set changed size during iteration")
            last = next((serial for serial in self.items if serial > last), None)
            if last is None:
                return
            yield self.items[last]

    def add(self, item):
        if all(item is not other for other in self.items.values()):
            self.items[next(self.serials)] = item

    def pop(self):
        if not self.items:
            raise KeyError("pop from an empty set")
        return self.items.pop(next(iter(self.items)))

    def clear(self):
        self.items.clear()


def status(pool: sa.Pool) -> str:
    return re.sub(r"id:\d+", "id:0", pool.status())


def counters(pool: sa.Pool, gen: int) -> dict:
    marked = pool._invalidate_time
    marked = round((marked - EPOCH) * 1000) if marked else None
    if not isinstance(pool, sa.QueuePool):
        return {"gen": gen, "invalidated_at": marked}
    return {
        "gen": gen,
        "size": pool.size(),
        "checkedin": pool.checkedin(),
        "checkedout": pool.checkedout(),
        "overflow": pool.overflow(),
        "raw_overflow": pool._overflow,
        "waiters": waiters(pool._pool),
        "invalidated_at": marked,
    }


def waiters(queue) -> int:
    if hasattr(queue, "not_empty"):
        return len(queue.not_empty.line)
    return sum(not getter.done() for getter in queue._queue._getters)


def records(pool: sa.Pool) -> tuple[str, list]:
    """The records the pool keeps, under the name which they have in a trace."""
    match pool:
        case sa.AsyncAdaptedQueuePool():
            return "idle", list(pool._pool._queue._queue)
        case sa.QueuePool():
            return "idle", list(pool._pool.queue)
        case sa.StaticPool():
            return "records", [pool.__dict__["connection"]] if "connection" in pool.__dict__ else []
        case sa.SingletonThreadPool():
            return "records", list(pool._all_conns)
        case sa.AssertionPool():
            return "records", [pool._conn] if pool._conn else []
    return "records", []

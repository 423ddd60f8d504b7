"""The made-up database of a whole world, and its driver: it takes time, refuses, drops, restarts, and forgets.

What it says is what psycopg says, in psycopg's own classes; nothing else of it is PostgreSQL.
"""

from types import SimpleNamespace

from sqlalchemy import create_engine
from sqlalchemy import event
from sqlalchemy import pool as sa
from sqlalchemy.dialects import registry
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.ext.asyncio import create_async_engine

import errors
from pools import QUEUES, with_oldest_first

_, PSYCOPG, WORDS = errors.DRIVERS["postgresql"]
TOO_MANY, REFUSED, UNREACHABLE, NO_ANSWER_TO_OPENING, GONE_AWAY, LOST_IN_QUERY, NO_ANSWER = WORDS[:7]

# What takes time, in the order in which things are done that end in the same millisecond.
STATEMENT, CALL = 0, 1


class Disconnect(PSYCOPG.OperationalError):
    """What the dialect takes for a disconnect. It is named as psycopg names it."""


Disconnect.__name__ = Disconnect.__qualname__ = "OperationalError"
Disconnect.__module__ = "psycopg"


class Server:
    """`world` lets time pass and plans what the server does by itself."""

    def __init__(self, world, config):
        self.world, self.config = world, config
        self.connections = self.open = self.closed = 0
        self.alive = set()
        self.dead = {}
        self.uses = {}
        self.used = 0
        self.down_until = self.cut_at = self.cut_until = self.accepting_until = 0
        self.orphans = []

    # How long things take, and what comes of them.

    def late(self, ms):
        """What is sent while nothing gets through is answered afterwards, if the client waits that long."""
        hidden = max(self.cut_until - self.world.now, 0)
        return hidden + ms if hidden < self.config["tcp_timeout_ms"] else self.config["tcp_timeout_ms"]

    def lasts(self, number, ms):
        return self.config["tcp_timeout_ms"] if self.dead.get(number) == NO_ANSWER else self.late(ms)

    def hears(self, number):
        if number in self.dead or number not in self.alive or self.world.now < self.cut_until:
            return False
        self.use(number)
        return True

    def connect(self, *_):
        now, accept = self.world.now, self.config["accept_ms"]
        takes = self.late(self.config["connect_ms"])
        if accept and now + takes >= self.down_until:
            self.accepting_until = max(self.accepting_until, now + takes) + accept
            takes = self.accepting_until - now
        self.world.pause(CALL, takes)
        now = self.world.now
        if now < self.cut_until:
            raise PSYCOPG.OperationalError(
                NO_ANSWER_TO_OPENING if now - self.cut_at >= self.config["tcp_timeout_ms"] else UNREACHABLE
            )
        if now < self.down_until:
            raise PSYCOPG.OperationalError(REFUSED)
        if self.config["max_connections"] is not None and self.open >= self.config["max_connections"]:
            raise PSYCOPG.OperationalError(TOO_MANY)
        self.connections += 1
        self.open += 1
        self.alive.add(self.connections)
        self.use(self.connections)
        return Connection(self, self.connections)

    def call(self, number, name):
        """A ping, or the end of a transaction."""
        if name == "reset":
            self.world.crew.request().returns = True
        self.world.pause(CALL, self.lasts(number, self.config[f"{name}_ms"]), number)
        if not self.hears(number):
            self.lost(number)

    def execute(self, number, hold):
        self.uses.pop(number, None)
        begun_dead = number in self.dead or number not in self.alive
        self.world.pause(STATEMENT, self.lasts(number, self.config["ping_ms"] if begun_dead else hold), number)
        if not self.hears(number):
            self.lost(number)

    def lost(self, number):
        """Also a connection that somebody else who shared it has closed."""
        raise Disconnect(self.dead.get(number, NO_ANSWER if number in self.alive else GONE_AWAY))

    def close(self, number):
        self.closed += 1
        request = self.world.crew.request()
        request.returns |= request.got is not None
        try:
            self.world.pause(CALL, self.config["close_ms"])
        finally:  # whoever is cancelled while it closes a connection leaves it closed all the same
            self.uses.pop(number, None)
            if number in self.alive and number not in self.dead:
                self.open -= 1
            self.alive.discard(number)

    # What it does by itself.

    def use(self, number):
        self.used += 1
        use = self.uses[number] = self.used
        for limit, ends in (("wait_timeout_ms", self.drop), ("firewall_ms", self.forget)):
            if (idle := self.config[limit]) is not None:
                self.world.plan(idle, lambda ends=ends: self.uses.get(number) == use and ends(number))

    def drop(self, number):
        if self.lose(number, GONE_AWAY):
            self.open -= 1
        return True

    def forget(self, number):
        """The server does not learn of it, until it has heard nothing for too long."""
        limits = [self.config[limit] for limit in ("wait_timeout_ms", "keepalive_ms") if self.config[limit] is not None]
        if self.lose(number, NO_ANSWER):
            self.orphans.append(number)
            self.world.plan(min(limits) - self.config["firewall_ms"], lambda: self.end_orphan(number))
        return True

    def end_orphan(self, number):
        if number in self.orphans:
            self.orphans.remove(number)
            self.open -= 1
            return True
        return False

    def lose(self, number, how):
        """Who hears nothing goes on hearing nothing: what befalls the server then does not reach the client."""
        self.uses.pop(number, None)
        was_alive = number not in self.dead
        self.dead.setdefault(number, how)
        return was_alive

    # What is done to it.

    def restart(self):
        self.end_all(GONE_AWAY)
        self.down_until = self.accepting_until + self.config["outage_ms"]
        self.interrupt()

    def failover(self):
        self.end_all(NO_ANSWER)
        self.cut()

    def cut(self):
        self.cut_at = self.world.now
        self.cut_until = self.world.now + self.config["outage_ms"]
        self.interrupt()

    def kill(self, number):
        """An administrator ends one connection."""
        if number not in self.alive or not self.lose(number, GONE_AWAY):
            return
        self.open -= 1
        for pause in self.world.pauses_in_order():
            if pause.number == number:
                if pause.kind == STATEMENT:
                    self.dead[number] = LOST_IN_QUERY
                pause.end()

    def end_all(self, how):
        self.newly = {number for number in self.alive if self.lose(number, how)}
        self.open -= len(self.newly) + len(self.orphans)
        self.orphans.clear()
        self.accepting_until = self.world.now

    def interrupt(self):
        """Who waits for an answer that will not come learns it now, or as late as its patience allows."""
        hidden = max(self.cut_until - self.world.now, 0)
        newly, self.newly = getattr(self, "newly", set()), set()
        patience = self.config["tcp_timeout_ms"]
        for pause in self.world.pauses_in_order():
            how = self.dead.get(pause.number)
            if pause.number is None or pause.number not in self.alive:
                continue
            if how is None and hidden:
                left = min(hidden, patience)
                pause.move(max(pause.due, self.world.now + left))
            elif how == NO_ANSWER and pause.number in newly:
                pause.move(self.world.now + patience)
            elif how not in (None, NO_ANSWER):
                if pause.kind == STATEMENT:
                    self.dead[pause.number] = LOST_IN_QUERY
                pause.end()


class Connection:
    def __init__(self, server, number):
        self.server, self.number = server, number

    def cursor(self, *_, **__):
        return Cursor(self)

    def ping(self):
        self.server.call(self.number, "ping")

    def rollback(self):
        self.server.call(self.number, "reset")

    def commit(self):
        if not self.server.world.commits_with_the_statement():
            self.server.call(self.number, "reset")

    def close(self):
        self.server.close(self.number)


class Cursor:
    """A statement, which gives no rows."""

    description = None
    rowcount = -1
    lastrowid = None

    def __init__(self, connection):
        self.connection = connection

    def execute(self, statement, parameters=None):
        self.connection.server.execute(self.connection.number, self.connection.server.world.begin_statement())

    def close(self):
        pass


class PlayDialect(DefaultDialect):
    name = driver = "play"
    supports_statement_cache = True

    def is_disconnect(self, error, connection, cursor):
        return isinstance(error, Disconnect)

    def do_ping(self, dbapi_connection):
        dbapi_connection.ping()
        return True


class AsyncPlayDialect(PlayDialect):
    driver = "asyncplay"
    is_async = True


registry.register("play", __name__, "PlayDialect")
registry.register("play.asyncplay", __name__, "AsyncPlayDialect")


def engine(world, config, server):
    kind = config["pool"]
    arguments = {
        "module": SimpleNamespace(Error=PSYCOPG.Error, paramstyle="named"),
        "creator": server.connect,
        "poolclass": getattr(sa, kind),
        "pool_recycle": config["recycle"] / 1000 if config["recycle"] >= 0 else -1,
        "pool_pre_ping": config["pre_ping"],
        "pool_reset_on_return": config["reset_on_return"],
        "_initialize": False,
    }
    if kind in QUEUES:
        arguments["pool_timeout"] = None if config["timeout"] is None else config["timeout"] / 1000
        arguments |= {"pool_size": config["pool_size"], "max_overflow": config["max_overflow"]}
        arguments["pool_use_lifo"] = config["use_lifo"]
    elif kind == "SingletonThreadPool":
        arguments["pool_size"] = config["pool_size"]
    if config["tasks"]:
        made = create_async_engine("play+asyncplay://", **arguments)
        sync = made.sync_engine
    else:
        made = sync = create_engine("play://", **arguments)
    with_oldest_first(sync.pool)
    event.listen(sync, "commit", lambda _: world.commit_begins())
    return made

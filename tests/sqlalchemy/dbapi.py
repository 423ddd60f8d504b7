"""The faked database: a server, its connections, and the dialect through which a pool speaks to them."""

from collections import Counter, defaultdict, deque

from sqlalchemy.pool.base import _ConnDialect


# Where `fail` can strike, beside the pool's events.
CALLS = ("db.connect", "db.ping", "db.reset", "db.close")


class FakeError(Exception):
    pass


class FakeDisconnect(FakeError):
    pass


class ConnectRefused(FakeError):
    pass


class Interrupt(BaseException):
    """What a signal, or a killed greenlet, raises in the middle of anything."""


class Failures:
    """Failures a script has ordered: each of the old operations counts, those of `fail` stand in line."""

    def __init__(self):
        self.counts = Counter()
        self.lines = defaultdict(deque)

    def order(self, at: str, n: int, what):
        if n > 0:
            self.lines[at].append([n, what])

    def next(self, at: str):
        line = self.lines.get(at)
        if not line:
            return None
        line[0][0] -= 1
        return line.popleft()[1] if line[0][0] <= 0 else line[0][1]

    def count(self, name: str) -> bool:
        self.counts[name] -= 1
        if self.counts[name] >= 0:
            return True
        self.counts[name] = 0
        return False

    def raise_at(self, at: str, error: type[Exception], message: str):
        """No frame here may hold the error itself: it would hold its own traceback, and that the proxy, for ever."""
        match self.next(at):
            case "error":
                raise error(message)
            case "interrupt":
                raise Interrupt("interrupt")


class Server:
    """`stage` is the world: it takes events, lets time pass, numbers records."""

    def __init__(self, stage, config: dict):
        self.stage = stage
        self.config = config
        self.failures = Failures()
        self.up = True
        self.connections = 0
        self.open = set()
        self.dead = set()

    def connect(self, record):
        """The pool's creator."""
        number = self.stage.number(record)
        self.stage.event("db.connect_start", number)
        self.take_time("connect")
        try:
            if not self.up or self.failures.count("connect_fail"):
                raise ConnectRefused("connect refused")
            self.failures.raise_at("db.connect", ConnectRefused, "connect refused")
        except BaseException:
            self.stage.event("db.connect_fail", number)
            raise
        self.connections += 1
        self.open.add(self.connections)
        self.stage.event("db.connect", self.connections, number)
        return Connection(self, self.connections)

    def take_time(self, call: str):
        if ms := self.config[f"{call}_ms"]:
            self.stage.sleep(call, ms)

    def kill(self, number: int):
        if number <= self.connections:
            self.dead.add(number)

    def turn(self, up: bool):
        self.up = up
        if not up:
            self.dead |= self.open


class Connection:
    def __init__(self, server: Server, number: int):
        self.server = server
        self.number = number

    def __repr__(self):
        return f"<connection {self.number}>"

    def cursor(self):
        return Cursor(self)

    def ping(self):
        self._call("ping", "ping", "ping_error", "ping failed, but not a disconnect")

    def rollback(self):
        self._call("rollback", "reset", "reset_fail", "reset failed")

    def commit(self):
        self._call("commit", "reset", "reset_fail", "reset failed")

    def close(self):
        self._call("close", "close", "close_fail", "close failed")

    def terminate(self):
        self._call("terminate", "close", "close_fail", "close failed")

    def _call(self, event, kind, count, message):
        server = self.server
        server.stage.event(f"db.{event}", self.number)
        server.take_time(kind)
        if kind == "close":
            server.open.discard(self.number)
        elif self.number in server.dead or self.number not in server.open:
            raise FakeDisconnect("server closed the connection")
        if server.failures.count(count):
            raise FakeError(message)
        server.failures.raise_at(f"db.{kind}", FakeError, message)


class Cursor:
    """A statement of an Engine's Connection, which gives no rows."""

    description = None
    rowcount = -1
    lastrowid = None

    def __init__(self, connection: Connection):
        self.connection = connection

    def execute(self, statement, parameters=None):
        self.connection.ping()

    def close(self):
        pass


class Dialect(_ConnDialect):
    """What an Engine's dialect does for its pool."""

    def __init__(self, is_async=False, has_terminate=False):
        self.is_async = is_async
        self.has_terminate = has_terminate

    def do_terminate(self, dbapi_connection):
        dbapi_connection.terminate()

    def _do_ping_w_event(self, dbapi_connection):
        try:
            dbapi_connection.ping()
        except FakeDisconnect:
            return False
        return True

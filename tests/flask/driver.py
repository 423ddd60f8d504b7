"""sqlite3, whose connections are numbered, write down what is done with them, and can be lost."""

import sqlite3
from contextlib import contextmanager

import words

GONE = "server closed the connection unexpectedly"


class Driver:
    """What the connections of one sequence have in common."""

    def __init__(self, tell):
        self.tell = tell
        self.connected = 0
        self.lost = 0  # connections up to this number are
        # "statement", "commit" or "rollback": the next one finds its connection lost; "second": the statement after it
        self.losing = None
        self.pinging = False

    def attempt(self, connection, what):
        """Whether `what` reaches the server."""
        if what == self.losing and not self.pinging:
            self.losing, connection.is_lost = None, True
        elif what == "statement" and self.losing == "second" and not self.pinging:
            self.losing = "statement"
        if connection.is_lost or connection.number <= self.lost:
            raise sqlite3.OperationalError(GONE)

    @contextmanager
    def ping(self, number):
        self.tell(f"ping {number}")
        self.pinging = True
        try:
            yield
        finally:
            self.pinging = False

    def serve(self, engine):
        """Makes the engine use such connections, and believe that a lost one is lost."""
        driver, dialect = self, engine.dialect

        class Connection(Traced):
            pass

        Connection.driver = driver
        ping = dialect.do_ping

        def do_ping(connection):
            with driver.ping(connection.number):
                return ping(connection)

        dialect.do_ping = do_ping
        dialect.is_disconnect = lambda error, connection, cursor: GONE in str(error)
        return Connection


class Cursor(sqlite3.Cursor):
    def execute(self, sql, parameters=()):
        connection = self.connection
        if connection.driver.tell.is_on and not sql.startswith("PRAGMA"):
            connection.driver.tell(f"sql {connection.number} {words.statement(sql, parameters)}")
        connection.driver.attempt(connection, "statement")
        return super().execute(sql, parameters)


class Traced(sqlite3.Connection):
    driver = None

    def __init__(self, *args, **kw):
        super().__init__(*args, **kw)
        self.is_lost = False
        self.driver.connected += 1
        self.number = self.driver.connected

    def cursor(self, factory=Cursor):
        return super().cursor(factory)

    def commit(self):
        self.driver.tell(f"dbapi commit {self.number}")
        self.driver.attempt(self, "commit")
        super().commit()

    def rollback(self):
        self.driver.tell(f"dbapi rollback {self.number}")
        self.driver.attempt(self, "rollback")
        super().rollback()

    def close(self):
        self.driver.tell(f"dbapi close {self.number}")
        super().close()

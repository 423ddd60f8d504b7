"""Clients with Connections of a real Engine: what each operation does then, in place of what operations.py does to proxies."""

import gc
from types import SimpleNamespace

from sqlalchemy import create_engine, event
from sqlalchemy import pool as sa
from sqlalchemy.dialects import registry
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.exc import StatementError

import pools
from dbapi import FakeDisconnect, FakeError
from operations import ClientError

# What a `handle_error` listener may say of an error of the DBAPI's, by config["handle_error"].
VERDICTS = {
    "one": {"invalidate_pool_on_disconnect": False},
    "none": {"is_disconnect": False},
    "all": {"is_disconnect": True},
}

RELEASES = {"checkin", "drop"}


class FakeDialect(DefaultDialect):
    """An Engine's dialect for the faked database."""

    name = driver = "fake"
    supports_statement_cache = True

    def is_disconnect(self, error, connection, cursor):
        return isinstance(error, FakeDisconnect)

    def do_ping(self, dbapi_connection):
        dbapi_connection.ping()
        return True

    def do_terminate(self, dbapi_connection):
        dbapi_connection.terminate()


registry.register("fake", __name__, "FakeDialect")


def make(config: dict, server, listeners):
    arguments = {
        "module": SimpleNamespace(Error=FakeError, paramstyle="named"),
        "creator": server.connect,
        "poolclass": getattr(sa, config["pool"]),
        "pool_recycle": config["recycle"] / 1000 if config["recycle"] >= 0 else -1,
        "pool_pre_ping": config["pre_ping"],
        "pool_reset_on_return": config["reset_on_return"],
        "echo_pool": "debug" if config["log"] else None,
        "_initialize": False,  # asks nothing of the database at its first connection
    }
    if config["pool"] in pools.QUEUES:
        timeout = config["timeout"]
        arguments["pool_timeout"] = None if timeout is None else timeout / 1000
        arguments |= {"pool_size": config["pool_size"], "max_overflow": config["max_overflow"]}
        arguments["pool_use_lifo"] = config["use_lifo"]
    engine = create_engine("fake://", **arguments)
    listeners.install(engine.pool)
    if verdict := VERDICTS.get(config["handle_error"]):
        event.listen(engine, "handle_error", lambda context: say(context, verdict))
    return engine


def say(context, verdict):
    """Of an error that a Connection met; a ping of the pool's has none."""
    if context.connection is not None and isinstance(context.original_exception, FakeError):
        for name, value in verdict.items():
            setattr(context, name, value)


def described(error: BaseException) -> BaseException:
    """The DBAPI's or listener's own error, where SQLAlchemy wrapped it."""
    return error.orig if isinstance(error, StatementError) else error


def proxy(connection):
    """The Connection's proxy, while that has a connection of the DBAPI's."""
    held = connection._dbapi_connection
    return held if held is not None and held.is_valid else None


def state(connection) -> list:
    """Whether the Connection is invalidated, and whether its transaction is active, if it has one."""
    transaction = connection._transaction
    return [connection.invalidated, transaction and transaction.is_active]


def skip(world, fiber) -> str | None:
    name, held = fiber.op["op"], world.holds.get(fiber.client)
    if name == "checkout":
        return "skip:holding" if held else None
    if "client" in fiber.op and not held:
        return "skip:empty"
    if name == "soft_invalidate" and held[-1].invalidated:
        return "skip:invalidated"
    if name == "drop" and held[-1]._transaction:
        return "skip:transaction"  # the two refer to each other, until the garbage collector comes by
    return None


def action(world, fiber):
    """The operation as a call without arguments. No frame of it may name a Connection that is to die in it."""
    op, client, engine = fiber.op, fiber.client, world.engine
    holds = world.holds.get(client)
    reason = ClientError("client") if op.get("reason") else None
    match op["op"]:
        case "checkout":
            return lambda: checkout(world, client)
        case "checkin":
            return lambda: (holds[-1].close(), world.let_go(client))
        case "use":
            return lambda: use(holds)
        case "commit":
            return lambda: holds[-1].commit()
        case "rollback":
            return lambda: holds[-1].rollback()
        case "invalidate":
            return lambda: holds[-1].invalidate(reason)
        case "soft_invalidate":
            return lambda: holds[-1].connection.invalidate(reason, soft=True)
        case "detach":
            return lambda: holds[-1].detach()
        case "drop":
            return lambda: drop(world, client)
        case "dispose":
            return lambda: engine.pool.dispose()
        case "recreate":
            return lambda: recreate(world, fiber)
    raise ValueError(f"unknown operation {op['op']} of an engine's")


def checkout(world, client):
    connection = world.engine.connect()
    world.holds[client] = [connection]


def drop(world, client):
    """Loses the Connection. After a ping that failed its proxy hangs in a cycle of frames and exceptions, so that in truth it
    waits for the cyclic garbage collector: that comes by here and now."""
    world.let_go(client)
    gc.collect()


def use(holds):
    """A statement. The result, which has no rows, is closed already."""
    holds[-1].exec_driver_sql("statement")


def recreate(world, fiber):
    world.engine.dispose(close=fiber.op.get("close", True))
    world.add_pool(world.engine.pool)
    fiber.pool = world.pool

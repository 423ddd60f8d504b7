"""What each operation of a script does, and when it is skipped instead."""

import pools
from dbapi import CALLS, FakeDisconnect, Interrupt
from listeners import NAMES, VETO

# Operations after which the client has let go of its proxy, whatever came of them.
RELEASES = {"checkin", "invalidate", "drop"}
NEEDS_PROXY = RELEASES | {"soft_invalidate", "detach", "use", "finalizer"}
COUNTED = {"connect_fail", "reset_fail", "ping_error", "close_fail", "connect_event_fail"}


class ClientError(Exception):
    pass


def described(error: BaseException) -> dict:
    """An error's text without what SQLAlchemy or KeyError would put around it."""
    message = error.args[0] if len(error.args) == 1 and isinstance(error.args[0], str) else str(error)
    if isinstance(error, AssertionError):
        message = message.partition(" at:\n")[0]  # here AssertionPool's stack begins
    extra = {"message": message}
    if getattr(error, "code", None):
        extra["code"] = error.code
    return extra


def skip(world, fiber) -> str | None:
    name, holds = fiber.op["op"], world.holds.get(fiber.client)
    if name == "checkout":
        if not holds:
            return None
        nests = world.config["pool"] == "SingletonThreadPool" and holds[-1]._pool is world.pool
        return None if nests and not holds[-1].is_detached else "skip:holding"
    if name not in NEEDS_PROXY:
        return None
    if not holds:
        return "skip:empty"
    if name == "finalizer" and holds[-1].is_detached:
        return "skip:detached"
    if name in ("invalidate", "use") and len(holds) > 1:
        return "skip:nested"
    return None


def interrupt(world, fiber):
    """Something done to a client: by nobody, at any time."""
    waiter = world.fibers.get(fiber.client)
    if waiter is None or not world.crew.is_waiting(waiter):
        fiber.outcome = "skip:not waiting"
    else:
        fiber.pool = waiter.pool
        world.crew.interrupt(waiter)


def to_database(world, op: dict) -> bool:
    """Does what is done to the faked database, not to the pool; True if `op` was such, or only looks."""
    server, name, n = world.server, op["op"], op.get("n", 1)
    if name in COUNTED:
        server.failures.counts[name] += n
    elif name == "veto":
        server.failures.order("veto", n, VETO[op.get("pool", False)])
    elif name == "fail":
        if op["at"] not in NAMES + CALLS or op["kind"] not in ("error", "interrupt"):
            raise ValueError(f"cannot fail so: {op}")
        server.failures.order(op["at"], n, op["kind"])
    elif name == "kill":
        server.kill(op["conn"])
    elif name == "server":
        server.turn(op["up"])
    elif name != "nop":
        return False
    return True


def action(world, fiber):
    """The operation as a call without arguments. No frame of it may name a proxy that is to die in it."""
    op, client = fiber.op, fiber.client
    holds = world.holds.get(client)
    reason = ClientError("client") if op.get("reason") else None
    match op["op"]:
        case "checkout":
            return lambda: checkout(world, fiber)
        case "checkin":
            return lambda: (holds[-1]._close_special(op.get("tx_reset", False)), world.let_go(client))
        case "invalidate":
            return lambda: (holds[-1].invalidate(reason), world.let_go(client))
        case "soft_invalidate":
            return lambda: holds[-1].invalidate(reason, soft=True)
        case "detach":
            return lambda: holds[-1].detach()
        case "drop":
            return lambda: drop(world, client)
        case "use":
            return lambda: use(world, fiber)
        case "finalizer":
            return lambda: holds[-1]._connection_record.finalize_callback.append(finalizer(world))
        case "dispose":
            return fiber.pool.dispose
        case "recreate":
            return lambda: recreate(world, fiber)
    raise ValueError(f"unknown operation {op['op']}")


def checkout(world, fiber):
    proxy = fiber.pool.connect()
    world.holds.setdefault(fiber.client, []).append(proxy)


def drop(world, client):
    while client in world.holds:
        world.let_go(client)


def use(world, fiber):
    """A statement, and what Connection does when the statement says that the connection is gone: it tells `engine.pool`."""
    proxy = world.holds[fiber.client][-1]
    try:
        return proxy.dbapi_connection.ping()
    except (FakeDisconnect, Interrupt) as error:
        lost = error.with_traceback(None)
    try:
        if isinstance(lost, FakeDisconnect):
            world.pool._invalidate(proxy, lost)
        else:
            proxy.invalidate(lost)
    finally:
        del proxy
        world.let_go(fiber.client)
    raise lost


def finalizer(world):
    world.finalizers += 1
    number = world.finalizers
    return lambda connection: world.event("finalizer", connection.number, number)


def recreate(world, fiber):
    """As Engine.dispose() does it."""
    fiber.pool.dispose()
    world.add_pool(pools.with_oldest_first(fiber.pool.recreate()))
    fiber.pool = world.pool

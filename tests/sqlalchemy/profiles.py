"""What random scripts are made of: one profile a class of pools, or a set of operations."""

from dataclasses import dataclass, field
from random import Random

from dbapi import CALLS
from listeners import NAMES

CORE = {"kill": 20, "invalidate": 14, "soft_invalidate": 9, "connect_fail": 8, "dispose": 6, "nop": 8}
FULL = {
    "nop": 16, "kill": 12, "reset_fail": 8, "drop": 9, "server": 5, "close_fail": 6, "use": 12, "connect_fail": 6,
    "invalidate": 8, "detach": 7, "soft_invalidate": 7, "connect_event_fail": 5, "recreate": 4, "ping_error": 5,
    "dispose": 5, "veto": 5,
}  # fmt: skip
ODD = FULL | {"nop": 5, "fail": 40, "finalizer": 10, "interrupt": 2}
WITHOUT_LINE = {name: weight for name, weight in ODD.items() if name != "interrupt"}


ENGINE = FULL | {
    "use": 90, "commit": 22, "rollback": 16, "nop": 5, "fail": 16, "recreate": 12, "kill": 20, "server": 7,
    "invalidate": 12, "detach": 10, "interrupt": 2,
}  # fmt: skip
# Not what makes an invalidation raise (AssertionPool would, too): the Connection then has a proxy that is of no use any more, and
# nothing of what it does reaches a pool.
ENGINE_FAILS = ("first_connect", "connect", "checkout", "reset", "db.connect", "db.ping", "db.reset")


@dataclass
class Profile:
    weights: dict
    pool: str = "QueuePool"
    rare: float = 0.2
    """How often an operation is none of checkout and checkin."""
    eager: float = 0.55
    """How often it is checkout, when both could be."""
    failing: tuple = NAMES + CALLS
    by_client: frozenset = field(
        default=frozenset(
            "checkout checkin invalidate soft_invalidate detach drop use commit rollback finalizer interrupt".split()
        )
    )
    nests: bool = False
    engine: bool = False
    """Clients have Connections of an Engine, and not proxies of a pool's."""


PROFILES = {
    "core": Profile(CORE),
    "full": Profile(FULL),
    "odd": Profile(ODD, rare=0.33),
    "null": Profile(WITHOUT_LINE, "NullPool", rare=0.33),
    "static": Profile(WITHOUT_LINE, "StaticPool", rare=0.33),
    "singleton": Profile(WITHOUT_LINE, "SingletonThreadPool", rare=0.3, nests=True),
    "assertion": Profile(WITHOUT_LINE, "AssertionPool", rare=0.33, eager=0.35),
    "engine": Profile(ENGINE, rare=0.6, failing=ENGINE_FAILS, engine=True),
    "async": Profile(ODD, "AsyncAdaptedQueuePool", rare=0.28),
}


def config(chance: Random, profile: Profile) -> dict:
    """Tight pools mostly, and in most scripts most calls take no time."""

    def latency(*others):
        return chance.choice((*others,)) if chance.random() < 0.35 else 0

    size = chance.choice((0, 1, 1, 1, 1, 2, 2, 3, 5, chance.randint(3, 8)))
    overflow = chance.choice((0, 0, 0, 1, 1, -1, 2, chance.randint(2, 6)))
    settings = {
        "pool_size": size,
        "max_overflow": overflow,
        "timeout": chance.choice((0, 125, 125, 500, 1000, 1000, 2000, 3000, 3500, 5000)),
        "recycle": chance.choice((-1, -1, -1, 0, 125, 500, 1000, 2000, 2000, 5000, 10000, 20000)),
        "pre_ping": chance.random() < 0.4,
        "use_lifo": chance.random() < 0.5,
        "reset_on_return": chance.choice(("rollback", "rollback", "rollback", "commit", None)),
        "connect_ms": latency(125, 125, 250, 375, 500, 625, 750),
        "ping_ms": latency(125, 250, 375),
        "reset_ms": latency(125, 125, 250, 375),
        "close_ms": latency(125, 250, 250),
        "tie": chance.choice(("ops", "timers")),
        "wake": chance.choice(("immediate", "late")),
    }
    if profile.pool == "AsyncAdaptedQueuePool":
        settings |= {"wake": "immediate", "terminate": chance.random() < 0.5}
    if profile.pool == "AssertionPool":
        settings["traceback"] = chance.random() < 0.3
    if profile.pool == "SingletonThreadPool":
        settings["pool_size"] = chance.choice((1, 2, 2, 3, 3, 5))
    settings["pool"] = profile.pool
    if profile.engine:
        settings["engine"] = True
        settings["pool"] = chance.choice(("QueuePool",) * 6 + ("NullPool", "StaticPool"))
        settings["handle_error"] = chance.choice((None, None, None, "one", "none", "all"))
    if "fail" in profile.weights:
        settings["log"] = chance.random() < 0.5
        if chance.random() < 0.1:
            settings["timeout"] = None
    wanted = size + max(overflow, 0) + chance.randint(1, 5)
    return settings | {"clients": max(2, min(wanted, 16))}

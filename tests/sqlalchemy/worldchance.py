"""Worlds by chance: tight pools, requests in bunches, calls that take time, a server that restarts and forgets.

On threads all times are odd ones, so that few are ever due in the same millisecond; where some are, the world is drawn again.
"""

from random import Random

CLASSES = {
    "QueuePool": 8, "AsyncAdaptedQueuePool": 10, "NullPool": 1, "StaticPool": 2, "SingletonThreadPool": 1, "AssertionPool": 1,
}  # fmt: skip


def by_chance(seed: str) -> dict:
    chance = Random(seed)
    kind = chance.choices(list(CLASSES), list(CLASSES.values()))[0]
    tasks = kind == "AsyncAdaptedQueuePool"
    config = {"pool": kind, "borrow": chance.choice(("Session", "Session", "Connection", "begin", "raw"))}
    if kind in ("QueuePool", "AsyncAdaptedQueuePool"):
        config |= {
            "pool_size": chance.choice((1, 1, 2, 2, 3, 4, 5)),
            "max_overflow": chance.choice((0, 0, 1, 1, 2, 3, -1)),
            "use_lifo": chance.random() < 0.3,
            "timeout": chance.choice((None, 703, 1501, 2903, 30007)),
        }
    elif kind == "SingletonThreadPool":
        config["pool_size"] = chance.choice((1, 2, 3))
    config |= settings(chance, tasks)
    if not tasks and kind != "SingletonThreadPool" and chance.random() < 0.2:
        config["threads"] = chance.choice((1, 2, 3))
    requests = (bunches if tasks else one_by_one)(chance)
    acts = []
    if chance.random() < 0.45:
        last = requests[-1][0]
        acts = sorted((chance.randrange(200, last + 2500) | 1, trouble(chance)) for _ in range(chance.choice((1, 1, 2))))
    return {"seed": seed, "config": config, "requests": requests, "acts": [list(act) for act in acts]}


def trouble(chance):
    return chance.choice(("restart", "restart", "restart", "failover", "cut", "kill-1", f"kill-{chance.randint(1, 5)}"))


def settings(chance, tasks) -> dict:
    """Half of the calls take no time, as in most tutorials."""

    def ms(*others):
        return chance.choice(others) + (0 if tasks else chance.randrange(7)) if chance.random() < 0.5 else 0

    config = {
        "recycle": chance.choice((-1, -1, -1, 0, 900, 2500)),
        "pre_ping": chance.random() < 0.4,
        "reset_on_return": chance.choice(("rollback", "rollback", "rollback", "commit", None)),
        "connect_ms": ms(20, 50, 180),
        "ping_ms": ms(2, 30),
        "reset_ms": ms(3, 40, 400),
        "close_ms": ms(5, 60),
        "outage_ms": chance.choice((0, 0, 311, 1409)),
        "tcp_timeout_ms": chance.choice((809, 2603, 15013)),
    }
    if chance.random() < 0.15:
        config["max_connections"] = chance.choice((1, 2, 3, 4))
    if chance.random() < 0.15:
        config["wait_timeout_ms"] = chance.choice((607, 1303))
    elif chance.random() < 0.15:
        config |= {"firewall_ms": chance.choice((607, 1303)), "keepalive_ms": chance.choice((2011, 7200000))}
    if chance.random() < 0.3:
        config |= {"outside_ms": chance.choice((311, 1407)), "outside_holds": chance.random() < 0.6}
    if tasks and chance.random() < 0.3:
        config["cancel_after_ms"] = chance.choice((453, 907, 1603))
    if chance.random() < 0.1:
        config["accept_ms"] = chance.choice((13, 47))
    return {key: value for key, value in config.items() if value != 0 or key not in ("connect_ms", "ping_ms", "reset_ms", "close_ms")}


def bunches(chance) -> list:
    """Several requests in the same instant, that hold as long as each other: they return in the same instant, too."""
    requests, at = [], 0
    hold = chance.choice((300, 500, 2000))
    for _ in range(chance.randint(1, 5)):
        at += chance.choice((500, 700, 1000, 1733, 3000))
        same = chance.random() < 0.7
        for _ in range(chance.choice((1, 2, 3, 4, 6, 9))):
            requests.append([at, hold if same else chance.choice((200, 300, 500, 900, 2000))])
    return requests


def one_by_one(chance) -> list:
    requests, at = [], chance.randrange(300)
    for _ in range(chance.randint(2, 14)):
        at += chance.choice((chance.randrange(1, 60), chance.randrange(60, 900), chance.randrange(900, 3000)))
        requests.append([at, chance.randrange(100, 2500)])
    return requests

"""Traces as text: one JSON object a line."""

from json import JSONEncoder

import sqlalchemy

import pools

encode = JSONEncoder(separators=(",", ":")).encode

ALWAYS = {
    "pool_size": 5,
    "max_overflow": 10,
    "timeout": 30000,
    "recycle": -1,
    "pre_ping": False,
    "use_lifo": False,
    "reset_on_return": "rollback",
    "connect_ms": 0,
    "ping_ms": 0,
    "reset_ms": 0,
    "close_ms": 0,
    "tie": "ops",
    "wake": "immediate",
}
# Later settings, shown only where they are not the default: older traces stay what they are.
LATER = {
    "pool": "QueuePool",
    "terminate": False,
    "traceback": True,
    "log": False,
    "engine": False,
    "handle_error": None,
}


def complete(config: dict) -> dict:
    unknown = config.keys() - ALWAYS.keys() - LATER.keys() - {"clients"}
    if unknown:
        raise ValueError(f"unknown in a config: {', '.join(sorted(unknown))}")
    return ALWAYS | LATER | config


def header(config: dict, script: list[dict], **about) -> str:
    """`about` is a seed and a profile, or a name and a note."""
    shown = {key: config[key] for key in ALWAYS}
    shown |= {key: config[key] for key, default in LATER.items() if config[key] != default}
    if "clients" in config:
        shown["clients"] = config["clients"]
    return encode({"format": 1, "sqlalchemy": sqlalchemy.__version__, "config": shown, **about, "script": script})


def state(pool, gen, number):
    name, records = pools.records(pool)
    shown = [[number(record), getattr(record.dbapi_connection, "number", None)] for record in records]
    return {"counters": pools.counters(pool, gen)}, {name: shown}


def line(n, t, i, op, outcome, extra, events, pool, gen, number) -> str:
    counters, records = state(pool, gen, number)
    client = op.get("client")
    head = {"n": n, "t": t, "i": i, "client": client, "op": op["op"], "outcome": outcome}
    return encode(head | extra | {"events": events} | counters | records)


def final(t, pool, gen, number, **rest) -> str:
    counters, records = state(pool, gen, number)
    return encode({"final": True, "t": t} | counters | {"status": pools.status(pool)} | records | rest)

"""One run of a script: virtual time, whose turn it is, and the trace's lines."""

import gc

import dbapi
import engines
import logs
import operations
import pools
import trace
from listeners import Listeners
from threads import Threads
from virtual import virtual

ADMIN = "admin"


class Fiber:
    """A client in the middle of an operation. Threads and tasks note on it what they need."""

    def __init__(self, client, index, op, pool):
        self.client, self.index, self.op, self.pool = client, index, op, pool
        self.act = None
        self.outcome = "ok"
        self.extra = {}
        self.over = False


class World:
    def __init__(self, config: dict, script, **about):
        self.config = trace.complete(config)
        self.script = script
        self.about = about
        self.now = 0
        self.over = False
        self.lines = []
        self.events = []
        self.fibers = {}
        self.holds = {}
        self.records = 0
        self.addresses = {}
        self.finalizers = 0
        self.server = dbapi.Server(self, self.config)
        self.listeners = Listeners(self, self.server.failures)
        self.gens = {}
        self.engine = None
        if self.config["pool"] == "AsyncAdaptedQueuePool":
            from tasks import Tasks  # needs greenlet, which the others do not

            self.crew = Tasks(self)
        else:
            self.crew = Threads(self)

    # What the fakes, and all who record, ask of the stage they are on.

    def event(self, *event):
        if not self.over:
            self.events.append(event)

    def sleep(self, call: str, ms: int):
        if not self.over:
            self.crew.sleep(call, ms)

    def number(self, record) -> int:
        """Records are numbered at first sight; `record_info` lives as long as the record."""
        info = record.record_info
        if "number" not in info:
            self.records += 1
            info["number"] = self.addresses[id(record)] = self.records
        return info["number"]

    def by_address(self, address):
        return self.addresses.get(address)

    # The scheduler.

    def run(self) -> list[str]:
        """Returns the trace, as lines without their ends."""
        is_async = self.config["pool"] == "AsyncAdaptedQueuePool"
        dialect = dbapi.Dialect(is_async, self.config["terminate"])
        with virtual(self):
            if self.config["engine"]:
                self.engine = engines.make(self.config, self.server, self.listeners)
                self.add_pool(self.engine.pool)
            else:
                self.add_pool(pools.make(self.config, self.server, dialect, self.listeners))
            while self.step():
                pass
            self.lines.append(self.final())
            assert not self.events, "something happened in nobody's operation"
            self.clear()
        return [trace.header(self.config, list(self.script), **self.about), *self.lines]

    def add_pool(self, pool):
        self.pool = pool
        self.gens[pool] = len(self.gens)

    def step(self) -> bool:
        crew = self.crew
        if crew.ready and self.config["wake"] == "immediate":
            crew.run_next()
            return True
        op, timer = self.script.next_time(), crew.next_timer()
        op_due = op is not None and op <= self.now
        if timer is not None and timer <= self.now and (not op_due or self.config["tie"] == "timers"):
            crew.fire()
        elif op_due:
            self.start(*self.script.take(self))
        elif crew.ready:
            crew.run_next()
        elif op is None and timer is None:
            return False
        else:
            self.now = min(time for time in (op, timer) if time is not None)
        return True

    def start(self, index: int, op: dict):
        fiber = Fiber(op.get("client", ADMIN), index, op, self.pool)
        if op["op"] == "interrupt":
            operations.interrupt(self, fiber)
        elif fiber.client in self.fibers:
            fiber.outcome = "skip:busy"
        elif skip := self.rules.skip(self, fiber):
            fiber.outcome = skip
        elif not operations.to_database(self, op):
            if op["op"] != "checkout":
                # Not by a name of this frame, which would keep the proxy alive.
                fiber.pool = getattr(self.proxy(fiber.client), "_pool", self.pool)
            fiber.act = self.rules.action(self, fiber)
            self.fibers[fiber.client] = fiber
            return self.crew.start(fiber)
        self.write(fiber)

    @property
    def rules(self):
        """Whether clients have proxies of the pool's, or Connections of an Engine's."""
        return engines if self.engine else operations

    def proxy(self, client):
        """What the client has of a pool, if it has something."""
        held = self.holds.get(client)
        return held and (engines.proxy(held[-1]) if self.engine else held[-1])

    def settle(self, fiber: Fiber, error: BaseException | None):
        """The end of an operation, still in its client's thread: what dies here dies within the operation."""
        outcome, extra = "ok", {}
        if error is not None:
            logs.forget(error)
            error = engines.described(error)
            outcome, extra = f"error:{type(error).__name__}", operations.described(error)
            if fiber.op["op"] in self.rules.RELEASES and fiber.client in self.holds:
                self.let_go(fiber.client)
        elif fiber.op["op"] == "checkout":
            proxy = self.proxy(fiber.client)
            extra = {"conn": proxy.dbapi_connection.number, "rec": self.number(proxy._connection_record)}
        fiber.outcome, fiber.extra, fiber.over = outcome, extra, True

    def let_go(self, client):
        holds = self.holds[client]
        if len(holds) == 1:
            del self.holds[client]
        holds.pop()

    def slice_ended(self, fiber):
        if fiber.over:
            del self.fibers[fiber.client]
        self.write(fiber)

    def write(self, fiber):
        if self.over:
            return
        extra, pool = fiber.extra, fiber.pool
        if fiber.op["op"] == "nop":
            extra = {"status": pools.status(pool)}
        if self.engine:
            held = self.holds.get(fiber.client)
            extra = extra | {"connection": engines.state(held[-1]) if held else None}
            extra |= {"current": [self.gens[self.pool], pools.counters(self.pool, 0)["invalidated_at"]]}
        facts = (len(self.lines), self.now, fiber.index, fiber.op, fiber.outcome, extra, self.events)
        self.lines.append(trace.line(*facts, pool, self.gens[pool], self.number))
        self.events = []

    def final(self):
        held = []
        for client, holds in sorted(self.holds.items()):
            for proxy in dict.fromkeys(holds) if self.engine is None else [self.proxy(client)]:
                number = getattr(proxy and proxy.dbapi_connection, "number", None)
                held.append([client, number, proxy is not None and proxy.is_detached])
        return trace.final(
            self.now,
            self.pool,
            self.gens[self.pool],
            self.number,
            open=sorted(self.server.open),
            dead=sorted(self.server.dead),
            held=held,
            stuck=sorted(self.fibers),
        )

    def clear(self):
        """Everything dies unheard, before the real clock comes back."""
        self.over = True
        self.server.failures.__init__()
        self.crew.abandon(list(self.fibers.values()))
        self.holds.clear()
        if self.engine:
            gc.collect()

"""Plays whole worlds with real SQLAlchemy, in virtual time, and writes down how they end; see FORMAT.md.

    python worlds.py record FILE.json... > worlds.jsonl   worlds that are given, a list a file
    python worlds.py random --seed 0 --count 300          worlds by chance
    python worlds.py again worlds.jsonl                   plays them once more; exit 1 if one ends differently
"""

import argparse
import gc
import json
import sys
from itertools import count
from pathlib import Path

import playserver
import pools
import borrowers
from crews import OUTSIDE, TaskCrew, ThreadCrew
from logs import forget
from virtual import virtual

DEFAULTS = {
    "pool": "QueuePool", "pool_size": 5, "max_overflow": 10, "timeout": 30000, "recycle": -1, "pre_ping": False,
    "use_lifo": False, "reset_on_return": "rollback", "borrow": "Session", "connect_ms": 0, "ping_ms": 0, "reset_ms": 0,
    "close_ms": 0, "accept_ms": 0, "outage_ms": 3000, "max_connections": None, "wait_timeout_ms": None,
    "firewall_ms": None, "keepalive_ms": 7200000, "tcp_timeout_ms": 15000, "outside_ms": 0, "outside_holds": True,
    "cancel_after_ms": None, "threads": None,
}  # fmt: skip

SERVED, FAILED, TIMED_OUT, WAITING = "served", "failed", "timed out", "waiting"


class TieError(Exception):
    """Two things are due in the same millisecond, and which of them is first would be chance in real life; or a task is
    cancelled while it gives its connection back."""


class Request:
    """Also what threads.py calls a fiber."""

    def __init__(self, hold):
        self.hold = hold
        self.returns = False
        self.limit = None
        self.returned = False
        self.act = None
        self.asked = self.got = self.ended = self.error = None


class Pause:
    """A call of the driver's that takes time."""

    def __init__(self, world, kind, due, number):
        self.world, self.kind, self.due, self.number = world, kind, due, number
        self.serial = next(world.serials)

    def move(self, due):
        self.due, self.serial = due, next(self.world.serials)
        self.world.crew.move(self)

    def end(self):
        self.world.crew.end(self)


class World:
    def __init__(self, given):
        unknown = given["config"].keys() - DEFAULTS.keys()
        if unknown:
            raise ValueError(f"unknown in a config: {', '.join(sorted(unknown))}")
        self.given = given
        self.config = DEFAULTS | given["config"]
        self.config |= {"log": False, "tasks": self.config["pool"] == "AsyncAdaptedQueuePool"}
        self.now = 0
        self.serials = count()
        self.crew = (TaskCrew if self.config["tasks"] else ThreadCrew)(self)
        self.server = playserver.Server(self, self.config)
        self.refused = None
        self.requests = [Request(hold) for _, hold in given["requests"]]
        self.arrivals = [(at, number) for number, (at, _) in enumerate(given["requests"])]
        self.acts = [tuple(act) for act in given.get("acts", [])]
        self.plans = []
        self.pauses = []
        self.ties = given.get("ties", False)
        self.out = self.most_out = 0
        self.over = False

    # What the made-up database asks of its world.

    def pause(self, kind, ms, number=None):
        if ms > 0 and not self.over:
            pause = Pause(self, kind, self.now + ms, number)
            self.pauses.append(pause)
            try:
                self.crew.pause(pause)
            finally:
                self.pauses.remove(pause)

    def pauses_in_order(self):
        """Calls first, then statements, each by when it would have ended."""
        return sorted(self.pauses, key=lambda pause: (-pause.kind, pause.due, pause.serial))

    def plan(self, ms, act):
        """The server does it by itself; `act` says whether there was something to be done."""
        self.plans.append((self.now + ms, next(self.serials), act))

    def begin_statement(self):
        request = self.crew.request()
        request.got = self.now
        self.out += 1
        return request.hold

    def outside(self):
        """In a thread; `outside_in_task` in a task. The request works for a while, and the database has nothing to do."""
        self.leave_database()
        self.pause(OUTSIDE, self.config["outside_ms"])

    async def outside_in_task(self):
        self.leave_database()
        if self.config["outside_ms"] > 0 and not self.over:
            await self.crew.sleep(self.config["outside_ms"])

    def leave_database(self):
        request = self.crew.request()
        request.returns = False
        if not self.holds():
            request.returned = True
            self.out -= 1

    def holds(self):
        return self.config["outside_holds"]

    def commit_begins(self):
        self.crew.request().commits = True

    def commits_with_the_statement(self):
        """The time of a commit of the program's own is part of its statement's; the pool's takes its own."""
        request = self.crew.request()
        commits, request.commits = getattr(request, "commits", False), False
        return commits

    def event(self, *event):
        raise RuntimeError(f"the pool said {event}")

    # The scheduler.

    def run(self):
        with virtual(self):
            engine = playserver.engine(self, self.config, self.server)
            self.pool = engine.pool
            program = (borrowers.TASKS if self.config["tasks"] else borrowers.THREADS)[self.config["borrow"]]
            for request in self.requests:
                request.act = lambda: program(engine, self)
            try:
                while self.step():
                    self.most_out = max(self.most_out, self.checked_out())
                return self.given | self.result(engine)
            finally:
                self.clear()

    def clear(self):
        """Everything dies unheard, before the real clock comes back."""
        self.over = True
        self.crew.abandon([request for request in self.requests if request.asked is not None and request.ended is None])
        for request in self.requests:
            request.act = None

    def checked_out(self):
        return self.pool.checkedout() if self.config["pool"] in pools.QUEUES else self.out

    def step(self):
        if self.refused:
            raise TieError(self.refused)
        if self.crew.ready:
            self.crew.run_next()
            return True
        dues = [self.crew.next_timer(), *(events[0][0] for events in (self.arrivals, self.acts) if events)]
        dues += [min(self.plans)[0]] if self.plans else []
        dues = [due for due in dues if due is not None]
        if not dues:
            return False
        self.now = max(self.now, min(dues))
        self.refuse_ties(self.begin_what_is_due())
        return True

    def begin_what_is_due(self):
        kinds = self.crew.due(self.now)
        for plan in sorted(self.plans, key=lambda plan: plan[:2]):
            if plan[0] <= self.now:
                self.plans.remove(plan)
                kinds += ["plan"] if plan[2]() else []
        while self.arrivals and self.arrivals[0][0] <= self.now:
            request = self.requests[self.arrivals.pop(0)[1]]
            self.crew.begin(request)
            kinds.append("arrival")
        while self.acts and self.acts[0][0] <= self.now:
            act, *number = self.acts.pop(0)[1].split("-")  # "restart"; "kill-3": the connection that was opened third
            getattr(self.server, act)(*map(int, number))
            kinds.append("act")
        return kinds

    def refuse_ties(self, kinds):
        """Tasks: what is sure is the order among the driver's timers, among arrivals, among the pool's time-outs."""
        if len(kinds) > 1 and not self.ties:
            groups = {"call" if kind in (playserver.STATEMENT, playserver.CALL) else kind for kind in kinds}
            if not self.config["tasks"] or len(groups) > 1 or groups & {"plan", "act"}:
                raise TieError(f"{kinds} at {self.now}")

    def settle(self, request, error):
        if self.over:
            return
        request.ended = self.now
        self.out -= request.got is not None and not request.returned
        if error is not None:
            forget(error)
            name = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
            request.error = f"{name}: {str(error).partition(' at:' + chr(10))[0]}"

    def slice_ended(self, request):
        if request.ended is not None:
            self.crew.has_ended(request)

    # How it ended.

    def result(self, engine):
        texts = list(dict.fromkeys(request.error for request in self.requests if request.error))
        return {
            "ends": [self.end(request, texts) for request in self.requests],
            "texts": texts,
            "opened": self.server.connections,
            "closed": self.server.closed,
            "most_out": self.most_out,
            "status": pools.status(engine.pool),
        }

    def end(self, request, texts):
        """Outcome, when it ended, how long it waited for its connection; of a failure also which text."""
        if request.ended is None:
            return [WAITING]
        wait = (request.ended if request.got is None else request.got) - request.asked
        if request.error is None:
            return [SERVED, request.ended, wait]
        timed_out = request.error.startswith("sqlalchemy.exc.TimeoutError")
        return [TIMED_OUT if timed_out else FAILED, request.ended, wait, texts.index(request.error)]


def line(world):
    return json.dumps(world, separators=(",", ":"))


def given(world):
    return {key: world[key] for key in ("name", "seed", "ties", "config", "requests", "acts") if key in world}


def record(options):
    for file in options.files:
        for world in json.loads(file.read_text()):
            print(line(World(world).run()))


def random(options):
    from worldchance import by_chance

    for number in range(options.count):
        for attempt in count():
            world = by_chance(f"{options.seed}-{number}-{attempt}")
            try:
                print(line(World(world).run()))
                break
            except TieError:
                continue


def again(options):
    different = 0
    worlds = [json.loads(text) for file in options.files for text in file.read_text().splitlines()]
    for world in worlds:
        new = World(given(world)).run()
        if new != world:
            different += 1
            print(f"was {line(world)}\nnow {line(new)}")
    print(f"{len(worlds) - different} of {len(worlds)} worlds end as before")
    return int(different > 0)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    for command in (record, random, again):
        sub = commands.add_parser(command.__name__, help=command.__doc__)
        sub.set_defaults(run=command)
        if command is random:
            sub.add_argument("--seed", type=int, default=0)
            sub.add_argument("--count", type=int, default=1)
        else:
            sub.add_argument("files", type=Path, nargs="+")
    options = parser.parse_args()
    gc.freeze()
    return options.run(options)


if __name__ == "__main__":
    sys.exit(main())

"""Where scripts come from: files, or chance.

A script made by chance is made while it runs: each operation is chosen when its time has come, knowing who holds and
who waits, so that few are skipped. The same seed makes the same script as long as the pool behaves the same.
"""

from random import Random

from profiles import PROFILES, Profile
from profiles import config as config_by_chance

LENGTH = 60
STEPS = {0: 45, 125: 16, 250: 12, 375: 6, 500: 7, 750: 2, 1000: 7, 1500: 2, 2000: 3, 3000: 2, 7500: 2}


class Given:
    """A script that is known from the start."""

    def __init__(self, ops: list[dict]):
        self.ops = ops
        self.taken = 0

    def __iter__(self):
        return iter(self.ops)

    def next_time(self) -> int | None:
        return self.ops[self.taken]["t"] if self.taken < len(self.ops) else None

    def take(self, world) -> tuple[int, dict]:
        self.taken += 1
        return self.taken - 1, self.ops[self.taken - 1]


class Chance:
    def __init__(self, random: Random, profile: Profile, clients: int):
        self.random = random
        self.profile = profile
        self.clients = range(clients)
        self.ops = []
        # Hurried scripts have more going on at once.
        hurry = random.choice((1, 1, 3))
        self.steps = list(STEPS), [weight if step else weight * hurry for step, weight in STEPS.items()]
        self.t = self.step()

    def __iter__(self):
        return iter(self.ops)

    def step(self):
        return self.random.choices(*self.steps)[0]

    def next_time(self):
        return self.t if len(self.ops) < LENGTH else None

    def take(self, world):
        op = self.choose(world) | {"t": self.t}
        self.ops.append(dict(sorted(op.items())))
        self.t += self.step()
        return len(self.ops) - 1, self.ops[-1]

    def choose(self, world):
        name = self.name(world)
        op = {"op": name}
        chance = self.random
        match name:
            case "checkin" if not self.profile.engine:
                op["tx_reset"] = chance.random() < 0.25
            case "invalidate" | "soft_invalidate":
                op["reason"] = chance.random() < 0.4
            case "kill":
                made = world.server.connections
                recent = sorted(world.server.open) or [1]
                op["conn"] = chance.choice(recent) if chance.random() < 0.8 else chance.randint(1, made + 1)
            case "server":
                op["up"] = not world.server.up
            case "veto":
                op |= {"n": chance.choice((1, 1, 1, 2, 3)), "pool": chance.random() < 0.3}
            case "fail":
                kind = "interrupt" if chance.random() < 0.4 else "error"
                op |= {"at": chance.choice(self.profile.failing), "n": chance.choice((1, 1, 1, 2)), "kind": kind}
            case "recreate" if self.profile.engine:
                op["close"] = chance.random() < 0.75
            case "connect_fail" | "reset_fail" | "ping_error" | "close_fail" | "connect_event_fail":
                op["n"] = chance.choice((1, 1, 1, 2))
        if name in self.profile.by_client:
            op["client"] = self.client(world, name)
        return op

    def name(self, world):
        profile, chance = self.profile, self.random
        if not world.server.up and chance.random() < 0.2:
            return "server"
        if "interrupt" in profile.weights and waiting(world) and chance.random() < 0.15:
            return "interrupt"
        if chance.random() < profile.rare:
            return chance.choices(list(profile.weights), list(profile.weights.values()))[0]
        idle, held = self.free(world)
        if not idle and not held:
            return "nop"
        return "checkout" if chance.random() < profile.eager and idle or not held else "checkin"

    def client(self, world, name):
        """One for whom it makes sense, if there is one; now and then any."""
        idle, held = self.free(world)
        fit = idle if name == "checkout" else waiting(world) if name == "interrupt" else held
        if name == "use" and self.random.random() < 0.5:
            fit = [client for client in held if on_dead(world, client)] or held
        if not fit or self.random.random() < 0.01:
            fit = self.clients
        return self.random.choice(fit)

    def free(self, world):
        free = [client for client in self.clients if client not in world.fibers]
        held = [client for client in free if client in world.holds]
        return (free if self.profile.nests else [client for client in free if client not in world.holds]), held


def waiting(world):
    return [client for client, fiber in world.fibers.items() if world.crew.is_waiting(fiber)]


def on_dead(world, client):
    proxy = world.proxy(client)
    connection = proxy and proxy.dbapi_connection
    return connection is not None and connection.number in world.server.dead


def by_chance(profile: str, seed: int) -> tuple[dict, Chance]:
    random = Random(f"{profile}-{seed}")  # a string's hash is the same in every process here
    config = config_by_chance(random, PROFILES[profile])
    return config, Chance(random, PROFILES[profile], config["clients"])

"""The same worlds in SimPy, in its own idiom: a process for each request, a resource for the servers.

python simpy_world.py A|B REQUESTS    prints a line as benches/race.rs does: name, ns of CPU time a request, outcome
"""

import random
import sys
import time
from array import array

import simpy

REQUESTS = int(sys.argv[2])
PER_SECOND, PATIENCE = {"A": (270, None), "B": (330, 2_000_000)}[sys.argv[1]]
chance = random.Random(1)
waits = array("I")
served = timed_out = 0


def work(env):
    return env.timeout(round(chance.expovariate(1 / 50e3)))


def request(env, servers):
    global served, timed_out
    came = env.now
    with servers.request() as turn:
        got = yield (turn if PATIENCE is None else turn | env.timeout(PATIENCE))
        waits.append(env.now - came)
        if PATIENCE is None or turn in got:
            served += 1
            yield work(env)
        else:
            timed_out += 1


def traffic(env, servers):
    for _ in range(REQUESTS):
        yield env.timeout(round(chance.expovariate(PER_SECOND / 1e6)))
        env.process(request(env, servers))


env = simpy.Environment()
start = time.process_time()
env.process(traffic(env, simpy.Resource(env, capacity=15)))
env.run()
nanoseconds = (time.process_time() - start) * 1e9 / REQUESTS
print(f"simpy {nanoseconds:.1f} {served} {timed_out} {sum(waits)}")

"""Nanoseconds of one uncontended connect() and close() of SQLAlchemy's QueuePool, the best of many batches.

python sqlalchemy_cycle.py CYCLES    CYCLES: the program benches/cycles.rs, whose time the ratio is taken to
"""

import subprocess
import sys
import timeit

import sqlalchemy
from sqlalchemy.pool import QueuePool


class Connection:
    """A DBAPI connection that costs nothing."""

    def rollback(self):
        pass

    def close(self):
        pass


pool = QueuePool(Connection)


def cycle():
    pool.connect().close()


cycle()
ratios = []
for _ in range(5):
    batches = timeit.repeat(cycle, number=20_000, repeat=5)
    python = min(batches) / 20_000 * 1e9
    rust = float(subprocess.run([sys.argv[1], "time"], capture_output=True, check=True, text=True).stdout)
    ratios.append(python / rust)
    print(f"SQLAlchemy {sqlalchemy.__version__} {python:.0f} ns, the engine {rust:.1f} ns: {python / rust:.0f} times")
print(f"median {sorted(ratios)[2]:.0f}, on CPython {sys.version.split()[0]}")

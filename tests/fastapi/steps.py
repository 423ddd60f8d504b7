"""What is recorded: applications, settings that replace theirs, and steps."""

APPS = ["coroutines_original", "coroutines_corrected", "threads_original", "threads_corrected"]
COROUTINES = "quote sign-up block account task scope stream patience loop health health-db".split()
THREADS = "quote sign-up task health health-db".split()
ONE = {"pool_size": 1, "max_overflow": 0, "pool_timeout": 0}
LOSING = {app: {"commit": "sign-up", "rollback": "health-db"} for app in APPS}


def endpoints(app):
    return COROUTINES if app.startswith("coroutines") else THREADS


def visits(text):
    """`a b`: two visits."""
    return [f"visit /{path}" for path in text.split()]


def sequences():
    """(application, settings, steps) in the order of the fixture."""
    for app in APPS:
        for endpoint in endpoints(app):
            yield app, {}, visits(f"{endpoint} {endpoint} health-db")
        yield app, {}, visits("sign-up " + " ".join(endpoints(app)))

    # Nothing is left in the pool.
    for app in APPS:
        for endpoint in endpoints(app):
            yield app, ONE, ["hold", f"visit /{endpoint}", "release", f"visit /{endpoint}"]

    # Overflow is closed on its return.
    for app in APPS:
        yield app, ONE | {"max_overflow": 1}, ["hold", "visit /quote", "release", "visit /quote"]

    # A statement takes longer than the endpoint's patience.
    for app in APPS[:2]:
        yield app, {}, ["visit /patience slow 2", "visit /patience", "visit /health-db"]

    # A connection is lost under a statement, under COMMIT, under ROLLBACK, and while nobody uses it.
    for app in APPS:
        for endpoint in endpoints(app):
            if endpoint != "health":
                yield app, {}, ["visit /health-db", f"visit /{endpoint} losing statement", "visit /health-db"]
        for what in ["commit", "rollback"]:
            yield app, {}, ["visit /health-db", f"visit /{LOSING[app][what]} losing {what}", "visit /health-db"]
        yield app, {}, ["visit /quote", "restart", "visit /quote", "visit /quote"]
        yield app, {}, ["hold", "hold", "release", "release", "restart"] + visits("quote quote quote")
    for app in APPS[:2]:
        for endpoint in ["task", "scope", "stream", "loop", "block", "account"]:
            yield app, {}, ["visit /health-db", f"visit /{endpoint} losing rollback", "visit /health-db"]

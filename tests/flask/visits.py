"""What is recorded: applications, settings that replace theirs, and steps."""

APPS = ["example_original", "example_corrected", "test_original", "test_corrected", "users_original", "users_corrected"]
APPS += ["session"]

VIEWS = "late flush commit read error rollback begin expire keep with forgotten kept raw".split()

LOSING = {
    "statement": " ".join(VIEWS),
    "second": "expire",
    "commit": "flush commit begin expire keep",
    "rollback": "late commit read error rollback with raw",
}

ONE = {"pool_size": 1, "max_overflow": 0, "pool_timeout": 0}


def visits(text):
    """`/a /b`: two visits."""
    return [f"visit {path}" for path in text.split()]


def sequences():
    """(application, settings, steps) in the order of the fixture."""
    for app in ["example_original", "example_corrected"]:
        yield app, {}, visits("/ / /")
    for app in ["test_original", "test_corrected"]:
        yield app, {}, visits("/ /")
    for app in ["users_original", "users_corrected"]:
        yield app, {}, visits("/users /register /users /register /register-kindly /users")
        yield app, {}, visits("/register-kindly /register-kindly /users")
    for view in VIEWS:
        yield "session", {}, visits(f"/{view} /{view} /read")
    yield "session", {}, visits(" ".join(f"/{view}" for view in VIEWS if view != "kept"))

    # Nothing is left in the pool.
    for app, path in [("example_corrected", "/"), ("test_corrected", "/"), ("users_corrected", "/register-kindly")]:
        yield app, ONE, ["hold", f"visit {path}", "release", f"visit {path}"]
    yield "session", ONE, visits("/forgotten /read")
    yield "session", ONE, visits("/kept /late /read /commit")
    for view in ["commit", "begin", "expire", "keep", "with", "raw"]:
        yield "session", ONE, ["hold", f"visit /{view}", "release", f"visit /{view}"]

    # Overflow is closed on its return.
    yield "session", ONE | {"max_overflow": 1}, ["hold", "visit /expire", "release", "visit /expire"]

    # A connection is lost under a statement, under COMMIT, under ROLLBACK, and while nobody uses it.
    for app, first, then in [("example_corrected", "/", "/"), ("users_corrected", "/register", "/users")]:
        for what in ["statement", "commit"]:
            yield app, {}, [f"visit {first} losing {what}", f"visit {then}"]
        for what in ["statement", "rollback"]:
            yield app, {}, [f"visit {first}", f"visit {then} losing {what}", f"visit {then}"]
        yield app, {}, [f"visit {first}", "restart", f"visit {then}", f"visit {then}"]
        yield app, {}, ["hold", "hold", "release", "release", "restart"] + visits(f"{then} {then} {then}")
    for what in ["statement", "commit"]:
        yield "users_corrected", {}, [f"visit /register-kindly losing {what}", "visit /register-kindly"]
    yield "users_corrected", {}, ["visit /register", "visit /register-kindly losing rollback", "visit /register-kindly"]
    for what, views in LOSING.items():
        for view in views.split():
            yield "session", {}, ["visit /read", f"visit /{view} losing {what}", "visit /read"]

    # pool_recycle counts from the connect, and looks at the checkout.
    yield "users_corrected", {}, ["visit /users", "wait 1790", "visit /users", "wait 20", "visit /users"]

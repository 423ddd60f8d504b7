"""What is recorded: applications, settings that replace theirs, and steps."""

APPS = ["example_original", "example_corrected", "test_original", "test_corrected", "users_original", "users_corrected"]
APPS += ["session"]

VIEWS = "late flush commit read error rollback begin expire keep with forgotten kept raw".split()

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

    # A connection is lost under a statement, under COMMIT, and while nobody uses it.
    for app in ["example_corrected", "users_corrected"]:
        path = "/" if app == "example_corrected" else "/register"
        for what in ["statement", "commit"]:
            yield app, {}, [f"visit {path} losing {what}", f"visit {path}"]
            yield app, {}, [f"visit {path}", f"visit {path.replace('register', 'users')} losing statement", f"visit {path}"]
        yield app, {}, [f"visit {path}", "restart", f"visit {path}", f"visit {path}"]
    yield "users_corrected", {}, ["visit /register-kindly losing statement", "visit /register-kindly"]
    yield "users_corrected", {}, ["visit /register-kindly losing commit", "visit /register-kindly"]
    for view in VIEWS:
        yield "session", {}, ["visit /read", f"visit /{view} losing statement", "visit /read"]
    for view in ["flush", "commit", "begin", "expire", "keep"]:
        yield "session", {}, ["visit /read", f"visit /{view} losing commit", "visit /read"]

    # pool_recycle counts from the connect, and looks at the checkout.
    yield "users_corrected", {}, ["visit /users", "wait 1790", "visit /users", "wait 20", "visit /users"]

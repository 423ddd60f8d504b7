"""An application of src/apps/fastapi/, loaded as it stands, but on a database of its own."""

import itertools
import re
import sys
import types
from pathlib import Path

APPS = Path(__file__).parents[2] / "src/apps/fastapi"
NUMBER = itertools.count()


def source(name, settings):
    """The text, every line in its place, with these numbers instead of its own."""
    text = (APPS / f"{name}.py").read_text()
    for key, value in settings.items():
        if re.search(rf"\b{key}=", text):
            text = re.sub(rf"\b{key}=\w+", f"{key}={value}", text, count=1)
        else:
            text = re.sub(r"max_overflow=\d+,", lambda found: f"{found[0]} {key}={value},", text, count=1)
        assert f"{key}={value}" in text
    return text


def load(name, folder, settings={}):
    """The module, and the code of its functions whose lines are written down: not the service that they ask."""
    file = folder / f"{next(NUMBER)}.db"
    text, found = re.subn(r"(sqlite(?:\+aiosqlite)?:///)\w+\.db", lambda url: f"{url[1]}{file}", source(name, settings))
    assert found == 1
    module = types.ModuleType(f"{name}_{next(NUMBER)}")
    sys.modules[module.__name__] = module
    exec(compile(text, f"{name}.py", "exec"), module.__dict__)
    del sys.modules[module.__name__]
    own = [value for key, value in vars(module).items() if isinstance(value, types.FunctionType) and key != "ask_service"]
    return module, {function.__code__ for function in own if function.__code__.co_filename == f"{name}.py"}


def pool(engine):
    """What the settings came to."""
    made = engine.pool
    return {
        "class": type(made).__name__,
        "size": made.size(),
        "max_overflow": made._max_overflow,
        "timeout": made._timeout,
        "recycle": made._recycle,
        "pre_ping": made._pre_ping,
    }

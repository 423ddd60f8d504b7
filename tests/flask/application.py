"""An application of src/apps/flask/, loaded as it stands, but on a database of its own."""

import itertools
import re
import sys
import types
import warnings
from pathlib import Path

APPS = Path(__file__).parents[2] / "src/apps/flask"
NUMBER = itertools.count()
OPTIONS = re.compile(r"'max_overflow': \d+,")


def source(name, settings):
    """The text, every line in its place, with these numbers instead of its own."""
    text = (APPS / f"{name}.py").read_text()
    for key, value in settings.items():
        if f"'{key}'" in text:
            text = re.sub(rf"'{key}': \w+", f"'{key}': {value}", text)
        else:
            text = OPTIONS.sub(lambda found: f"{found[0]} '{key}': {value},", text)
        assert f"'{key}': {value}" in text
    return text


def load(name, folder, settings={}, url=None):
    """The module, and the warnings that loading it gave."""
    file = folder / f"{next(NUMBER)}.db"
    url = url or f"sqlite:///{file}"
    text, found = re.subn(r"(_DATABASE_URI'\] = )'[^']*'", lambda line: f"{line[1]}{url!r}", source(name, settings))
    assert found == 1
    module = types.ModuleType(f"{name}_{next(NUMBER)}")
    module.__file__ = str(folder / f"{name}.py")  # where Flask looks for the instance folder
    sys.modules[module.__name__] = module
    with warnings.catch_warnings(record=True) as given:
        warnings.simplefilter("always")
        exec(compile(text, f"{name}.py", "exec"), module.__dict__)
    del sys.modules[module.__name__]
    return module, [f"{warning.category.__name__}: {warning.message}" for warning in given]


def placeholder(name):
    """The URL that the application's comment says nothing can parse, if there is one."""
    found = re.search(r"# '(postgresql:[^']*)'", source(name, {}))
    return found and found[1]


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

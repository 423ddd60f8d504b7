"""SQL and exception texts in the page's own words: one line, values in place, no addresses of memory."""

import re

NAMES = r"(?:user\.id, )?user\.(?:user)?name"
SHAPES = [
    r"INSERT INTO user \((?:user)?name\) VALUES \('\w+'\)",
    rf"SELECT {NAMES} FROM user",
    rf"SELECT {NAMES} FROM user WHERE user\.id = \d+",
    r"SELECT 1",
]


def statement(sql, parameters=()):
    """What `Statement` of src/sql/statement.rs displays. A statement that it does not know ends the recording."""
    text = " ".join(sql.replace('"', "").split())
    text = re.sub(r" AS \w+", "", text)
    for value in parameters:
        text = text.replace("?", repr(value), 1)
    if not any(re.fullmatch(shape, text) for shape in SHAPES):
        raise AssertionError(f"no statement of ours: {text}")
    return text


def name(error_class):
    """The class as Python imports it."""
    return f"{error_class.__module__}.{error_class.__name__}".removeprefix("builtins.")


def steady(text):
    """The text without what differs from run to run."""
    return re.sub(r"0x[0-9a-f]+", "0x…", text)

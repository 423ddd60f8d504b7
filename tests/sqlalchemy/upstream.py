"""Writes down the names of SQLAlchemy's own tests of its pools, by file and class.

    python upstream.py DIRECTORY > upstream.json

DIRECTORY holds an unpacked source distribution of SQLAlchemy (`sqlalchemy-2.1.9`). A test is a function `test_...` that is
defined directly in a class of the module: that is what pytest collects. What is commented out, and what is defined inside
another function, is none.
"""

import ast
import json
import pathlib
import sys

FILES = ["test/engine/test_pool.py", "test/engine/test_reconnect.py"]


def tests(source):
    """The names of the tests in each class that has any, in the order of the file."""
    found = {}
    for node in ast.parse(source).body:
        if isinstance(node, ast.ClassDef):
            functions = [f for f in node.body if isinstance(f, (ast.FunctionDef, ast.AsyncFunctionDef))]
            names = [f.name for f in functions if f.name.startswith("test_")]
            assert len(names) == len(set(names)), f"{node.name} defines a test twice"
            if names:
                found[node.name] = names
    return found


def main():
    root = pathlib.Path(sys.argv[1])
    about = (root / "PKG-INFO").read_text(encoding="utf-8")
    version = next(line.split()[1] for line in about.splitlines() if line.startswith("Version:"))
    files = {name: tests((root / name).read_text(encoding="utf-8")) for name in FILES}
    json.dump({"sqlalchemy": version, "files": files}, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()

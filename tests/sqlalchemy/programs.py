"""What random Python programs give to SQLAlchemy, as Python itself says by running them.

    programs.py SEED COUNT [MOST]      JSON lines: [program, calls]; MOST: statements on the outermost level

Each program is a configuration such as people write, out of the grammar that src/source reads, and it is run: create_engine
and its kin are recorders that keep where they are called (by Python's own positions, which its `ast` gives it) and what with.
A call: [function, line, column, arguments without a name, [[name, value], ...]]. Flask: ["flask", configuration, options].
Calls that are equal in all of this are kept once. Values are written as settings.py writes them.
"""

import ast
import contextlib
import functools
import json
import os
import random
import re
import sys
import types

import sqlalchemy
from settings import encode
from sqlalchemy import pool

CLASSES = ["NullPool", "QueuePool", "StaticPool", "AssertionPool", "SingletonThreadPool"]
URLS = ["postgresql://h/d", "postgresql+psycopg2://h:5432/d", "mysql+pymysql://h/d?charset=utf8", "sqlite://", "sqlite:///x.db"]
ASYNC_URLS = ["postgresql+asyncpg://h/d", "mysql+aiomysql://h/d", "sqlite+aiosqlite:///x.db"]
NUMBERS = ["pool_size", "max_overflow", "pool_timeout", "pool_recycle"]
SWITCHES = ["pool_pre_ping", "pool_use_lifo"]


# What all programs begin with.
IMPORTS = """import os, functools, contextlib
import sqlalchemy as sa
from sqlalchemy import create_engine, pool
from sqlalchemy import (create_engine as make,
  engine_from_config)
from sqlmodel import create_engine as ce
from sqlalchemy.ext.asyncio import create_async_engine, create_async_engine as acreate
from sqlalchemy.orm import sessionmaker
Any = object"""


class Recorder:
    """Keeps calls in place of a function."""

    def __init__(self, name, calls):
        self.name, self.calls = name, calls

    def __call__(self, *args, **kw):
        frame = sys._getframe(1)
        place = list(frame.f_code.co_positions())[frame.f_lasti // 2]
        call = [self.name, place[0], place[2] + 1, [encode(a) for a in args], [[k, encode(v)] for k, v in kw.items()]]
        if call not in self.calls:
            self.calls.append(call)
        return types.SimpleNamespace(connect=lambda: None, dispose=lambda: None)


class Flask:
    def __init__(self, name):
        self.config = Config()
        APPS.append(self)


class Config(dict):
    def from_mapping(self, *args, **kw):
        self.update(*args, **kw)

    def from_object(self, thing):
        self.update({key: getattr(thing, key) for key in dir(thing) if key.isupper()})


APPS = []
OPTIONS = []


def database(app=None, engine_options=None):
    OPTIONS.append(engine_options or {})


def run(program):
    """The calls that a program makes."""
    calls = []
    made = {name: Recorder(name, calls) for name in ["create_engine", "engine_from_config", "create_pool_from_url"]}
    made_async = {"create_async_engine": Recorder("create_async_engine", calls)}
    APPS.clear()
    OPTIONS.clear()
    modules = {
        "sqlalchemy": types.SimpleNamespace(**made, pool=pool),
        "sqlmodel": types.SimpleNamespace(create_engine=made["create_engine"]),
        "sqlalchemy.ext.asyncio": types.SimpleNamespace(**made_async),
        "sqlalchemy.orm": types.SimpleNamespace(sessionmaker=lambda *args, **kw: None),
        "sqlalchemy.pool": pool,
        "flask": types.SimpleNamespace(Flask=Flask),
        "flask_sqlalchemy": types.SimpleNamespace(SQLAlchemy=database),
        "os": types.SimpleNamespace(environ={}, getenv=lambda name, default=None: default),
        "functools": functools,
        "contextlib": contextlib,
    }

    def load(name, globals=None, locals=None, fromlist=(), level=0):
        if name not in modules:
            raise ImportError(name)
        return modules[name]

    names = {"__name__": "__main__", "__builtins__": {**vars(__builtins__), "__import__": load}}
    exec(compile(ast.parse(program), "<program>", "exec"), names)
    for app in APPS:
        config = [[k, encode(v)] for k, v in app.config.items() if k.startswith("SQLALCHEMY_")]
        if config:
            calls.append(["flask", config, [[k, encode(v)] for k, v in OPTIONS[0].items()] if OPTIONS else []])
    return calls


class Writer:
    """Writes a program by chance. It knows what its names stand for, so that what it writes can be run."""

    def __init__(self, dice):
        self.dice = dice
        self.lines = []
        self.depth = 0
        self.width = dice.choice(["    ", "  ", "\t", "    ", " "])
        self.numbers, self.texts, self.switches, self.dicts, self.lists = [], [], [], [], []
        self.functions = []
        self.count = 0

    # --- pieces -------------------------------------------------------------------------------

    def line(self, text):
        dice = self.dice
        if dice.random() < 0.08:
            self.lines.append(dice.choice(["", "# " + dice.choice(["pool_size = 3", "it's (", '"""'])]))
        comment = dice.choice(["", "", "", "", "  # why )", "\t# ' \""])
        self.lines.append(self.width * self.depth + text + ("" if text.endswith("\\") or '"""' in text else comment))

    def name(self, kind):
        self.count += 1
        return f"{kind}{self.count}" if self.dice.random() < 0.5 else f"{kind.upper()}_{self.count}"

    def maybe(self, chance):
        return self.dice.random() < chance

    def number(self, depth=0):
        dice = self.dice
        if depth > 3 or self.maybe(0.35):
            return dice.choice(["0", "1", "5", "20", "1_000", "0x1f", "0b11", "2.5", "1e3", ".5", "30", "7", "-1", "-3"])
        pick = dice.randrange(16)
        one, other = self.number(depth + 1), self.number(depth + 1)
        if pick < 3 and self.numbers:
            return dice.choice(self.numbers)
        if pick < 6:
            return f"{one} {dice.choice('+-*')} {other}"
        if pick == 6:
            return f"({one}{dice.choice(['+', ' - ', '  *  '])}{other})"
        if pick == 7:
            return f"{one} {dice.choice(['//', '%', '/'])} {dice.choice(['2', '3', '7', '(4)'])}"
        if pick == 8:
            return f"{dice.choice(['2', '3', '-2', '(5)'])} ** {dice.choice(['2', '3', '0'])}"
        if pick == 9:
            return f"-{dice.choice(['5', '(2 + 3)', '0.5'])}"
        if pick == 10:
            return f"({one} if {self.switch(depth + 1)} else {other})"
        if pick == 11:
            return f"int({dice.choice([one, repr('12'), repr(' 7 '), self.environment(str(dice.randrange(40)))])})"
        if pick == 12 and self.lists:
            lst, length = dice.choice(self.lists)
            return f"{lst}[{dice.randrange(-length, length)}]"
        if pick == 13 and self.dicts:
            dic, keys = dice.choice(self.dicts)
            known = [k for k in keys if keys[k] == "number"]
            if known:
                key = dice.choice(known)
                return dice.choice([f"{dic}[{key!r}]", f"{dic}.get({key!r})", f'{dic}.get("{key}", {one})'])
            return f"{dic}.get('nothing', {one})"
        if pick == 14:
            return f"{dice.choice(['min', 'max'])}({one}, {other})"
        return dice.choice(["7 & 3", "(1 << 4)", "9 | 2", "~3", "+4", "float('2.5')", "len_ if (len_ := 3) else 4", "(lambda: 3) and 5"])

    def environment(self, default):
        name = self.dice.choice(["POOL", "DB_SIZE"])
        quoted = self.dice.choice([default, repr(default)])
        return self.dice.choice([f"os.environ.get({name!r}, {quoted})", f'os.getenv("{name}", {quoted})', f"os.environ.get('{name}', default)".replace("default", quoted)])

    def switch(self, depth=0):
        dice = self.dice
        if depth > 3 or self.maybe(0.3):
            return dice.choice(["True", "False", "not True", "not 0", "None is None", "1 == 1.0"])
        pick = dice.randrange(9)
        if pick < 2 and self.switches:
            return dice.choice(self.switches)
        if pick < 4:
            return f"{self.number(depth + 2)} {dice.choice(['<', '>', '<=', '>=', '==', '!='])} {self.number(depth + 2)}"
        if pick == 4:
            return f"{self.number(depth + 2)} < {self.number(depth + 2)} <= {self.number(depth + 2)}"
        if pick == 5:
            return f"({self.switch(depth + 1)} {dice.choice(['and', 'or'])} {self.switch(depth + 1)})"
        if pick == 6:
            return f"not {self.switch(depth + 1)}"
        if pick == 7 and self.texts:
            text = dice.choice(self.texts)
            return dice.choice([f"{text}.startswith('post')", f"'sql' in {text}", f"{text} == 'x'", f"{text}.lower().endswith('D')"])
        return f"bool({self.number(depth + 1)})"

    def literal(self, text):
        dice = self.dice
        pick = dice.randrange(8)
        if pick == 0:
            cut = dice.randrange(len(text) + 1)
            return f"({text[:cut]!r} {text[cut:]!r})"
        if pick == 1:
            return f'"""{text}"""'
        if pick == 2:
            return f"r'{text}'"
        if pick == 3:
            return '"' + "".join(f"\\x{ord(c):02x}" if self.maybe(0.1) else c for c in text) + '"'
        if pick == 4:
            cut = dice.randrange(len(text) + 1)
            return f"{text[:cut]!r} + {text[cut:]!r}"
        return dice.choice([repr(text), f'"{text}"'])

    def url(self, urls=URLS):
        """An expression for a URL."""
        dice = self.dice
        url = dice.choice(urls)
        pick = dice.randrange(9)
        if pick == 0 and "h" in url.partition("://")[2]:
            self.line("host = 'h'")
            return "f" + repr(url.replace("://h", "://{host}"))
        if pick == 1 and url.endswith("/d"):
            return repr(url[:-1] + "%s") + " % 'd'"
        if pick == 2 and url.endswith("/d"):
            return repr(url[:-1] + "{}") + ".format('d')"
        if pick == 3 and url.startswith("postgresql"):
            return repr(url.replace("postgresql", "postgres")) + ".replace('postgres', 'postgresql', 1)"
        if pick == 4:
            return f"os.environ.get('DATABASE_URL', {self.literal(url)})"
        if pick == 5:
            name = self.name("url")
            self.line(f"{name} = {self.literal(url)}")
            return name
        return self.literal(url)

    def value(self, key):
        dice = self.dice
        if key in NUMBERS:
            return self.number()
        if key in SWITCHES:
            return self.switch()
        if key == "poolclass":
            return dice.choice(["pool.", "sa.pool."]) + dice.choice(CLASSES)
        if key == "connect_args":
            return "{'timeout': %s, \"x\": {'y': [1, 2, (3,)]}}" % self.number(2)
        if key == "pool_reset_on_return":
            return dice.choice(["'commit'", '"rollback"', "None", "True"])
        return dice.choice(["'x'", "None", "3", "'it\\'s'", "\"a\\tb\""])

    def keys(self):
        all_keys = NUMBERS * 3 + SWITCHES + ["poolclass", "connect_args", "pool_reset_on_return", "echo", "pool_sise", "isolation_level"]
        return list(dict.fromkeys(self.dice.choices(all_keys, k=self.dice.randrange(5))))

    def call(self, urls=None):
        """A call that makes an engine."""
        dice = self.dice
        if urls is None and self.maybe(0.15):
            return self.from_config()
        asynchronous = self.maybe(0.2)
        names = ["create_async_engine", "acreate"] if asynchronous else ["create_engine", "make", "sa.create_engine", "ce", "(sa).create_engine"]
        url = self.url(ASYNC_URLS if asynchronous else URLS)
        keys = self.keys()
        arguments = [url if self.maybe(0.9) else f"url={url}"]
        if arguments[0].startswith("url=") or self.maybe(0.8):
            arguments += [f"{key}{dice.choice(['=', ' = '])}{self.value(key)}" for key in keys]
        if self.dicts and self.maybe(0.4):
            dic, known = dice.choice(self.dicts)
            if not set(known) & set(keys):
                arguments.append(f"**{dic}")
            elif self.maybe(0.5):
                arguments = arguments[:1] + ["**{**%s, %s}" % (dic, ", ".join(f"{k!r}: {self.value(k)}" for k in keys))]
        joint = dice.choice([", ", ",", ",\n" + self.width * (self.depth + 1), ", # and\n   "])
        trailing = dice.choice(["", ","])
        return f"{dice.choice(names)}({joint.join(arguments)}{trailing})"

    def from_config(self):
        dice = self.dice
        prefix = dice.choice(["sqlalchemy.", "db.", ""])
        entries = [f"{prefix}url".__repr__() + ": " + self.literal(dice.choice(URLS))]
        for key in self.keys():
            value = repr(str(dice.randrange(50))) if key in NUMBERS and self.maybe(0.7) else self.value(key)
            entries.append(f"'{prefix}{key}': {value}")
        config = "{" + ", ".join(entries) + ", 'other.key': 5}"
        given = "" if prefix == "sqlalchemy." and self.maybe(0.5) else dice.choice([f", {prefix!r}", f", prefix={prefix!r}"])
        more = f", pool_timeout={self.number()}" if self.maybe(0.3) else ""
        return f"sa.engine_from_config({config}{given}{more})"

    # --- statements ---------------------------------------------------------------------------

    def block(self, length):
        self.depth += 1
        # What is defined in a block may not be defined afterwards.
        before = [list(x) for x in (self.numbers, self.texts, self.switches, self.dicts, self.lists, self.functions)]
        self.line(self.dice.choice(["pass", "x = 0", '"""A text."""', "..."]))
        for _ in range(length):
            self.statement()
        self.numbers, self.texts, self.switches, self.dicts, self.lists, self.functions = before
        self.depth -= 1

    def statement(self):
        pick = self.dice.choices(
            [self.assign, self.dictionary, self.change, self.engine, self.condition, self.function, self.cls, self.listed, self.other, self.loop],
            [6, 4, 5, 5, 2, 2, 1.5, 1, 2, 1],
        )[0]
        if self.depth < 3 or pick not in (self.condition, self.function, self.cls, self.loop):
            pick()

    def assign(self):
        dice = self.dice
        pick = dice.randrange(9)
        name = self.name("size")
        if pick < 4:
            self.line(f"{name}{dice.choice(['', ': int', ': Any'] if self.maybe(0.3) else [''])} = {self.number()}")
            self.numbers.append(name)
        elif pick == 4:
            self.line(f"{name} = {self.switch()}")
            self.switches.append(name)
        elif pick == 5:
            self.line(f"{name} = {self.literal(dice.choice(URLS))}")
            self.texts.append(name)
        elif pick == 6:
            other = self.name("more")
            self.line(f"{dice.choice([f'{name}, {other}', f'({name}, {other})', f'[{name}, {other}]'])} = {self.number()}, {self.number()}")
            self.numbers += [name, other]
        elif pick == 7:
            other = self.name("more")
            self.line(f"{name} = {other} = {self.number()}; {name} {dice.choice('+-*')}= {self.number()}")
            self.numbers += [name, other]
        else:
            self.line(f"{name} = {dice.choice(['3', '4'])} + \\")
            self.lines.append("     " + self.number())
            self.numbers.append(name)

    def kinds(self, keys):
        return {key: "number" if key in NUMBERS else "other" for key in keys}

    def dictionary(self):
        dice = self.dice
        name, keys = self.name("options"), self.keys()
        known = self.kinds(keys)
        pairs = [(key, self.value(key)) for key in keys]
        pick = dice.randrange(5)
        if pick == 0:
            self.line(f"{name} = dict({', '.join(f'{k}={v}' for k, v in pairs)})")
        elif pick == 1 and self.dicts:
            other, more = dice.choice(self.dicts)
            self.line(f"{name} = {{**{other}, {', '.join(f'{k!r}: {v}' for k, v in pairs)}}}")
            known = {**more, **known}
        elif pick == 2 and self.dicts:
            other, more = dice.choice(self.dicts)
            self.line(f"{name} = {dice.choice([f'dict({other})', f'{other}.copy()', f'{other} | {{}}', other])}")
            known = dict(more) if not self.lines[-1].split("  #")[0].split("\t#")[0].endswith(f"= {other}") else more
        else:
            joint = dice.choice([", ", ",\n\n   ", ",\n# no\n"])
            self.line(f"{name} = {{{joint.join(f'{k!r}: {v}' for k, v in pairs)}}}")
        self.dicts.append((name, known))

    def change(self):
        """A dictionary that is there already."""
        if not self.dicts:
            return
        dice = self.dice
        name, known = dice.choice(self.dicts)
        key = dice.choice(NUMBERS + SWITCHES)
        pick = dice.randrange(7)
        if pick < 2:
            self.line(f"{name}[{key!r}] = {self.value(key)}")
        elif pick == 2:
            self.line(f"{name}.update({key}={self.value(key)})")
        elif pick == 3:
            self.line(f'{name}.update({{"{key}": {self.value(key)}}})')
        elif pick == 4:
            self.line(f"{name} |= {{'{key}': {self.value(key)}}}")
        elif pick == 5:
            self.line(f"{name}.setdefault({key!r}, {self.value(key)})")
        else:
            self.line(dice.choice([f"{name}.pop({key!r}, None)", f"if {key!r} in {name}: del {name}[{key!r}]"]))
            # On a side that is not taken it stays; either way nobody asks for it.
            for other, keys in self.dicts:
                if keys is known or other == name:
                    keys.pop(key, None)
            return
        if self.depth == 0:
            known.update(self.kinds([key]))

    def engine(self):
        dice = self.dice
        call = self.call()
        name = self.name("engine")
        pick = dice.randrange(6)
        if pick == 0:
            self.line(f"Session = sessionmaker({call}, expire_on_commit=False)")
        elif pick == 1:
            self.line(f"{name} = [{call}, None]")
        elif pick == 2:
            self.line(call)
        else:
            self.line(f"{name} = {call}")

    def condition(self):
        self.line(f"if {self.switch()}:")
        self.block(self.dice.randrange(1, 3))
        while self.maybe(0.2):
            self.line(f"elif {self.switch()}:")
            self.block(1)
        if self.maybe(0.5):
            self.line("else:")
            self.block(self.dice.randrange(1, 3))

    def function(self):
        """One that is called, once or twice."""
        dice = self.dice
        name, size, more = self.name("build"), self.name("a"), self.name("b")
        pick = dice.randrange(5)
        if self.maybe(0.2):
            self.line("@functools.lru_cache(maxsize=None)" if pick != 2 else "@functools.lru_cache")
        before = list(self.numbers)
        if pick == 0:
            self.line(f"def {name}({size}, {more}={self.number()}):")
            self.numbers += [size, more]
        elif pick == 1:
            self.line(f"def {name}({size}: int, *, {more}: 'float' = {self.number()}) -> \"Engine\":")
            self.numbers += [size, more]
        elif pick == 2:
            self.line(f"def {name}():")
        elif pick == 3:
            self.line(f"def {name}({size}, **kw):")
            self.numbers.append(size)
            self.depth += 1
            self.line(f"{dice.choice(['return ', ''])}create_engine({self.literal(dice.choice(URLS))}, pool_size={size}, **kw)")
            self.depth -= 1
        else:
            self.line(f"def {name}(*sizes):")
        if pick != 3:
            self.block(dice.randrange(1, 3))
            self.depth += 1
            if self.maybe(0.4):
                self.line(f"if {self.switch()}: return {self.number()}")
            self.line(f"return {self.number()}")
            self.depth -= 1
        self.numbers = before
        for _ in range(dice.randrange(1, 3)):
            arguments = {
                0: [self.number()] + ([f"{more}={self.number()}"] if self.maybe(0.5) else []),
                1: [f"{size}={self.number()}"],
                2: [],
                3: [self.number(), f"max_overflow={self.number()}"],
                4: [self.number(), self.number()],
            }[pick]
            result = self.name("result")
            self.line(f"{result} = {name}({', '.join(arguments)})")
            if pick != 3:
                self.numbers.append(result)

    def cls(self):
        dice = self.dice
        name, base = self.name("Config"), self.name("Base")
        self.line(f"class {base}:")
        self.depth += 1
        self.line(f"SIZE = {self.number()}")
        self.line(f"MORE: int = {self.number()}")
        self.depth -= 1
        self.line(f"class {name}({base}):")
        self.depth += 1
        self.line(f"MORE = {dice.choice([f'{base}.MORE', self.number()])}")
        self.line(f"def __init__(self, extra={self.number()}):")
        self.lines.append(self.width * (self.depth + 1) + "self.extra = extra")
        self.line("@property")
        self.line("def url(self):")
        self.lines.append(self.width * (self.depth + 1) + f"return {self.literal(dice.choice(URLS))}")
        self.line("def total(self, by=1):")
        self.lines.append(self.width * (self.depth + 1) + "return self.extra + self.MORE * by")
        self.depth -= 1
        thing = self.name("config")
        self.line(f"{thing} = {name}({dice.choice(['', self.number(), f'extra={self.number()}'])})")
        self.numbers += [f"{thing}.{attribute}" for attribute in ["SIZE", "MORE", "extra", "total()", "total(by=2)"]]
        self.line(f"create_engine({thing}.url, pool_size={thing}.SIZE, max_overflow={thing}.total())")
        if self.maybe(0.4):
            self.line(f"{thing}.MORE = {self.number()}")

    def listed(self):
        name = self.name("sizes")
        length = self.dice.randrange(1, 4)
        members = ", ".join(self.number() for _ in range(length))
        self.line(f"{name} = [{members}]" if self.maybe(0.5) else f"{name} = ({members},)")
        self.lists.append((name, length))

    def loop(self):
        name = self.name("each")
        self.line(f"for {name} in {self.dice.choice(['(1, 2)', '[3, 4 * 2]', '[0]'])}:")
        before = list(self.numbers)
        self.numbers.append(name)
        self.block(1)
        self.numbers = before

    def other(self):
        dice = self.dice
        pick = dice.randrange(5)
        if pick == 0:
            name = self.name("tried")
            self.line("try:")
            self.lines.append(self.width * (self.depth + 1) + dice.choice(["import nowhere", "import os"]))
            self.line("except ImportError as error:")
            self.lines.append(self.width * (self.depth + 1) + f"{name} = 4")
        elif pick == 1:
            self.line("with contextlib.nullcontext() as nothing:")
            self.block(1)
        elif pick == 2:
            self.line(f'"""Docs: create_engine("{dice.choice(URLS)}", pool_size=1)\n   it\'s (\n"""')
        elif pick == 3:
            name = self.name("unused")
            self.line(f"{name} = [x * 2 for x in range(3) if x]; {name}2 = {{k: v for k, v in zip([1], [2])}}")
        else:
            self.line("try: pass\n" + self.width * self.depth + "finally: pass")

    def flask(self):
        dice = self.dice
        self.line("from flask import Flask")
        self.line("from flask_sqlalchemy import SQLAlchemy")
        self.line("app = Flask(__name__)")
        url, options = self.url(), "{" + ", ".join(f"{k!r}: {self.value(k)}" for k in self.keys()) + "}"
        pick = dice.randrange(4)
        if pick == 0:
            self.line(f"app.config['SQLALCHEMY_DATABASE_URI'] = {url}")
            self.line(f"app.config['SQLALCHEMY_ENGINE_OPTIONS'] = {options}")
            if self.maybe(0.5):
                self.line(f"app.config['SQLALCHEMY_ENGINE_OPTIONS']['pool_size'] = {self.number()}")
        elif pick == 1:
            self.line(f"app.config.update(SQLALCHEMY_DATABASE_URI={url}, SQLALCHEMY_ENGINE_OPTIONS={options})")
        elif pick == 2:
            self.line(f"app.config.from_mapping({{'SQLALCHEMY_DATABASE_URI': {url}}}, SQLALCHEMY_POOL_SIZE={self.number()})")
        else:
            self.line("class Settings:")
            self.lines.append(self.width + f"SQLALCHEMY_ENGINE_OPTIONS = {options}")
            self.lines.append(self.width + f"SQLALCHEMY_DATABASE_URI = {self.literal(dice.choice(URLS))}")
            self.line("app.config.from_object(Settings)")
        given = f", engine_options={{'pool_recycle': {self.number()}}}" if self.maybe(0.4) else ""
        self.line(f"db = SQLAlchemy(app{given})")

    def program(self, most):
        self.lines.append(IMPORTS)
        for _ in range(self.dice.randrange(2, most)):
            self.statement()
        if self.maybe(0.2):
            self.flask()
        return "\n".join(self.lines) + "\n"


def programs(seed, count, most):
    """So many programs that Python runs to their end, with what they do."""
    dice = random.Random(seed)
    made = 0
    while made < count:
        program = Writer(random.Random(dice.randrange(1 << 60))).program(most)
        try:
            calls = run(program)
        except Exception:
            continue  # chance divides by zero, and adds a number to a function
        # Numbers of more than 38 digits are not read here.
        if calls and not re.search(r'"int": "-?\d{38}', json.dumps(calls)):
            made += 1
            yield program, calls


if __name__ == "__main__":
    seed, count, *most = map(int, sys.argv[1:])
    for program, calls in programs(seed, count, *most or [14]):
        # The sign stands for the imports.
        short = program.replace(IMPORTS, "§")
        print(json.dumps([short, calls], separators=(",", ":"), ensure_ascii=False))

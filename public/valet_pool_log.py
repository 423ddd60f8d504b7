"""Records what an SQLAlchemy connection pool does, as a file for Valet's clinic.

    from valet_pool_log import record
    record(engine, "pool.jsonl")

For engines of create_engine and create_async_engine, SQLAlchemy 1.4 to 2.1. It writes when a connection was asked for, got,
refused and returned, by which thread or task and line of code: no SQL, no values. A thread of its own writes once a second, up
to `limit` bytes. Nothing here raises into the program.
"""

import asyncio
import atexit
import collections
import contextlib
import dis
import itertools
import json
import os
import sys
import threading
import time

import sqlalchemy

_LIBRARY = (os.path.dirname(sqlalchemy.__file__), "<sqlalchemy", contextlib.__file__)
_here, _recorders = threading.local(), []


class _Recorder:
    def __init__(self, engine, path, limit):
        self.engine = getattr(engine, "sync_engine", engine)
        self.is_async = self.engine is not engine
        self.path, self.limit, self.is_full = os.fspath(path), limit, False
        self.inside, self.places = {}, {}
        self.begin()
        for name in ("checkin", "invalidate", "engine_disposed"):
            sqlalchemy.event.listen(self.engine, name, getattr(self, name))
        self.engine_disposed(self.engine)

    def begin(self):
        self.pid, self.lock, self.numbers = os.getpid(), threading.Lock(), itertools.count(1)
        self.events = collections.deque(maxlen=200_000)
        self.zero, self.epoch = time.perf_counter(), time.time()
        threading.Thread(target=self.run, name="valet_pool_log", daemon=True).start()

    def engine_disposed(self, _):
        """Another pool took over. It is wrapped: whoever asks it asks here first."""
        pool, clock, note, frame = self.engine.pool, time.perf_counter, self.note, sys._getframe
        connect, overflow = pool.connect, getattr(pool, "overflow", int)

        def asked():
            begun = clock()
            try:
                connection = connect()
            except BaseException as error:
                note(begun, frame(1), None, type(error).__name__)
                raise
            note(begun, frame(1), connection, overflow)
            return connection

        pool.connect = asked

    def note(self, begun, frame, connection, what):
        try:
            now, number, who = time.perf_counter(), next(self.numbers), getattr(_here, "name", None)
            if connection is not None:
                connection.record_info["valet"], what = number, what()
            if self.is_async and asyncio._get_running_loop() is not None:
                who = getattr(asyncio.current_task(), "get_name", str)()
            elif who is None:
                who = _here.name = threading.current_thread().name
            if not self.is_full:
                self.events.append((begun, now, number, who, self.caller(frame), what))
        except Exception:
            pass

    def checkin(self, _, record):
        if "valet" in record.record_info and not self.is_full:
            self.events.append((time.perf_counter(), record.record_info.pop("valet")))

    def invalidate(self, _, record, error):
        if not self.is_full:
            self.events.append((time.perf_counter(), record.record_info.get("valet"), error and type(error).__name__))

    def caller(self, frame):
        """The innermost line that is not SQLAlchemy's. That of a coroutine stands behind its greenlet."""
        inside = self.inside
        for _ in range(3):
            while frame is not None:
                code = frame.f_code
                if code.co_filename not in inside:
                    inside[code.co_filename] = code.co_filename.startswith(_LIBRARY)
                if not inside[code.co_filename]:
                    return code, frame.f_lasti  # the number of the line is worked out later
                frame = frame.f_back
            greenlet = sys.modules.get("greenlet")
            frame = getattr(greenlet and greenlet.getcurrent().parent, "gr_frame", None)

    def place(self, code, at):
        if (id(code), at) not in self.places:
            line = max((line for start, line in dis.findlinestarts(code) if start <= at and line), default=0)
            self.places[id(code), at] = f"{os.path.basename(code.co_filename)}:{line} {code.co_name}", code
        return self.places[id(code), at][0]

    def lines(self, events):
        pool, zero, text = self.engine.pool, self.zero, json.dumps
        head = {"format": 1, "pid": self.pid, "id": id(self) & 0xFFFF, "epoch": self.epoch, "pool": type(pool).__name__}
        head["size"] = getattr(getattr(pool, "_pool", None), "maxsize", None)
        head["overflow"], head["timeout"] = getattr(pool, "_max_overflow", None), getattr(pool, "_timeout", None)
        yield text(head)
        for at, *rest in events:
            if len(rest) == 1:
                yield f'{{"t": {at - zero:.6f}, "e": "back", "n": {rest[0]}}}'
            elif len(rest) == 2:
                yield f'{{"t": {at - zero:.6f}, "e": "bad", "n": {rest[0] or 0}, "x": {text(rest[1])}}}'
            else:
                now, number, who, place, what = rest
                kind, name = ("fail", "x") if isinstance(what, str) else ("got", "over")
                who = f'"by": {text(who)}, "at": {text(place and self.place(*place))}, "{name}": {text(what)}'
                yield f'{{"t": {at - zero:.6f}, "e": "{kind}", "n": {number}, "w": {now - at:.6f}, {who}}}'

    def run(self):
        while not self.is_full:
            time.sleep(1.0)
            self.write()

    def write(self):
        try:
            with self.lock:
                events = [self.events.popleft() for _ in range(len(self.events))]
                if events and not self.is_full:
                    text = ("\n".join(self.lines(events)) + "\n").encode()
                    with open(self.path, "ab", buffering=0) as file:
                        self.is_full = file.seek(0, 2) + len(text) > self.limit
                        file.write(b'{"e": "full"}\n' if self.is_full else text)
        except Exception:
            self.is_full = True  # recording ends, the program does not


def record(engine, path="pool.jsonl", limit=50_000_000):
    """Records the pool of an engine from now on, in this process and in those that it forks."""
    try:
        _recorders.append(_Recorder(engine, path, limit))
    except Exception as error:
        print(f"valet_pool_log: {error!r}: nothing is recorded", file=sys.stderr)


atexit.register(lambda: [recorder.write() for recorder in _recorders])
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=lambda: [recorder.begin() for recorder in _recorders])

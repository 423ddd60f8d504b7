"""One application on a fresh database, and one step after another."""

import gc
import time

import application
import words
from driver import Driver
from listen import Tell, Views, Watching, to_engine
from sqlalchemy import event


class Sequence:
    def __init__(self, name, folder, settings):
        self.tell, self.now = Tell(), 1_767_225_600.0
        module, self.warnings = application.load(name, folder, settings)
        self.app, self.db = module.app, module.db
        self.app.logger.disabled = True  # it prints what a view raised
        with self.app.app_context():
            self.engine = self.db.engine
        self.driver = Driver(self.tell)
        connections = self.driver.serve(self.engine)
        event.listen(self.engine, "do_connect", lambda d, record, args, kw: kw.update(factory=connections))
        self.make_tables()
        to_engine(self.engine, self.tell)
        self.views, self.held = Views(self.app, self.tell), []
        # Registered after the one that removes the session, so it is called before.
        self.app.teardown_appcontext(lambda error: self.tell("teardown"))

    def make_tables(self):
        """As a script of the documents would, but the pool is empty afterwards."""
        with self.app.app_context():
            self.db.create_all()
        self.left_by_create_all = self.engine.pool.checkedin()
        self.engine.dispose()
        self.driver.connected = 0

    def visit(self, path, losing=None, what=None):
        """Asks the application for a page, as a browser would."""
        self.driver.losing = what
        try:
            response = self.app.test_client().get(path)
        except Exception as error:
            # The session is still registered under the address of its context, which another context may get.
            self.db.session.registry.registry.clear()
            escaped = {"class": words.name(type(error)), "text": words.steady(str(error))}
            return {"raised": self.views.take(), "escaped": escaped}
        assert self.driver.losing is None, f"nothing was lost at {path}"
        seen = {"raised": self.views.take(), "status": response.status_code}
        return seen | {"body": response.text} if response.status_code != 500 else seen

    def hold(self):
        """Somebody else takes a connection and keeps it."""
        self.held.append(self.engine.connect())

    def release(self):
        self.held.pop().close()

    def restart(self):
        """The server ends every connection there is. Nobody notices yet."""
        self.driver.lost = self.driver.connected

    def wait(self, seconds):
        """So much time goes by for the pool."""
        self.now += int(seconds)

    def clock(self):
        """Virtual: a microsecond goes by whenever it is read, and none otherwise."""
        self.now += 1e-6
        return self.now

    def step(self, text):
        """Carries out a step, and collects garbage only after it."""
        what, *rest = text.split()
        real, time.time = time.time, self.clock
        try:
            with Watching(self.views, self.tell):
                seen = getattr(self, what)(*rest) or {}
                told, out = self.tell.take(), self.engine.pool.checkedout()
                gc.collect()
                garbage, left = self.tell.take(), self.engine.pool.checkedout()
        finally:
            time.time = real
        return {"do": text, "events": told, **seen, "out": out, "garbage": garbage, "out_then": left}

    def end(self):
        """Everything is closed, unseen."""
        for connection in self.held:
            connection.close()
        self.engine.dispose()

"""The lines of an application's functions, in whatever thread they run. Holds no frame and no exception."""

import sys
import threading

import words


class Lines:
    def __init__(self, tell):
        self.codes, self.tell, self.raised = set(), tell, []

    def __call__(self, frame, what, value):
        return self.inside if frame.f_code in self.codes else None

    def inside(self, frame, what, value):
        if what == "line":
            self.tell(f"line {frame.f_lineno}")
        elif what == "exception" and value[0] not in (StopIteration, StopAsyncIteration, GeneratorExit):
            error = {"class": words.name(value[0]), "text": words.steady(str(value[1]))}
            if not self.raised or self.raised[-1] != error:
                self.tell(f"raise {error['class']}")
                self.raised.append(error)
        return self.inside

    def take(self):
        taken, self.raised = self.raised, []
        return taken

    def watch(self):
        """From here on, in this thread and in those that begin."""
        threading.settrace(self)
        sys.settrace(self)

    def stop(self):
        sys.settrace(None)
        threading.settrace(None)

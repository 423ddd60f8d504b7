"""An event loop whose clock jumps to the next timer. While nothing is planned it waits for the threads, as every loop does."""

import asyncio


class Loop(asyncio.SelectorEventLoop):
    def __init__(self):
        super().__init__()
        self.now = 0.0
        select = self._selector.select

        def jump(timeout):
            if timeout is None:
                return select(None)
            self.now += timeout
            return select(0)

        self._selector.select = jump

    def time(self):
        return self.now

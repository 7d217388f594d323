"""Work on another connection, as another worker does it."""

import threading
from collections.abc import Callable
from functools import partial

from django.db import connection


class Elsewhere:
    """Something that another worker does meanwhile, on a connection of its own."""

    def __init__(self, work: Callable[[], object]) -> None:
        self.result: object = None
        self.thread = threading.Thread(target=self.run, args=(work,))
        self.thread.start()

    def run(self, work: Callable[[], object]) -> None:
        try:
            self.result = work()
        except Exception as error:
            self.result = error
        finally:
            connection.close()

    def done(self) -> object:
        self.thread.join()
        return self.result


def at_once(*works: Callable[[], object]) -> list[object]:
    """Work that begins at the same moment, each on a connection of its own: what came of each, an error included."""
    start = threading.Barrier(len(works))

    def begin(work: Callable[[], object]) -> object:
        start.wait(20)
        return work()

    return [one.done() for one in [Elsewhere(partial(begin, work)) for work in works]]


def failures(*works: Callable[[], object]) -> list[Exception]:
    """What went wrong for whom of those who begin at the same moment."""
    return [found for found in at_once(*works) if isinstance(found, Exception)]

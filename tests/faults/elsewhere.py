"""Work on another connection, as another worker does it."""

import threading
from collections.abc import Callable

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

"""Transactions that start anew when the database ended them for the sake of another."""

import functools
import random
import time
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django.db import OperationalError, connection, transaction

Given = ParamSpec("Given")
Result = TypeVar("Result")

ATTEMPTS = 4
_CLASHES = {"40001", "40P01"}  # serialization failure, deadlock


def retried(action: Callable[Given, Result]) -> Callable[Given, Result]:
    """Run an action in one transaction; after a deadlock or a serialization failure again, three times at most.

    Inside a transaction of the caller it runs once, for only the caller could start anew.
    """

    @functools.wraps(action)
    def run(*args: Given.args, **kwargs: Given.kwargs) -> Result:
        attempts = 1 if connection.in_atomic_block else ATTEMPTS
        for attempt in range(1, attempts + 1):
            try:
                with transaction.atomic():
                    return action(*args, **kwargs)
            except OperationalError as error:
                if attempt == attempts or getattr(error.__cause__, "sqlstate", None) not in _CLASHES:
                    raise
                time.sleep(random.uniform(0, 0.02 * attempt))  # noqa: S311 - spreads the losers, hides nothing
        raise AssertionError("unreachable")

    return run

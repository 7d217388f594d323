"""Rows that stand through a whole file, while each act takes back what it did."""

import contextlib
from collections.abc import Iterator

from django.db import transaction


@contextlib.contextmanager
def taken_back() -> Iterator[None]:
    """Whatever happens inside is rolled back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)

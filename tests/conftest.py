"""What every test may ask for."""

import pytest
from django.utils import timezone

pytest_plugins = [
    "tests.processes",
    "tests.cast",
    "tests.answering",
    "tests.casework",
    "tests.importing",
    "tests.telling",
    "tests.commenting",
    "tests.receiving",
]


@pytest.fixture
def within_one_window(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock stands, so that no limit's window can end while a test counts up to it."""
    moment = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: moment)

"""The locks: exact, hashed, the same wherever they are installed."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = ["requirements.lock", "requirements-test.lock"]


def pinned(lock: str) -> dict[str, str]:
    """Name → version."""
    return dict(re.findall(r"^([a-z0-9._-]+)(?:\[[^]]*\])?==(\S+)", (ROOT / lock).read_text(), re.MULTILINE))


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_is_exact_and_hashed(lock: str) -> None:
    entries = re.split(r"\n(?=\S)", (ROOT / lock).read_text().strip())
    assert len(entries) > 50
    for entry in entries:
        assert re.match(r"[a-z0-9._-]+(\[[^]]*\])?==\S+", entry), entry
        assert "--hash=sha256:" in entry, entry


@pytest.mark.parametrize("lock", LOCKS)
def test_no_address_of_a_package_index_is_written_down(lock: str) -> None:
    assert not re.search(r"https?:|file:|--index|--extra-index|--find-links", (ROOT / lock).read_text())


def test_tests_run_on_the_very_versions_that_people_run() -> None:
    tested = pinned("requirements-test.lock")
    assert pinned("requirements.lock").items() <= tested.items()

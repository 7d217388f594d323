"""What `up` tells its children about where they are."""

from pathlib import Path

import pytest

from config.management.commands.up import Command, reachable_as


@pytest.mark.parametrize(("bind", "host"), [("127.0.0.1", "127.0.0.1"), ("192.0.2.7", "192.0.2.7"), ("::1", "[::1]")])
def test_browsers_use_the_address_that_was_bound(bind: str, host: str) -> None:
    assert reachable_as(bind) == host


def test_bound_to_every_address_one_is_chosen() -> None:
    assert reachable_as("0.0.0.0") != "0.0.0.0"


def test_pages_and_stream_share_one_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SITE_URL", "LIVE_URL", "ALLOWED_HOSTS", "SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)
    env = Command().environment(tmp_path, {}, "127.0.0.1", 8100)
    assert env["SITE_URL"] == "http://127.0.0.1:8100"
    assert env["LIVE_URL"] == "http://127.0.0.1:8101/live"
    assert env["ALLOWED_HOSTS"] == "127.0.0.1,localhost"
    assert len(env["SECRET_KEY"]) >= 50


def test_what_the_person_has_set_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE_URL", "https://etappe.example.org")
    assert Command().environment(tmp_path, {}, "127.0.0.1", 8100)["SITE_URL"] == "https://etappe.example.org"

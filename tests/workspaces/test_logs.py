"""Logs hold no secret and nothing that people search for."""

import pytest
from django.test import Client

from config.logs import without_secrets


@pytest.mark.parametrize(
    ("logged", "kept"),
    [
        ("GET /sign-in/s3cr3t-_x/?next=/w/a/", "GET /sign-in/…/"),
        ("POST /invitation/s3cr3t/", "POST /invitation/…/"),
        ("GET /accounts/password/reset/key/1-s3cr3t/", "GET /accounts/password/reset/key/…/"),
        ("POST /in/formbricks/s3cr3t/", "POST /in/formbricks/…/"),
        ("GET /w/lindbahn/touchpoints/?q=Erika+Mustermann", "GET /w/lindbahn/touchpoints/"),
    ],
)
def test_requests_are_logged_without_secrets_and_queries(logged: str, kept: str) -> None:
    assert without_secrets(None, "info", {"request": logged}) == {"request": kept}


@pytest.mark.django_db
def test_a_dead_link_is_not_written_down(capfd: pytest.CaptureFixture[str]) -> None:
    Client().get("/invitation/s3cr3t-that-opens/")
    Client().get("/sign-in/s3cr3t-that-opens/")
    seen = capfd.readouterr()
    assert "s3cr3t" not in seen.out + seen.err


def test_who_enters_what_at_a_counter_is_not_written_down() -> None:
    """From the log nobody can count what a single employee did."""
    entered = {"request": "POST /w/lindbahn/answers/counter/7/", "user_id": 4, "code": 302}
    assert without_secrets(None, "info", entered) == {"request": "POST /w/lindbahn/answers/counter/7/", "code": 302}
    elsewhere = {"request": "POST /w/lindbahn/answers/import/", "user_id": 4}
    assert without_secrets(None, "info", elsewhere)["user_id"] == 4

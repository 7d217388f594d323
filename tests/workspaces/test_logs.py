"""Logs hold no secret and nothing that people search for."""

import logging
from collections.abc import Callable

import pytest
import structlog
from django.test import Client

from config.logs import without_secrets
from feedback.actions import create_survey
from workspaces.models import User, Workspace


@pytest.mark.parametrize(
    ("logged", "kept"),
    [
        ("GET /sign-in/s3cr3t-_x/?next=/w/a/", "GET /sign-in/…/"),
        ("POST /invitation/s3cr3t/", "POST /invitation/…/"),
        ("GET /accounts/password/reset/key/1-s3cr3t/", "GET /accounts/password/reset/key/…/"),
        ("GET /q/abcdefghijklmnopqrstuvwx/?r=K-1001&s=0f", "GET /q/abcdefghijklmnopqrstuvwx/"),
        ("POST /q/abcdefghijklmnopqrstuvwx/~s3cr3t/7/", "POST /q/abcdefghijklmnopqrstuvwx/…/7/"),
        ("POST /in/formbricks/s3cr3t/", "POST /in/formbricks/…/"),
        ("GET /w/lindbahn/touchpoints/?q=Erika+Mustermann", "GET /w/lindbahn/touchpoints/"),
    ],
)
def test_requests_are_logged_without_secrets_and_queries(logged: str, kept: str) -> None:
    assert without_secrets(None, "info", {"request": logged}) == {"request": kept}


@pytest.fixture
def written(caplog: pytest.LogCaptureFixture) -> Callable[[], str]:
    """All that has been logged, as it is written."""
    formatters = [handler.formatter for handler in logging.getLogger().handlers]
    ours = next(one for one in formatters if isinstance(one, structlog.stdlib.ProcessorFormatter))
    return lambda: "\n".join(ours.format(record) for record in caplog.records)


@pytest.mark.django_db
def test_a_dead_link_is_not_written_down(written: Callable[[], str]) -> None:
    Client().get("/invitation/s3cr3t-that-opens/")
    Client().get("/sign-in/s3cr3t-that-opens/")
    assert "/invitation/" in written()
    assert "s3cr3t" not in written()


def test_whom_a_personal_link_was_sent_to_is_not_written_down(
    workspace: Workspace, olga: User, written: Callable[[], str]
) -> None:
    survey = create_survey(workspace, name="On the way", by=olga)
    Client().get(f"/q/{survey.key}/?r=K-1001&s=wrong")
    Client().get(f"/q/{survey.key}/~{'s3cr3t-' * 3}xx/")
    assert written().count("Not Found") == 2
    assert "K-1001" not in written()
    assert "s3cr3t" not in written()


def test_who_enters_what_at_a_counter_is_not_written_down() -> None:
    """From the log nobody can count what a single employee did."""
    entered = {"request": "POST /w/lindbahn/answers/counter/7/", "user_id": 4, "code": 302}
    assert without_secrets(None, "info", entered) == {"request": "POST /w/lindbahn/answers/counter/7/", "code": 302}
    elsewhere = {"request": "POST /w/lindbahn/answers/import/", "user_id": 4}
    assert without_secrets(None, "info", elsewhere)["user_id"] == 4

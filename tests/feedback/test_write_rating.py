"""A public rating that somebody read and writes down."""

from typing import Any

import pytest
from django.test import Client

from feedback.models import Response, new_key
from tests.answering import Clock
from tests.cast import SignIn
from touchpoints.models import Touchpoint
from workspaces.models import AuditEntry, User, Workspace

RATED = {"source": "Google", "stars": "2", "text": "Nobody at the desk", "day": "2026-03-10"}


@pytest.fixture
def page(workspace: Workspace, edda: User, sign_in: SignIn) -> Client:
    return sign_in(edda)


def send(page: Client, touchpoint: Touchpoint, **facts: str) -> Any:
    address = f"/w/{touchpoint.workspace.slug}/touchpoints/{touchpoint.pk}/ratings/new/"
    return page.post(address, {"key": new_key(), **RATED, **facts}, follow=True)


def test_editor_writes_a_public_rating_down(at: Clock, page: Client, delays: Touchpoint, edda: User) -> None:
    assert "The public rating is stored." in send(page, delays).content.decode()
    said = Response.objects.get()
    assert (said.metric, said.value, said.text, said.submission.source) == ("rating", 2, RATED["text"], "Google")
    assert str(said.submission.day) == RATED["day"]
    assert AuditEntry.objects.get(verb="response.create").actor == edda


def test_sent_twice_it_is_stored_once(at: Clock, page: Client, delays: Touchpoint) -> None:
    key = new_key()
    for _time in range(2):
        send(page, delays, key=key)
    assert Response.objects.count() == 1
    assert AuditEntry.objects.filter(verb="response.create").count() == 1


@pytest.mark.parametrize(
    ("facts", "wrong"),
    [
        ({"stars": "6"}, "Select a valid choice."),
        ({"stars": ""}, "This field is required."),
        ({"source": " "}, "This field is required."),
        ({"day": "2026-03-16"}, "This day is out of reach."),
        ({"day": "1969-12-31"}, "This day is out of reach."),
        ({"text": "x" * 4001}, "at most 4000 characters"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_stored(
    at: Clock, page: Client, delays: Touchpoint, facts: dict[str, str], wrong: str
) -> None:
    answer = send(page, delays, **facts)
    assert answer.status_code == 422
    assert wrong in answer.content.decode()
    assert not Response.objects.exists()


def test_viewer_cannot_write_one_down(delays: Touchpoint, vik: User, sign_in: SignIn) -> None:
    assert send(sign_in(vik), delays).status_code == 403
    assert not Response.objects.exists()

import datetime

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import SignIn
from touchpoints.actions import archive_event, create_event
from touchpoints.models import Event, Touchpoint
from workspaces.models import User, Workspace

DAY = datetime.date(2026, 3, 2)


@pytest.fixture
def release(workspace: Workspace, delays: Touchpoint, edda: User) -> Event:
    """What happened at Delay information."""
    return create_event(workspace, touchpoint=delays, day=DAY, text="Push provider changed", by=edda)


def address(name: str, workspace: Workspace, *named: int) -> str:
    return reverse(name, args=[workspace.slug, *named])


def test_editor_notes_what_happened(workspace: Workspace, delays: Touchpoint, edda: User, sign_in: SignIn) -> None:
    form = address("event_create", workspace)
    client = sign_in(edda)
    assert f'<option value="{delays.pk}" selected>' in client.get(form, {"touchpoint": delays.pk}).content.decode()
    facts = {"day": "2026-03-02", "text": "Push provider changed", "touchpoint": delays.pk}
    page = client.post(form, facts, follow=True).content.decode()
    assert "Push provider changed" in page
    assert "Health is unknown" in page, "back at the touchpoint"
    assert Event.objects.get().text == "Push provider changed"


def test_what_happened_everywhere_stands_among_all_events(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    page = (
        sign_in(edda)
        .post(address("event_create", workspace), {"day": "2026-03-02", "text": "Strike"}, follow=True)
        .content.decode()
    )
    assert "Strike" in page
    assert "all touchpoints" in page


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("text", "", "This field is required."),
        ("text", "x" * 121, "at most 120 characters"),
        ("day", "9999-01-01", "This day is out of reach."),
        ("day", "tomorrow", "Enter a valid date."),
        ("touchpoint", "0", "Select a valid choice."),
    ],
)
def test_bad_input_is_said_beside_its_field(
    field: str, value: str, said: str, workspace: Workspace, edda: User, sign_in: SignIn
) -> None:
    facts = {"day": "2026-03-02", "text": "Strike"} | {field: value}
    answer = sign_in(edda).post(address("event_create", workspace), facts)
    assert answer.status_code == 422
    assert said in answer.context["form"].errors[field][0]
    assert not Event.objects.exists()


def test_two_editors_at_once_lose_no_words(workspace: Workspace, release: Event, edda: User, sign_in: SignIn) -> None:
    client, form = sign_in(edda), address("event_edit", workspace, release.pk)
    facts = {"day": "2026-03-02", "version": release.version}
    client.post(form, facts | {"text": "Provider changed at noon"})
    answer = client.post(form, facts | {"text": "Provider changed at one"})
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "Provider changed at noon" in shown
    assert "Provider changed at one" in shown


def test_an_archived_event_leaves_the_list_and_comes_back(
    workspace: Workspace, release: Event, edda: User, sign_in: SignIn
) -> None:
    client = sign_in(edda)
    client.post(address("event_archive", workspace, release.pk))
    assert "Push provider changed" in client.get(address("events", workspace), {"archived": 1}).content.decode()
    client.post(address("event_restore", workspace, release.pk))
    assert "Push provider changed" in client.get(address("events", workspace)).content.decode()


def test_archiving_twice_is_harmless(release: Event, edda: User) -> None:
    once = archive_event(release, by=edda)
    assert archive_event(release, by=edda).version == once.version


def test_a_program_reads_the_events_of_a_time(workspace: Workspace, release: Event, tess: Client, edda: User) -> None:
    create_event(workspace, day=datetime.date(2026, 1, 2), text="Strike", by=edda)
    found = tess.get("/api/v1/events/", {"from": "2026-02-01"}).json()
    assert [one["text"] for one in found["results"]] == ["Push provider changed"]

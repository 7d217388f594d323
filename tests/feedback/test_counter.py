"""At a counter: three taps for what a customer said, and nobody is named."""

from typing import Any

import pytest
from django.test import Client

from feedback.actions.by_hand import Entry, enter_at_counter
from feedback.models import Case, CaseState, Response, Submission, new_key
from tests.answering import Clock, health, new_touchpoint
from tests.cast import SignIn, member_of
from touchpoints.actions import fold_all
from touchpoints.models import Touchpoint
from workspaces.actions import create_team
from workspaces.models import AuditEntry, User, Workspace


@pytest.fixture
def tablet(workspace: Workspace, edda: User, sign_in: SignIn) -> Client:
    """Stands at the counter; Edda is signed in."""
    return sign_in(edda)


def address(touchpoint: Touchpoint, verb: str = "") -> str:
    return f"/w/{touchpoint.workspace.slug}/answers/counter/{touchpoint.pk}/{verb}"


def tap(tablet: Client, touchpoint: Touchpoint, **said: str) -> Any:
    """What the page says after Save."""
    return tablet.post(address(touchpoint), {"key": new_key(), **said}, follow=True)


def test_a_face_and_save_store_how_satisfied_somebody_was(at: Clock, tablet: Client, counter: Touchpoint) -> None:
    page = tap(tablet, counter, said="4", text="Quick and kind").content.decode()
    assert "Stored. Thank you." in page
    assert "1 entry today" in page
    said = Response.objects.get()
    assert (said.metric, said.scale, said.value, said.text) == ("csat", "1-5", 4, "Quick and kind")
    assert said.submission.source == "counter"
    assert health(counter).answers == 1


def test_a_complaint_opens_a_case_at_once(at: Clock, tablet: Client, counter: Touchpoint) -> None:
    page = tap(tablet, counter, said="complaint", severity="3").content.decode()
    assert "its case is open" in page
    case = Case.objects.get()
    assert (case.severity, case.subject) == (3, counter.subject)


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({}, "Tap what the customer said."),
        ({"said": "complaint"}, "Tap how bad it is."),
        ({"said": "6"}, "Select a valid choice."),
        ({"said": "complaint", "severity": "4"}, "Select a valid choice."),
        ({"said": "5", "key": "short"}, "Enter a valid value."),
        ({"said": "5", "text": "x" * 4001}, "at most 4000 characters"),
    ],
)
def test_what_is_missing_is_said_and_nothing_stored(
    tablet: Client, counter: Touchpoint, said: dict[str, str], wrong: str
) -> None:
    answer = tap(tablet, counter, **said)
    assert answer.status_code == 422
    assert wrong in answer.content.decode()
    assert not Response.objects.exists()


def test_a_double_tap_stores_once(tablet: Client, counter: Touchpoint) -> None:
    key = new_key()
    for _time in range(2):
        assert "1 entry today" in tap(tablet, counter, key=key, said="5").content.decode()
    assert Response.objects.count() == 1


def test_an_entry_is_taken_back_within_a_minute(at: Clock, tablet: Client, counter: Touchpoint) -> None:
    key = new_key()
    page = tap(tablet, counter, key=key, said="complaint", severity="2").content.decode()
    assert "Take back" in page
    page = tablet.post(address(counter, "take-back/"), {"key": key}, follow=True).content.decode()
    assert "Taken back" in page
    assert "0 entries today" in page
    assert Response.objects.get().value is None
    assert (Case.objects.get().state, Case.objects.get().reason) == (CaseState.DISMISSED, "The answer was taken back.")
    page = tap(tablet, counter, key=key, said="5").content.decode()
    assert "was taken back" in page, "whoever goes back in the browser is told"
    assert Response.objects.get().value is None


def test_what_was_taken_back_counts_nowhere(at: Clock, tablet: Client, counter: Touchpoint) -> None:
    key = new_key()
    tap(tablet, counter, said="5")
    tap(tablet, counter, key=key, said="1")
    fold_all()
    tablet.post(address(counter, "take-back/"), {"key": key})
    assert health(counter).answers == 1


def test_after_a_minute_an_entry_stays(
    at: Clock, tablet: Client, counter: Touchpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = new_key()
    tap(tablet, counter, key=key, said="2")
    at.pass_days(1)
    page = tablet.post(address(counter, "take-back/"), {"key": key}, follow=True).content.decode()
    assert "This one stays." in page
    assert Response.objects.get().value == 2


def test_another_touchpoints_entry_is_not_taken_back(tablet: Client, counter: Touchpoint, delays: Touchpoint) -> None:
    key = new_key()
    tap(tablet, counter, key=key, said="2")
    tablet.post(address(delays, "take-back/"), {"key": key})
    assert Response.objects.get().value == 2


def test_nothing_tells_who_entered_it(at: Clock, tablet: Client, counter: Touchpoint) -> None:
    """No figure about a single employee can be made: neither the answer nor the audit trail knows one."""
    before, key = AuditEntry.objects.count(), new_key()
    tap(tablet, counter, key=key, said="complaint", severity="1")
    tablet.post(address(counter, "take-back/"), {"key": key})
    written = AuditEntry.objects.order_by("pk")[before:]
    assert {entry.actor for entry in written} == {None}
    assert {field.related_model for field in (*Submission._meta.fields, *Response._meta.fields)}.isdisjoint({User})
    assert Submission.objects.get().occurred_at.minute == 0, "the time only to the hour"


def test_viewer_cannot_enter(workspace: Workspace, counter: Touchpoint, vik: User, sign_in: SignIn) -> None:
    assert sign_in(vik).get(address(counter)).status_code == 403
    assert tap(sign_in(vik), counter, said="5").status_code == 403
    assert not Response.objects.exists()


def test_personal_touchpoints_are_offered_those_of_my_teams_first(
    workspace: Workspace, tablet: Client, ada: User, edda: User
) -> None:
    desk = create_team(workspace, name="Front desk", members=[member_of(workspace, edda)], by=ada)
    named = {name: new_touchpoint(workspace, name) for name in ("App", "Conductor", "Desk", "Hotline")}
    for touchpoint in named.values():
        touchpoint.contact = "digital" if touchpoint.name == "App" else "personal"
        touchpoint.owner_team = desk if touchpoint.name == "Hotline" else None
        touchpoint.save()
    page = tablet.get(f"/w/{workspace.slug}/answers/counter/").content.decode()
    assert "App</span>" not in page
    places = [page.index(f"{words}<") for words in ("Your teams", "Hotline", "Other personal touchpoints", "Conductor")]
    assert places == sorted(places)


def test_the_chooser_asks_as_much_for_many_touchpoints(
    workspace: Workspace, tablet: Client, django_assert_num_queries: Any
) -> None:
    new_touchpoint(workspace, "Desk")
    Touchpoint.objects.update(contact="personal")
    address = f"/w/{workspace.slug}/answers/counter/"
    with django_assert_num_queries(5) as few:
        tablet.get(address)
    for number in range(5):
        new_touchpoint(workspace, f"Desk {number}")
    Touchpoint.objects.update(contact="personal")
    with django_assert_num_queries(len(few)):
        tablet.get(address)


@pytest.mark.parametrize("hour", range(0, 24, 6))
def test_an_entry_belongs_to_the_local_day(at: Clock, workspace: Workspace, counter: Touchpoint, hour: int) -> None:
    workspace.time_zone = "Asia/Kolkata"  # half an hour off
    workspace.save()
    counter.workspace = workspace
    at.now = at.now.replace(hour=hour, minute=40)
    enter_at_counter(counter, Entry(satisfaction=5), key=new_key())
    assert Submission.objects.get().day == at.now.astimezone(workspace.zone).date()

"""Pasted lines: shown as they will be taken, then added as one step or not at all."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from journeys.actions.history import undo_change
from journeys.actions.quick_add import add_lines, understood
from journeys.models import Change, Journey
from tests.cast import SignIn
from tests.journeys.scene import HTMX, address, check_constraints, drawn, order, phase, placed
from touchpoints.actions.channels import create_channel
from touchpoints.actions.library import create_touchpoint
from touchpoints.models import Touchpoint
from workspaces.errors import Refused
from workspaces.models import Team, User, Workspace

START = {"purchase": "Shop Pay", "retention": "Wait Ride Arrive"}


def body(journey: Journey, text: str, **more: Any) -> dict[str, Any]:
    return {"phase": phase(journey, "purchase").pk, "after": placed(journey, "Shop").pk, "text": text, **more}


def test_all_lines_are_added_in_their_order_as_one_step(
    commute: Journey, workspace: Workspace, edda: User, sign_in: SignIn
) -> None:
    create_channel(workspace, name="Phone", by=edda)
    create_touchpoint(workspace, name="Desk", by=edda)
    answer = sign_in(edda).post(
        address("paste", commute), body(commute, "Hotline @pho *\n\n  desk\nKiosk", add=1), headers=HTMX
    )
    assert answer.status_code == 200
    assert "3 touchpoints added to Purchase" in json.loads(answer.headers["HX-Trigger"])["etappe:map"]["say"]
    check_constraints()
    assert order(commute) == {**START, "purchase": "Shop Hotline Desk Kiosk Pay"}
    assert placed(commute, "Hotline").moment_of_truth
    assert str(placed(commute, "Hotline").touchpoint.channel) == "Phone"
    assert placed(commute, "Kiosk").touchpoint.peer_group == "purchase"
    undo_change(commute, by=edda)
    assert order(commute) == START


def test_preview_says_how_each_line_will_be_taken_and_adds_nothing(
    commute: Journey, workspace: Workspace, edda: User, sign_in: SignIn
) -> None:
    create_channel(workspace, name="Phone", by=edda)
    Team.objects.create(workspace=workspace, name="Service desk")
    create_touchpoint(workspace, name="Desk", by=edda)
    text = "Hotline @pho #serv\nDesk\nRide\nKiosk @Pigeon\nkiosk"
    answer = sign_in(edda).post(address("paste", commute), body(commute, text), headers=HTMX)
    page = answer.content.decode()
    for said in ("Phone", "Service desk", "in the library already", "already stands", "“Pigeon”", "named twice"):
        assert said in page
    assert "3 lines cannot be added" in page
    assert 'name="add"' not in page
    assert order(commute) == START


@pytest.mark.parametrize("wrong", ["Ride", "Kiosk @Pigeon", "@Phone", "Hotline"])
def test_one_wrong_line_stops_all_and_the_text_is_kept(
    commute: Journey, edda: User, sign_in: SignIn, wrong: str
) -> None:
    before = Touchpoint.objects.count()
    answer = sign_in(edda).post(address("paste", commute), body(commute, f"Hotline\n{wrong}", add=1), headers=HTMX)
    assert answer.status_code == 422
    assert f"Hotline\n{wrong}</textarea>" in answer.content.decode()
    assert order(commute) == START
    assert Touchpoint.objects.count() == before


def test_sent_twice_it_is_added_once(commute: Journey, edda: User) -> None:
    place: Any = {"phase": phase(commute, "purchase"), "after": placed(commute, "Shop")}
    for _ in range(2):
        add_lines(commute, texts=["Hotline", "Kiosk"], **place, by=edda)
    assert order(commute)["purchase"] == "Shop Hotline Kiosk Pay"
    with pytest.raises(Refused, match="already stands"):
        add_lines(commute, texts=["Kiosk", "Hotline"], **place, by=edda)


def test_statements_do_not_grow_with_the_lines(workspace: Workspace, edda: User) -> None:
    def statements(number: int) -> int:
        journey = drawn(workspace, edda, f"Of {number}")
        texts = [f"T{number}-{one}" for one in range(number)]
        with CaptureQueriesContext(connection) as asked:
            add_lines(journey, texts=texts, phase=phase(journey, "purchase"), after=None, by=edda)
        return len(asked)

    assert statements(2) == statements(60)


def test_two_hundred_lines_and_no_more(commute: Journey, edda: User, sign_in: SignIn) -> None:
    client = sign_in(edda)
    lines = [f"T{number}" for number in range(201)]
    answer = client.post(address("paste", commute), body(commute, "\n".join(lines), add=1), headers=HTMX)
    assert answer.status_code == 422
    assert "200" in answer.content.decode()
    assert client.post(address("paste", commute), body(commute, "\n".join(lines[:200]), add=1)).status_code == 302
    assert len(order(commute)["purchase"].split()) == 202
    assert Change.objects.filter(journey=commute).first().verb == "place"


def test_plain_page_asks_for_the_phase_and_shows_the_lines(commute: Journey, edda: User, sign_in: SignIn) -> None:
    client = sign_in(edda)
    retention = phase(commute, "retention").pk
    page = client.get(address("paste", commute), {"phase": retention}).content.decode()
    assert f'value="{retention}" selected' in page
    sent = {"phase": retention, "text": "Hotline\nKiosk"}
    assert "Add 2 touchpoints" in client.post(address("paste", commute), sent).content.decode()
    told = client.post(address("paste", commute), {**sent, "add": "1"}, follow=True).content.decode()
    assert "2 touchpoints added to Retention" in told
    assert order(commute)["retention"] == "Wait Ride Arrive Hotline Kiosk"


def test_others_channels_and_people_are_not_found(
    commute: Journey, elsewhere: Workspace, edda: User, otto: User
) -> None:
    create_channel(elsewhere, name="Horn", by=otto)
    create_touchpoint(elsewhere, name="Tram", by=otto)
    lines = understood(commute, ["Desk @Horn", "Desk #Otto", "Tram"])
    assert [bool(line.problem) for line in lines] == [True, True, False]
    assert lines[2].known is None


def test_viewer_cannot_and_an_outsider_finds_nothing(commute: Journey, vik: User, otto: User, sign_in: SignIn) -> None:
    assert sign_in(vik).post(address("paste", commute), body(commute, "Desk", add=1)).status_code == 403
    assert sign_in(otto).post(address("paste", commute), body(commute, "Desk", add=1)).status_code == 404


def test_marks_are_this_workspaces_channels_teams_and_members(
    commute: Journey, workspace: Workspace, elsewhere: Workspace, edda: User, vik: User, otto: User, sign_in: SignIn
) -> None:
    create_channel(workspace, name="Phone", icon="phone", by=edda)
    create_channel(elsewhere, name="Horn", by=otto)
    Team.objects.create(workspace=workspace, name="Fleet")
    told = sign_in(edda).get(address("marks", commute)).json()
    assert told["@"] == [["Phone", "phone"]]
    assert {"Fleet", "Edda"} <= {name for name, _icon in told["#"]}
    assert "Otto" not in str(told)
    assert sign_in(vik).get(address("marks", commute)).status_code == 403

import pytest

from journeys.actions.quick_add import Line, parse
from journeys.models import Journey
from tests.cast import SignIn, member_of
from tests.journeys.scene import HTMX, address, order, phase, placed
from touchpoints.actions.channels import create_channel
from touchpoints.models import Touchpoint
from workspaces.errors import Refused
from workspaces.models import Team, User, Workspace


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Desk", Line("Desk", "", "", False)),
        ("  Missed-connection   hotline ", Line("Missed-connection hotline", "", "", False)),
        ("Hotline @Phone #Service desk *", Line("Hotline", "Phone", "Service desk", True)),
        ("Hotline * #Ada @Service centre", Line("Hotline", "Service centre", "Ada", True)),
        ("Mail to a@b.example 5* rated", Line("Mail to a@b.example 5* rated", "", "", False)),
    ],
)
def test_line_is_read(text: str, line: Line) -> None:
    assert parse(text) == line


@pytest.mark.parametrize("text", ["@Phone", "*", "Desk @", "Desk @App @Phone", "Desk * *", "Desk * loud"])
def test_line_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        parse(text)


def test_new_touchpoint_with_channel_owner_and_star(
    workspace: Workspace, commute: Journey, ada: User, edda: User, sign_in: SignIn
) -> None:
    phone = create_channel(workspace, name="Phone", by=edda)
    body = {"phase": phase(commute, "retention").pk, "text": "Hotline @pho #Ada *"}

    answer = sign_in(edda).post(address("placement_create", commute), body, headers=HTMX)

    assert answer.status_code == 200
    assert order(commute)["retention"] == "Wait Ride Arrive Hotline"
    hotline = placed(commute, "Hotline")
    assert hotline.moment_of_truth
    assert hotline.touchpoint.channel == phone
    assert hotline.touchpoint.owner == member_of(workspace, ada)


def test_known_touchpoint_is_placed_not_doubled(
    workspace: Workspace, commute: Journey, edda: User, sign_in: SignIn
) -> None:
    client = sign_in(edda)
    client.post(address("placement_archive", commute, placement_id=placed(commute, "Ride").pk), headers=HTMX)
    body = {"phase": phase(commute, "advocacy").pk, "text": "ride"}
    assert client.post(address("placement_create", commute), body, headers=HTMX).status_code == 200
    assert order(commute)["advocacy"] == "Ride"
    assert Touchpoint.objects.filter(name__iexact="ride").count() == 1

    create_channel(workspace, name="Phone", by=edda)
    answer = client.post(address("placement_create", commute), body | {"text": "Shop @Phone"}, headers=HTMX)
    assert "another channel or owner" in answer.content.decode()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Desk @Pigeon", "There is no channel “Pigeon”."),
        ("Desk #Nobody", "There is no team or member “Nobody”."),
        ("Desk #Team", "There is no team or member “Team”."),
        ("@Phone", "needs a name"),
        ("", "This field is required."),
        ("D" * 201, "200"),
    ],
)
def test_what_is_wrong_stands_beside_the_field_and_the_text_is_kept(
    workspace: Workspace, commute: Journey, edda: User, sign_in: SignIn, text: str, reason: str
) -> None:
    for name in ("Team A", "Team B"):
        Team.objects.create(workspace=workspace, name=name)
    before = Touchpoint.objects.count()
    body = {"phase": phase(commute, "retention").pk, "text": text}

    answer = sign_in(edda).post(address("placement_create", commute), body, headers=HTMX)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert reason in page
    assert f'value="{text}"' in page
    assert f'id="add-{phase(commute, "retention").pk}"' in page
    assert Touchpoint.objects.count() == before


def test_others_people_are_not_found(
    commute: Journey, otto: User, elsewhere: Workspace, edda: User, sign_in: SignIn
) -> None:
    create_channel(elsewhere, name="Horn", by=otto)
    for text in ("Desk #Otto", "Desk @Horn"):
        body = {"phase": phase(commute, "retention").pk, "text": text}
        assert sign_in(edda).post(address("placement_create", commute), body, headers=HTMX).status_code == 422

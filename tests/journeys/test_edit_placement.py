import json

import pytest

from journeys.actions.placements import archive_placement, edit_placement, label_phase
from journeys.models import Change, Journey
from tests.cast import SignIn
from tests.journeys.scene import HTMX, address, drawn, phase, placed
from workspaces.errors import Stale
from workspaces.models import User, Workspace

FORM = {"share": "100", "quote": "", "customer_action": "", "alternative_group": "", "backstage": ""}


def test_what_is_particular_here_is_stored_and_told(commute: Journey, edda: User, sign_in: SignIn) -> None:
    client = sign_in(edda)
    ride = placed(commute, "Ride")
    url = address("placement_edit", commute, placement_id=ride.pk)
    assert 'name="quote"' in client.get(url).content.decode()

    body = FORM | {
        "version": ride.version,
        "quote": "Standing again",
        "share": "80",
        "expectation": "1.5",
        "moment_of_truth": "on",
    }
    answer = client.post(url, body, headers=HTMX)

    assert answer.status_code == 200
    news = json.loads(answer.headers["HX-Trigger"])["etappe:map"]
    assert (news["verb"], news["say"], news["version"]) == ("edit", "Saved.", ride.version + 1)
    now = placed(commute, "Ride")
    assert (now.quote, now.share, str(now.expectation), now.moment_of_truth) == ("Standing again", 80, "1.5", True)

    assert client.post(url, body, headers=HTMX).status_code == 200
    assert Change.objects.filter(journey=commute, verb="edit").count() == 1


def test_stale_edit_keeps_both_texts(commute: Journey, ada: User, edda: User, sign_in: SignIn) -> None:
    ride = placed(commute, "Ride")
    edit_placement(ride, version=ride.version, by=ada, quote="Ada's words")
    url = address("placement_edit", commute, placement_id=ride.pk)

    answer = sign_in(edda).post(url, FORM | {"version": ride.version, "quote": "Edda's words"}, headers=HTMX)

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Ada&#x27;s words" in page
    assert "Edda&#x27;s words" in page
    assert placed(commute, "Ride").quote == "Ada's words"


@pytest.mark.parametrize(
    "wrong",
    [{"share": "101"}, {"expectation": "2.5"}, {"assumed_emotion": "0.55"}, {"quote": "x" * 501}, {"version": ""}],
)
def test_out_of_range_is_422(commute: Journey, edda: User, sign_in: SignIn, wrong: dict[str, str]) -> None:
    ride = placed(commute, "Ride")
    url = address("placement_edit", commute, placement_id=ride.pk)
    answer = sign_in(edda).post(url, FORM | {"version": ride.version} | wrong, headers=HTMX)
    assert answer.status_code == 422
    assert placed(commute, "Ride").version == ride.version


def test_taken_off_meanwhile_is_said(commute: Journey, ada: User, edda: User, sign_in: SignIn) -> None:
    ride = placed(commute, "Ride")
    archive_placement(ride, by=ada)
    url = address("placement_edit", commute, placement_id=ride.pk)
    answer = sign_in(edda).post(url, FORM | {"version": ride.version + 1, "quote": "Late"}, headers=HTMX)
    assert answer.status_code == 422
    assert "taken off the map" in answer.content.decode()


def test_viewer_cannot_edit_and_an_outsider_finds_nothing(
    commute: Journey, vik: User, otto: User, sign_in: SignIn
) -> None:
    url = address("placement_edit", commute, placement_id=placed(commute, "Ride").pk)
    for method in ("get", "post"):
        assert getattr(sign_in(vik), method)(url).status_code == 403
        assert getattr(sign_in(otto), method)(url).status_code == 404


# --- phases ---------------------------------------------------------------------------------------------------------


def test_phase_gets_a_name_of_its_own_and_loses_it_again(commute: Journey, edda: User, sign_in: SignIn) -> None:
    client = sign_in(edda)
    retention = phase(commute, "retention")
    url = address("phase_label", commute, phase_id=retention.pk)

    answer = client.post(url, {"label": "On board", "version": retention.version}, headers=HTMX)

    assert answer.status_code == 200
    assert "On board" in answer.content.decode()
    news = json.loads(answer.headers["HX-Trigger"])["etappe:map"]
    assert (news["phase"], news["version"], news["placement"]) == (retention.pk, retention.version + 1, None)
    assert client.post(url, {"label": "On board", "version": retention.version}, headers=HTMX).status_code == 200
    client.post(url, {"label": "", "version": retention.version + 1}, headers=HTMX)
    assert str(phase(commute, "retention")) == "Retention"
    assert phase(commute, "retention").kind == "retention"


def test_stale_label_shows_both(commute: Journey, ada: User, edda: User, sign_in: SignIn) -> None:
    retention = phase(commute, "retention")
    label_phase(retention, label="On board", version=retention.version, by=ada)
    with pytest.raises(Stale):
        label_phase(retention, label="Aboard", version=retention.version, by=edda)

    url = address("phase_label", commute, phase_id=retention.pk)
    answer = sign_in(edda).post(url, {"label": "Aboard", "version": retention.version}, headers=HTMX)
    assert answer.status_code == 409
    why = json.loads(answer.headers["HX-Trigger"])["etappe:map"]["why"]
    assert "“On board”" in why
    assert "“Aboard”" in why


def test_label_too_long_is_422_and_a_foreign_phase_is_404(
    commute: Journey, workspace: Workspace, elsewhere: Workspace, edda: User, otto: User, sign_in: SignIn
) -> None:
    client = sign_in(edda)
    retention = phase(commute, "retention")
    url = address("phase_label", commute, phase_id=retention.pk)
    assert client.post(url, {"label": "x" * 81, "version": 1}, headers=HTMX).status_code == 422
    for foreign in (drawn(workspace, edda, "Other"), drawn(elsewhere, otto, "Tram")):
        url = address("phase_label", commute, phase_id=phase(foreign, "retention").pk)
        assert client.post(url, {"label": "x", "version": 1}, headers=HTMX).status_code == 404


def test_viewer_cannot_rename_a_phase(commute: Journey, vik: User, otto: User, sign_in: SignIn) -> None:
    url = address("phase_label", commute, phase_id=phase(commute, "retention").pk)
    assert sign_in(vik).post(url, {"label": "x", "version": 1}).status_code == 403
    assert sign_in(otto).post(url, {"label": "x", "version": 1}).status_code == 404

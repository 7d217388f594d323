import json
from typing import Any

import pytest

from journeys.actions.history import redo_change, undo_change
from journeys.actions.renaming import rename_touchpoint
from journeys.models import Change, Journey
from tests.cast import SignIn
from tests.journeys.scene import HTMX, address, order, placed
from touchpoints.actions.library import create_touchpoint, edit_touchpoint
from workspaces.errors import Refused, Stale
from workspaces.models import User, Workspace


def post(sign_in: SignIn, by: User, journey: Journey, name: str, version: int = 1) -> Any:
    url = address("placement_rename", journey, placement_id=placed(journey, "Ride").pk)
    return sign_in(by).post(url, {"name": name, "version": version}, headers=HTMX)


def test_a_touchpoint_is_renamed_and_that_is_a_step_of_the_map(commute: Journey, edda: User) -> None:
    before = commute.revision
    rename_touchpoint(placed(commute, "Ride"), name="Train ride", version=1, by=edda)
    commute.refresh_from_db()
    assert commute.revision == before + 1
    assert order(commute)["retention"] == "Wait Train ride Arrive"
    undo_change(commute, by=edda)
    assert order(commute)["retention"] == "Wait Ride Arrive"
    redo_change(commute, by=edda)
    assert order(commute)["retention"] == "Wait Train ride Arrive"


def test_the_same_name_twice_is_harmless(commute: Journey, edda: User) -> None:
    ride = placed(commute, "Ride")
    rename_touchpoint(ride, name="Train", version=1, by=edda)
    assert rename_touchpoint(ride, name="Train", version=1, by=edda) is None
    assert Change.objects.filter(journey=commute, verb="name").count() == 1


def test_stale_shows_both_names_beside_the_field(commute: Journey, ada: User, edda: User, sign_in: SignIn) -> None:
    edit_touchpoint(placed(commute, "Ride").touchpoint, version=1, by=ada, name="Ride")
    edit_touchpoint(placed(commute, "Ride").touchpoint, version=1, by=ada, note="By bus, too")
    with pytest.raises(Stale):
        rename_touchpoint(placed(commute, "Ride"), name="Train", version=1, by=edda)
    answer = post(sign_in, edda, commute, "Train")
    assert answer.status_code == 409
    news = json.loads(answer.headers["HX-Trigger"])["etappe:map"]
    assert "“Ride”" in news["why"]
    assert "“Train”" in news["why"]
    assert "data-toast" not in answer.content.decode()
    assert post(sign_in, edda, commute, "Train", version=2).status_code == 200


def test_a_taken_name_is_refused(commute: Journey, edda: User, sign_in: SignIn) -> None:
    answer = post(sign_in, edda, commute, "shop")
    assert answer.status_code == 422
    assert "already a touchpoint of that name" in json.loads(answer.headers["HX-Trigger"])["etappe:map"]["why"]
    assert post(sign_in, edda, commute, "").status_code == 422


def test_undo_is_refused_when_the_old_name_is_taken_by_now(
    commute: Journey, workspace: Workspace, edda: User, ada: User
) -> None:
    rename_touchpoint(placed(commute, "Ride"), name="Train", version=1, by=edda)
    create_touchpoint(workspace, name="Ride", by=ada)
    with pytest.raises(Refused, match="already a touchpoint"):
        undo_change(commute, by=edda)


def test_history_tells_both_names(commute: Journey, edda: User, sign_in: SignIn) -> None:
    assert post(sign_in, edda, commute, "Train").status_code == 200
    assert "“Ride” renamed “Train”" in sign_in(edda).get(address("changes", commute)).content.decode()


def test_viewer_cannot_and_an_outsider_finds_nothing(commute: Journey, vik: User, otto: User, sign_in: SignIn) -> None:
    assert post(sign_in, vik, commute, "Train").status_code == 403
    assert post(sign_in, otto, commute, "Train").status_code == 404

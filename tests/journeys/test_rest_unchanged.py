"""GET journeys/<id>/map/: when programs are told that nothing has changed."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from feedback.actions.insights import archive_insight, create_insight, edit_insight
from journeys.actions.placements import archive_placement, edit_placement, label_phase, move_placement
from journeys.models import Journey
from personas.models import Persona
from tests.journeys.scene import drawn, phase, placed
from tests.journeys.told import DAY, scored, url
from touchpoints.actions.channels import create_channel, edit_channel
from touchpoints.actions.library import archive_touchpoint, edit_touchpoint
from touchpoints.models import HealthScore, Touchpoint
from workspaces import clock
from workspaces.models import Team, User, Workspace


def change_channel(one: Touchpoint, by: User) -> None:
    assert one.channel
    edit_channel(one.channel, version=one.channel.version, by=by, icon="phone")


def change_journey(**facts: Any) -> Callable[[Touchpoint, User], object]:
    return lambda one, by: Journey.objects.filter(name="Commute").update(**facts)


def insight_of(one: Touchpoint) -> Any:
    return one.insights.get()


def leave(one: Touchpoint, by: User) -> None:
    """A member goes, by which nothing that they own gets a new version."""
    Touchpoint.objects.filter(name="Wait").update(owner_member=None)


def ride_of(one: Touchpoint) -> Any:
    return one.placements.select_related("journey__workspace", "touchpoint").get()


CHANGES: dict[str, Callable[[Touchpoint, User], object]] = {
    "touchpoint renamed": lambda one, by: edit_touchpoint(one, version=one.version, by=by, name="Renamed"),
    "touchpoint's note": lambda one, by: edit_touchpoint(one, version=one.version, by=by, note="New"),
    "touchpoint archived": lambda one, by: archive_touchpoint(one, by=by),
    "channel's icon": change_channel,
    "score": lambda one, by: scored(placed(Journey.objects.get(), "Shop").touchpoint, 70),
    "score folded": lambda one, by: HealthScore.objects.filter(persona=None).update(version=2),
    "insight": lambda one, by: create_insight(one, by=by, kind="praise", text="Warm", mentions=2),
    "insight edited": lambda one, by: edit_insight(insight_of(one), version=1, by=by, mentions=8),
    "insight archived": lambda one, by: archive_insight(insight_of(one), by=by),
    "bands": lambda one, by: Workspace.objects.update(good_from=61, version=2),
    "persona": lambda one, by: Persona.objects.update(name="Mara"),
    "persona's age": lambda one, by: Persona.objects.update(age=33),
    "team renamed": lambda one, by: Team.objects.update(name="Drivers"),
    "member renamed": lambda one, by: User.objects.filter(name="Edda").update(name="Edith"),
    "member gone": leave,
    "journey": change_journey(version=9, note="New"),
    "journey's owner gone": lambda one, by: (
        Team.objects.create(workspace=one.workspace, name="Any")
        and (Journey.objects.update(owner_team=Team.objects.get(name="Any")))
    ),
    "moved": lambda one, by: move_placement(
        ride_of(one), to_phase=phase(ride_of(one).journey, "purchase"), after=None, version=1, by=by
    ),
    "placement edited": lambda one, by: edit_placement(ride_of(one), version=1, by=by, backstage="Depot"),
    "taken off": lambda one, by: archive_placement(ride_of(one), by=by),
    "phase renamed": lambda one, by: label_phase(
        phase(ride_of(one).journey, "purchase"), label="Buy", version=1, by=by
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_of_anything_told_is_seen(tess: Client, dressed: Journey, edda: User, change: str) -> None:
    etag = tess.get(url(dressed)).headers["ETag"]
    assert tess.get(url(dressed), headers={"If-None-Match": etag}).status_code == 304

    CHANGES[change](Touchpoint.objects.get(name="Ride"), edda)

    again = tess.get(url(dressed), headers={"If-None-Match": etag})
    assert again.status_code == 200
    assert again.headers["ETag"] != etag


def test_what_is_not_told_is_not_a_change(tess: Client, dressed: Journey, workspace: Workspace, edda: User) -> None:
    etag = tess.get(url(dressed)).headers["ETag"]
    other = drawn(workspace, edda, "Other", purchase="Elsewhere")
    elsewhere = placed(other, "Elsewhere").touchpoint
    scored(elsewhere, 50)
    create_insight(elsewhere, by=edda, kind="pain", text="There", mentions=1)
    create_channel(workspace, name="Radio", by=edda)
    Persona.objects.create(workspace=workspace, name="Tourist")
    HealthScore.objects.exclude(persona=None).update(version=7)
    answer = tess.get(url(dressed), headers={"If-None-Match": etag})
    assert (answer.status_code, answer.content) == (304, b"")
    assert "private" in answer.headers["Cache-Control"]


def test_a_new_day_is_another_map(tess: Client, dressed: Journey, monkeypatch: pytest.MonkeyPatch) -> None:
    etag = tess.get(url(dressed)).headers["ETag"]
    tomorrow = clock.now() + DAY
    monkeypatch.setattr(clock, "now", lambda: tomorrow)
    assert tess.get(url(dressed), headers={"If-None-Match": etag}).status_code == 200


def test_each_persona_has_its_own_tag(tess: Client, dressed: Journey) -> None:
    commuter = Persona.objects.get(name="Commuter")
    ask = {"persona": commuter.pk}
    etag = tess.get(url(dressed), ask).headers["ETag"]
    assert etag != tess.get(url(dressed)).headers["ETag"]
    assert tess.get(url(dressed), ask, headers={"If-None-Match": etag}).status_code == 304
    HealthScore.objects.filter(persona=commuter).update(version=3)
    assert tess.get(url(dressed), ask, headers={"If-None-Match": etag}).status_code == 200

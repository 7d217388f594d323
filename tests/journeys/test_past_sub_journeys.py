"""Journeys below journeys, as they were: which was opened where when a day ended, and what its own map said then."""

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from journeys.actions.history import latest, next_to_undo, undo_change
from journeys.actions.journeys import archive_journey, create_journey, restore_journey
from journeys.actions.parents import set_parent
from journeys.actions.placements import (
    archive_placement,
    edit_placement,
    move_placement,
    place_touchpoint,
    restore_placement,
)
from journeys.actions.restoring import restore_before
from journeys.board import JourneyMap
from journeys.models import Change, Journey
from journeys.placed import MapTouchpoint
from journeys.then import map_on
from journeys.views.rows import the_phases
from personas.models import Persona
from tests.cast import SignIn
from tests.journeys.below import chain, put
from tests.journeys.scene import address, drawn, phase, placed, said
from tests.journeys.told import DAY, as_of, closed, scored, stations, url
from workspaces import clock
from workspaces.actions.keeping import purge_archived
from workspaces.errors import Refused
from workspaces.models import User, Workspace


def days_ago(journey: Journey, days: int) -> datetime.date:
    return clock.today(journey.workspace.zone) - days * DAY


def happened(days: int, *journeys: Journey) -> None:
    """Whatever has not been dated yet was done so many days ago."""
    fresh = Change.objects.filter(journey__in=journeys, at__gt=clock.now() - DAY / 2)
    fresh.update(at=clock.now() - days * DAY)


def then(journey: Journey, days: int, persona: Persona | None = None) -> JourneyMap:
    day = days_ago(journey, days)
    return map_on(journey, the_phases(journey), day=day, persona=persona.pk if persona else None)


def at(journey: Journey, name: str, days: int, persona: Persona | None = None) -> MapTouchpoint:
    seen = then(journey, days, persona)
    return next(one for part in seen.phases for one in part.touchpoints if one.name == name)


def opens(journey: Journey, name: str, days: int) -> str:
    opened = at(journey, name, days).opens
    return opened.name if opened else ""


@pytest.fixture
def refund(workspace: Workspace, commute: Journey, edda: User) -> Journey:
    """Both maps are as they are for 20 days; Wait opens this one for 9."""
    refund = drawn(workspace, edda, "Refund", purchase="Claim Form")
    happened(20, commute, refund)
    closed(placed(refund, "Claim").touchpoint, days_ago(commute, 12), 40)
    closed(placed(refund, "Claim").touchpoint, days_ago(commute, 5), 60)
    scored(placed(refund, "Claim").touchpoint, 90)
    now = put(refund, commute, "Wait", edda)
    happened(9, commute)
    return now


def test_a_past_map_shows_what_was_opened_then_and_its_health_of_that_day(commute: Journey, refund: Journey) -> None:
    assert [opens(commute, "Wait", days) for days in (10, 9, 1)] == ["", "Refund", "Refund"]
    shown = [at(commute, "Wait", days).seen.number for days in (10, 9, 5, 1)]
    assert shown == [None, 40, 60, 60]
    assert [then(commute, days).health.number for days in (10, 9, 5)] == [None, 40, 60]
    assert then(refund, 9).health.number == 40, "as on its own map"


def test_it_stands_in_by_the_rule_of_today(commute: Journey, refund: Journey, edda: User) -> None:
    closed(placed(commute, "Wait").touchpoint, days_ago(commute, 4), 10)
    assert [at(commute, "Wait", days).seen.number for days in (5, 4)] == [60, 10]
    ride = placed(commute, "Ride").touchpoint
    closed(ride, days_ago(commute, 8), 20)
    place_touchpoint(refund, ride, phase=phase(refund, "retention"), after=None, by=edda)
    happened(8, refund)
    wait = at(commute, "Wait", 5)
    assert wait.opens is not None
    assert wait.instead is not None
    assert (wait.opens.number, wait.instead.number, wait.instead.without) == (40, 60, 1), "Ride counts once"


def test_what_stood_on_it_then_weighs_as_it_did_then(commute: Journey, refund: Journey, edda: User) -> None:
    closed(placed(refund, "Form").touchpoint, days_ago(commute, 12), 80)
    assert at(commute, "Wait", 6).seen.number == 60
    form = placed(refund, "Form")
    edit_placement(form, version=form.version, by=edda, share=1)
    happened(3, refund)
    archive_placement(placed(refund, "Form"), by=edda)
    assert [at(commute, "Wait", days).seen.number for days in (6, 2)] == [60, 62]
    assert [then(refund, days).health.number for days in (6, 2)] == [60, 62]


def test_of_one_persona_it_is_theirs(commute: Journey, refund: Journey, workspace: Workspace) -> None:
    mara = Persona.objects.create(workspace=workspace, name="Mara")
    closed(placed(refund, "Claim").touchpoint, days_ago(commute, 6), 22, persona=mara)
    assert [at(commute, "Wait", days, mara).seen.number for days in (7, 6)] == [None, 22]


def test_all_levels_are_told(workspace: Workspace, edda: User) -> None:
    journeys = chain(workspace, edda, 5)
    happened(9, *journeys)
    closed(placed(journeys[4], "T5").touchpoint, days_ago(journeys[0], 6), 33)
    archive_journey(journeys[2], by=edda)
    happened(3, *journeys)
    assert [[then(one, days).health.number for one in journeys] for days in (7, 6, 3)] == [
        [None] * 5,
        [33] * 5,
        [None, None, 33, 33, 33],
    ]


def test_every_end_of_a_link_is_remembered(commute: Journey, refund: Journey, workspace: Workspace, edda: User) -> None:
    archive_journey(refund, by=edda)
    happened(8, commute)
    restore_journey(refund, by=edda)
    happened(7, commute)
    put(refund, commute, "Ride", edda)
    happened(6, commute)
    archive_placement(placed(commute, "Ride"), by=edda)
    happened(5, commute)
    restore_placement(placed(commute, "Ride"), by=edda)
    happened(4, commute)
    now = Journey.objects.get(pk=refund.pk)
    set_parent(now, version=now.edition, by=edda)
    happened(3, commute)
    create_journey(workspace, by=edda, name="Queue", parent_placement=placed(commute, "Wait"))
    happened(2, commute)
    seen = [[opens(commute, name, days) for name in ("Wait", "Ride") if days != 5] for days in range(9, 0, -1)]
    assert seen == [
        ["Refund", ""],
        ["", ""],
        ["Refund", ""],
        ["", "Refund"],
        [],
        ["", "Refund"],
        ["", ""],
        ["Queue", ""],
        ["Queue", ""],
    ]


def test_one_that_comes_back_to_a_taken_place_was_there_before(
    commute: Journey, refund: Journey, workspace: Workspace, edda: User
) -> None:
    archive_journey(refund, by=edda)
    put(drawn(workspace, edda, "Delay"), commute, "Wait", edda)
    happened(5, commute)
    restore_journey(refund, by=edda)
    assert [opens(commute, "Wait", days) for days in (6, 5, 1)] == ["Refund", "Delay", "Delay"]


def test_a_phase_shows_it_beside(commute: Journey, refund: Journey, edda: User) -> None:
    put(refund, commute, "purchase", edda)
    happened(3, commute)
    before, after = (then(commute, days).phases[2].opens for days in (4, 3))
    assert before is None
    assert after is not None
    assert (after.name, after.number) == ("Refund", 60)


def test_a_link_of_before_the_history_kept_it_has_always_been_there(commute: Journey, refund: Journey) -> None:
    Change.objects.filter(verb="open").delete()
    assert opens(commute, "Wait", 19) == "Refund"


def test_what_has_been_purged_is_left_out(commute: Journey, refund: Journey, edda: User) -> None:
    archive_journey(refund, by=edda)
    happened(3, commute)
    assert opens(commute, "Wait", 4) == "Refund"
    purge_archived(clock.now() + 31 * DAY)
    assert not Journey.objects.filter(pk=refund.pk).exists()
    assert (opens(commute, "Wait", 4), then(commute, 4).health.number) == ("", None)


def test_the_page_and_programs_are_told_the_same(
    commute: Journey, refund: Journey, sign_in: SignIn, vik: User, tess: Client
) -> None:
    day = days_ago(commute, 5)
    html = sign_in(vik).get(address("journey", commute), {"on": str(day)}).content.decode()
    assert "from Refund" in said(html)
    assert f'href="{address("journey", refund)}?on={day}"' in html, "whoever goes down stays on that day"
    past = tess.get(url(commute), as_of(day)).json()
    wait = stations(past)["Wait"]["opens"]
    assert (wait["journey"], wait["score"], wait["stands_for"]["score"]) == (refund.pk, 60, 60)
    assert past["health"]["score"] == 60
    earlier = tess.get(url(commute), as_of(days_ago(commute, 10))).json()
    assert stations(earlier)["Wait"]["opens"] is None


def test_the_history_says_it_in_words(commute: Journey, refund: Journey, edda: User, sign_in: SignIn) -> None:
    put(refund, commute, "purchase", edda)
    words = said(sign_in(edda).get(address("changes", commute)).content.decode())
    for sentence in ("“Wait” opens “Refund”", "“Wait” no longer opens “Refund”", "“Purchase” opens “Refund”"):
        assert sentence in words


def test_undo_of_the_map_leaves_links_alone_and_they_are_in_nobodys_way(
    commute: Journey, edda: User, ada: User, workspace: Workspace
) -> None:
    move_placement(placed(commute, "Wait"), to_phase=phase(commute, "purchase"), after=None, version=1, by=edda)
    refund = put(drawn(workspace, edda, "Refund"), commute, "Wait", ada)
    put(refund, commute, "purchase", edda)
    undone = next_to_undo(latest(commute, edda))
    assert undone is not None
    assert undone.verb == "move"
    undo_change(commute, by=edda)
    assert placed(commute, "Wait").phase.kind == "retention"
    opened = Change.objects.filter(journey=commute, verb="open").latest("revision")
    with pytest.raises(Refused, match="in its own form"):
        restore_before(commute, opened, by=edda)


def test_an_archived_map_above_remembers_it_too(commute: Journey, refund: Journey, edda: User) -> None:
    archive_journey(commute, by=edda)
    now = Journey.objects.get(pk=refund.pk)
    set_parent(now, version=now.edition, by=edda)
    happened(3, commute)
    restore_journey(commute, by=edda)
    assert [opens(commute, "Wait", days) for days in (4, 3)] == ["Refund", ""]


def test_a_comparison_of_days_is_of_what_touchpoints_say_themselves(
    commute: Journey, refund: Journey, tess: Client
) -> None:
    days = {"kind": "days", "since": str(days_ago(commute, 5)), "as_of": str(days_ago(commute, 4))}
    told = tess.get(f"/api/v1/journeys/{commute.pk}/compare/", days).json()
    assert "not known on both days" in told["sentence"]


def test_statements_do_not_grow_with_what_lay_below(workspace: Workspace, edda: User) -> None:
    def statements(journey: Journey) -> int:
        phases = the_phases(journey)
        with CaptureQueriesContext(connection) as counted:
            map_on(journey, phases, day=days_ago(journey, 1))
        return len(counted)

    journeys = chain(workspace, edda, 5)
    many = drawn(workspace, edda, "Many", purchase=" ".join(f"M{number}" for number in range(12)))
    for number in range(12):
        put(drawn(workspace, edda, f"Part {number}", retention=f"P{number} Q{number}"), many, f"M{number}", edda)
    Change.objects.update(at=clock.now() - 9 * DAY)
    assert statements(journeys[0]) == statements(journeys[4]) == statements(many) == 4

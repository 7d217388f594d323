"""Contacts, visits and complaints are counted without asking; complaints and unfinished visits become health."""

import datetime
from functools import partial

import pytest

from feedback.actions import Used, record_usage
from feedback.actions.recount import differences, repair
from feedback.models import UsageDay
from tests.answering import TODAY, health, new_touchpoint
from tests.elsewhere import failures
from touchpoints.actions import close_days
from touchpoints.models import DailyCell, Observation, Window
from workspaces.errors import Refused

DAY = datetime.timedelta(days=1)


def used(touchpoint, days_ago=0, source="counter", **counts):
    return Used(source, touchpoint.subject_id, TODAY - days_ago * DAY, **counts)


def part(score, component):
    (found,) = [part for part in score.parts if part["component"] == component]
    return found


def test_visits_become_completion(at, workspace, delays):
    assert record_usage(workspace, [used(delays, number, visits=100, completed=80) for number in range(10)]) == 10
    score = health(delays)
    completion = part(score, "completion")
    assert completion["rate"]["observed"] == 0.2
    assert completion["rate"]["expected"] == pytest.approx((200 + 50 * 0.3) / 1050)
    assert (score.answers, score.observations, score.known) == (0, 1000, True)
    assert not list(differences(workspace))


def test_complaints_apply_among_contacts_only(at, workspace, delays, given):
    given(delays, 1, 2, 3, metric="complaint")
    assert health(delays).parts == []
    record_usage(workspace, [used(delays, contacts=300)])
    complaints = part(health(delays), "complaints")
    assert (complaints["rate"]["observed"], complaints["answers"]) == (0.01, 300)
    assert not list(differences(workspace))


def test_counted_complaints_move_the_rate_beside_single_ones(at, workspace, delays, given):
    record_usage(workspace, [used(delays, contacts=300)])
    given(delays, 2, metric="complaint")
    before = health(delays).score
    record_usage(workspace, [used(delays, source="crm", complaints=5)])
    score = health(delays)
    complaints = part(score, "complaints")
    assert (complaints["rate"]["observed"], complaints["answers"]) == (6 / 300, 300)
    assert score.score < before
    assert not list(differences(workspace))
    cell = DailyCell.objects.get(metric="complaint")
    assert (cell.scale, cell.counts) == ("1-3", [5, 1, 0])


def test_complaints_are_counted_down_again(at, workspace, delays, given):
    record_usage(workspace, [used(delays, contacts=300, complaints=5)])
    health(delays)
    assert record_usage(workspace, [used(delays, contacts=300, complaints=2)]) == 1
    assert not list(differences(workspace))  # before it is folded as well
    assert part(health(delays), "complaints")["rate"]["observed"] == 2 / 300
    assert record_usage(workspace, [used(delays, contacts=300)]) == 1
    assert part(health(delays), "complaints")["rate"]["observed"] == 0
    assert not list(differences(workspace))


def test_what_is_stored_otherwise_is_found_and_repaired(at, workspace, delays):
    record_usage(workspace, [used(delays, contacts=300, complaints=5)])
    health(delays)
    UsageDay.objects.update(complaints=6)
    assert "complaint" in str([one.what for one in differences(workspace)])
    repair([delays.subject_id])
    assert not list(differences(workspace))
    assert part(health(delays), "complaints")["rate"]["observed"] == 6 / 300


def test_a_later_count_takes_the_place_of_the_one_before(at, workspace, delays):
    record_usage(workspace, [used(delays, contacts=300, visits=10, completed=9)])
    health(delays)
    assert record_usage(workspace, [used(delays, contacts=280, visits=12, completed=9)]) == 1
    assert health(delays).observations == 292
    assert record_usage(workspace, [used(delays)]) == 1
    assert health(delays).parts == []
    assert not list(differences(workspace))


def test_twice_is_harmless_and_wakes_nobody(at, workspace, delays):
    record_usage(workspace, [used(delays, contacts=300)])
    health(delays)
    assert record_usage(workspace, [used(delays, contacts=300)]) == 0
    assert not Observation.objects.exists()
    assert UsageDay.objects.get().contacts == 300


def test_two_sources_add_up(at, workspace, delays):
    record_usage(workspace, [used(delays, contacts=300), used(delays, source="web", contacts=20)])
    assert part(health(delays), "complaints")["answers"] == 320


def test_complaints_look_as_far_back_as_the_contacts_among_which_they_are_counted(at, workspace, delays, given):
    record_usage(workspace, [used(delays, number, contacts=10) for number in range(200)])
    given(delays, 1, metric="complaint", occurred_at=TODAY - 100 * DAY)
    health(delays)
    at.pass_days(1)
    close_days()
    assert set(Window.objects.values_list("metric", "table")) == {("contact", "flat-90"), ("complaint", "flat-90")}
    assert part(health(delays), "complaints")["rate"]["observed"] == 0
    assert not list(differences(workspace))


@pytest.mark.parametrize(
    "wrong",
    [
        {"contacts": -1},
        {"visits": 1, "completed": 2},
        {"contacts": 10_000_001},
        {"complaints": -1},
        {"complaints": 10_000_001},
        {"source": ""},
        {"source": "x" * 81},
        {"days_ago": -2},
        {"days_ago": 30_000},
        {"persona": 99999},
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_stored(at, workspace, delays, wrong):
    right = used(delays, contacts=1)
    with pytest.raises(Refused, match="Row 2:"):
        record_usage(workspace, [right, used(delays, **wrong)])
    assert not UsageDay.objects.exists()
    assert not Observation.objects.exists()


def test_another_workspaces_touchpoint_is_not_here(at, workspace, elsewhere):
    theirs = new_touchpoint(elsewhere, "Tram stop")
    with pytest.raises(Refused, match="not in this workspace"):
        record_usage(workspace, [used(theirs, contacts=1)])


@pytest.mark.django_db(transaction=True)
def test_of_five_at_once_one_counts(at, workspace, delays):
    rows = [used(delays, number, contacts=300) for number in range(3)]
    assert failures(*[partial(record_usage, workspace, rows)] * 5) == []
    assert part(health(delays), "complaints")["answers"] == 900
    assert not list(differences(workspace))

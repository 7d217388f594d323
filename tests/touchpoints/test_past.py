"""Any score as of any day, counted anew; beside what was known then."""

import datetime

import pytest

from tests.answering import TODAY, health, new_touchpoint
from touchpoints.actions import change_rule, close_days
from touchpoints.models import HealthDay, Touchpoint
from touchpoints.past import restated
from touchpoints.tasks import apply_rule
from workspaces.models import Job

DAY = datetime.timedelta(days=1)


def as_of(touchpoint, *days_ago, persona=None):
    return restated([touchpoint.subject_id], [TODAY - days * DAY for days in days_ago], persona=persona)[
        touchpoint.subject_id
    ]


def test_as_of_today_it_is_the_score(at, workspace, delays, given, commuter):
    given(delays, 1, 2, 3, 4, 5, 5, persona=commuter)
    given(delays, 7, 6, metric="ces")
    for persona in (None, commuter):
        score = health(delays, persona)
        (found,) = as_of(delays, 0, persona=persona)
        assert (found.health.score, found.health.sd, found.known) == (score.score, score.sd, score.known)


@pytest.mark.parametrize("decay", [False, True])
def test_each_days_close_is_what_it_would_be_now_when_nothing_came_late(at, workspace, olga, delays, given, decay):
    if decay:
        change_rule(workspace, number=0, by=olga, decay=True)
        apply_rule(Job.objects.get().pk)
    for number in range(4):
        given(delays, *[2 + number] * 6, occurred_at=TODAY + number * DAY)
        health(delays)
        at.pass_days(1)
        close_days()
    known_then = list(HealthDay.objects.order_by("day").values_list("score", "known"))
    found = as_of(delays, 0, -1, -2, -3)
    assert [(one.health.score, one.known) for one in found] == known_then


def test_what_came_late_restates_the_day_but_not_what_was_known_then(at, workspace, delays, given):
    given(delays, *[5] * 6)
    health(delays)
    at.pass_days(1)
    close_days()
    given(delays, *[1] * 20, occurred_at=TODAY)
    health(delays)
    (found,) = as_of(delays, 0)
    assert found.health.score < 40 < HealthDay.objects.get().score


def test_before_the_first_answer_nothing_is_known(at, workspace, delays, given):
    given(delays, *[5] * 6, occurred_at=TODAY - 10 * DAY)
    health(delays)
    before, on_the_day, later = as_of(delays, 11, 10, 9)
    assert (before.health, before.known) == (None, False)
    assert on_the_day.known
    assert on_the_day.health == later.health


def test_what_was_never_heard_of_has_no_entry(at, workspace, delays):
    assert restated([delays.subject_id], [TODAY]) == {}
    assert restated([], []) == {}


def test_a_year_of_fifty_touchpoints_takes_three_statements(at, workspace, given, django_assert_num_queries):
    many = [new_touchpoint(workspace, f"Stop {number}") for number in range(50)]
    for touchpoint in many:
        given(touchpoint, *[4] * 5)
    health(many[0])
    subjects = list(Touchpoint.objects.of(workspace).values_list("subject_id", flat=True))
    with django_assert_num_queries(3):
        found = restated(subjects, [TODAY - days * DAY for days in range(0, 365, 30)])
    assert len(found) == 50

"""How health differs between two personas or two days, by the one rule; and what was felt as of a day that is over."""

import datetime

import pytest

from tests.answering import TODAY, health
from touchpoints.actions import change_rule
from touchpoints.between import between_days, between_personas, window_between
from touchpoints.felt import felt_on
from touchpoints.health.changes import judge
from touchpoints.tasks import apply_rule
from workspaces.models import Job

DAY = datetime.timedelta(days=1)


def test_two_personas_are_told_apart_by_what_each_said(at, workspace, delays, given, commuter, tourist):
    given(delays, *[5] * 40, persona=commuter)
    given(delays, *[2] * 30, *[3] * 10, persona=tourist)
    given(delays, *[1] * 500)  # nobody knows by whom
    health(delays)
    change = judge(between_personas(workspace.pk, [delays.pk], commuter.pk, tourist.pk)[delays.pk])
    assert change.delta == pytest.approx(-68.75)
    assert change.verdict.name == "DOWN"
    back = between_personas(workspace.pk, [delays.pk], tourist.pk, commuter.pk)[delays.pk]
    assert back.delta == pytest.approx(68.75)


def test_below_thirty_answers_of_either_persona_no_difference_is_told(at, workspace, delays, given, commuter, tourist):
    given(delays, *[5] * 200, persona=commuter)
    given(delays, *[1] * 29, persona=tourist)
    health(delays)
    found = between_personas(workspace.pk, [delays.pk], commuter.pk, tourist.pk)[delays.pk]
    assert (found.delta, found.before, found.after) == (None, 200, 29)


def test_answers_that_weigh_less_with_age_are_not_compared(at, workspace, olga, delays, given, commuter, tourist):
    change_rule(workspace, number=0, by=olga, decay=True)
    apply_rule(Job.objects.get().pk)
    given(delays, *[5] * 40, persona=commuter)
    given(delays, *[1] * 40, persona=tourist)
    health(delays)
    assert between_personas(workspace.pk, [delays.pk], commuter.pk, tourist.pk) == {}


@pytest.mark.parametrize(("apart", "length"), [(200, 90), (90, 90), (30, 30)])
def test_windows_of_two_days_are_of_equal_length_and_never_overlap(at, workspace, delays, given, apart, length):
    a = TODAY - apart * DAY
    assert window_between(a, TODAY) == length
    for day, value in ((a - length * DAY, 1), (a - (length - 1) * DAY, 5), (a, 4), (TODAY - (length - 1) * DAY, 2)):
        given(delays, *[value] * 30, occurred_at=day)
    health(delays)
    found = between_days(workspace.pk, [delays.pk], a, TODAY)[delays.pk]
    assert (found.before, found.after) == (60, 30)
    assert found.delta == pytest.approx(25 - 87.5)


def test_two_days_of_one_persona(at, workspace, delays, given, commuter):
    given(delays, *[5] * 40, occurred_at=TODAY - 100 * DAY, persona=commuter)
    given(delays, *[3] * 40, persona=commuter)
    given(delays, *[1] * 99)
    health(delays)
    found = between_days(workspace.pk, [delays.pk], TODAY - 95 * DAY, TODAY, persona=commuter.pk)
    assert found[delays.pk].delta == pytest.approx(-50)


@pytest.mark.parametrize("decay", [False, True])
def test_what_was_felt_is_what_the_score_told_that_day(at, workspace, olga, delays, given, commuter, decay):
    if decay:
        change_rule(workspace, number=0, by=olga, decay=True)
        apply_rule(Job.objects.get().pk)
    given(delays, -2, 0, 1, 1, 2, metric="emotion", persona=commuter)
    given(delays, 2, 2, 0, 1, -1, metric="expectation")
    given(delays, 7, 6, 2, 1, 4, metric="ces")
    scores = {}
    for number in range(3):
        given(delays, *[number - 1] * 5, metric="emotion", occurred_at=TODAY + number * DAY)
        score = health(delays)
        scores[number] = score.perception, score.perception_source, score.expectation
        at.pass_days(1)
    score_of_commuter = health(delays, commuter)
    for number, (perception, source, expectation) in scores.items():
        found = felt_on(workspace.pk, [delays.pk], TODAY + number * DAY)[delays.pk]
        assert found.feelings.perception == pytest.approx(perception, abs=1e-9)
        assert found.feelings.expectation == pytest.approx(expectation, abs=1e-9)
        assert found.feelings.source == source
        assert found.ease == pytest.approx(50)
    hers = felt_on(workspace.pk, [delays.pk], at.today, persona=commuter.pk)[delays.pk]
    assert hers.feelings.perception == pytest.approx(score_of_commuter.perception, abs=1e-9)


def test_of_fewer_than_five_nothing_is_said(at, workspace, delays, given):
    given(delays, 1, 1, 2, 0, metric="emotion")
    given(delays, 1, 1, 2, 4, metric="ces")
    health(delays)
    found = felt_on(workspace.pk, [delays.pk], TODAY)[delays.pk]
    assert (found.feelings.perception, found.ease) == (None, None)

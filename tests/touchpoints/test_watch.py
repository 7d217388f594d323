"""The watch of the night: a series that got worse raises an alarm, once, that says since when and by how much."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from feedback.actions import record_responses
from tests.answering import TODAY, an_answer, new_touchpoint
from tests.cast import member_of
from tests.touchpoints.watching import (
    DAY,
    USUAL,
    WORSE,
    alarms,
    begin,
    chart_of,
    history,
    pass_day,
    pass_night,
    worsen,
)
from touchpoints.actions import acknowledge_alarm, archive_touchpoint, close_days, fold_all, watch
from touchpoints.actions.alarms import concerned
from touchpoints.health import alarms as arithmetic
from touchpoints.models import Alarm, Chart, StuckSubject, Subject

pytestmark = pytest.mark.usefixtures("no_doorbell")

CSAT = arithmetic.worths_of("csat", "1-5")


def test_a_chart_is_made_of_180_days_that_ended_28_days_ago(at, workspace, delays):
    chart = begin(at, delays)
    assert (chart.based_on, chart.last, chart.first) == (TODAY + DAY, TODAY - 27 * DAY, TODAY - 206 * DAY)
    assert (chart.counts, chart.answers, chart.per_day) == ([0, 0, 180, 180, 360], 720, 4)
    assert (chart.mean, chart.variance, chart.dispersion) == (81.25, 429.6875, 1)
    assert chart.begins == chart.last + DAY


def test_the_chart_is_reproduced_by_hand(at, workspace, delays):
    chart = begin(at, delays)
    pass_night(at)
    chart.refresh_from_db()
    norm = arithmetic.norm_of(CSAT, [[0, 0, 1, 1, 2]] * 180, 180)
    assert norm is not None
    weighing = arithmetic.weighing_of(CSAT, norm)
    assert weighing is not None
    assert (tuple(chart.usual), tuple(chart.evidence)) == (weighing.usual, weighing.evidence)
    assert [limit["threshold"] for limit in chart.limits] == [arithmetic.threshold(weighing, 30)]
    assert chart.limits[0]["quiet"] == 30  # one chart, one false alarm a month


def test_nothing_is_raised_while_all_is_as_usual(at, workspace, delays):
    begin(at, delays)
    for _ in range(10):
        pass_day(at, delays, *USUAL)
    assert alarms(workspace) == []
    assert (chart_of(delays).day, chart_of(delays).height) == (at.today - DAY, 0)


def test_what_got_worse_raises_one_alarm_with_its_change_date(at, workspace, delays):
    begin(at, delays)
    pass_day(at, delays, *USUAL)
    worse_from = at.today
    alarm = worsen(at, delays)
    assert (alarm.kind, alarm.state, alarm.metric, alarm.scale) == ("deterioration", "open", "csat", "1-5")
    assert (alarm.since, alarm.day) == (worse_from, at.today - DAY)
    assert (alarm.before, alarm.before_answers) == (81.25, 720)
    days = (at.today - worse_from).days
    assert alarm.after == pytest.approx(1000 / 24)
    assert alarm.after_answers == 6 * days
    for _ in range(3):
        pass_day(at, delays, *WORSE)
    assert alarms(workspace).count(("deterioration", "open")) == 1


def test_a_watch_twice_a_night_is_harmless(at, workspace, delays):
    begin(at, delays)
    worsen(at, delays)
    before = list(Alarm.objects.values())
    assert watch() == 0
    Subject.objects.get(pk=delays.subject_id).watch.delete()
    assert watch() == 1
    assert list(Alarm.objects.values()) == before


def test_the_watch_waits_for_the_close_of_the_day(at, workspace, delays):
    history(delays)
    at.pass_days(1)
    assert watch() == 0
    close_days()
    assert (watch(), watch()) == (1, 0)


def test_what_has_too_few_answers_is_not_watched(at, workspace, delays):
    history(delays, days=48 + 28)
    pass_night(at)
    assert chart_of(delays) is None
    pass_day(at, delays, *USUAL)
    pass_night(at)
    assert chart_of(delays).answers == 200


def test_what_is_expected_has_no_chart(at, workspace, delays):
    for metric, value in (("expectation", 1), ("expectation", 2)):
        record_responses(
            workspace,
            [an_answer(delays, value, metric=metric, occurred_at=TODAY - day * DAY) for day in range(30, 150)],
        )
    fold_all()
    pass_night(at)
    assert chart_of(delays) is None


def test_personas_are_watched_together(at, workspace, delays, commuter):
    rows = [
        an_answer(delays, 5 if day % 3 else 3, occurred_at=TODAY - day * DAY, persona=who)
        for day in range(30, 150)
        for who in (commuter, None)
    ]
    record_responses(workspace, rows)
    fold_all()
    pass_night(at)
    assert chart_of(delays).answers == 240


@pytest.mark.parametrize("kind", ["journey", "workspace"])
def test_journeys_and_the_workspace_are_watched_too(at, workspace, olga, kind):
    about = new_touchpoint(workspace, "Stands in for the answers' subject")
    Subject.objects.filter(pk=about.subject_id).update(kind=kind)
    begin(at, about)
    alarm = worsen(at, about)
    assert concerned(alarm.subject) == [member_of(workspace, olga)]


def test_what_is_archived_is_not_watched(at, workspace, delays, edda):
    archive_touchpoint(delays, by=edda)
    history(delays)
    pass_night(at)
    assert chart_of(delays) is None


def test_false_alarms_are_shared_by_all_charts(at, workspace, delays, counter):
    begin(at, delays)
    pass_night(at)
    alone = chart_of(delays).limits
    history(counter, until=at.today)
    pass_night(at)
    pass_night(at)
    first, second = chart_of(delays).limits
    assert [first] == alone
    assert (first["quiet"], second["quiet"]) == (30, 60)
    assert second["threshold"] > first["threshold"]
    assert second["from"] == (at.today - DAY).isoformat()  # what was judged before stays judged


def test_more_false_alarms_find_a_loss_sooner(at, workspace, delays):
    workspace.false_alarms = Decimal("0.1")
    workspace.save()
    begin(at, delays)
    pass_night(at)
    rare = chart_of(delays).limits[-1]
    workspace.false_alarms = Decimal(10)
    workspace.save()
    pass_night(at)
    often = chart_of(delays).limits[-1]
    assert (rare["quiet"], often["quiet"]) == (300, 3)
    assert often["threshold"] < rare["threshold"]


def test_an_acknowledged_loss_is_the_new_norm(at, workspace, delays, edda):
    begin(at, delays)
    alarm = worsen(at, delays)
    acknowledge_alarm(alarm, by=edda)
    assert chart_of(delays) is None
    pass_night(at)
    chart = chart_of(delays)
    assert (chart.first, chart.last, chart.begins) == (alarm.since, at.today - DAY, at.today)
    assert chart.mean == pytest.approx(1000 / 24)
    for _ in range(10):
        pass_day(at, delays, *WORSE)
    assert alarms(workspace).count(("deterioration", "open")) == 0
    assert (chart_of(delays).pk, chart_of(delays).height) == (chart.pk, 0)
    assert worsen_further(at, delays).since > alarm.day


def worsen_further(at, delays):
    """It gets worse than what was acknowledged."""
    for _ in range(30):
        pass_day(at, delays, 1, 1, 2, 1, 1)
        if new := Alarm.objects.filter(kind="deterioration", state="open").first():
            return new
    raise AssertionError("No alarm was raised.")


def test_an_old_and_quiet_chart_gives_way_to_a_newer_one(at, workspace, delays):
    old = begin(at, delays)
    history(delays, days=100, until=TODAY + 100 * DAY)
    for days in (89, 1):
        assert chart_of(delays).pk == old.pk
        at.pass_days(days - 1)
        pass_night(at)
    chart = chart_of(delays)
    assert (chart.based_on, chart.last) == (at.today, at.today - 28 * DAY)
    old.refresh_from_db()
    assert old.ended_on == at.today
    assert alarms(workspace) == []


def test_a_chart_of_which_nothing_is_heard_any_more_ends(at, workspace, delays):
    begin(at, delays)
    at.pass_days(300)
    pass_night(at)
    assert chart_of(delays) is None


def test_late_answers_restate_an_alarm_and_may_bring_it_back(at, workspace, delays):
    begin(at, delays)
    alarm = worsen(at, delays)
    record_responses(workspace, [an_answer(delays, 5, occurred_at=alarm.day) for _ in range(60)])
    pass_night(at)
    alarm.refresh_from_db()
    assert (alarm.state, alarm.restated_at) == ("restated", at.now)
    record_responses(workspace, [an_answer(delays, 1, occurred_at=alarm.since) for _ in range(60)])
    pass_night(at)
    alarm.refresh_from_db()
    assert (alarm.state, alarm.restated_at) == ("open", None)
    assert Alarm.objects.filter(kind="deterioration").count() == 1


def test_an_acknowledged_alarm_is_restated_as_well(at, workspace, delays, edda):
    begin(at, delays)
    alarm = acknowledge_alarm(worsen(at, delays), by=edda)
    record_responses(workspace, [an_answer(delays, 5, occurred_at=alarm.day) for _ in range(60)])
    pass_night(at)
    alarm.refresh_from_db()
    assert (alarm.state, alarm.acknowledged_by) == ("restated", edda)


def test_an_alarm_that_only_late_answers_raise_is_raised_then(at, workspace, delays):
    begin(at, delays)
    for _ in range(6):
        pass_day(at, delays, *USUAL)
    late = at.today - 5 * DAY
    record_responses(workspace, [an_answer(delays, 1, occurred_at=late) for _ in range(20)])
    pass_night(at)
    alarm = Alarm.objects.get(kind="deterioration")
    assert (alarm.since, alarm.day, alarm.raised_at) == (late, late, at.now)


def test_a_night_takes_as_many_statements_for_many_as_for_few(at, workspace, delays, counter):
    begin(at, delays)
    taken = []
    for new in (1, 5):
        for number in range(new):
            history(new_touchpoint(workspace, f"Stop {new} {number}"), until=at.today)
        at.pass_days(1)
        close_days()
        with CaptureQueriesContext(connection) as statements:
            watch()
        taken.append(len(statements))
    assert taken[0] == taken[1]


def test_what_cannot_be_watched_holds_up_no_other(at, workspace, delays, counter):
    for about in (delays, counter):
        history(about)
    pass_night(at)
    chart = chart_of(delays)
    Chart.objects.filter(pk=chart.pk).update(limits=[{"from": "no day"}])
    pass_night(at)
    assert chart_of(counter).day == at.today - DAY
    assert StuckSubject.objects.get().subject_id == delays.subject_id

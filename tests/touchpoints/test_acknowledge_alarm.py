"""Acknowledging an alarm: who saw it and when, and that its series is watched anew."""

import datetime

import pytest

from tests.touchpoints.watching import begin, worsen
from touchpoints.actions import acknowledge_alarm
from touchpoints.models import Alarm, Chart
from workspaces.errors import Refused, Stale
from workspaces.models import ApiToken, AuditEntry

pytestmark = pytest.mark.usefixtures("no_doorbell")


@pytest.fixture
def alarm(at, workspace, delays):
    """CSAT of the delay information got worse."""
    begin(at, delays)
    return worsen(at, delays)


def test_it_says_who_saw_it_and_when(at, alarm, edda):
    seen = acknowledge_alarm(alarm, by=edda, note="The new app; fixed on Monday")
    assert (seen.state, seen.acknowledged_by, seen.acknowledged_at) == ("acknowledged", edda, at.now)
    assert seen.note == "The new app; fixed on Monday"
    assert AuditEntry.objects.filter(verb="alarm.acknowledge", actor=edda, target=f"alarm {alarm.pk}").exists()


def test_its_chart_ends(at, alarm, edda):
    acknowledge_alarm(alarm, by=edda)
    assert Chart.objects.get().ended_on == at.today


def test_twice_is_harmless(at, alarm, edda, ada):
    acknowledge_alarm(alarm, by=edda, note="Seen")
    at.now += datetime.timedelta(hours=1)
    again = acknowledge_alarm(alarm, by=ada, note="Me too", version=1)
    assert (again.acknowledged_by, again.note, again.version) == (edda, "Seen", 2)
    assert AuditEntry.objects.filter(verb="alarm.acknowledge").count() == 1


def test_a_program_may_acknowledge(alarm, workspace, tess):
    token = ApiToken.objects.of(workspace).get()
    assert acknowledge_alarm(alarm, by=token).acknowledged_by_whom == token


def test_an_alarm_that_was_changed_meanwhile_is_stale(alarm, edda):
    Alarm.objects.update(version=2)
    with pytest.raises(Stale):
        acknowledge_alarm(alarm, by=edda, version=1)


def test_what_late_answers_took_back_is_not_acknowledged(at, alarm, edda):
    Alarm.objects.update(state="restated", restated_at=at.now)
    with pytest.raises(Refused, match="taken this alarm back"):
        acknowledge_alarm(alarm, by=edda)


def test_good_news_need_no_acknowledgement(alarm, edda):
    Alarm.objects.update(state="noted")
    assert acknowledge_alarm(alarm, by=edda).acknowledged_at is None

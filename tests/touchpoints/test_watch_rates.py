"""Rates are watched as answers are: how many complete, and how many of those in contact complain."""

import pytest

from tests.answering import TODAY
from tests.touchpoints.watching import DAY, chart_of, pass_night, used
from touchpoints.models import Alarm

pytestmark = pytest.mark.usefixtures("no_doorbell")


@pytest.mark.parametrize(
    ("metric", "usual", "worse", "before", "after"),
    [
        ("visit", {"visits": 40, "completed": 30}, {"visits": 40, "completed": 20}, 75, 50),
        ("complaint", {"contacts": 100, "complaints": 2}, {"contacts": 100, "complaints": 10}, 98, 90),
    ],
)
def test_rates_are_watched_too(at, workspace, delays, metric, usual, worse, before, after):
    """Completion among closed visits, and complaints among contacts."""
    used(delays, *(TODAY - day * DAY for day in range(208)), **usual)
    pass_night(at)
    assert chart_of(delays).metric == metric
    for _ in range(6):
        used(delays, at.today, **worse)
        pass_night(at)
    alarm = Alarm.objects.get(kind="deterioration")
    assert (alarm.metric, alarm.since, alarm.before, alarm.after) == (metric, TODAY + DAY, before, after)


def test_complaints_without_contacts_have_no_rate(at, workspace, delays):
    used(delays, *(TODAY - day * DAY for day in range(208)), complaints=2)
    pass_night(at)
    assert chart_of(delays) is None

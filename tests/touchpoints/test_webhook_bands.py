"""Programs are told when a touchpoint is shown in another band, and of alarms: once each."""

import pytest

from tests.answering import health
from tests.cast import SignIn
from tests.receiving import told_of
from tests.rest import Rest
from tests.touchpoints.watching import pass_day, pass_night
from touchpoints.actions import close_days, fold_all
from touchpoints.health.bands import band_of, shown_number
from touchpoints.models import Alarm, HealthScore, Subject
from workspaces.actions import edit_workspace

pytestmark = pytest.mark.usefixtures("no_doorbell")


def changes():
    """From which band to which, oldest first."""
    told = [data["touchpoint"] for data in told_of("health.band_changed")]
    return [(one["was"], one["became"]) for one in told]


def test_each_change_of_the_band_that_is_shown_is_told_once(at, workspace, delays, given, receiver, webhook, tess):
    webhook(receiver, "health.band_changed")
    given(delays, *[4] * 4)
    fold_all()
    assert changes() == []
    given(delays, *[4] * 26)
    score = health(delays)
    assert changes() == [(None, "good")]
    (told,) = [data["touchpoint"] for data in told_of("health.band_changed")]
    assert told == {
        "id": delays.pk,
        "was": None,
        "became": "good",
        "score": shown_number(score.score or 0),
        "score_version": score.version,
        "day": at.today.isoformat(),
        "api": f"http://127.0.0.1:8000/api/v1/touchpoints/{delays.pk}/",
        "page": f"http://127.0.0.1:8000/w/lindbahn/touchpoints/{delays.pk}/",
    }
    assert Rest(tess).get(f"touchpoints/{delays.pk}/").status_code == 200
    given(delays, 4)
    fold_all()
    fold_all()
    assert len(changes()) == 1
    given(delays, *[1] * 60)
    assert band_of(shown_number(health(delays).score or 0)) == "critical"
    assert changes() == [(None, "good"), ("good", "critical")]


def test_the_workspace_s_own_borders_count(at, workspace, delays, given, olga, receiver, webhook):
    webhook(receiver, "health.band_changed")
    edit_workspace(workspace, version=workspace.version, by=olga, weak_from=1, good_from=2, strong_from=3)
    given(delays, *[4] * 30)
    fold_all()
    given(delays, *[2] * 20)
    fold_all()
    assert changes() == [(None, "strong")]


def test_what_the_night_changes_is_told_too(at, workspace, delays, given, receiver, webhook):
    webhook(receiver, "health.band_changed")
    given(delays, *[4] * 30, occurred_at=at.today)
    fold_all()
    at.pass_days(400)
    for _ in range(2):
        close_days()
    assert HealthScore.objects.get(persona=None).known is False
    assert changes() == [(None, "good"), ("good", None)]


def test_only_touchpoints_are_told_of(at, workspace, delays, given, receiver, webhook):
    webhook(receiver, "health.band_changed")
    delays.subject = Subject.objects.get_or_create(workspace=workspace, kind="workspace")[0]
    given(delays, *[4] * 30)
    fold_all()
    assert HealthScore.objects.get(persona=None).known
    assert changes() == []


def test_an_alarm_is_told_when_it_is_raised(at, workspace, delays, receiver, webhook, tess, ada, sign_in: SignIn):
    webhook(receiver, "alarm.raised")
    pass_day(at, delays, *[4] * 30)
    pass_day(at, delays, *[1] * 20)
    pass_night(at)
    alarm = Alarm.objects.get()
    (told,) = [data["alarm"] for data in told_of("alarm.raised")]
    assert told == {
        "id": alarm.pk,
        "kind": "band",
        "state": "open",
        "touchpoint": delays.pk,
        "metric": "",
        "cause": "",
        "was": "good",
        "became": "weak",
        "day": alarm.day.isoformat(),
        "since": alarm.since.isoformat(),
        "api": f"http://127.0.0.1:8000/api/v1/alarms/{alarm.pk}/",
        "page": f"http://127.0.0.1:8000/w/lindbahn/alarms/{alarm.pk}/",
    }
    assert Rest(tess).get(f"alarms/{alarm.pk}/").status_code == 200
    assert sign_in(ada).get(told["page"].partition(":8000")[2]).status_code == 200

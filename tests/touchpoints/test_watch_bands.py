"""Steps from band to band that people are told of, and who is told."""

import pytest

from tests.answering import TODAY
from tests.cast import member_of
from tests.touchpoints.watching import DAY, pass_day, pass_night, used
from touchpoints.actions import close_days, fold_all, watch
from touchpoints.actions.alarms import concerned
from touchpoints.models import Alarm, Subject
from workspaces.actions import create_team

pytestmark = pytest.mark.usefixtures("no_doorbell")


def bands(workspace):
    """From which band to which, and the state of each such alarm."""
    found = Alarm.objects.of(workspace).filter(kind="band").order_by("id")
    return list(found.values_list("was", "became", "state"))


def test_a_step_down_in_band_is_raised_and_one_up_is_noted(at, workspace, delays):
    pass_day(at, delays, *[4] * 30)  # 74
    pass_day(at, delays, *[1] * 10)  # 57.5 and still good, as people were told
    assert bands(workspace) == []
    pass_day(at, delays, *[1] * 10)
    assert bands(workspace) == [("good", "weak", "open")]
    alarm = Alarm.objects.get(kind="band")
    assert alarm.before > 55 > alarm.after > 40
    assert (alarm.day, alarm.since, alarm.before_answers, alarm.after_answers) == (
        at.today - DAY,
        at.today - DAY,
        40,
        50,
    )
    pass_night(at)
    pass_day(at, delays, *[5] * 60)
    assert bands(workspace) == [("good", "weak", "open"), ("weak", "good", "noted")]


def test_what_was_before_anybody_watched_is_no_news(at, workspace, delays, given):
    for value in (5, 1):
        given(delays, *[value] * 30, occurred_at=at.today)
        fold_all()
        at.pass_days(1)
        close_days()
    watch()
    assert bands(workspace) == []


def test_who_owns_a_touchpoint_is_told(at, workspace, delays, olga, ada, edda, vik):
    def told():
        return [member.user for member in concerned(Subject.objects.get(pk=delays.subject_id))]

    assert told() == [olga, ada]
    delays.owner_member = member_of(workspace, edda)
    delays.save()
    assert told() == [edda]
    team = create_team(workspace, name="Operations", members=[member_of(workspace, vik)], by=olga)
    delays.owner = team
    delays.save()
    assert told() == [vik]
    team.members.clear()
    assert told() == [olga, ada]


def test_what_is_known_by_its_use_alone_steps_as_well(at, workspace, delays):
    """Nobody was asked: visits are observations, and its score is shown."""
    used(delays, TODAY, visits=200, completed=180)
    pass_night(at)
    used(delays, at.today, visits=2000, completed=100)
    pass_night(at)
    alarm = Alarm.objects.get(kind="band")
    assert (alarm.state, alarm.day) == ("open", at.today - DAY)
    assert (alarm.before_answers, alarm.after_answers) == (0, 0)

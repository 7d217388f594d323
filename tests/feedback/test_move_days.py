"""A workspace comes to another time zone: its answers come to the days that they were given on there."""

import datetime
import zoneinfo

import pytest

from feedback.actions.recount import differences
from feedback.models import Submission
from feedback.tasks import move_answers
from tests.answering import NOON, TODAY, health
from touchpoints.actions import close_days
from touchpoints.models import HealthDay, Observation
from workspaces.actions import MOVE_DAYS, edit_workspace
from workspaces.models import Job, JobState

DAY = datetime.timedelta(days=1)
LATE = datetime.datetime(2026, 3, 14, 23, 30, tzinfo=datetime.UTC)  # half past midnight in Berlin


def moved_to(workspace, zone, by):
    """The job of moving there, once a worker has done it, and the workspace."""
    workspace = edit_workspace(workspace, version=workspace.version, by=by, time_zone=zone)
    job = Job.objects.filter(kind=MOVE_DAYS).latest("pk")
    move_answers(job.pk)
    job.refresh_from_db()
    return job, workspace


def days():
    return sorted(Submission.objects.values_list("day", flat=True))


def test_answers_go_to_their_days_there(at, workspace, olga, delays, given):
    given(delays, 4, occurred_at=LATE)
    given(delays, 2, occurred_at=NOON)
    health(delays)
    assert days() == [TODAY, TODAY]
    job, _ = moved_to(workspace, "America/New_York", olga)
    assert (job.state, days()) == (JobState.DONE, [TODAY - DAY, TODAY])
    assert not list(differences(workspace))
    assert health(delays).answers == 2
    assert not list(differences(workspace))


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "Pacific/Honolulu", "Asia/Kolkata"])
def test_a_mere_date_stays_that_date(at, workspace, olga, delays, given, zone):
    given(delays, *[4] * 5, occurred_at=TODAY - 3 * DAY)
    moved_to(workspace, zone, olga)
    assert days() == [TODAY - 3 * DAY] * 5
    (moment,) = set(Submission.objects.values_list("occurred_at", flat=True))
    assert moment.astimezone(zoneinfo.ZoneInfo(zone)).hour == 12
    assert not list(differences(workspace))


def test_there_and_back_is_as_before(at, workspace, olga, delays, given):
    for hours in range(0, 96, 7):
        given(delays, 3, occurred_at=LATE - datetime.timedelta(hours=hours))
    before = health(delays).parts, days()
    _, workspace = moved_to(workspace, "Pacific/Honolulu", olga)
    assert days() != before[1]
    health(delays)
    assert not list(differences(workspace))
    moved_to(workspace, "Europe/Berlin", olga)
    assert (health(delays).parts, days()) == before
    assert not list(differences(workspace))


def test_to_the_west_a_score_goes_back_to_the_day_that_it_is_there(at, workspace, olga, delays, given):
    at.now = datetime.datetime(2026, 3, 15, 0, 30, tzinfo=datetime.UTC)
    given(delays, *[4] * 5, occurred_at=TODAY - 2 * DAY)
    health(delays)
    at.pass_days(1)
    close_days()
    assert HealthDay.objects.get().day == TODAY
    moved_to(workspace, "America/Los_Angeles", olga)
    assert health(delays).day == TODAY
    assert not HealthDay.objects.exists()
    assert not list(differences(workspace))
    at.pass_days(1)
    close_days()
    assert HealthDay.objects.get().day == TODAY
    assert not list(differences(workspace))


def test_done_twice_it_moves_once(at, workspace, olga, delays, given):
    given(delays, 4, occurred_at=LATE)
    health(delays)
    job, _ = moved_to(workspace, "America/New_York", olga)
    health(delays)
    Job.objects.update(state=JobState.WAITING)
    move_answers(job.pk)
    assert not Observation.objects.exists()
    assert not list(differences(workspace))


def test_a_second_move_waits_for_the_first(at, workspace, olga, delays, given):
    given(delays, 4, occurred_at=LATE)
    workspace = edit_workspace(workspace, version=workspace.version, by=olga, time_zone="America/New_York")
    edit_workspace(workspace, version=workspace.version, by=olga, time_zone="Asia/Tokyo")
    first, second = Job.objects.filter(kind=MOVE_DAYS).order_by("pk")
    move_answers(second.pk)
    second.refresh_from_db()
    assert second.state == JobState.WAITING
    move_answers(first.pk)
    assert days() == [TODAY - DAY]
    move_answers(second.pk)
    assert days() == [TODAY]
    assert not list(differences(workspace))


def test_the_same_zone_moves_nothing(workspace, olga):
    edit_workspace(workspace, version=workspace.version, by=olga, time_zone="Europe/Berlin", name="Lindbahn AG")
    assert not Job.objects.exists()

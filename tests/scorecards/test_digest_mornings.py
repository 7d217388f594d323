"""The digest comes by mail on the local mornings that a member has chosen, once, and only when there is news."""

import datetime

import pytest
from django.core import mail
from django.urls import reverse

from tests.answering import TODAY, Clock, Given
from tests.cast import SignIn, joined, member_of
from tests.scorecards.mailed import MONDAY, happen, newest, told
from touchpoints.actions import fold_all
from touchpoints.models import Touchpoint
from workspaces.actions import choose_digest_days, remove_member
from workspaces.models import Digest, Role, User, Workspace

DAY = datetime.timedelta(days=1)
BEFORE = TODAY - 100 * DAY

pytestmark = pytest.mark.usefixtures("at")


def test_it_comes_at_seven_on_monday_and_once(at: Clock, workspace: Workspace, olga: User, vik: User) -> None:
    happen(workspace, olga)
    at.now = MONDAY - datetime.timedelta(minutes=1)
    assert told(vik) == []
    at.now = MONDAY
    for hours in (0, 0.25, 5, 11):
        at.now = MONDAY + datetime.timedelta(hours=hours)
        assert len(told(vik)) == 1
    for day in range(1, 7):
        at.now = MONDAY + day * DAY
        happen(workspace, olga)
        assert len(told(vik)) == 1
    at.pass_days(1)
    assert len(told(vik)) == 2


@pytest.mark.parametrize(
    ("days", "comes_on"), [(["3", "5"], [3, 5]), ([], []), (["7"], [7]), ([*"1234567"], [*range(1, 8)])]
)
def test_it_comes_on_the_days_that_a_member_has_chosen(
    days: list[str], comes_on: list[int], at: Clock, workspace: Workspace, olga: User, vik: User, sign_in: SignIn
) -> None:
    sign_in(vik).post(reverse("digest_days", args=[workspace.slug]), {"days": days})
    came = []
    for weekday in range(1, 8):
        at.now = MONDAY + (weekday - 1) * DAY
        happen(workspace, olga)
        before = len(mail.outbox)
        came += [weekday] if len(told(vik)) and vik.email in [one.to[0] for one in mail.outbox[before:]] else []
    assert came == comes_on


def test_the_morning_is_that_of_the_workspace(at: Clock, workspace: Workspace, olga: User, vik: User) -> None:
    Workspace.objects.update(time_zone="America/New_York")
    happen(workspace, olga)
    at.now = MONDAY + datetime.timedelta(hours=4, minutes=59)  # summer has begun there: four hours behind
    assert told(vik) == []
    at.now += datetime.timedelta(minutes=1)
    assert len(told(vik)) == 1


def test_a_missed_morning_is_made_up_for_on_the_same_day_only(
    at: Clock, workspace: Workspace, olga: User, vik: User, edda: User
) -> None:
    choose_digest_days(member_of(workspace, edda), [2])
    happen(workspace, olga)
    at.now = MONDAY + DAY
    assert (len(told(vik)), len(told(edda))) == (0, 1)
    at.now = MONDAY + 7 * DAY + datetime.timedelta(hours=11)
    assert (len(told(vik)), len(told(edda))) == (1, 1)


def test_who_joins_during_the_day_is_told_from_the_next_one_on(at: Clock, workspace: Workspace, olga: User) -> None:
    at.now = MONDAY + datetime.timedelta(hours=2)
    nora = joined("Nora", workspace, Role.VIEWER, by=olga)
    happen(workspace, olga)
    assert told(nora) == []
    at.pass_days(7)
    assert len(told(nora)) == 1


def test_nothing_to_tell_is_no_mail_and_settles_the_day(
    at: Clock, workspace: Workspace, olga: User, vik: User, delays: Touchpoint, given: Given
) -> None:
    given(delays, *[4, 5] * 20, occurred_at=BEFORE)
    given(delays, *[5, 4] * 20)
    fold_all()
    at.now = MONDAY
    assert told(vik) == []
    happen(workspace, olga)
    at.now += datetime.timedelta(hours=1)
    assert told(vik) == []
    assert Digest.objects.filter(member__user=vik).count() == 1
    at.pass_days(7)
    assert "Persona created (Olga)" in newest(vik).body


def test_who_has_left_or_is_shut_out_gets_none(
    at: Clock, workspace: Workspace, olga: User, vik: User, edda: User, ada: User
) -> None:
    happen(workspace, olga)
    at.now = MONDAY
    remove_member(member_of(workspace, vik), by=olga)
    User.objects.filter(pk=edda.pk).update(is_active=False)
    assert [len(told(person)) for person in (vik, edda, ada)] == [0, 0, 1]

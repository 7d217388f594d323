"""Members are told of a thing once, and find it on their page of notices."""

import json

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import SignIn, member_of
from tests.journeys.scene import HTMX
from tests.telling import Alarm
from workspaces.actions import edit_workspace, read_notices, tell
from workspaces.live import broker, channel
from workspaces.models import Membership, Notice, User, Workspace


def page(workspace: Workspace) -> str:
    return reverse("notices", args=[workspace.slug])


def unread(person: User, workspace: Workspace, sign_in: SignIn) -> str:
    """What the bell says."""
    bell = sign_in(person).get(page(workspace), headers=HTMX).content.decode()
    return bell.split('aria-label="')[1].split('"')[0]


@pytest.mark.parametrize("reason", ["alarm", "burst", "band"])
def test_each_kind_is_told_on_the_page_and_leads_to_its_own(
    reason: str, alarm: Alarm, workspace: Workspace, vik: User, sign_in: SignIn
) -> None:
    assert alarm("fell in March", vik, reason=reason, path=f"/w/{workspace.slug}/scorecards/?sort=name#x") == 1
    assert unread(vik, workspace, sign_in) == "Notices, 1 unread"
    shown = sign_in(vik).get(page(workspace)).content.decode()
    assert "<p>R&amp;D &lt;info&gt; fell in March</p>" in shown
    notice = Notice.objects.get()
    read = reverse("notice_read", args=[workspace.slug, notice.pk])
    assert read in shown
    for _ in range(2):
        answer = sign_in(vik).post(read)
        assert answer.headers["Location"] == f"/w/{workspace.slug}/scorecards/?sort=name#x"
        assert unread(vik, workspace, sign_in) == "Notices"
    assert "R&amp;D" in sign_in(vik).get(page(workspace)).content.decode()


def test_who_has_been_told_is_not_told_again(alarm: Alarm, vik: User, edda: User) -> None:
    assert alarm("fell", vik, key="alarm:7") == 1
    assert alarm("fell more", vik, edda, edda, key="alarm:7") == 1
    assert alarm("fell more", vik, edda, key="alarm:7", reason="band") == 0
    assert alarm("fell again", vik, key="alarm:8") == 1
    assert sorted(Notice.objects.values_list("member__user__name", "key")) == [
        ("Edda", "alarm:7"),
        ("Vik", "alarm:7"),
        ("Vik", "alarm:8"),
    ]
    assert Notice.objects.get(member__user=vik, key="alarm:7").told["what"] == "fell"


def test_what_was_read_stays_read_when_it_is_told_again(alarm: Alarm, workspace: Workspace, vik: User) -> None:
    alarm("fell", vik, key="alarm:7")
    read_notices(member_of(workspace, vik))
    alarm("fell", vik, key="alarm:7")
    assert Notice.objects.get().read_at is not None


def test_nobody_is_told_of_what_is_taken_back(
    transactional_db: None, alarm: Alarm, workspace: Workspace, vik: User
) -> None:
    with broker().pubsub(ignore_subscribe_messages=True) as live:
        live.subscribe(channel(workspace.pk))
        live.get_message(timeout=5)  # that it has subscribed
        with transaction.atomic():
            alarm("fell", vik, key="alarm:7")
            transaction.set_rollback(True)
        assert not Notice.objects.exists()
        assert alarm("fell", vik, key="alarm:7") == 1
        assert alarm("fell", vik, key="alarm:7") == 0
        alarm("rose", vik, key="alarm:8")
        heard = [message["data"] for message in iter(lambda: live.get_message(timeout=0.5), None)]
    assert [json.loads(news) for news in heard] == [{"notice": vik.pk}] * 2


def test_somebody_else_s_notice_is_not_there(
    alarm: Alarm, workspace: Workspace, vik: User, olga: User, sign_in: SignIn
) -> None:
    alarm("fell", vik)
    read = reverse("notice_read", args=[workspace.slug, Notice.objects.get().pk])
    assert sign_in(olga).post(read).status_code == 404
    assert "R&amp;D" not in sign_in(olga).get(page(workspace)).content.decode()
    assert unread(vik, workspace, sign_in) == "Notices, 1 unread"


def test_members_of_another_workspace_cannot_be_told(workspace: Workspace, elsewhere: Workspace, otto: User) -> None:
    stranger = [member_of(elsewhere, otto)]
    tell(workspace, stranger, reason="alarm", key="alarm:7", told={}, path=f"/w/{workspace.slug}/")
    with pytest.raises(IntegrityError, match="notice_member_here"), transaction.atomic():
        connection.check_constraints()
    Notice.objects.all().delete()


@pytest.mark.parametrize("path", ["https://evil.example/", "//evil.example/", "/accounts/logout/", ""])
def test_a_notice_leads_nowhere_else(path: str, alarm: Alarm) -> None:
    with pytest.raises(IntegrityError, match="notice_path_here"), transaction.atomic():
        alarm("fell", path=path)


def test_a_notice_leads_to_its_workspace_when_that_has_moved(
    alarm: Alarm, workspace: Workspace, olga: User, sign_in: SignIn
) -> None:
    alarm("fell", path=f"/w/{workspace.slug}/journeys/7/?as_of=2026-03-01")
    edit_workspace(workspace, version=workspace.version, by=olga, slug="moved")
    answer = sign_in(olga).post(reverse("notice_read", args=["moved", Notice.objects.get().pk]))
    assert answer.headers["Location"] == "/w/moved/journeys/7/?as_of=2026-03-01"


def test_an_alarm_is_no_comment_and_a_comment_no_alarm(alarm: Alarm) -> None:
    with pytest.raises(IntegrityError, match="notice_of_a_comment"), transaction.atomic():
        alarm("fell", reason="mention")


def test_page_and_bell_ask_as_much_for_many_as_for_few(
    alarm: Alarm, workspace: Workspace, vik: User, sign_in: SignIn
) -> None:
    client, asked = sign_in(vik), []
    for _ in range(2):
        for reason in ("alarm", "burst", "band"):
            alarm("fell", vik, reason=reason)
        with CaptureQueriesContext(connection) as seen:
            client.get(page(workspace))
        asked.append(len(seen))
    assert asked[0] == asked[1]
    member = Membership.objects.get(user=vik)
    assert Notice.objects.of(workspace).filter(member=member).count() == 6

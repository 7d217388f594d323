"""A case is given to others and weighed anew: its deadline and what it may cost follow."""

import datetime

import pytest

from feedback.actions import close_case, edit_case, edit_case_rule
from tests.cast import member_of
from workspaces.actions import create_team
from workspaces.errors import Refused, Stale
from workspaces.models import Notice


def test_another_severity_moves_the_deadline(case, edda):
    changed = edit_case(case, version=1, severity=3, by=edda)
    assert changed.due_at == case.opened_at + datetime.timedelta(hours=4)


def test_the_play_brings_its_limit(case, workspace, ada, edda):
    edit_case_rule(workspace, version=1, refund=5000, by=ada)
    assert edit_case(case, version=1, play="refund", by=edda).limit == 5000
    assert edit_case(case, version=2, play="apology", by=edda).limit is None


def test_whoever_is_given_a_case_is_told(case, workspace, edda, vik, ada):
    edit_case(case, version=1, owner=member_of(workspace, edda), by=ada)
    edit_case(case, version=2, severity=1, by=ada)
    assert [(one.member.user, one.told["assigned"]) for one in Notice.objects.all()] == [(edda, True)]


def test_so_is_whoever_is_given_it_again(case, workspace, edda, vik, ada):
    for version, one in enumerate((edda, vik, edda), start=1):
        edit_case(case, version=version, owner=member_of(workspace, one), by=ada)
    assert [one.member.user for one in Notice.objects.order_by("id")] == [edda, vik, edda]


def test_a_team_is_given_a_case_on_its_page(case, case_page, workspace, edda, olga, sign_in):
    team = create_team(workspace, name="Control room", members=[member_of(workspace, olga)], by=olga)
    body = {"owner": f"team-{team.pk}", "severity": "2", "play": "call", "version": "1"}
    told = sign_in(edda).post(case_page("edit"), body, follow=True).content.decode()
    assert "Control room" in told
    case.refresh_from_db()
    assert (case.owner, case.play) == (team, "call")


def test_of_two_who_edit_at_once_the_second_is_told(case, case_page, edda, ada, sign_in):
    edit_case(case, version=1, severity=3, by=ada)
    with pytest.raises(Stale):
        edit_case(case, version=1, severity=1, by=edda)
    body = {"owner": "", "severity": "1", "play": "", "version": "1"}
    assert sign_in(edda).post(case_page("edit"), body).status_code == 409


def test_what_has_ended_is_not_edited(case, edda):
    close_case(case, version=1, outcome="lost", by=edda)
    with pytest.raises(Refused):
        edit_case(case, version=2, severity=1, by=edda)


def test_viewer_cannot_edit_a_case(case, case_page, vik, sign_in):
    assert sign_in(vik).post(case_page("edit"), {"severity": "1", "version": "1"}).status_code == 403

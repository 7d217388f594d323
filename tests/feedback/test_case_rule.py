"""Admins choose when cases are opened, how long they may take and what may be spent; everybody reads it."""

import pytest

from feedback.actions import rule_of
from feedback.models import CaseRule

BODY = {"minor_hours": "48", "serious_hours": "8", "severe_hours": "2", "days": "14", "refund": "50.5", "version": "1"}


@pytest.fixture
def address(workspace):
    return f"/w/{workspace.slug}/settings/cases/"


def test_an_admin_changes_the_rule(workspace, address, ada, sign_in):
    assert sign_in(ada).post(address, BODY).status_code == 302
    rule = rule_of(workspace)
    assert (rule.minor_hours, rule.severe_hours, rule.days, rule.low_scores) == (48, 2, 14, False)
    assert (rule.limit("refund"), rule.limit("call")) == (5050, None)
    assert 'value="50.5"' in sign_in(ada).get(address).content.decode()


def test_sent_twice_it_is_harmless_and_of_two_the_second_is_told(workspace, address, ada, olga, sign_in):
    assert [sign_in(ada).post(address, BODY).status_code for _time in range(2)] == [302, 302]
    assert sign_in(olga).post(address, BODY | {"days": "3"}).status_code == 409
    assert CaseRule.objects.get().days == 14


@pytest.mark.parametrize("wrong", [{"severe_hours": "0"}, {"days": "400"}, {"refund": "-1"}, {"refund": "1.234"}])
def test_what_cannot_be_is_refused(workspace, address, ada, sign_in, wrong):
    assert sign_in(ada).post(address, BODY | wrong).status_code == 422
    assert not CaseRule.objects.exists()


def test_viewer_reads_the_rule_and_cannot_change_it(workspace, address, vik, sign_in):
    assert "72 hours" in sign_in(vik).get(address).content.decode()
    assert sign_in(vik).post(address, BODY).status_code == 403

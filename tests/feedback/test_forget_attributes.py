"""An attribute that was archived 30 days ago is deleted, and no answer says anything of it any more."""

import datetime

import pytest
from django.utils import timezone

from feedback.actions import forget, record_responses
from feedback.models import Response, Submission
from feedback.tasks import purge_attributes
from tests.answering import an_answer
from workspaces import clock
from workspaces.actions import archive_attribute, create_attribute, restore_attribute
from workspaces.actions.keeping import purge_archived
from workspaces.models import Attribute

SAID = {"line": "RE 5", "driver": "M. Meier"}


@pytest.fixture
def told(workspace, elsewhere, delays, edda, otto, monkeypatch):
    """Five answers here and, with the same key, an attribute elsewhere; `driver` is archived at once."""
    monkeypatch.setattr(forget, "AT_ONCE", 2)
    create_attribute(workspace, name="Line", by=edda)
    driver = create_attribute(workspace, name="Driver", by=edda)
    create_attribute(elsewhere, name="Driver", by=otto)
    now = timezone.now()
    answers = [an_answer(delays, 4, occurred_at=now, attributes=SAID) for _ in range(5)]
    record_responses(workspace, [*answers, an_answer(delays, 4, occurred_at=now)])
    return archive_attribute(driver, by=edda)


def said():
    return sorted(Submission.objects.values_list("attributes", flat=True), key=len, reverse=True)


def in_days(days):
    return timezone.now() + datetime.timedelta(days=days)


def test_what_answers_said_is_deleted_with_it(told, workspace, elsewhere, monkeypatch):
    before = dict(Response.objects.values_list("pk", "updated_at"))
    monkeypatch.setattr(clock, "now", lambda: in_days(31))
    for _ in range(2):
        purge_attributes()
    assert said() == [{"line": "RE 5"}] * 5 + [{}]
    assert list(Attribute.objects.of(workspace).values_list("key", flat=True)) == ["line"]
    assert Attribute.objects.of(elsewhere).exists()
    changed = [pk for pk, at in Response.objects.values_list("pk", "updated_at") if at > before[pk]]
    assert len(changed) == 5, "programs hear of it"


def test_until_then_nothing_is_forgotten(told):
    assert forget.forget_attributes(in_days(29)) == 0
    assert said() == [SAID] * 5 + [{}]


def test_one_that_is_restored_while_answers_forget_it_stays(told, edda, monkeypatch):
    forget_some = forget._forget_some

    def restored_before_the_rest(attribute, after):
        if after:
            restore_attribute(attribute, by=edda)
        return forget_some(attribute, after)

    monkeypatch.setattr(forget, "_forget_some", restored_before_the_rest)
    assert forget.forget_attributes(in_days(31)) == 0
    assert Attribute.objects.kept().filter(pk=told.pk).exists()


def test_the_usual_sweep_leaves_it_until_answers_have_forgotten(told):
    purge_archived(in_days(31))
    assert Attribute.objects.filter(pk=told.pk).exists()
    assert forget.forget_attributes(in_days(31)) == 1

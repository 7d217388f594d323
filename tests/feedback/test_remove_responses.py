"""Removing answers: they count no more, and no replay brings them back."""

from feedback.actions import Status, record_responses, remove_responses
from feedback.models import Response
from tests.answering import an_answer, health, new_touchpoint
from workspaces.models import AuditEntry


def test_a_removed_answer_counts_no_more(workspace, at, delays, given, edda):
    given(delays, 1, 5, 5, text="private words")
    assert health(delays).answers == 3
    worst = Response.objects.get(value=1)
    assert remove_responses(workspace, [worst.pk], by=edda) == 1
    assert health(delays).answers == 2
    worst.refresh_from_db()
    assert (worst.value, worst.text) == (None, "")
    assert worst.removed_at == at.now


def test_removing_is_a_change(workspace, at, delays, given):
    given(delays, 1)
    answer = Response.objects.get()
    remove_responses(workspace, [answer.pk], by=None)
    assert Response.objects.get().updated_at > answer.updated_at


def test_removing_is_written_down_without_a_value(workspace, at, delays, given, edda):
    given(delays, 1)
    answer = Response.objects.get()
    remove_responses(workspace, [answer.pk], by=edda)
    entry = AuditEntry.objects.of(workspace).get(verb="response.remove")
    assert (entry.actor, entry.target) == (edda, f"response {answer.pk}")


def test_removing_twice_is_harmless(workspace, at, delays, given):
    given(delays, 1, 5)
    assert health(delays).answers == 2
    answers = list(Response.objects.values_list("pk", flat=True))
    assert remove_responses(workspace, answers, by=None) == 2
    assert remove_responses(workspace, answers, by=None) == 0
    assert health(delays).answers == 0


def test_a_replay_does_not_bring_it_back_but_a_higher_version_does(workspace, at, delays):
    answer = an_answer(delays, 4, external_id="r")
    record_responses(workspace, [answer])
    assert health(delays).answers == 1
    remove_responses(workspace, Response.objects.values_list("pk", flat=True), by=None)
    assert record_responses(workspace, [answer]).counts == {Status.UNCHANGED: 1}
    assert health(delays).answers == 0
    answer.version = 2
    assert record_responses(workspace, [answer]).counts == {Status.EDITED: 1}
    assert health(delays).answers == 1
    assert Response.objects.get().removed_at is None


def test_another_workspaces_answers_stay(workspace, elsewhere, at, delays):
    record_responses(elsewhere, [an_answer(new_touchpoint(elsewhere, "Tram stop"), 4)])
    theirs = Response.objects.get()
    assert remove_responses(workspace, [theirs.pk], by=None) == 0
    theirs.refresh_from_db()
    assert theirs.value == 4

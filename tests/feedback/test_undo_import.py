"""Undoing an import: all that it brought goes, what was there or came later stays."""

import pytest

from feedback.actions import Status, record_responses, remove_responses, undo_import
from feedback.actions.recount import differences
from feedback.models import Response, Submission
from tests.answering import an_answer, health
from workspaces.models import AuditEntry, Job


@pytest.fixture
def spring(workspace):
    return Job.objects.create(workspace=workspace, kind="import", key="spring")


@pytest.fixture
def autumn(workspace):
    return Job.objects.create(workspace=workspace, kind="import", key="autumn")


def test_all_that_it_brought_goes_and_nothing_else(workspace, at, delays, counter, given, spring, edda):
    given(delays, 3, 4)
    record_responses(workspace, [an_answer(about, 1) for about in (delays, counter) * 5], job=spring)
    assert health(delays).answers == 7
    assert undo_import(spring, by=edda) == 10
    assert health(delays).answers == 2
    assert health(counter).score is None
    assert Submission.objects.count() == 2
    assert AuditEntry.objects.of(workspace).get(verb="import.undo").target == f"job {spring.pk}"
    assert not list(differences(workspace))


def test_the_same_file_may_come_again_afterwards(workspace, at, delays, spring, autumn):
    rows = [an_answer(delays, 1) for _ in range(5)]
    record_responses(workspace, rows, job=spring)
    undo_import(spring, by=None)
    assert record_responses(workspace, rows, job=autumn).counts == {Status.STORED: 5}
    assert health(delays).answers == 5


def test_undoing_twice_is_harmless(workspace, at, delays, spring):
    record_responses(workspace, [an_answer(delays, 1)], job=spring)
    assert undo_import(spring, by=None) == 1
    assert undo_import(spring, by=None) == 0


def test_what_a_later_version_changed_since_stays(workspace, at, delays, spring, autumn):
    rows = [an_answer(delays, 1, external_id=f"u{number}") for number in range(3)]
    record_responses(workspace, rows, job=spring)
    record_responses(workspace, [an_answer(delays, 5, external_id="u0", version=2)])
    record_responses(workspace, [an_answer(delays, 4, external_id="u1", version=2)], job=autumn)
    assert undo_import(spring, by=None) == 1
    assert set(Response.objects.values_list("value", flat=True)) == {4, 5}
    assert not list(differences(workspace))


def test_an_unchanged_row_belongs_to_the_import_that_brought_it_first(workspace, at, delays, spring, autumn):
    rows = [an_answer(delays, 1)]
    record_responses(workspace, rows, job=spring)
    record_responses(workspace, rows, job=autumn)
    assert undo_import(autumn, by=None) == 0
    assert undo_import(spring, by=None) == 1


def test_a_removed_answer_goes_without_being_subtracted_twice(workspace, at, delays, given, spring):
    given(delays, 5)
    record_responses(workspace, [an_answer(delays, 1)], job=spring)
    remove_responses(workspace, [Response.objects.get(job=spring).pk], by=None)
    undo_import(spring, by=None)
    assert health(delays).answers == 1
    assert not list(differences(workspace))


def test_a_questionnaire_with_other_answers_stays(workspace, at, delays, counter, spring):
    record_responses(workspace, [an_answer(delays, 5, external_id="shared")])
    record_responses(workspace, [an_answer(counter, 1, external_id="shared")], job=spring)
    assert undo_import(spring, by=None) == 1
    assert Submission.objects.get().responses.get().value == 5

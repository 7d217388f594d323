"""When an answer and its questionnaire changed last, by which programs find what is new."""

import datetime

from feedback.actions import record_responses
from feedback.models import Response, Submission
from tests.answering import TODAY, an_answer


def changed(model):
    """When each row changed last, by id."""
    return dict(model.objects.values_list("pk", "updated_at"))


def test_what_changed_says_when(workspace, at, delays, counter):
    record_responses(workspace, [an_answer(about, 3, external_id="m") for about in (delays, counter)])
    first, other = Response.objects.order_by("pk")
    responses, submissions = changed(Response), changed(Submission)
    record_responses(workspace, [an_answer(delays, 3, external_id="m")])
    assert (changed(Response), changed(Submission)) == (responses, submissions)  # the same once more is no change
    record_responses(workspace, [an_answer(delays, 4, external_id="m", version=2)])
    assert changed(Response)[first.pk] > responses[first.pk]
    assert changed(Response)[other.pk] == responses[other.pk]
    assert changed(Submission) == submissions


def test_with_a_questionnaire_that_moves_all_its_answers_change(workspace, at, delays, counter):
    record_responses(workspace, [an_answer(about, 3, external_id="m") for about in (delays, counter)])
    responses, submissions = changed(Response), changed(Submission)
    moved = TODAY - datetime.timedelta(days=30)
    record_responses(workspace, [an_answer(delays, 3, external_id="m", version=2, occurred_at=moved)])
    assert all(when > responses[pk] for pk, when in changed(Response).items())
    assert all(when > submissions[pk] for pk, when in changed(Submission).items())

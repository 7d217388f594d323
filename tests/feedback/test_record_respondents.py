"""Who answered, by the company's own name for them: known with the first answer that says so, and never without one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from feedback.actions import Reason, Status, record_responses, respondents
from feedback.columns import Part, Profile, guess_plan
from feedback.models import Erasure, Respondent, Response, Submission, seal
from tests.answering import an_answer
from tests.importing import Drafted, reasons
from tests.rest import Rest

ADDRESS = "responses/"


def known():
    return sorted(Respondent.objects.values_list("reference", flat=True))


def named():
    """Whom the questionnaires name, in the order in which they came."""
    return list(Submission.objects.order_by("pk").values_list("respondent__reference", flat=True))


def erased(workspace, reference, **more):
    return Erasure.objects.create(workspace=workspace, digest=seal(workspace.pk, reference), **more)


def test_who_answered_is_true_of_the_whole_questionnaire_and_known_once(workspace, at, delays, counter):
    rows = [an_answer(about, 4, external_id="one", respondent="K-1") for about in (delays, counter)]
    record_responses(workspace, [*rows, an_answer(delays, 3, respondent=" K-1 "), an_answer(delays, 4)])
    record_responses(workspace, [an_answer(delays, 2, respondent="K-1"), an_answer(delays, 2, respondent="k-1")])
    assert known() == ["K-1", "k-1"]
    assert named() == ["K-1", "K-1", None, "K-1", "k-1"]


def test_a_higher_version_says_anew_who_answered(workspace, at, delays):
    record_responses(workspace, [an_answer(delays, 4, external_id="one", respondent="K-1")])
    record_responses(workspace, [an_answer(delays, 4, external_id="one", respondent="K-2")])
    assert named() == ["K-1"], "the same version is no news"
    record_responses(workspace, [an_answer(delays, 4, external_id="one", version=2, respondent="K-2")])
    assert named() == ["K-2"]


def test_another_workspaces_customer_is_another_one(workspace, elsewhere, at, delays):
    theirs = Respondent.objects.create(workspace=elsewhere, reference="K-1")
    erased(elsewhere, "K-1")
    assert record_responses(workspace, [an_answer(delays, 4, respondent="K-1")]).counts[Status.STORED] == 1
    assert Submission.objects.get().respondent != theirs


@pytest.mark.parametrize(
    ("respondent", "reason"), [("x" * 121, Reason.TOO_LONG), ("a\0b", Reason.UNREADABLE), (1703, Reason.UNREADABLE)]
)
def test_what_is_no_reference_is_refused_and_makes_nobody(workspace, at, delays, respondent, reason):
    outcome = record_responses(workspace, [an_answer(delays, 4, respondent=respondent)])
    assert outcome.results[0].refusal.reason is reason
    assert "%(" not in outcome.results[0].refusal.message
    assert known() == []


def test_nothing_refused_makes_a_respondent(workspace, at, delays):
    record_responses(workspace, [an_answer(delays, 99, respondent="K-1")])
    record_responses(workspace, [an_answer(delays, 4, respondent="K-2"), an_answer(delays, 99)], atomic=True)
    assert known() == []
    record_responses(workspace, [an_answer(delays, 4, respondent="K-2"), an_answer(delays, 99)])
    assert known() == ["K-2"]


def statements(workspace, answers):
    with CaptureQueriesContext(connection) as asked:
        record_responses(workspace, answers)
    return [query["sql"] for query in asked.captured_queries]


def test_who_names_nobody_pays_nothing_and_many_cost_what_one_costs(workspace, at, delays):
    plain = statements(workspace, [an_answer(delays, 4) for _ in range(3)])
    assert not [sql for sql in plain if "feedback_respondent" in sql or "feedback_erasure" in sql]
    one = statements(workspace, [an_answer(delays, 4, respondent="K-1")])
    many = statements(workspace, [an_answer(delays, 4, respondent=f"K-{n % 20}") for n in range(2, 60)])
    assert len(many) == len(one) == len(plain) + 4


def test_answers_of_an_erased_person_are_refused_and_all_others_stored(workspace, at, delays):
    erased(workspace, "K-1")
    rows = [an_answer(delays, 4, respondent="K-1"), an_answer(delays, 4, respondent="K-2"), an_answer(delays, 4)]
    outcome = record_responses(workspace, rows)
    assert [result.status for result in outcome.results] == [Status.REFUSED, Status.STORED, Status.STORED]
    assert outcome.results[0].refusal.reason is Reason.ERASED
    assert known() == ["K-2"]
    assert record_responses(workspace, rows, atomic=True).results[1].refusal.reason is Reason.OTHERS


def test_a_person_who_may_answer_again_is_heard(workspace, at, delays):
    erased(workspace, "K-1", lifted_at=at.now)
    assert record_responses(workspace, [an_answer(delays, 4, respondent="K-1")]).counts[Status.STORED] == 1


@pytest.mark.parametrize("atomic", [False, True])
def test_who_was_erased_while_their_answers_were_read_is_refused_all_the_same(
    workspace, at, delays, monkeypatch, atomic
):
    look, times = respondents.erased_of, []

    def too_early(workspace, references):
        times.append(references)
        return set() if len(times) == 1 else look(workspace, references)

    monkeypatch.setattr("feedback.actions.reading.erased_of", too_early)
    erased(workspace, "K-1")
    rows = [an_answer(delays, 4, respondent="K-1"), an_answer(delays, 4)]
    outcome = record_responses(workspace, rows, atomic=atomic)
    assert len(times) == 2, "read anew"
    assert outcome.results[0].refusal.reason is Reason.ERASED
    assert (known(), Response.objects.count()) == ([], 0 if atomic else 1)


def test_programs_name_who_answered(workspace, at, delays, tess):
    row = {"source": "crm", "metric": "nps", "value": 9, "occurred_at": "2026-03-01", "touchpoint": delays.pk}
    api = Rest(tess)
    assert api.post(ADDRESS, [row | {"external_id": "1", "respondent": "anna@example.org"}]).status_code == 200
    assert named() == ["anna@example.org"]
    erased(workspace, "K-1")
    refused = api.post(ADDRESS, [row | {"external_id": "2", "respondent": "K-1"}, row | {"external_id": "3"}])
    result = refused.json()["results"][0]
    assert (result["status"], list(result["errors"])) == (400, ["respondent"])
    wrong = api.post(ADDRESS, [row | {"external_id": "4", "respondent": 17}]).json()["results"][0]
    assert list(wrong["errors"]) == ["respondent"]


@pytest.mark.parametrize(
    ("names", "parts"),
    [
        (["id", "Kundennummer", "nps"], {"id": Part.ID, "Kundennummer": Part.RESPONDENT}),
        (["Respondent ID", "customer id", "nps"], {"Respondent ID": Part.ID, "customer id": Part.RESPONDENT}),
        (["Respondent ID", "Response ID", "nps"], {"Respondent ID": Part.RESPONDENT, "Response ID": Part.ID}),
        (["Respondent ID", "nps"], {"Respondent ID": Part.ID}),
    ],
)
def test_columns_that_tell_who_answered_are_found(names, parts):
    plan = guess_plan([Profile(name, 2, False, (("8", 1), ("9", 1))) for name in names], "spring")
    assert {name: column.part for name, column in plan.columns.items() if name != "nps"} == parts


def test_a_file_names_who_answered_and_counts_those_who_were_erased(brought: Drafted, workspace):
    erased(workspace, "1002")
    job = brought("id,Kundennummer,nps\na,1001,9\nb,1002,3\nc,,5\n")
    assert named() == ["1001", None]
    assert [(code, times) for _column, code, times in job.result["reasons"]] == [(Reason.ERASED.value, 1)]
    assert reasons(job)

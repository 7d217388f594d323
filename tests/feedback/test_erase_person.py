"""Erased is erased: what one person said, by whatever way it came, is nowhere afterwards, and no score has changed."""

import io

import pytest
import xlsxwriter

from feedback.actions import Reason, Status, create_insight, pick_verbatim, record_responses
from feedback.actions.persons import Person, erase_person, held_of, lift_erasure
from feedback.actions.recount import differences
from feedback.models import Case, Erasure, Insight, Respondent, Response, Theme, seal
from personas.actions import create_persona
from tests.answering import an_answer, health
from tests.canary import holds, places
from tests.importing import Drafted, checked, settled
from tests.rest import Rest
from tests.surveying import fill_in, survey_at
from workspaces.actions import say_about
from workspaces.errors import Refused
from workspaces.models import AuditEntry, Comment, Job, JobState, Notice

WHO, SHEET, MAIL, NAME = "K-4711-canary", "B-0815-canary", "canary@example.org", "Kanarina Vogelsang"
WORDS, FILLED = "unmistakable words of hers", "canary" * 4
HER = Person(WHO, (MAIL, NAME, FILLED))
ALL = (WHO, SHEET, MAIL, NAME, WORDS, FILLED)
FILE = f"id,Kundennummer,nps,Kommentar\n{SHEET}-3,{WHO},2,{WORDS}\n{SHEET}-4,{WHO},99,{WORDS}\nz,K-2,9,fine\n"


@pytest.fixture
def everywhere(workspace, at, delays, tess, edda, brought: Drafted, drafted: Drafted):
    """The person has come by every way there is, and is spoken of."""
    row = {"source": "crm", "metric": "nps", "occurred_at": "2026-03-14", "touchpoint": delays.pk}
    hers = row | {"external_id": SHEET, "respondent": WHO, "value": 0, "text": f"{WORDS}, {NAME}"}
    api = Rest(tess)
    wrong = hers | {"external_id": SHEET + "-2", "value": f"7 {NAME}"}
    assert api.post("responses/", [hers, wrong], Idempotency_Key="once").status_code == 200
    api.post("responses/", [row | {"external_id": "other", "value": 9, "text": f"{NAME} at the desk sent me here."}])
    brought(FILE)
    checked(settled(drafted(FILE, name="left.csv")), edda)
    drafted(workbook(), name="left.xlsx")
    drafted("id,nps,Kommentar\n9,9,fine\n", name="another.csv")
    fill_in(survey_at(delays, by=edda), FILLED, 5, 9, WORDS)
    record_responses(workspace, [an_answer(delays, 4, external_id="b", respondent=MAIL)])
    case = Case.objects.get()
    say_about(case, text=f"@Olga, {NAME} called: {WORDS}", by=edda)
    create_insight(delays, kind="pain", text=f"Nobody tells {NAME} anything", mentions=1, by=edda)
    themed = {"workspace": workspace, "touchpoint": delays, "kind": "pain", "by_month": [0] * 12, "terms": ["late"]}
    assert case.response
    pick_verbatim(case.response, create_persona(workspace, name="Commuter", by=edda), kind="says", by=edda)
    Theme.objects.create(label="Late", leading="late", examples=[case.response_id, 7], **themed)
    return workspace


def workbook() -> bytes:
    """She stands on its second sheet alone."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        for cells in (["nps", 3], ["id", SHEET + "-9", WHO]):
            book.add_worksheet().write_column(0, 0, cells)
    return file.getvalue()


def erased(workspace, by, person=HER):
    return erase_person(workspace, person, by=by)


def test_an_erased_person_is_nowhere(everywhere, ada, django_capture_on_commit_callbacks, capfd, caplog):
    before = {text: places(text) for text in ALL}
    assert before[WHO] == {"feedback_respondent", "workspaces_job"}
    assert before[SHEET] == {"feedback_submission", "workspaces_job"}
    sheet = {"personas_note", "personas_personaedition"}
    assert before[WORDS] == {"feedback_response", "workspaces_comment", "workspaces_job", *sheet}
    told = {"feedback_response", "workspaces_comment", "feedback_insight", "workspaces_keptanswer", *sheet}
    assert before[NAME] == told
    assert before[FILLED] == {"feedback_submission", "feedback_filling"}
    assert before[MAIL] == {"feedback_respondent"}
    with django_capture_on_commit_callbacks(execute=True):
        erased(everywhere, ada)
    assert places(*ALL) == set()
    heard = capfd.readouterr()
    assert not holds(heard.out + heard.err + caplog.text, ALL)


def test_no_score_changes_and_all_others_stay(everywhere, delays, ada):
    def figures():
        values = Response.objects.order_by("pk").values_list("value", flat=True)
        return health(delays).score, health(delays).answers, list(values)

    before = figures()
    erased(everywhere, ada)
    assert list(differences(everywhere)) == []
    assert figures() == before
    assert list(Respondent.objects.values_list("reference", flat=True)) == ["K-2"]
    assert Response.objects.get(submission__external_id="z").text == "fine"
    assert Theme.objects.get().examples == [7]
    assert Insight.objects.get().text == "Nobody tells … anything"
    assert set(Job.objects.exclude(upload=None).values_list("upload_name", flat=True)) == {"another.csv"}


def test_the_proof_counts_what_went_and_names_nobody(everywhere, ada):
    kept = held_of(everywhere, HER).counts
    proof = erased(everywhere, ada)
    assert (proof.digest, proof.by) == (seal(everywhere.pk, WHO), ada)
    told = {"submissions": 4, "answers": 5, "comments": 4, "cases": 1, "notes": 1, "fillings": 1, "mentions": 1}
    assert proof.counts == told | {"files": 2, "picked": 1}
    assert kept == proof.counts | {"notices": 1, "mentions": 4}, "the notes went first"
    assert not held_of(everywhere, HER).anything
    assert AuditEntry.objects.filter(verb="erasure.create", target=f"erasure {proof.pk}").exists()


def test_her_cases_go_on_without_her(everywhere, ada):
    erased(everywhere, ada)
    case = Case.objects.get()
    assert (case.response, case.state, case.reason) == (None, "dismissed", "The customer’s data were erased.")
    assert (Comment.objects.count(), Notice.objects.filter(reason="mention").count()) == (0, 0)
    assert case.thread.comments == 0


def test_who_was_erased_is_refused_under_every_name_until_it_is_lifted(everywhere, delays, ada):
    proof = erased(everywhere, ada)
    again = [an_answer(delays, 4, respondent=WHO), an_answer(delays, 4, respondent=MAIL)]
    assert [result.refusal.reason for result in record_responses(everywhere, again).results] == [Reason.ERASED] * 2
    lift_erasure(proof, by=ada)
    lift_erasure(proof, by=ada)
    assert record_responses(everywhere, again).counts[Status.STORED] == 1, "that reference alone"
    assert AuditEntry.objects.filter(verb="erasure.lift").count() == 1


def test_what_came_again_is_erased_again(everywhere, delays, ada):
    lift_erasure(erased(everywhere, ada), by=ada)
    record_responses(everywhere, [an_answer(delays, 4, source="crm", external_id=SHEET, respondent=WHO)])
    second = erased(everywhere, ada, Person(WHO))
    assert second.counts["submissions"] == 1
    assert places(WHO, SHEET) == set()


def test_another_workspace_keeps_its_own(everywhere, elsewhere, ada):
    theirs = Respondent.objects.create(workspace=elsewhere, reference=WHO)
    erased(everywhere, ada)
    assert list(Respondent.objects.of(elsewhere)) == [theirs]
    assert not Erasure.objects.of(elsewhere).exists()


def test_a_short_number_is_no_word_to_be_sought_in_texts(workspace, at, delays, ada):
    record_responses(workspace, [an_answer(delays, 1, text="Platform 12 was closed", external_id="x")])
    record_responses(workspace, [an_answer(delays, 1, text="Late", respondent="12")])
    erase_person(workspace, Person("12", ("Plat",)), by=ada)
    assert sorted(Response.objects.values_list("text", flat=True)) == ["", "Platform 12 was closed"], "nor half of one"


def test_signs_of_a_name_mean_themselves(workspace, at, delays, ada):
    record_responses(workspace, [an_answer(delays, 1, text=text) for text in ("a.b+c (d)", "axb+c (d)")])
    erase_person(workspace, Person("none", ("a.b+c (d)",)), by=ada)
    assert sorted(Response.objects.values_list("text", flat=True)) == ["", "axb+c (d)"]


def test_an_import_at_work_that_names_her_is_waited_for(everywhere, ada):
    Job.objects.filter(upload_name="left.csv").update(state=JobState.RUNNING)
    with pytest.raises(Refused, match="at work"):
        erased(everywhere, ada)
    assert places(WHO) == {"feedback_respondent", "workspaces_job"}, "all or nothing"
    assert not Erasure.objects.exists()


def test_a_finished_import_still_tells_what_was_refused(everywhere, ada, sign_in, edda):
    erased(everywhere, ada)
    job = Job.objects.get(state=JobState.DONE, upload_name="spring.csv")
    assert [(row, column, value) for row, column, value, *_ in job.result["problems"]] == [(3, "nps", "")]
    page = sign_in(edda).get(f"/w/{everywhere.slug}/imports/{job.pk}/")
    assert page.status_code == 200
    assert sign_in(edda).get(f"/w/{everywhere.slug}/imports/{job.pk}/problems.csv").status_code == 200

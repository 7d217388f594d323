"""One person's data on their pages: looked for, handed out, erased by typing the name again; by admins alone."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from feedback.actions import record_responses
from feedback.actions.persons import Person, erase_person
from feedback.models import Erasure, Respondent, Response
from tests.answering import an_answer
from workspaces.models import AuditEntry


@pytest.fixture
def people(workspace):
    return f"/w/{workspace.slug}/settings/people/"


@pytest.fixture
def heard(workspace, at, delays, commuter):
    """Three customers, of whom one is sought."""
    said = {"text": "The push came „too late“", "persona": commuter, "device": "phone", "external_id": "one"}
    record_responses(workspace, [an_answer(delays, 1, metric="nps", respondent="K-1001", **said)])
    record_responses(workspace, [an_answer(delays, 4, respondent=name) for name in ("K-1002", "K-1003")])
    return workspace


SOUGHT = {"reference": "K-1001", "others": ""}


def test_what_is_kept_is_counted_and_nobody_else_is_named(heard, people, ada, sign_in):
    client = sign_in(ada)
    assert "K-100" not in client.get(people).content.decode()
    page = client.post(people, SOUGHT)
    told = page.content.decode()
    assert (page.status_code, page.headers["Cache-Control"]) == (200, "private, no-store")
    assert "What is kept of “K-1001”" in told
    assert "K-1002" not in told
    assert page.context["held"].counts["answers"] == 1


def test_of_somebody_unknown_nothing_is_kept(heard, people, ada, sign_in):
    assert "Nothing is kept" in sign_in(ada).post(people, {"reference": "K-10"}).content.decode()
    assert Respondent.objects.count() == 3


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"reference": ""}, "This field is required"),
        ({"reference": "K-1001", "others": "abc"}, "too short"),
        ({"reference": "K-1001", "others": "x" * 121}, "longer than 120"),
        ({"reference": "K-1001", "others": "\n".join(f"name {n}" for n in range(11))}, "at most 10"),
    ],
)
def test_what_cannot_be_sought_is_said(heard, people, ada, sign_in, sent, said):
    client = sign_in(ada)
    for verb in ("", "export/", "erase/"):
        page = client.post(people + verb, sent | {"confirm": "K-1001"})
        assert (page.status_code, said in page.content.decode()) == (422, True)
    assert Respondent.objects.count() == 3


def test_all_that_one_person_said_is_handed_out_in_words(heard, people, ada, sign_in):
    file = sign_in(ada).post(people + "export/", SOUGHT)
    assert file.headers["Content-Disposition"] == 'attachment; filename="etappe-person.json"'
    told = json.loads(file.content)
    (sheet,) = told.pop("questionnaires")
    assert (told["person"], told["kept_by"], told["named_in"]) == (["K-1001"], "Lindbahn", [])
    assert sheet["customer"] == "K-1001"
    assert (sheet["persona"], sheet["device"]) == ("Commuter", "phone")
    (answer,) = sheet["answers"]
    assert answer.items() >= {"about": "Delay information", "measured": "NPS", "value": 1}.items()
    assert answer["comment"] == "The push came „too late“"
    assert AuditEntry.objects.filter(verb="person.export").exists()


def test_erasing_takes_the_reference_typed_again(heard, people, ada, sign_in):
    client = sign_in(ada)
    page = client.post(people + "erase/", SOUGHT | {"confirm": "K-1002"})
    assert (page.status_code, Respondent.objects.count()) == (422, 3)
    assert "Nothing was erased" in page.content.decode()
    page = client.post(people + "erase/", SOUGHT | {"confirm": "K-1001"}, follow=True).content.decode()
    assert "The person is erased" in page
    assert "K-1001" not in page
    assert (Respondent.objects.count(), Response.objects.filter(text__gt="").count()) == (2, 0)
    again = client.post(people, SOUGHT).content.decode()
    assert "New answers of this person are refused" in again
    assert "Nothing is kept" in again


def test_the_proof_says_what_went_and_by_whom(heard, people, ada, sign_in):
    proof = erase_person(heard, Person("K-1001"), by=ada)
    told = json.loads(sign_in(ada).get(f"{people}erasures/{proof.pk}/proof/").content)
    assert (told["seal"], told["erased_by"], told["removed"]["comments"]) == (proof.digest, "Ada", 1)
    assert "K-1001" not in json.dumps(told)


def test_an_admin_lets_somebody_answer_again(heard, people, ada, sign_in):
    proof = erase_person(heard, Person("K-1001"), by=ada)
    page = sign_in(ada).post(f"{people}erasures/{proof.pk}/lift/", follow=True)
    assert "may answer again since" in page.content.decode()
    assert Erasure.objects.get().lifted_by == ada


def test_a_page_of_erasures_costs_the_same_for_many(heard, people, ada, sign_in):
    client = sign_in(ada)
    costs = []
    for number in (1, 5):
        for one in range(number):
            erase_person(heard, Person(f"unknown {number} {one}"), by=ada)
        with CaptureQueriesContext(connection) as asked:
            client.get(people)
        costs.append(len(asked))
    assert costs[0] == costs[1]

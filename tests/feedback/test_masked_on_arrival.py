"""What could tell who a customer is never comes to stand in the database, whichever way it comes."""

import importlib
import json
from types import SimpleNamespace

from django.apps import apps
from django.db import connection
from hypothesis import example, given
from hypothesis import strategies as st

from feedback.actions import Reason, Refused, answer_question, imports, record_responses, survey_for
from feedback.columns.problems import quoted
from feedback.masking import EMAIL, MASK, PATTERNS, _mask, masked
from feedback.models import Filling, Response, new_key
from tests.answering import an_answer
from tests.importing import checked, reasons, settled, worked
from tests.rest import Rest
from tests.surveying import fill_in
from workspaces.models import Job, KeptAnswer

MAIL, PHONE = "jo.hartmann@mail.example.org", "0170 1234567"
SAID = f"Write to {MAIL} or call {PHONE}, please."
KEPT = f"Write to {MASK} or call {MASK}, please."


def texts():
    """All that the database holds of what customers wrote, of imports and of answers to programs."""
    found = [*Response.objects.values_list("text", flat=True)]
    found += [json.dumps(answers) for answers in Filling.objects.values_list("answers", flat=True)]
    found += [json.dumps([*row]) for row in Job.objects.values_list("payload", "result")]
    return found + [bytes(body).decode() for body in KeptAnswer.objects.values_list("body", flat=True)]


def stands_nowhere():
    whole = " ".join(texts())
    return MAIL not in whole and PHONE not in whole


def test_a_comment_is_stored_masked(workspace, at, delays):
    record_responses(workspace, [an_answer(delays, 2, text=SAID)])
    assert list(Response.objects.values_list("text", flat=True)) == [KEPT]


def test_a_higher_version_is_masked_too(workspace, at, delays):
    record_responses(workspace, [an_answer(delays, 2, external_id="one", text="Late.")])
    record_responses(workspace, [an_answer(delays, 2, external_id="one", version=2, text=SAID)])
    assert list(Response.objects.values_list("text", flat=True)) == [KEPT]


def test_words_in_a_survey_are_masked_before_it_is_sent(survey):
    key = fill_in(survey, new_key(), 2).key
    asked = survey_for(survey.key)
    words = asked.questions[2]
    answer_question(asked, key, words, {str(words.pk): SAID}, language="en")
    assert Filling.objects.get().answers[str(words.pk)] == KEPT
    assert stands_nowhere()
    fill_in(survey, key, 2, 3)
    answer_question(asked, key, words, {str(words.pk): SAID}, language="en")
    assert list(Response.objects.exclude(text="").values_list("text", flat=True)) == [KEPT]
    assert stands_nowhere()


def test_a_refusal_that_is_kept_for_a_program_quotes_nothing_of_it(workspace, at, tess):
    good = {"external_id": "1", "source": "s", "metric": "csat", "value": 4, "occurred_at": "2026-03-14"}
    rows = [good, good | {"value": PHONE, "occurred_at": MAIL}]
    errors = Rest(tess).post("responses/", rows, Idempotency_Key="k").json()["results"][1]["errors"]
    assert [MASK in message for said in errors.values() for message in said] == [True, True]
    assert KeptAnswer.objects.exists()
    assert stands_nowhere()


def test_a_refusal_quotes_nothing_of_it():
    assert Refused(Reason.DEVICE, value=SAID).params == {"value": KEPT[:40]}


def test_an_import_keeps_nothing_of_its_file(drafted, edda):
    rows = "".join(f"{number},{number % 7},call {PHONE} {number}\n" for number in range(300))
    job = drafted(f'id,nps,comment\n{rows}x,{MAIL},\ny,,"{SAID}"\n')
    assert PHONE not in json.dumps(job.payload), "of a column of texts samples are shown, which are masked"
    job = checked(settled(job), edda)
    assert job.payload["checked"]["first"][0]["answers"][0][3].startswith(f"call {MASK}")
    job = worked(imports.store_import(job, leave_out=True, by=edda))
    assert (job.state, job.upload, job.payload.keys() & {"profiles", "checked"}) == ("done", None, set())
    assert sorted(row for row in reasons(job) if row[0] > 300) == [
        (302, "nps", MASK, "not a number"),
        (303, "comment", quoted(SAID), "comment alone"),
    ]
    assert Response.objects.filter(text__startswith=f"call {MASK}").exists()
    assert stands_nowhere()


def test_what_was_stored_before_is_masked_once_and_for_all(workspace, at, counter, survey, brought):
    migration = importlib.import_module("feedback.migrations.0015_mask_stored")
    editor = SimpleNamespace(connection=connection)
    job = brought("id,nps,comment\n1,4,Fine\n2,9,\n")
    Job.objects.filter(pk=job.pk).update(
        payload=job.payload | {"checked": {"first": [SAID]}, "profiles": [SAID]},
        result=job.result | {"problems": [[3, "nps", MAIL, "not a number", {"value": MAIL, "low": 1}]]},
    )
    record_responses(workspace, [an_answer(counter, 2), an_answer(counter, 3, text="Fine")])
    Response.objects.filter(value=2).update(text=SAID)
    fill_in(survey, new_key(), 2, 3)
    Filling.objects.update(answers={"1": 2, "3": SAID})
    unchanged = Response.objects.get(value=3).updated_at
    assert not stands_nowhere()
    for _twice in range(2):
        migration.mask_comments(apps, editor)
        migration.mask_fillings(apps, editor)
        migration.mask_imports(apps, editor)
    assert stands_nowhere()
    assert Response.objects.get(value=2).text == KEPT
    assert Filling.objects.get().answers == {"1": 2, "3": KEPT}
    assert Response.objects.get(value=3).updated_at == unchanged, "what needs no mask is not touched"
    assert reasons(Job.objects.get(pk=job.pk)) == [(3, "nps", MASK, "not a number")]


SIGNS = st.text(alphabet="0017aAbZ @.-+()/#:,ß٣\n•") | st.lists(
    st.sampled_from(
        [
            "Buchung",
            "order",
            "PNR ",
            "no. ",
            "ABCDE",
            "QWERTZ",
            "DE89",
            "3704",
            "GB29NWBK",
            "aa12xxxx",
            "abc1",
            "0170",
            "+49",
            "00",
            "(0)",
            "123",
            "4567",
            "X7K2QP",
            "a@b.de",
            " ",
            "-",
            "/",
            "•••",
        ]
    )
).map("".join)


@given(SIGNS)
@example("aa12xxxx abc1")
def test_looking_first_whether_there_is_anything_to_mask_masks_the_same(text):
    thorough = EMAIL.sub(MASK, text)
    for _digits, pattern in PATTERNS:
        thorough = pattern.sub(_mask, thorough)
    assert masked(text) == thorough

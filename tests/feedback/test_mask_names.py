"""Names on a workspace's list are taken out of what customers write, and out of what answers are cut by."""

import time
from itertools import islice, permutations

import pytest

from feedback.actions import answer_question, edit_masked_names, masked_names_of, record_responses, survey_for
from feedback.masking import MASK
from feedback.models import Filling, MaskedNames, Response, Submission, new_key
from feedback.names import Masker
from feedback.tasks import mask_names
from tests.answering import an_answer
from tests.surveying import fill_in, survey_at
from workspaces.actions import create_attribute
from workspaces.errors import Stale
from workspaces.models import AuditEntry, Job

LIST = "Anna Müller\nKowalski\nlópez\nUrsula von der Heide\nPeter Klein\nMeier-Schmidt\nFrau Long"


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Anna Müller half sofort.", "••• half sofort."),
        ("anna mueller half", "••• half"),
        ("Müller, Anna", "•••"),
        ("ANNA MULLERS Schalter", "••• Schalter"),
        ("Frau Müller und herrn müller", "Frau ••• und herrn •••"),
        ("Frau A. Müllers Rat", "Frau A. ••• Rat"),
        ("Mrs. Mueller's advice", "Mrs. •••'s advice"),
        ("Dr. Müller", "Dr. •••"),
        ("Kowalski, Kowalskis and KOWALSKI", "•••, ••• and •••"),
        ("mr kowalski", "mr •••"),
        ("lopez, López und LOPEZ", "•••, ••• und •••"),
        ("Ursula von der Heide und Frau von der Heide, Frau Heide", "••• und Frau •••, Frau •••"),
        ("Peter Klein und Herr Klein", "••• und Herr •••"),
        ("Frau Meier-Schmidt und Meier-Schmidt", "Frau ••• und •••"),
        ("Ms Long, frau long", "Ms •••, frau •••"),
        ("Anna  Mu\u0308ller im NFD", "••• im NFD"),
    ],
)
def test_a_name_on_the_list_is_masked(said, kept):
    assert Masker(LIST).comment(said) == kept


@pytest.mark.parametrize(
    "said",
    [
        "Anna war nett, Müller auch.",
        "Der Mülleimer, die Müllerstraße und die Müller-Straße",
        "kowalski in small letters",
        "Kowalskiplatz, Kowalski-Platz",
        "Auf der Heide, klein und fein, Klein Flottbek",
        "Too Long; it took long",
        "Die Frau! Klein war der Wagen",
        "Meier und Schmidt",
    ],
)
def test_words_that_are_not_meant_stay(said):
    assert Masker(LIST).comment(said) == said


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("müller", MASK),
        ("Fr. A. Müller (4711)", MASK),
        ("Klein", MASK),
        ("Counter 3, Kowalski", f"Counter 3, {MASK}"),
        ("a.b@company.example", MASK),
        ("Klein Flottbek", "Klein Flottbek"),
        ("ICE 1703", "ICE 1703"),
        ("X7K2QP", "X7K2QP"),
        ("", ""),
    ],
)
def test_nothing_that_answers_are_cut_by_is_a_name(value, kept):
    assert Masker(LIST).value(value) == kept


def test_an_empty_list_masks_no_name():
    assert Masker("\n - \n").comment("Frau Müller") == "Frau Müller"


def test_names_are_masked_before_an_answer_is_stored(workspace, at, delays, ada, edda):
    create_attribute(workspace, name="Counter", key="counter", by=edda)
    edit_masked_names(workspace, version=1, names=LIST, members=False, by=ada)
    facts = {"text": "Frau Müller!", "segment": "Kowalski", "attributes": {"counter": "Peter Klein"}}
    record_responses(workspace, [an_answer(delays, 2, **facts)])
    assert Response.objects.get().text == f"Frau {MASK}!"
    stored = Submission.objects.get()
    assert (stored.segment, stored.attributes) == (MASK, {"counter": MASK})


def test_a_mask_makes_no_text_too_long(workspace, at, delays, ada):
    edit_masked_names(workspace, version=1, names="Xu", members=False, by=ada)
    record_responses(workspace, [an_answer(delays, 2, text="Xu " * 3333, segment="Xu " * 66)])
    assert len(Response.objects.get().text) == 10_000
    assert len(Submission.objects.get().segment) == 200


def test_names_are_masked_while_a_survey_is_answered(survey, ada):
    edit_masked_names(survey.workspace, version=1, names="Kowalski", members=False, by=ada)
    key, asked = new_key(), survey_for(survey.key)
    fill_in(survey, key, 2)
    answer_question(asked, key, asked.questions[2], {str(asked.questions[2].pk): "Kowalski!"}, language="en")
    assert f"{MASK}!" in Filling.objects.get().answers.values()


def test_members_are_masked_by_their_own_names(workspace, at, delays, ada, edda):
    edit_masked_names(workspace, version=1, names="", members=True, by=ada)
    record_responses(workspace, [an_answer(delays, 2, text="Edda and Otto")])
    assert Response.objects.get().text == f"{MASK} and Otto", "Otto is nobody here"


def test_the_list_of_anelsewhere_masks_nothing_here(workspace, at, delays, elsewhere, otto):
    edit_masked_names(elsewhere, version=1, names="Kowalski", members=False, by=otto)
    record_responses(workspace, [an_answer(delays, 2, text="Kowalski")])
    assert Response.objects.get().text == "Kowalski"


def test_a_longer_list_masks_what_is_stored_already(workspace, at, delays, ada, edda, no_doorbell):
    survey = survey_at(delays, by=edda)
    create_attribute(workspace, name="Counter", key="counter", by=edda)
    facts = {"text": "Frau Müller!", "segment": "Kowalski", "attributes": {"counter": "Peter Klein"}}
    record_responses(workspace, [an_answer(delays, 2, **facts), an_answer(delays, 3, text="Fine")])
    key, asked = new_key(), survey_for(survey.key)
    fill_in(survey, key, 2)
    answer_question(asked, key, asked.questions[2], {str(asked.questions[2].pk): "Kowalski!"}, language="en")
    before = dict(Response.objects.values_list("text", "updated_at"))
    edit_masked_names(workspace, version=1, names=LIST, members=False, by=ada)
    job = Job.objects.get(kind="feedback.mask_stored")
    for _twice in range(2):
        mask_names(job.pk)
        Job.objects.filter(pk=job.pk).update(state="waiting")
    assert sorted(Response.objects.values_list("text", "value")) == [("Fine", 3), (f"Frau {MASK}!", 2)]
    assert Response.objects.get(value=3).updated_at == before["Fine"], "what names nobody is not touched"
    stored = Submission.objects.order_by("pk").first()
    assert (stored.segment, stored.attributes) == (MASK, {"counter": MASK})
    assert f"{MASK}!" in Filling.objects.get(submitted_at=None).answers.values()


def test_a_shorter_list_starts_no_work(workspace, ada, no_doorbell):
    edit_masked_names(workspace, version=1, names="Kowalski\nLong", members=False, by=ada)
    edit_masked_names(workspace, version=2, names="Long", members=False, by=ada)
    assert Job.objects.filter(kind="feedback.mask_stored").count() == 1


def test_two_admins_at_once_do_not_lose_names(workspace, ada, olga, no_doorbell):
    edit_masked_names(workspace, version=1, names="Kowalski", members=False, by=ada)
    with pytest.raises(Stale):
        edit_masked_names(workspace, version=1, names="Long", members=False, by=olga)


def test_the_audit_log_names_nobody(workspace, ada, no_doorbell):
    edit_masked_names(workspace, version=1, names="Kowalski", members=False, by=ada)
    entry = AuditEntry.objects.of(workspace).latest("pk")
    assert (entry.verb, entry.actor) == ("maskednames.edit", ada)
    assert "Kowalski" not in entry.target


def test_an_admin_writes_the_list(workspace, ada, sign_in, no_doorbell):
    client = sign_in(ada)
    page = f"/w/{workspace.slug}/settings/names/"
    sent = {"names": " Anna   Müller \r\n\r\nKowalski\r\nKowalski", "members": "on", "version": "1"}
    answer = client.post(page, sent, follow=True)
    assert "Names are being masked" in answer.content.decode()
    assert MaskedNames.objects.get().names == "Anna Müller\nKowalski"
    assert client.get(page, headers={"HX-Request": "true"}).content.decode().strip().startswith('<div id="masking"')
    stale = client.post(page, {"names": "Long", "version": "1"})
    assert stale.status_code == 409


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ("\n".join(map("".join, islice(permutations("anuriel"), 2001))), "At most 2000 names"),
        ("x" * 101, "Line 1 is longer"),
        ("Kowalski\n4711", "Line 2 holds no name"),
    ],
)
def test_what_is_no_list_of_names_is_refused(workspace, ada, sign_in, names, said):
    answer = sign_in(ada).post(f"/w/{workspace.slug}/settings/names/", {"names": names, "version": "1"})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not MaskedNames.objects.exists()


def test_the_list_is_for_admins_alone(workspace, edda, vik, otto, sign_in):
    page = f"/w/{workspace.slug}/settings/names/"
    assert [sign_in(one).get(page).status_code for one in (edda, vik, otto)] == [403, 403, 404]
    assert page not in sign_in(edda).get(f"/w/{workspace.slug}/settings/").content.decode()


def test_two_thousand_names_are_looked_for_quickly():
    masker = Masker(
        "\n".join(f"{''.join(first)} {''.join(first)}berg" for first in islice(permutations("anuriel", 5), 2000))
    )
    comment = (
        "Der Zug war pünktlich und das Personal freundlich, aber die Toiletten waren leider nicht sauber wie immer auf"
    )
    begun = time.perf_counter()
    for _ in range(2000):
        masker.comment(comment)
    assert time.perf_counter() - begun < 1, "half a millisecond each, of which a regular expression takes many"


def test_nobody_is_named_at_first(workspace):
    assert (masked_names_of(workspace).names, masked_names_of(workspace).members) == ("", False)

"""A link that says whom it was sent to: one way through a survey for one person, and peace for a while after it."""

import datetime
import re
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone

from feedback.actions import edit_survey, forget_left, record_responses, roll_secret
from feedback.links import link_to, secret_of, sign
from feedback.models import Erasure, Filling, Respondent, Response, Submission, Survey, seal
from tests.answering import an_answer
from tests.surveying import ASKED, address, asked_at, fill_in, posted, survey_at
from touchpoints.models import Touchpoint
from workspaces import clock
from workspaces.models import User, Workspace

WHO = "K/1001 & Söhne"
THANKS, LATELY, INCOMPLETE = "They help us to do better", "You told us lately, thank you", "This link is not complete"


@pytest.fixture
def one(touchpoint: Touchpoint, edda: User) -> Survey:
    """Open, of one question; whoever answered anything within 30 days is not asked."""
    survey, _question = asked_at(touchpoint, "csat5", by=edda)
    return edit_survey(survey, version=survey.version, cooldown=30, by=edda)


def link(survey: Survey, reference: str = WHO, **more: Any) -> str:
    """The link below the site."""
    return address(survey) + link_to(survey, reference, **more).partition(address(survey))[2]


def key_in(page: Any) -> str:
    found = re.search(r'name="filling" value="([^"]+)"', page.content.decode())
    assert found
    return found[1]


def shown(phone: Client, path: str) -> str:
    return str(phone.get(path, follow=True).content.decode())


def later(monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    moment = clock.now() + datetime.timedelta(days=days)
    monkeypatch.setattr(clock, "now", lambda: moment)


def test_an_answer_is_that_of_whom_the_link_was_sent_to(phone: Client, survey: Survey) -> None:
    page = phone.get(link(survey))
    page = posted(phone, link(survey), answer="2", filling=key_in(page))
    page = posted(phone, page.wsgi_request.path, answer="9")
    assert THANKS in posted(phone, page.wsgi_request.path, answer="Slow").content.decode()
    submission = Submission.objects.get()
    assert submission.respondent
    assert submission.respondent.reference == WHO
    assert submission.respondent.answered_at == Filling.objects.get().submitted_at
    assert list(Response.objects.values_list("value", "text")) == [(2, ""), (9, "Slow")]


def test_looking_stores_nothing_and_whose_link_it_is_is_said_once(phone: Client, survey: Survey) -> None:
    page = phone.get(link(survey))
    text = page.content.decode()
    assert not Filling.objects.exists()
    assert not Respondent.objects.exists()
    assert "Söhne" not in text
    assert "K/1001" not in text
    assert "This link was sent to you alone" in text
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["Cache-Control"] == "private, no-store"
    path = posted(phone, link(survey), answer="2").wsgi_request.get_full_path()
    assert re.fullmatch(r"~[A-Za-z0-9_-]{23}/[0-9]+/", path.removeprefix(address(survey))), "a key alone, from then on"


def test_another_language_is_still_the_same_link(phone: Client, survey: Survey) -> None:
    other = re.search(r'href="(\?in=de[^"]*)"', phone.get(link(survey)).content.decode())
    assert other
    page = phone.get(address(survey) + other[1].replace("&amp;", "&"))
    assert "Dieser Link ging nur an Sie" in page.content.decode()


def test_whoever_stopped_goes_on_on_another_device(phone: Client, survey: Survey) -> None:
    posted(phone, link(survey), answer="2")
    assert "Question 2 of 3" in shown(Client(), link(survey))
    page = posted(Client(), link(survey), answer="4")  # a tab that was open since before
    assert "Question 2 of 3" in page.content.decode()
    assert list(Filling.objects.values_list("answers", flat=True)) == [{str(survey.questions.get(position=0).pk): 4}]


def test_who_has_sent_is_thanked_again_until_the_rest_is_over(
    phone: Client, one: Survey, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert THANKS in posted(phone, link(one), answer="2").content.decode()
    assert THANKS in shown(Client(), link(one))
    assert THANKS in posted(Client(), link(one), answer="5").content.decode()
    later(monkeypatch, 29)
    assert THANKS in shown(phone, link(one))
    later(monkeypatch, 2)
    assert "Question 1 of 1" in shown(phone, link(one))
    assert THANKS in posted(phone, link(one), answer="5").content.decode()
    assert list(Response.objects.order_by("pk").values_list("value", flat=True)) == [2, 5]


def test_without_rest_a_link_asks_each_time_and_tabs_are_still_one(
    phone: Client, touchpoint: Touchpoint, edda: User
) -> None:
    survey, _question = asked_at(touchpoint, "csat5", by=edda)
    tabs = [key_in(phone.get(link(survey))) for _ in range(2)]
    assert tabs[0] == tabs[1]
    for key in tabs:
        assert THANKS in posted(phone, link(survey), answer="2", filling=key).content.decode()
    assert Submission.objects.count() == 1
    again = key_in(phone.get(link(survey)))
    assert again != tabs[0]
    posted(phone, link(survey), answer="3", filling=again)
    assert Submission.objects.count() == 2


def test_a_key_of_somebodys_own_making_makes_no_second_filling(phone: Client, survey: Survey) -> None:
    for key in ("a" * 24, f"~{'a' * 23}", "", key_in(phone.get(link(survey, "K-2")))):
        posted(phone, link(survey), answer="2", filling=key)
    assert list(Filling.objects.values_list("respondent__reference", flat=True)) == [WHO]


def test_who_answered_another_survey_of_the_company_is_left_in_peace(
    phone: Client, one: Survey, survey: Survey, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill = posted(phone, link(survey), answer="2").wsgi_request.path  # of a survey without rest
    for answer in ("9", "Slow"):
        fill = posted(phone, fill, answer=answer).wsgi_request.path
    for page in (phone.get(link(one)), phone.post(link(one), {"answer": "1"})):
        assert page.status_code == 200
        assert LATELY in page.content.decode()
    assert Submission.objects.count() == 1
    assert "Question 1 of 1" in shown(phone, link(one, "K-2"))
    later(monkeypatch, 31)
    assert "Question 1 of 1" in shown(phone, link(one))


def test_who_had_begun_may_finish(phone: Client, touchpoint: Touchpoint, one: Survey, edda: User) -> None:
    long = survey_at(touchpoint, name="Long", cooldown=30, by=edda)
    page = posted(phone, link(long), answer="2")
    posted(phone, link(one), answer="4")
    assert "Question 2 of 3" in shown(phone, link(long))
    page = posted(phone, page.wsgi_request.path, answer="9")
    assert THANKS in posted(phone, page.wsgi_request.path, answer="").content.decode()
    assert Submission.objects.count() == 2


def test_answers_that_were_only_imported_ask_for_no_rest(
    phone: Client, workspace: Workspace, touchpoint: Touchpoint, one: Survey
) -> None:
    record_responses(workspace, [an_answer(touchpoint, 4, respondent=WHO)])
    assert "Question 1 of 1" in shown(phone, link(one))


def changed(survey: Survey, **more: str) -> str:
    told = {"r": WHO, "s": sign(secret_of(survey), survey.key, WHO), **more}
    return f"{address(survey)}?{urlencode({name: value for name, value in told.items() if value})}"


@pytest.mark.parametrize(
    "more",
    [
        {"r": "K-2"},
        {"r": f"{WHO} "},
        {"r": ""},
        {"s": ""},
        {"s": "0" * 64},
        {"s": "ß"},
        {"r": "", "s": ""} | {"u": "2199-12-31"},
        {"u": "2199-12-31"},
        {"r": "x" * 121},
        {"r": "a\nb"},
    ],
)
def test_a_link_that_was_changed_asks_nothing_and_stores_nothing(
    phone: Client, one: Survey, more: dict[str, str]
) -> None:
    for page in (phone.get(changed(one, **more)), phone.post(changed(one, **more), {"answer": "1"})):
        assert page.status_code == 404
        assert INCOMPLETE in page.content.decode()
        assert "Question 1" not in page.content.decode()
    assert not Filling.objects.exists()
    assert not Respondent.objects.exists()


def test_a_signature_is_good_for_one_survey_and_one_secret(
    phone: Client, one: Survey, survey: Survey, edda: User
) -> None:
    assert INCOMPLETE in shown(phone, link(one).replace(one.key, survey.key))
    before = link(one)
    assert "Question 1 of 1" in shown(phone, before)
    now = roll_secret(one, after=one.secret_number, by=edda)
    assert roll_secret(one, after=one.secret_number, by=edda).secret_number == now.secret_number, "twice is harmless"
    assert INCOMPLETE in shown(phone, before)
    assert "Question 1 of 1" in shown(phone, link(now))


def test_a_link_may_end(phone: Client, one: Survey, monkeypatch: pytest.MonkeyPatch) -> None:
    today = clock.today(one.workspace.zone)
    ends = link(one, until=today)
    assert "Question 1 of 1" in shown(phone, ends)
    later(monkeypatch, 1)
    page = phone.post(ends, {"answer": "1"})
    assert page.status_code == 410
    assert "good for some time only" in page.content.decode()
    assert INCOMPLETE in shown(phone, re.sub(r"u=[^&]+", "u=2199-12-31", ends))
    assert INCOMPLETE in shown(phone, changed(one, u="soon", s=sign(secret_of(one), one.key, WHO, "soon")))
    assert not Filling.objects.exists()


def test_somebody_who_was_erased_is_asked_nothing(
    phone: Client, workspace: Workspace, one: Survey, survey: Survey
) -> None:
    page = posted(phone, link(survey), answer="2")
    Respondent.objects.get(reference=WHO).delete()
    Erasure.objects.create(workspace=workspace, digest=seal(workspace.pk, WHO))
    for answer in (phone.get(link(one)), phone.post(link(one), {"answer": "1"})):
        assert answer.status_code == 410
        assert "Nothing is asked here" in answer.content.decode()
    left = phone.get(page.wsgi_request.path)
    assert left.status_code == 404
    assert "What was begun here is no longer kept" in left.content.decode()
    assert phone.post(page.wsgi_request.path, {"answer": "9"}).status_code == 404
    assert not Filling.objects.exists()
    assert not Respondent.objects.exists()


def test_whose_way_was_forgotten_is_forgotten_with_it_unless_more_is_known(
    phone: Client, workspace: Workspace, touchpoint: Touchpoint, survey: Survey, edda: User
) -> None:
    other = survey_at(touchpoint, name="Another", by=edda)
    for reference in ("silent", "imported", "under way"):
        posted(phone, link(survey, reference), answer="2")
    record_responses(workspace, [an_answer(touchpoint, 4, respondent="imported")])
    Filling.objects.update(begun_at=timezone.now() - datetime.timedelta(days=31))
    posted(phone, link(other, "under way"), answer="2")
    assert forget_left(timezone.now()) == 3
    assert set(Respondent.objects.values_list("reference", flat=True)) == {"imported", "under way"}


def test_the_public_address_stays_nobodys(phone: Client, one: Survey) -> None:
    fill_in(one, "a" * 24, 4)
    assert "sent to you alone" not in shown(phone, address(one))
    assert not Respondent.objects.exists()
    assert Submission.objects.get().respondent is None


def test_statements_of_a_personal_link_are_few(
    phone: Client, touchpoint: Touchpoint, edda: User, django_assert_max_num_queries: Any
) -> None:
    survey = survey_at(touchpoint, name="Long", cooldown=30, by=edda)
    fill_in(survey, "a" * 24, 2, 3, "Fine")
    with django_assert_max_num_queries(4):  # the survey, the last way, the person, whether they were erased
        phone.get(link(survey))
    page = posted(phone, link(survey), answer="2")
    page = posted(phone, page.wsgi_request.path, answer="9")
    with django_assert_max_num_queries(11 + 2):  # besides what sending takes: erased?, known?, held; and savepoints
        assert phone.post(page.wsgi_request.path, {"answer": "Slow"}).status_code == 302


def test_asked_words_are_those_of_the_survey(phone: Client, one: Survey) -> None:
    assert ASKED["en"] in shown(phone, link(one))

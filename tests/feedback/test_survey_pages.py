"""A customer's way through a survey, page by page."""

import gzip
import re
from typing import Any

import pytest
from django.test import Client

from feedback.actions import (
    edit_question,
    edit_survey,
    remove_question,
    survey_for,
)
from feedback.models import Filling, Response, Submission, Survey
from feedback.views import questionnaire
from tests.cast import SignIn
from tests.surveying import address, asked_at, fill_in, posted
from touchpoints.models import Touchpoint
from workspaces import limits
from workspaces.models import User


def key_in(page: Any) -> str:
    return found(page, r'name="filling" value="([^"]+)"')


def found(page: Any, pattern: str) -> str:
    match = re.search(pattern, page.content.decode())
    assert match
    return match[1]


def test_a_customer_answers_question_by_question_and_is_thanked(phone: Client, survey: Survey) -> None:
    page = phone.get(address(survey), headers={"Accept-Language": "en"})
    assert "Question 1 of 3" in page.content.decode()
    page = posted(phone, address(survey), answer="2", filling=key_in(page))
    assert "Question 2 of 3" in page.content.decode()
    page = posted(phone, page.wsgi_request.path, answer="9")
    assert "Question 3 of 3, optional" in page.content.decode()
    page = posted(phone, page.wsgi_request.path, answer="Tell us why")
    assert "Thank you" in page.content.decode()
    assert list(Response.objects.values_list("metric", "value", "text")) == [("csat", 2, ""), ("nps", 9, "Tell us why")]


def test_looking_stores_nothing_and_sets_no_cookie(phone: Client, survey: Survey) -> None:
    page = phone.get(address(survey))
    first = survey_for(survey.key).questions[0]
    again = phone.get(f"{address(survey)}{key_in(page)}/{first.pk}/")
    assert (page.status_code, again.status_code) == (200, 200)
    assert not Filling.objects.exists()
    assert not phone.cookies
    assert "etappe-session" not in page.content.decode()


def test_nothing_of_a_survey_is_indexed_or_needs_a_script(phone: Client, survey: Survey) -> None:
    page = phone.get(address(survey))
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "<script" not in page.content.decode()


def test_a_page_weighs_less_than_20_kb(phone: Client, survey: Survey) -> None:
    page = phone.get(address(survey))
    weight = len(gzip.compress(page.content))
    for link in re.findall(r'rel="stylesheet" href="([^"]+)"', page.content.decode()):
        sheet = phone.get(link)
        weight += len(gzip.compress(b"".join(sheet) if sheet.streaming else sheet.content))
    assert weight < 20_000


def test_the_device_s_language_is_spoken(phone: Client, survey: Survey) -> None:
    page = phone.get(address(survey), headers={"Accept-Language": "de-AT, en;q=0.5"}).content.decode()
    assert "Frage 1 von 3" in page
    assert "Wie gut haben wir Sie informiert?" in page


def test_who_speaks_neither_language_meets_the_survey_s_first(phone: Client, survey: Survey, edda: User) -> None:
    edit_survey(survey, version=survey.version, languages=["de", "en"], by=edda)
    assert "Frage 1 von 3" in phone.get(address(survey), headers={"Accept-Language": "fr"}).content.decode()


def test_another_language_keeps_the_place_and_stays(phone: Client, survey: Survey) -> None:
    page = posted(phone, address(survey), answer="2", filling="")
    path = page.wsgi_request.path
    assert "Frage 2 von 3" in phone.get(f"{path}?in=de").content.decode()
    page = posted(phone, path, answer="9", **{"in": "de"})
    assert "Frage 3 von 3, freiwillig" in page.content.decode()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Choose an answer or skip the question"),
        ({"answer": "6"}, "6 is not on the scale from 1 to 5."),
        ({"answer": "0"}, "0 is not on the scale from 1 to 5."),
        ({"answer": "good"}, "“good” is not a number."),
        ({"answer": "4.5"}, "4.5 is not a whole number."),
    ],
)
def test_a_value_off_the_scale_is_refused_beside_its_question(
    sent: dict[str, str], said: str, phone: Client, survey: Survey
) -> None:
    page = phone.post(address(survey), sent, headers={"Accept-Language": "en"})
    assert page.status_code == 422
    shown = page.content.decode()
    assert f'<a href="#answer" id="answer-problem">{said}</a>' in shown
    assert 'id="answer"' in shown
    assert not Filling.objects.exists()


def test_a_required_question_cannot_be_skipped(phone: Client, survey: Survey) -> None:
    path = posted(phone, address(survey), skip="1").wsgi_request.path
    page = phone.post(path, {"skip": "1"})
    assert page.status_code == 422
    assert "Choose an answer" in page.content.decode()


def test_words_that_are_too_long_are_kept_and_refused(phone: Client, survey: Survey) -> None:
    path = posted(phone, address(survey), skip="1").wsgi_request.path
    path = posted(phone, path, answer="3").wsgi_request.path
    page = phone.post(path, {"answer": "long " * 1000})
    assert page.status_code == 422
    assert "Write at most 4000 signs; these are 4999." in page.content.decode()
    assert "long long" in page.content.decode()


def test_going_back_shows_what_was_answered(phone: Client, survey: Survey) -> None:
    page = posted(phone, address(survey), answer="2")
    back = found(page, r'class="survey-way" href="([^"]+)"')
    assert 'value="2" checked' in phone.get(back).content.decode()


def test_two_tabs_and_the_same_form_again_are_one_filling(phone: Client, survey: Survey) -> None:
    key = key_in(phone.get(address(survey)))
    for value in ("2", "4"):
        posted(phone, address(survey), answer=value, filling=key)
    assert Filling.objects.get().key == key


def test_sending_again_is_thanked_and_stored_once(phone: Client, survey: Survey) -> None:
    page = posted(phone, address(survey), answer="2")
    second = page.wsgi_request.path
    third = posted(phone, second, answer="9").wsgi_request.path
    for _again in range(2):
        assert "Thank you" in posted(phone, third, answer="Slow").content.decode()
    assert "Thank you" in posted(phone, second, answer="1").content.decode()
    assert "Thank you" in phone.get(second, follow=True).content.decode()
    assert Submission.objects.count() == 1


def test_the_address_of_a_filling_leads_to_where_it_was_left(phone: Client, survey: Survey) -> None:
    page = posted(phone, address(survey), answer="2")
    key = page.wsgi_request.path.split("/")[3]
    assert "Question 2 of 3" in phone.get(f"{address(survey)}{key}/", follow=True).content.decode()


def test_a_question_that_was_removed_leads_on(phone: Client, survey: Survey, edda: User) -> None:
    page = posted(phone, address(survey), answer="2")
    questions = survey_for(survey.key).questions
    remove_question(questions[2], by=edda)
    key = page.wsgi_request.path.split("/")[3]
    page = phone.get(f"{address(survey)}{key}/{questions[2].pk}/", follow=True)
    assert "Question 2 of 2" in page.content.decode()


def test_an_unknown_address_is_404(phone: Client, survey: Survey) -> None:
    first = survey_for(survey.key).questions[0]
    for path in ("/q/unknown/", f"{address(survey)}short/{first.pk}/"):
        assert phone.get(path).status_code == 404
        assert not Filling.objects.exists()


def test_expected_and_found_are_each_asked_for(phone: Client, touchpoint: Touchpoint, edda: User) -> None:
    survey, _question = asked_at(touchpoint, "pair", by=edda)
    page = phone.post(address(survey), {"expected": "1"})
    assert page.status_code == 422
    assert '<a href="#found">' in page.content.decode()
    assert 'value="1" checked' in page.content.decode()
    assert "Thank you" in posted(phone, address(survey), expected="1", found="-2").content.decode()


def test_an_option_that_is_not_there_is_refused(phone: Client, touchpoint: Touchpoint, edda: User) -> None:
    survey, _question = asked_at(
        touchpoint, "choice", options=[{"en": "A", "de": "A"}, {"en": "B", "de": "B"}], by=edda
    )
    for value in ("2", "-1", "٢", "1e0"):
        assert phone.post(address(survey), {"answer": value}).status_code == 422


def test_the_brand_s_colour_is_a_stylesheet_of_its_own(phone: Client, survey: Survey) -> None:
    sheet = phone.get("/q/colours/0b4f8a.css")
    assert sheet.headers["Content-Type"].startswith("text/css")
    assert "#0b4f8a" in sheet.content.decode()
    assert phone.get("/q/colours/red;}.css").status_code == 404


def test_statements_of_a_request_are_few(survey: Survey, phone: Client, django_assert_max_num_queries: Any) -> None:
    fill_in(survey, "a" * 24, 2, 3, "Fine")
    with django_assert_max_num_queries(1):
        phone.get(address(survey))
    page = posted(phone, address(survey), answer="2")
    page = posted(phone, page.wsgi_request.path, answer="9")
    with django_assert_max_num_queries(2):
        phone.get(page.wsgi_request.path)
    with django_assert_max_num_queries(8 + 2):  # the test's own transaction makes two savepoints of ours
        answer = phone.post(page.wsgi_request.path, {"answer": "Slow"})
    assert answer.status_code == 302
    assert Submission.objects.count() == 2


def test_a_member_answers_like_anybody(survey: Survey, vik: User, sign_in: SignIn) -> None:
    page = posted(sign_in(vik), address(survey), answer="2")
    assert "Question 2 of 3" in page.content.decode()


def test_posts_from_one_address_are_limited(survey: Survey, phone: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    few = (limits.Limit(limits.address, 2, 60),)
    monkeypatch.setitem(limits.LIMITS, "questionnaire", few)
    answers = [phone.post(address(survey), {"skip": "1"}, headers={"X-Forwarded-For": f"10.0.0.{n}"}) for n in range(4)]
    assert [answer.status_code for answer in answers] == [302, 302, 429, 429]


def test_a_question_that_was_changed_meanwhile_is_shown_as_it_is_now(
    phone: Client, survey: Survey, edda: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = survey_for(survey.key)
    first = asked.questions[0]
    edit_question(first, version=first.version, kind="csat7", by=edda)
    monkeypatch.setattr(questionnaire, "survey_for", lambda _key: asked)  # as read a moment before
    page = phone.post(address(survey), {"answer": "5"})
    assert page.status_code == 302
    monkeypatch.undo()
    assert 'value="7"' in phone.get(page.headers["Location"]).content.decode()
    assert not Filling.objects.exists()

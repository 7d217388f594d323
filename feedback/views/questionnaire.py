"""What a customer sees of a survey: one question a screen, without an account, a cookie or a script.

No token guards its forms against other sites: they are nobody's, so a forged post can do no more than its sender. The
key of a filling, 144 random bits in the address, is all that lets somebody go on with it (docs/decisions/0008).
"""

import functools
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from feedback.actions import Asked, Closed, Peace, answer_question, filling_of, meet, survey_for, wanting
from feedback.answering import NotAnAnswer, passed_over, read_answer
from feedback.brand import COLOUR, brand_of
from feedback.links import Expired, Incomplete, carried, claimed
from feedback.models import Filling, Question, Survey, SurveyStatus, new_key
from feedback.models.survey import KEY
from feedback.steps import groups_of
from feedback.wording import in_words

GONE = 410
INVALID = 422
Shown = Callable[..., HttpResponse]


def public(view: Shown) -> Shown:
    """Find the survey of an address and speak a language of it; nothing is indexed, nor told to whom a link leads."""

    @functools.wraps(view)
    def found(request: HttpRequest, key: str, **place: Any) -> HttpResponse:
        try:
            asked = survey_for(key)
        except Survey.DoesNotExist:
            response = render(request, "feedback/survey_end.html", {"end": "unknown"}, status=404)
        else:
            language = _language(request, asked.survey)
            with translation.override(language):
                try:
                    response = view(request, asked, **place)
                except Filling.DoesNotExist:
                    response = page(request, "feedback/survey_end.html", asked.survey, {"end": "left"}, status=404)
                response.headers["Content-Language"] = translation.get_language() or language
            patch_vary_headers(response, ["Accept-Language"])
            _let_in(response, asked.survey.hosts)
        response.headers.setdefault("Cache-Control", "private, no-store")
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    return csrf_exempt(found)


@require_http_methods(["GET", "HEAD", "POST"])
@public
def questionnaire(request: HttpRequest, asked: Asked) -> HttpResponse:
    """The first question. Its form brings the key under which the first answer begins a filling.

    The browser may keep this page, for nobody has said anything yet: whoever goes back meets the same key. A link that
    says whom it was sent to leads where that person stopped, and nobody anywhere unless it is signed.
    """
    try:
        reference = claimed(asked.survey, request.GET)
    except Incomplete:
        return page(request, "feedback/survey_end.html", asked.survey, {"end": "incomplete"}, status=404)
    except Expired:
        return page(request, "feedback/survey_end.html", asked.survey, {"end": "expired"}, status=GONE)
    if reference:
        return _personally(request, asked, reference)
    if request.method == "POST":
        key = request.POST.get("filling", "")
        return _take(request, asked, key if KEY.fullmatch(key) else new_key(), asked.questions[:1])
    if not asked.survey.takes_answers:
        return _end(request, asked.survey)
    response = _ask(request, asked, Filling(key=new_key()), asked.questions[0])
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _personally(request: HttpRequest, asked: Asked, reference: str) -> HttpResponse:
    """The first question to whom the link was sent, or where they stopped; or why they are left in peace."""
    met = meet(asked.survey, reference, shown=request.POST.get("filling", ""))
    if met.peace == Peace.SENT:
        return redirect("questionnaire_end", asked.survey.key, met.key)
    if met.peace:
        status = GONE if met.peace == Peace.ERASED else 200
        return page(request, "feedback/survey_end.html", asked.survey, {"end": met.peace}, status=status)
    if request.method == "POST":
        return _take(request, asked._replace(reference=reference), met.key, asked.questions[:1])
    if met.begun:
        return redirect("questionnaire_end", asked.survey.key, met.key)
    if not asked.survey.takes_answers:
        return _end(request, asked.survey)
    return _ask(request, asked, Filling(key=met.key), asked.questions[0])


@require_http_methods(["GET", "HEAD", "POST"])
@public
def questionnaire_question(request: HttpRequest, asked: Asked, filling_key: str, question_id: int) -> HttpResponse:
    """One question of a filling, as far as it has been answered."""
    here = [question for question in asked.questions if question.pk == question_id]
    if request.method == "POST":
        return _take(request, asked, _key(filling_key), here)
    filling = filling_of(asked.survey, _key(filling_key))
    if filling.submitted_at or not here:
        return redirect("questionnaire_end", asked.survey.key, filling.key)
    if not asked.survey.takes_answers:
        return _end(request, asked.survey)
    _speak(request, asked.survey, filling)
    return _ask(request, asked, filling, here[0])


@require_safe
@public
def questionnaire_end(request: HttpRequest, asked: Asked, filling_key: str) -> HttpResponse:
    """Thanks for what was sent; whoever has not finished is led to where they stopped."""
    filling = filling_of(asked.survey, _key(filling_key))
    if not filling.submitted_at:
        if not asked.survey.takes_answers:
            return _end(request, asked.survey)
        return _to(asked, filling, wanting(asked.questions, filling) or asked.questions[-1])
    _speak(request, asked.survey, filling)
    return page(request, "feedback/survey_end.html", asked.survey, {"end": "thanks"})


@require_safe
def questionnaire_colours(request: HttpRequest, colour: str) -> HttpResponse:
    """A survey's colour as a stylesheet: pages may have no styles of their own (CSP)."""
    if not COLOUR.fullmatch(f"#{colour}"):
        raise Http404
    sheet = render(request, "feedback/survey_colours.css", {"brand": brand_of(f"#{colour}")}, "text/css")
    sheet.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return sheet


def _let_in(response: HttpResponse, hosts: list[str]) -> None:
    """Let pages of exactly these hosts show it inside theirs; of none, no page may."""
    if hosts:
        response._csp_replace = {"frame-ancestors": hosts}  # type: ignore[attr-defined]  # noqa: SLF001 - django-csp's
        response.xframe_options_exempt = True  # it knows no hosts


def _take(request: HttpRequest, asked: Asked, key: str, here: list[Question]) -> HttpResponse:
    """What was posted to a question: on to the next one, or the question again with what is wrong."""
    survey = asked.survey
    if not here:  # it was removed meanwhile, or there never was one
        return redirect("questionnaire_end", survey.key, key)
    language = translation.get_language() or settings.LANGUAGE_CODE
    try:
        read = passed_over(here[0]) if "skip" in request.POST else read_answer(here[0], request.POST)
        filling = answer_question(asked, key, here[0], read, language=language)
    except NotAnAnswer as refusal:
        if not survey.takes_answers:
            return _end(request, survey)
        return _ask(request, asked, Filling(key=key), here[0], refusal.problems)
    except Closed:
        survey.refresh_from_db()
        # Or what the question asks was changed since it was shown: then it is shown as it is now.
        return _to(asked, Filling(key=key), here[0]) if survey.takes_answers else _end(request, survey)
    place = asked.questions.index(here[0]) + 1
    if filling.submitted_at:
        return redirect("questionnaire_end", survey.key, key)
    following = asked.questions[place] if place < len(asked.questions) else wanting(asked.questions, filling)
    return _to(asked, filling, following or here[0])


def _ask(
    request: HttpRequest, asked: Asked, filling: Filling, question: Question, problems: dict[str, str] | None = None
) -> HttpResponse:
    context = asking(asked, filling, question, request.POST if problems else {}, problems)
    return page(request, "feedback/survey_question.html", asked.survey, context, status=INVALID if problems else 200)


def asking(
    asked: Asked,
    filling: Filling,
    question: Question,
    sent: QueryDict | Mapping[str, Any],
    problems: dict[str, str] | None = None,
) -> dict[str, Any]:
    """What the screen of a question shows, with what was `sent` and is wrong, or else what was answered before."""
    language = translation.get_language() or settings.LANGUAGE_CODE
    place = asked.questions.index(question)
    groups = groups_of(question, language)
    chosen = {group.field: sent.get(group.field, filling.answers.get(group.name)) for group in groups}
    before = asked.questions[place - 1] if place else None
    way = before and reverse("questionnaire_question", args=[asked.survey.key, filling.key, before.pk])
    return {
        "question": question,
        "wording": in_words(question.wording, language),
        "hint": in_words(question.hint, language),
        "groups": [(group, str(chosen[group.field]), (problems or {}).get(group.field)) for group in groups],
        "text": sent.get("answer", filling.answers.get(str(question.pk)) or ""),
        "problems": problems,
        "number": place + 1,
        "count": len(asked.questions),
        "is_last": question == asked.questions[-1],
        "back": way and f"{way}?in={language}",
        "filling": filling,
        "privacy": in_words(asked.survey.privacy, language),
        # Before anything is said, and where most can be.
        "shows_privacy": (asked.survey.privacy or asked.survey.privacy_url or filling.is_personal)
        and (place == 0 or not groups),
    }


def _end(request: HttpRequest, survey: Survey) -> HttpResponse:
    """Why nothing can be answered, kindly: 410 where that is final, 200 where it is worth coming again."""
    if survey.is_full:
        end = "full"
    elif survey.archived_at or survey.is_over or survey.status == SurveyStatus.CLOSED:
        end = "closed"
    else:
        end = "paused" if survey.status == SurveyStatus.PAUSED else "draft"
    status = GONE if end in {"full", "closed"} else 200
    return page(request, "feedback/survey_end.html", survey, {"end": end}, status=status)


def page(
    request: HttpRequest, template: str, survey: Survey, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """A screen of a survey in the active language."""
    language = translation.get_language() or settings.LANGUAGE_CODE
    shown = {
        "survey": survey,
        "company": survey.workspace,
        "thanks": in_words(survey.thanks, language),
        "carried": carried(request.GET),
        "languages": [(code, translation.get_language_info(code)["name_local"]) for code in sorted(survey.languages)],
        **context,
    }
    return render(request, template, shown, status=status)


def _to(asked: Asked, filling: Filling, question: Question) -> HttpResponse:
    return redirect("questionnaire_question", asked.survey.key, filling.key, question.pk)


def _key(filling_key: str) -> str:
    if not KEY.fullmatch(filling_key):
        raise Http404
    return filling_key


def _language(request: HttpRequest, survey: Survey) -> str:
    """The language that was chosen here, else what the device asks for, else the survey's first."""
    wanted = [request.POST.get("in", ""), request.GET.get("in", "")]
    accepted = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    wanted += [code.partition("-")[0] for code, _weight in accepted]
    return survey.language_of(*wanted)


def _speak(request: HttpRequest, survey: Survey, filling: Filling) -> None:
    """Go on in the language of the filling, unless another is chosen just now. Until the end of the request."""
    if filling.language in survey.languages and "in" not in request.GET:
        translation.activate(filling.language)

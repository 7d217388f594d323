"""One survey: what it asks, how it stands, how it is reached and how far customers came."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from feedback.actions import advice_of, close_survey, open_survey, pause_survey, problems_of
from feedback.funnel import Funnel, funnel_of
from feedback.models import Question, Survey
from journeys.forms.surveys import HostsForm
from workspaces.access import WorkspaceRequest, door
from workspaces.errors import Refused
from workspaces.models import Role

SNIPPET = '<iframe src="{url}" title="{title}" width="100%" height="640" loading="lazy"></iframe>'


class Row(NamedTuple):
    """A question in the list. `up`, `down`: whom it follows after a step (where it cannot step, whom it follows now).

    `left`: how many came no further than here.
    """

    question: Question
    up: str
    down: str
    left: int


@door(Role.VIEWER)
@require_safe
def survey(request: WorkspaceRequest, survey_id: int) -> HttpResponse:
    """All that the team wants to know of a survey."""
    return render(request, "surveys/show.html", page_of(request, survey_of(request, survey_id)))


@door(Role.EDITOR)
@require_http_methods(["GET", "POST"])
def survey_open(request: WorkspaceRequest, survey_id: int) -> HttpResponse:
    """Say what it means and what is missing, then let customers answer."""
    return _changed(request, survey_id, "open", open_survey)


@door(Role.EDITOR)
@require_http_methods(["GET", "POST"])
def survey_pause(request: WorkspaceRequest, survey_id: int) -> HttpResponse:
    """Say what it means, then take no answers until it is opened again."""
    return _changed(request, survey_id, "pause", pause_survey)


@door(Role.EDITOR)
@require_http_methods(["GET", "POST"])
def survey_close(request: WorkspaceRequest, survey_id: int) -> HttpResponse:
    """Say what it means, then take no answers any more."""
    return _changed(request, survey_id, "close", close_survey)


def survey_of(request: WorkspaceRequest, survey_id: int) -> Survey:
    """The survey with what it is about, or 404."""
    about = Survey.objects.of(request.workspace).select_related("subject__touchpoint", "subject__journey", "persona")
    found: Survey = get_object_or_404(about, pk=survey_id)
    found.workspace = request.workspace
    return found


def kept_survey_of(request: WorkspaceRequest, survey_id: int) -> Survey:
    """As `survey_of`; of an archived survey nothing can be changed: 404."""
    survey = survey_of(request, survey_id)
    if survey.archived_at:
        raise Http404(_("This survey is archived."))
    return survey


def asked_in(survey: Survey) -> list[Question]:
    """What it asks, in order, each with what it measures."""
    kept = Question.objects.of(survey.workspace).kept().filter(survey=survey)
    return list(kept.select_related("subject__touchpoint", "subject__journey", "attribute").order_by("position"))


def page_of(request: WorkspaceRequest, survey: Survey) -> dict[str, Any]:
    """What the survey's page shows."""
    questions = asked_in(survey)
    funnel = funnel_of(survey, questions)
    return {
        "survey": survey,
        "rows": [_row(questions, place, funnel) for place in range(len(questions))],
        "funnel": funnel,
        "problems": problems_of(survey, questions),
        "advice": advice_of(survey, questions),
        "hosts_form": HostsForm(instance=survey),
        "snippet": SNIPPET.format(url=survey.url, title=_("Survey")),
    }


def _row(questions: list[Question], place: int, funnel: Funnel) -> Row:
    ahead = ["", *[str(one.pk) for one in questions]]  # whom to follow to stand first, second, ...
    here, last = questions[place], place == len(questions) - 1
    return Row(here, ahead[max(place - 1, 0)], ahead[place if last else place + 2], funnel.left[here.pk])


def _changed(request: WorkspaceRequest, survey_id: int, verb: str, change: Callable[..., Survey]) -> HttpResponse:
    survey = kept_survey_of(request, survey_id)
    page = reverse("survey", args=[request.workspace.slug, survey_id])
    if request.method == "POST":
        try:
            change(survey, by=request.user)
        except Refused as refused:
            messages.error(request, str(refused))
        return redirect(page)
    shown = {"survey": survey, "verb": verb, "page": page, "problems": problems_of(survey) if verb == "open" else []}
    return render(request, "surveys/change.html", shown)

"""The questions of a survey: a new one, its words, its place."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from feedback.actions import add_question, edit_question, move_question, remove_question, restore_question
from feedback.models import Question, QuestionKind, Survey
from feedback.usual import MEASURES, usual_wording
from journeys.forms.surveys import QuestionForm, name_of
from journeys.views.surveys.survey import page_of, survey_of
from workspaces.access import WorkspaceRequest, door, row
from workspaces.editing import save, status
from workspaces.errors import Refused
from workspaces.models import Role


@door(Role.EDITOR)
@require_http_methods(["GET", "POST"])
def survey_question_create(request: WorkspaceRequest, survey_id: int) -> HttpResponse:
    """What can be asked; then, by `kind`, the form of a new question in its usual words."""
    survey = _survey(request, survey_id)
    kind = request.GET.get("kind", "")
    shown: dict[str, Any] = {"survey": survey, "kinds": kinds()}
    if kind not in QuestionKind.values:
        return render(request, "surveys/kinds.html", shown)
    usual = usual_wording(kind, about=name_of(survey.subject), languages=survey.languages)
    question = Question(workspace=request.workspace, survey=survey, kind=kind, wording=usual)
    form = QuestionForm(request.POST or None, instance=question)
    if save(form, add_question, survey, kind=kind, by=request.user):
        return redirect("survey", request.workspace.slug, survey_id)
    shown |= {"form": form, "question": question, "measures": MEASURES[kind]}
    return render(request, "surveys/question.html", shown, status=status(form))


@door(Role.EDITOR)
@require_http_methods(["GET", "POST"])
def survey_question_edit(request: WorkspaceRequest, survey_id: int, question_id: int) -> HttpResponse:
    """A form for what a question says and measures."""
    survey = _survey(request, survey_id)
    question = row(Question, request, pk=question_id, survey=survey, archived_at=None)
    question.survey, question.workspace = survey, request.workspace
    form = QuestionForm(request.POST or None, instance=question)
    if save(form, edit_question, question, by=request.user):
        return redirect("survey", request.workspace.slug, survey_id)
    shown = {"survey": survey, "form": form, "question": question, "measures": MEASURES[question.kind]}
    return render(request, "surveys/question.html", shown, status=status(form))


@door(Role.EDITOR)
@require_POST
def survey_question_move(request: WorkspaceRequest, survey_id: int, question_id: int) -> HttpResponse:
    """Let it follow the question that `after` names, or lead where that is empty."""
    question = _question(request, survey_id, question_id)
    named = request.POST.get("after", "")
    number = int(named) if named.isdecimal() and len(named) < 19 else 0
    after = row(Question, request, pk=number, survey=question.survey_id) if named else None
    return _rearranged(request, question, lambda: move_question(question, after=after, by=request.user))


@door(Role.EDITOR)
@require_POST
def survey_question_remove(request: WorkspaceRequest, survey_id: int, question_id: int) -> HttpResponse:
    """Ask it no longer; the toast takes that back."""
    question = _question(request, survey_id, question_id)
    answer = _rearranged(request, question, lambda: remove_question(question, by=request.user))
    if not Question.objects.kept().filter(pk=question_id).exists():
        undo = reverse("survey_question_restore", args=[request.workspace.slug, survey_id, question_id])
        messages.success(request, _("The question is no longer asked."), extra_tags=undo)
    return answer


@door(Role.EDITOR)
@require_POST
def survey_question_restore(request: WorkspaceRequest, survey_id: int, question_id: int) -> HttpResponse:
    """Ask it again, as the last one: from a form as from a toast."""
    question = _question(request, survey_id, question_id)
    answer = _rearranged(request, question, lambda: restore_question(question, by=request.user))
    if request.htmx:
        return HttpResponseClientRedirect(reverse("survey", args=[request.workspace.slug, survey_id]))
    return answer


def kinds() -> list[tuple[str, Any, Any]]:
    """What can be asked: kind, name and what it measures."""
    return [(kind.value, kind.label, MEASURES[kind]) for kind in QuestionKind]


def _rearranged(request: WorkspaceRequest, question: Question, change: Callable[[], Question]) -> HttpResponse:
    """The list of questions as it stands after that, by itself for a script, or the page."""
    refusal = ""
    try:
        change()
    except Refused as refused:
        refusal = str(refused)
    if request.htmx:
        shown = {**page_of(request, survey_of(request, question.survey_id)), "refusal": refusal}
        return render(request, "surveys/show.html#questions", shown, status=409 if refusal else 200)
    if refusal:
        messages.error(request, refusal)
    return redirect("survey", request.workspace.slug, question.survey_id)


def _survey(request: WorkspaceRequest, survey_id: int) -> Survey:
    survey = survey_of(request, survey_id)
    if survey.archived_at:
        raise Http404(_("This survey is archived."))
    return survey


def _question(request: WorkspaceRequest, survey_id: int, question_id: int) -> Question:
    question = row(Question, request, pk=question_id, survey=_survey(request, survey_id))
    question.workspace = request.workspace
    return question

"""The questions of a survey: a new one, its words, its place."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from feedback.actions import add_question, edit_question, move_question, remove_question, restore_question
from feedback.models import Question, QuestionKind
from feedback.usual import MEASURES, usual_wording
from journeys.forms.surveys import QuestionForm, name_of
from journeys.views.surveys.survey import kept_survey_of, page_of
from workspaces.access import WorkspaceRequest, door, row
from workspaces.editing import save, status
from workspaces.errors import Refused
from workspaces.models import Role


@door(Role.EDITOR)
@require_http_methods(["GET", "POST"])
def survey_question_create(request: WorkspaceRequest, survey_id: int) -> HttpResponse:
    """What can be asked; then, by `kind`, the form of a new question in its usual words."""
    survey = kept_survey_of(request, survey_id)
    kind = request.GET.get("kind", "")
    if kind not in QuestionKind.values:
        kinds = [(value, label, MEASURES[value]) for value, label in QuestionKind.choices]
        return render(request, "surveys/kinds.html", {"survey": survey, "kinds": kinds})
    usual = usual_wording(kind, about=name_of(survey.subject), languages=survey.languages)
    question = Question(workspace=request.workspace, survey=survey, kind=kind, wording=usual)
    form = QuestionForm(request.POST or None, instance=question)
    if save(form, add_question, survey, kind=kind, by=request.user):
        return redirect("survey", request.workspace.slug, survey_id)
    return _form(request, form)


@door(Role.EDITOR)
@require_http_methods(["GET", "POST"])
def survey_question_edit(request: WorkspaceRequest, survey_id: int, question_id: int) -> HttpResponse:
    """A form for what a question says and measures."""
    question = _question(request, survey_id, question_id, archived_at=None)
    form = QuestionForm(request.POST or None, instance=question)
    if save(form, edit_question, question, by=request.user):
        return redirect("survey", request.workspace.slug, survey_id)
    return _form(request, form)


@door(Role.EDITOR)
@require_POST
def survey_question_move(request: WorkspaceRequest, survey_id: int, question_id: int) -> HttpResponse:
    """Let it follow the question that `after` names, or lead where that is empty."""
    question = _question(request, survey_id, question_id)
    named = request.POST.get("after", "")
    number = int(named) if named.isdecimal() and len(named) < 19 else 0
    after = row(Question, request, pk=number, survey=question.survey_id) if named else None
    refusal = ""
    try:
        move_question(question, after=after, by=request.user)
    except Refused as refused:
        refusal = str(refused)
    if request.htmx:
        shown = {**page_of(request, question.survey), "refusal": refusal}
        return render(request, "surveys/show.html#questions", shown, status=409 if refusal else 200)
    if refusal:
        messages.error(request, refusal)
    return redirect("survey", request.workspace.slug, survey_id)


@door(Role.EDITOR)
@require_POST
def survey_question_remove(request: WorkspaceRequest, survey_id: int, question_id: int) -> HttpResponse:
    """Ask it no longer; the toast takes that back."""
    question = _question(request, survey_id, question_id)
    try:
        remove_question(question, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        undo = reverse("survey_question_restore", args=[request.workspace.slug, survey_id, question_id])
        messages.success(request, _("The question is no longer asked."), extra_tags=undo)
    return redirect("survey", request.workspace.slug, survey_id)


@door(Role.EDITOR)
@require_POST
def survey_question_restore(request: WorkspaceRequest, survey_id: int, question_id: int) -> HttpResponse:
    """Ask it again, as the last one: from a form as from a toast."""
    question = _question(request, survey_id, question_id)
    try:
        restore_question(question, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    page = reverse("survey", args=[request.workspace.slug, survey_id])
    return HttpResponseClientRedirect(page) if request.htmx else redirect(page)


def _form(request: WorkspaceRequest, form: QuestionForm) -> HttpResponse:
    question = form.instance
    shown = {"survey": question.survey, "form": form, "question": question, "measures": MEASURES[question.kind]}
    return render(request, "surveys/question.html", shown, status=status(form))


def _question(request: WorkspaceRequest, survey_id: int, question_id: int, **lookup: Any) -> Question:
    survey = kept_survey_of(request, survey_id)
    question = row(Question, request, pk=question_id, survey=survey, **lookup)
    question.survey, question.workspace = survey, request.workspace
    return question

"""The workspace's surveys: the list, a new one, and what is put away."""

from django.db.models import Max, OuterRef, Subquery
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from feedback.actions import archive_survey, begin_survey, edit_survey, restore_survey
from feedback.models import Filling, Survey, SurveyStatus
from journeys.forms.surveys import NewSurveyForm, SurveyForm
from journeys.forms.surveys.about import choice_of
from touchpoints.models import Subject
from workspaces.access import WorkspaceRequest, door, row
from workspaces.editing import save, status
from workspaces.models import Role
from workspaces.shelf import answer_restored, say_archived, shelf


@door(Role.VIEWER)
@require_safe
def surveys(request: WorkspaceRequest) -> HttpResponse:
    """The surveys, or with `status` only those that stand so."""
    sent = Filling.objects.filter(survey=OuterRef("pk"), submitted_at__isnull=False).order_by().values("survey")
    found = Survey.objects.of(request.workspace).by_name().annotate(
        last_sent=Subquery(sent.annotate(last=Max("submitted_at")).values("last"))
    )  # fmt: skip
    asked = request.GET.get("status", "")
    chosen = asked if asked in SurveyStatus.values else ""
    if chosen:
        found = found.filter(status=chosen)
    shown = {"chosen": chosen, "statuses": SurveyStatus.choices}
    found = found.select_related("workspace", "subject__touchpoint", "subject__journey")
    return render(request, "surveys/list.html", {**shelf(found, request), **shown})


@door(Role.EDITOR)
@require_http_methods(["GET", "POST"])
def survey_create(request: WorkspaceRequest) -> HttpResponse:
    """A form for a new survey, about the subject that the address names, if any."""
    asked = request.GET.get("about", "")
    about = Subject.objects.of(request.workspace).filter(pk=asked if asked.isdecimal() and len(asked) < 19 else 0)
    initial = {"subject": choice_of(about[0])} if about else {}
    form = NewSurveyForm(request.POST or None, workspace=request.workspace, initial=initial)
    if made := save(form, begin_survey, request.workspace, by=request.user):
        return redirect("survey", request.workspace.slug, made.pk)
    return render(request, "surveys/new.html", {"form": form}, status=status(form))


@door(Role.EDITOR)
@require_http_methods(["GET", "POST"])
def survey_edit(request: WorkspaceRequest, survey_id: int) -> HttpResponse:
    """A form for all of a survey but its questions."""
    survey = row(Survey, request, pk=survey_id, archived_at=None)
    survey.workspace = request.workspace
    form = SurveyForm(request.POST or None, instance=survey)
    if save(form, edit_survey, survey, by=request.user):
        return redirect("survey", request.workspace.slug, survey_id)
    return render(request, "surveys/edit.html", {"form": form, "survey": survey}, status=status(form))


@door(Role.EDITOR)
@require_http_methods(["GET", "POST"])
def survey_archive(request: WorkspaceRequest, survey_id: int) -> HttpResponse:
    """Ask first, then archive."""
    survey = row(Survey, request, pk=survey_id)
    if request.method == "POST":
        archive_survey(survey, by=request.user)
        say_archived(request, survey, undo=reverse("survey_restore", args=[request.workspace.slug, survey_id]))
        return redirect("surveys", request.workspace.slug)
    return render(request, "surveys/archive.html", {"survey": survey})


@door(Role.EDITOR)
@require_POST
def survey_restore(request: WorkspaceRequest, survey_id: int) -> HttpResponse:
    """Take an archived survey back."""
    page = reverse("survey", args=[request.workspace.slug, survey_id])
    return answer_restored(request, restore_survey, row(Survey, request, pk=survey_id), to=page)

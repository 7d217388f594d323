"""A survey as customers will see it, for the team: by looking only, so nothing can be stored."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from feedback.actions import Asked, questions_of
from feedback.models import Filling, Survey
from feedback.views.questionnaire import asking, page
from workspaces.access import WorkspaceRequest, door, row
from workspaces.models import Role


@door(Role.VIEWER)
@require_safe
def survey_preview(request: WorkspaceRequest, survey_id: int) -> HttpResponse:
    """The screen of a `step`, counted from 1, in one language (`in`); behind the last question the thanks."""
    survey = row(Survey, request, pk=survey_id)
    survey.workspace = request.workspace
    asked = Asked(survey, questions_of(survey))
    named = request.GET.get("step", "1")
    step = min(int(named) if named.isdecimal() and len(named) < 4 else 1, len(asked.questions) + 1) or 1
    home = reverse("survey", args=[request.workspace.slug, survey_id])
    if not asked.questions:
        return redirect(home)
    preview = {"step": step, "next": step + 1, "page": home}
    with translation.override(survey.language_of(request.GET.get("in", ""))):
        if step > len(asked.questions):
            return page(request, "feedback/survey_end.html", survey, {"end": "thanks", "preview": preview})
        shown = asking(asked, Filling(key="preview"), asked.questions[step - 1], {})
        shown["back"] = f"?in={translation.get_language()}&step={step - 1}" if step > 1 else ""
        return page(request, "feedback/survey_question.html", survey, {**shown, "preview": preview})

"""Giving questionnaires that are there already the personas of the rules."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from feedback.actions import APPLY_RULES, apply_persona_rules, rules_in_force, taken_by
from feedback.actions.persona_apply import MOST_COUNTED, cancel_persona_rules
from workspaces.access import WorkspaceRequest, door
from workspaces.errors import Refused
from workspaces.models import Job, Role, Workspace


@door(Role.EDITOR)
@require_http_methods(["GET", "POST"])
def persona_rules_apply(request: WorkspaceRequest) -> HttpResponse:
    """Say first how many questionnaires would come to another persona, then let a worker do it."""
    if request.method == "POST":
        try:
            apply_persona_rules(request.workspace, by=request.user)
        except Refused as refused:
            messages.error(request, str(refused))
        return redirect("persona_rules", request.workspace.slug)
    taken = taken_by(request.workspace, rules_in_force(request.workspace), newest=MOST_COUNTED)
    return render(request, "feedback/persona_rules_apply.html", {"taken": taken, "all": taken.of < MOST_COUNTED})


@door(Role.EDITOR)
@require_POST
def persona_rules_cancel(request: WorkspaceRequest) -> HttpResponse:
    """Ask the worker to stop; what it has done already stays."""
    if cancel_persona_rules(request.workspace):
        messages.success(request, _("The work is being stopped. What it has done already stays."))
    return redirect("persona_rules", request.workspace.slug)


def applying_of(workspace: Workspace) -> Job | None:
    """The newest work of that kind, if there has been any."""
    newest: Job | None = Job.objects.of(workspace).filter(kind=APPLY_RULES).defer("upload").order_by("-pk").first()
    return newest

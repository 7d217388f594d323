"""Two personas become one; and what hangs on one before it is archived."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from feedback.actions import MERGE_ANSWERS
from journeys.actions.merging import merge_personas
from journeys.forms.merging import MergeForm
from journeys.ties import merged_into, ties_of
from personas.models import Persona
from workspaces.access import WorkspaceRequest, door, row
from workspaces.errors import Refused
from workspaces.models import Job, Role


@door(Role.EDITOR)
@require_http_methods(["GET", "POST"])
def persona_merge(request: WorkspaceRequest, persona_id: int) -> HttpResponse:
    """Choose the persona that stays, read what will happen, then let it happen."""
    persona = row(Persona, request, pk=persona_id)
    persona.workspace = request.workspace
    asked = request.POST if request.method == "POST" else request.GET
    form = MergeForm(asked if "into" in asked else None, persona=persona)
    into = form.cleaned_data["into"] if form.is_valid() else None
    if request.method == "POST" and into:
        try:
            merge_personas(persona, into=into, by=request.user)
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect("persona", request.workspace.slug, persona_id)
        said = _("“%(name)s” is part of “%(into)s” now.") % {"name": persona, "into": into}
        messages.success(request, said)
        return redirect("persona", request.workspace.slug, into.pk)
    shown = {"form": form, "persona": persona, "into": into, "ties": ties_of(persona)}
    wrong = 422 if request.method == "POST" or form.errors else 200
    return render(request, "journeys/persona_merge.html", shown, status=wrong)


@door(Role.VIEWER)
@require_safe
def persona_ties(request: WorkspaceRequest, persona_id: int) -> HttpResponse:
    """What hangs on a persona, of which it has become part if it has, and how far answers have come there."""
    persona = row(Persona, request, pk=persona_id)
    persona.workspace = request.workspace
    moving = Job.objects.of(request.workspace).filter(kind=MERGE_ANSWERS, payload__persona=persona.pk)
    job = moving.defer("upload").order_by("-pk").first()
    shown = {"persona": persona, "ties": ties_of(persona), "into": merged_into(persona), "job": job}
    template = "journeys/persona_ties.html#ties" if request.htmx else "journeys/persona_ties.html"
    return render(request, template, shown)

"""A whole journey as a file of data: JSON, out and in again, and a spreadsheet."""

import json
import secrets
from functools import partial

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from journeys.actions.drawing import known_names
from journeys.exchange.taking import take_once, unknown_owners
from journeys.exchange.understanding import Understood, understand_document
from journeys.exchange.whole import document_of
from journeys.exchange.xlsx import workbook_of
from journeys.forms.whole import DocumentForm, TakeForm
from journeys.models import Journey
from journeys.views.rows import the_journey
from journeys.views.spreadsheet import XLSX
from workspaces.access import WorkspaceRequest, door
from workspaces.editing import save, status
from workspaces.files import as_file
from workspaces.models import Role


@require_safe
@door(Role.VIEWER)
def journey_json(request: WorkspaceRequest, journey_id: int) -> HttpResponse:
    """The journey as a document from which it can be drawn again."""
    journey = the_journey(request, journey_id)
    told = json.dumps(document_of(journey), ensure_ascii=False, indent=2)
    return as_file(told.encode(), "application/json", journey.name, "json")


@require_safe
@door(Role.VIEWER)
def journey_xlsx(request: WorkspaceRequest, journey_id: int) -> HttpResponse:
    """The map as a list with a row for each touchpoint."""
    journey = the_journey(request, journey_id)
    return as_file(workbook_of(document_of(journey)), XLSX, journey.name, "xlsx")


@require_http_methods(["GET", "POST"])
@door(Role.EDITOR)
def whole_create(request: WorkspaceRequest) -> HttpResponse:
    """A form for such a file; then what it would draw; and once somebody agrees, the journey. Nothing waits between."""
    if "document" in request.POST:
        return _take(request)
    form = DocumentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["file"]
        found = understand_document(text)
        if not found.faults:
            taking = TakeForm(initial={"document": text, "name": found.facts["name"], "key": secrets.token_urlsafe(16)})
            return _preview(request, found, taking)
        return render(request, "journeys/whole_new.html", {"form": form, "faults": found.faults}, status=422)
    return render(request, "journeys/whole_new.html", {"form": form}, status=422 if form.errors else 200)


def _take(request: WorkspaceRequest) -> HttpResponse:
    form = TakeForm(request.POST, instance=Journey(workspace=request.workspace))
    found = understand_document(request.POST["document"])
    if found.faults:
        shown = {"form": DocumentForm(), "faults": found.faults}
        return render(request, "journeys/whole_new.html", shown, status=422)
    if journey := save(form, partial(take_once, found), request.workspace, by=request.user):
        return redirect("journey", request.workspace.slug, journey.pk)
    return _preview(request, found, form)


def _preview(request: WorkspaceRequest, found: Understood, form: TakeForm) -> HttpResponse:
    known = known_names(request.workspace, (one.facts["name"] for one in found.touchpoints))
    shown = {
        "form": form,
        "found": found,
        "there": [one.facts["name"] for one in found.touchpoints if one.facts["name"].lower() in known],
        "unknown": unknown_owners(found, request.workspace),
    }
    return render(request, "journeys/whole.html", shown, status=status(form) if form.is_bound else 200)

"""What happened to a map, undo and redo."""

from collections.abc import Callable

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from journeys.actions.history import latest, next_to_redo, next_to_undo, redo_change, undo_change
from journeys.models import Change, Journey
from journeys.telling import told
from journeys.views.answers import refused, saved
from journeys.views.rows import the_journey, the_phases
from workspaces.access import WorkspaceRequest, door
from workspaces.errors import Refused
from workspaces.models import Role

ON_A_PAGE = 50


@require_safe
@door(Role.VIEWER)
def changes(request: WorkspaceRequest, journey_id: int) -> HttpResponse:
    """Who changed what and when, latest first; the reader's own latest change can be taken back from here."""
    journey = the_journey(request, journey_id)
    labels = {phase.pk: str(phase) for phase in the_phases(journey)}
    rows = Change.objects.of(request.workspace).filter(journey=journey).select_related("by", "token", "undoes")
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    for change in page:
        change.told = told(change, labels)
    own = latest(journey, request.user) if request.membership.may(Role.EDITOR) else []
    seen = {"journey": journey, "page": page, "to_undo": next_to_undo(own), "to_redo": next_to_redo(own)}
    template = "journeys/changes.html#changes" if request.htmx else "journeys/changes.html"
    return render(request, template, seen)


@require_POST
@door(Role.EDITOR)
def undo(request: WorkspaceRequest, journey_id: int) -> HttpResponse:
    """Take one's own latest change back."""
    return _again(request, the_journey(request, journey_id), undo_change)


@require_POST
@door(Role.EDITOR)
def redo(request: WorkspaceRequest, journey_id: int) -> HttpResponse:
    """Do again what one undid last."""
    return _again(request, the_journey(request, journey_id), redo_change)


def _again(request: WorkspaceRequest, journey: Journey, verb: Callable[..., Change]) -> HttpResponse:
    try:
        change = verb(journey, by=request.user)
    except Refused as reason:
        return refused(request, journey, reason)
    return saved(request, journey, change)

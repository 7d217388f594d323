"""What happened to a map, undo and redo."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from journeys.actions.history import latest, next_to_redo, next_to_undo, redo_change, undo_change
from journeys.actions.restoring import RESTORABLE, restore_before, restore_order
from journeys.models import Change, Journey
from journeys.telling import told
from journeys.views.answers import refused, saved, to_map
from journeys.views.rows import the_journey, the_phases
from workspaces.access import WorkspaceRequest, door, row
from workspaces.errors import Refused
from workspaces.models import Role

ON_A_PAGE = 50


@require_safe
@door(Role.VIEWER)
def changes(request: WorkspaceRequest, journey_id: int) -> HttpResponse:
    """Who changed what and when, latest first.

    The reader's own latest change can be taken back from here, and what any change was about can be brought back.
    """
    return _history(request, the_journey(request, journey_id))


def _history(request: WorkspaceRequest, journey: Journey, *, refused: Refused | None = None) -> HttpResponse:
    labels = {phase.pk: str(phase) for phase in the_phases(journey)}
    rows = Change.objects.of(request.workspace).filter(journey=journey).select_related("by", "token", "undoes")
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    for change in page:
        change.told, change.restorable = told(change, labels), change.verb in RESTORABLE
    own = latest(journey, request.user) if request.membership.may(Role.EDITOR) else []
    seen = {"journey": journey, "page": page, "to_undo": next_to_undo(own), "to_redo": next_to_redo(own)}
    template = "journeys/changes.html#changes" if request.htmx else "journeys/changes.html"
    return render(request, template, seen | {"refused": refused}, status=refused.status if refused else 200)


@require_POST
@door(Role.EDITOR)
def restore(request: WorkspaceRequest, journey_id: int, change_id: int) -> HttpResponse:
    """Bring back how things were before a change."""
    return _brought_back(request, journey_id, change_id, restore_before)


@require_POST
@door(Role.EDITOR)
def reorder(request: WorkspaceRequest, journey_id: int, change_id: int) -> HttpResponse:
    """Bring back the order in which touchpoints stood after a change."""
    return _brought_back(request, journey_id, change_id, restore_order)


def _brought_back(
    request: WorkspaceRequest, journey_id: int, change_id: int, verb: Callable[..., Change]
) -> HttpResponse:
    journey = the_journey(request, journey_id)
    change = row(Change, request, pk=change_id, journey=journey)
    try:
        done = verb(journey, change, by=request.user)
    except Refused as reason:
        return _history(request, journey, refused=reason)
    said = told(done, {phase.pk: str(phase) for phase in the_phases(journey)})
    undo_here = reverse("change_undo", args=[request.workspace.slug, journey_id])
    messages.success(request, said, extra_tags=undo_here)
    return to_map(request, journey)


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

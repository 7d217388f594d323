"""What people do with the touchpoints of a map. How each is answered: `answers.py`."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from journeys.actions.placements import (
    archive_placement,
    edit_placement,
    move_placement,
    place_touchpoint,
    restore_placement,
)
from journeys.actions.quick_add import quick_add
from journeys.board import read_map
from journeys.forms.placements import LibraryForm, MoveForm, PlacementForm, QuickAddForm
from journeys.models import Change, Journey, Placement
from journeys.views.answers import refused, saved
from journeys.views.rows import the_journey, the_phases, the_placement
from workspaces.access import WorkspaceRequest, door
from workspaces.editing import save, status
from workspaces.errors import Refused
from workspaces.models import Role


@require_POST
@door(Role.EDITOR)
def create(request: WorkspaceRequest, journey_id: int) -> HttpResponse:
    """Let a touchpoint stand on the map: one dragged from the library, or a new one from a line of text."""
    journey = the_journey(request, journey_id)
    phases = the_phases(journey)
    new = "text" in request.POST
    form = (QuickAddForm if new else LibraryForm)(request.POST, journey=journey, phases=phases)
    try:
        change = (quick_add if new else place_touchpoint)(journey, **cleaned(form), by=request.user)
    except Refused as reason:
        if isinstance(form, QuickAddForm) and request.htmx and phases_meant(form):
            return quick_add_again(request, journey, form, reason)
        return refused(request, journey, reason, phases=phases_meant(form))
    return saved(request, journey, change, phases=phases)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Role.EDITOR)
def move(request: WorkspaceRequest, journey_id: int, placement_id: int) -> HttpResponse:
    """Let a touchpoint move on its map; GET shows the form for it."""
    placement = the_placement(request, journey_id, placement_id)
    journey = placement.journey
    phases = the_phases(journey)
    form = MoveForm(_sent(request), journey=journey, phases=phases)
    if request.method != "POST":
        template = "journeys/move.html#form" if request.htmx else "journeys/move.html"
        return render(request, template, {"map": read_map(journey, phases), "placement": placement, "form": form})
    try:
        to = cleaned(form)
        change = move_placement(
            placement, to_phase=to["phase"], after=to["after"], version=to["version"], by=request.user
        )
    except Refused as reason:
        return refused(request, journey, reason, placement=placement_id, phases=phases_meant(form))
    return saved(request, journey, change, placement=placement_id, phases=phases)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Role.EDITOR)
def edit(request: WorkspaceRequest, journey_id: int, placement_id: int) -> HttpResponse:
    """Say what is particular to a touchpoint on this map; GET shows the form for it."""
    placement = the_placement(request, journey_id, placement_id)
    form = PlacementForm(_sent(request), instance=placement)
    if request.method == "POST":
        change = save(form, edit_placement, placement, by=request.user)
        if status(form) == 200:
            return saved(request, placement.journey, change, placement=placement_id)
    template = "journeys/placement.html#form" if request.htmx else "journeys/placement.html"
    seen = {"journey": placement.journey, "placement": placement, "form": form}
    return render(request, template, seen, status=status(form))


@require_POST
@door(Role.EDITOR)
def archive(request: WorkspaceRequest, journey_id: int, placement_id: int) -> HttpResponse:
    """Take a touchpoint off the map."""
    return _done(request, the_placement(request, journey_id, placement_id), archive_placement)


@require_POST
@door(Role.EDITOR)
def restore(request: WorkspaceRequest, journey_id: int, placement_id: int) -> HttpResponse:
    """Put a touchpoint back on the map."""
    return _done(request, the_placement(request, journey_id, placement_id), restore_placement)


def _done(request: WorkspaceRequest, placement: Placement, verb: Callable[..., Change | None]) -> HttpResponse:
    try:
        change = verb(placement, by=request.user)
    except Refused as reason:
        return refused(request, placement.journey, reason, placement=placement.pk)
    return saved(request, placement.journey, change, placement=placement.pk)


def _sent(request: WorkspaceRequest) -> QueryDict | None:
    """The form as it was sent, an empty one too."""
    return request.POST if request.method == "POST" else None


def cleaned(form: forms.BaseForm) -> dict[str, Any]:
    """What a valid form says; raises `Refused` with all that is wrong with another one."""
    if form.is_valid():
        return form.cleaned_data
    raise Refused(" ".join(str(error) for errors in form.errors.values() for error in errors))


def phases_meant(form: forms.BaseForm) -> list[int]:
    """The phase that the person had in mind, if it is one of this journey's."""
    phase = form.cleaned_data.get("phase")
    return [phase.pk] if phase else []


def quick_add_again(request: WorkspaceRequest, journey: Journey, form: QuickAddForm, reason: Refused) -> HttpResponse:
    """The quick-add form of its phase, the text kept and what is wrong with it beside it."""
    if form.is_valid():
        form.add_error("text", str(reason))
    seen = {"map": {"journey": journey}, "phase": form.cleaned_data["phase"], "form": form, "may_edit": True}
    return render(request, "journeys/show.html#add", seen, status=422)

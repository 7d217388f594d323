"""Writing in the lanes of a map."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from journeys.actions.cells import link_needs, linked, write_cell
from journeys.forms.cells import CellForm, NeedsForm
from journeys.views.answers import refused, saved
from journeys.views.placements import cleaned
from journeys.views.rows import the_placement
from personas.actions import lines_of_all
from workspaces.access import WorkspaceRequest, door
from workspaces.errors import Refused
from workspaces.models import Role


@require_POST
@door(Role.EDITOR)
def write(request: WorkspaceRequest, journey_id: int, placement_id: int) -> HttpResponse:
    """Write in one cell: `field`, `was` and `text`. A text that somebody else changed meanwhile is told, with both."""
    placement = the_placement(request, journey_id, placement_id)
    try:
        said = cleaned(CellForm(request.POST, journey=placement.journey))
        change = write_cell(placement, lane=said["lane"], was=said["was"], value=said["value"], by=request.user)
    except Refused as reason:
        return refused(request, placement.journey, reason, placement=placement_id)
    return saved(request, placement.journey, change, placement=placement_id)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Role.EDITOR)
def needs(request: WorkspaceRequest, journey_id: int, placement_id: int) -> HttpResponse:
    """Say which needs of the journey's personas a touchpoint is there for; GET shows the form for it."""
    placement = the_placement(request, journey_id, placement_id)
    sent = request.POST if request.method == "POST" else None
    personas = list(placement.journey.personas.all())
    said_of = lines_of_all(personas)
    needs = {persona: said_of[persona.pk]["needs"] for persona in personas}
    form = NeedsForm(sent, personas=needs, linked=linked(placement))
    if request.method != "POST":
        template = "journeys/needs.html#form" if request.htmx else "journeys/needs.html"
        return render(request, template, {"journey": placement.journey, "placement": placement, "form": form})
    try:
        said = cleaned(form)
        change = link_needs(placement, was=said["was"], needs=said["needs"], by=request.user)
    except Refused as reason:
        return refused(request, placement.journey, reason, placement=placement_id)
    return saved(request, placement.journey, change, placement=placement_id)

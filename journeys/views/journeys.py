"""The workspace's journeys; each one's map has its own views."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from journeys.actions.journeys import archive_journey, edit_journey, restore_journey
from journeys.actions.parents import opened_on
from journeys.forms.journeys import JourneyForm, ListForm
from journeys.models import Journey
from journeys.overview import glimpses, in_order
from journeys.sample import offer
from touchpoints.models import PhaseKind
from workspaces.access import WorkspaceRequest, door, row
from workspaces.editing import save, status
from workspaces.models import Role
from workspaces.shelf import answer_restored, say_archived, shelf

PARENTS = ("parent_placement__touchpoint", "parent_placement__journey", "parent_phase__journey")  # what opens one
FEW = 12  # journeys that one overlooks without searching


@door(Role.VIEWER)
@require_safe
def journeys(request: WorkspaceRequest) -> HttpResponse:
    """Every journey with its small curve; a workspace without one is shown what a journey will be."""
    order = ListForm(request.GET)
    chosen = order.chosen()
    found = Journey.objects.of(request.workspace).filter(name__icontains=chosen.q)
    found = found.prefetch_related("personas", "phases").select_related("owner_team", "owner_member__user", *PARENTS)
    shown = shelf(in_order(request.workspace, found, chosen.sort), request)
    seen = glimpses(request.workspace, shown["page"].object_list)
    for journey in shown["page"]:
        journey.glimpse = seen[journey.pk]
    shown |= {"kinds": PhaseKind.choices, "order": order, "chosen": chosen, "many": _many(request, chosen.q)}
    if not seen and not chosen.q:
        shown |= offer(request.workspace, request.user)
    return render(request, "journeys/list.html", shown)


def _many(request: WorkspaceRequest, searched: str) -> bool:
    """Whether there are so many journeys that one would search."""
    return bool(searched) or Journey.objects.of(request.workspace).kept().count() > FEW


@door(Role.EDITOR)
@require_http_methods(["GET", "POST"])
def journey_edit(request: WorkspaceRequest, journey_id: int) -> HttpResponse:
    """A form for a journey's facts and what its phases are called."""
    journey = row(Journey, request, pk=journey_id, archived_at=None)
    form = JourneyForm(request.POST or None, instance=journey)
    if save(form, edit_journey, journey, by=request.user):
        return redirect("journey", request.workspace.slug, journey_id)
    return render(request, "journeys/edit.html", {"form": form, "journey": journey}, status=status(form))


@door(Role.EDITOR)
@require_http_methods(["GET", "POST"])
def journey_archive(request: WorkspaceRequest, journey_id: int) -> HttpResponse:
    """Ask first, then archive."""
    journey = row(Journey, request, pk=journey_id)
    if request.method == "POST":
        archive_journey(journey, by=request.user)
        say_archived(request, journey, undo=reverse("journey_restore", args=[request.workspace.slug, journey_id]))
        return redirect("journeys", request.workspace.slug)
    return render(request, "journeys/archive.html", {"journey": journey, "below": opened_on(journey)})


@door(Role.EDITOR)
@require_POST
def journey_restore(request: WorkspaceRequest, journey_id: int) -> HttpResponse:
    """Take an archived journey back."""
    page = reverse("journeys", args=[request.workspace.slug])
    return answer_restored(request, restore_journey, row(Journey, request, pk=journey_id), to=page)

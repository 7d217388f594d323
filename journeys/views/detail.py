"""What a touchpoint or phase of a map opens: one page to say it, for both."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from journeys.actions.journeys import create_journey, edit_journey
from journeys.actions.parents import set_parent
from journeys.actions.refusals import MovedOn
from journeys.forms.parents import DetailForm, Place, parents
from journeys.models import Journey, Phase
from journeys.views.rows import the_journey, the_placement
from workspaces.access import WorkspaceRequest, door
from workspaces.errors import Refused, Stale
from workspaces.models import Role, User


@require_http_methods(["GET", "HEAD", "POST"])
@door(Role.EDITOR)
def placement(request: WorkspaceRequest, journey_id: int, placement_id: int) -> HttpResponse:
    """Let a touchpoint where it stands open a journey."""
    return _detail(request, the_placement(request, journey_id, placement_id))


@require_http_methods(["GET", "HEAD", "POST"])
@door(Role.EDITOR)
def phase(request: WorkspaceRequest, journey_id: int, phase_id: int) -> HttpResponse:
    """Let a phase open a journey."""
    journey = the_journey(request, journey_id)
    found: Phase = get_object_or_404(Phase.objects.of(request.workspace), pk=phase_id, journey_id=journey_id)
    found.journey = journey
    return _detail(request, found)


def _detail(request: WorkspaceRequest, place: Place) -> HttpResponse:
    """The form; with `alone` among what was sent, the journey that is opened here stands by itself again."""
    opened = Journey.objects.of(request.workspace).kept().filter(**{_fact(place): place}).first()
    form = DetailForm(request.POST if request.method == "POST" else None, place=place)
    if request.method == "POST" and opened and "alone" in request.POST:
        set_parent(opened, version=opened.edition, by=request.user)
        return redirect("journey", request.workspace.slug, place.journey_id)
    if request.method == "POST" and (journey := _open(form, place, by=request.user)):
        return redirect("journey", request.workspace.slug, journey.pk)
    seen = {"form": form, "place": place, "opened": opened, "is_phase": isinstance(place, Phase)}
    return render(request, "journeys/detail.html", seen, status=422 if form.errors else 200)


def _open(form: DetailForm, place: Place, *, by: User) -> Journey | None:
    """The journey that is opened here from now on, or None, and the form says why not."""
    if not form.is_valid():
        return None
    chosen: Journey | None = form.cleaned_data["journey"]
    try:
        if place.journey.archived_at or getattr(place, "archived_at", None):
            raise MovedOn(_("“%(name)s” no longer stands on this map.") % {"name": place})
        if chosen:
            return edit_journey(chosen, version=chosen.edition, by=by, **parents(place))
        return _begin(form.cleaned_data["name"], place, by=by)
    except Refused as reason:
        form.add_error(None, str(reason))
    except Stale:
        form.add_error(None, _("Somebody changed this journey just now. Try again."))
    return None


def _begin(name: str, place: Place, *, by: User) -> Journey:
    """A new journey that is opened here, of the same people and kind as the one above."""
    above = place.journey
    facts: dict[str, Any] = {"category": above.category, "standing": above.standing, **parents(place)}
    return create_journey(place.workspace, name=name, personas=above.personas.all(), by=by, **facts)


def _fact(place: Place) -> str:
    return "parent_phase" if isinstance(place, Phase) else "parent_placement"

"""What a journey begins from: nothing, a template, or another journey."""

from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from journeys.actions.drawing import draw_journey, duplicate_journey, known_names
from journeys.actions.journeys import create_journey
from journeys.forms.journeys import CopyForm, JourneyForm
from journeys.models import Category, Journey, Source, Standing
from journeys.patterns import KEYS, Pattern, pattern, patterns
from touchpoints.models import PhaseKind
from workspaces.access import WorkspaceRequest, door, row
from workspaces.editing import save, status
from workspaces.models import Role

RECENT = 6  # of the journeys that there are, so many are offered to be copied
LEFT = 180  # of a name's 200 signs: the rest says that it is a copy


@door(Role.EDITOR)
@require_safe
def journey_new(request: WorkspaceRequest) -> HttpResponse:
    """The ways to begin a journey."""
    there = Journey.objects.of(request.workspace).kept().order_by("-updated_at", "-pk")
    seen = {"patterns": patterns(str(get_language())), "journeys": there[:RECENT], "more": there.count() > RECENT}
    return render(request, "journeys/new.html", seen)


@door(Role.EDITOR)
@require_http_methods(["GET", "POST"])
def journey_create(request: WorkspaceRequest) -> HttpResponse:
    """A form for a new journey; then its map. `template`: what is to stand on it from the beginning.

    `category` and `persona`: what is chosen in the form to begin with.
    """
    template = _template(request)
    begun = {"name": template.name, "note": template.note, "category": template.category} if template else {}
    if request.GET.get("category") in Category.values:
        begun["category"] = request.GET["category"]
    drawn_for = [request.GET["persona"]] if request.GET.get("persona", "").isdecimal() else []
    form = JourneyForm(
        request.POST or None,
        instance=Journey(workspace=request.workspace, **begun),
        initial={"personas": drawn_for} if drawn_for else None,
    )
    drawn: dict[str, Any] = {}
    if template:
        drawn = {"stations": template.stations, "source": Source.TEMPLATE, "called": template.name}
    create = partial(draw_journey, **drawn) if template else create_journey
    if journey := save(form, create, request.workspace, by=request.user):
        return redirect("journey", request.workspace.slug, journey.pk)
    seen = {"form": form, **_preview(request, template)}
    return render(request, "journeys/edit.html", seen, status=status(form))


@door(Role.EDITOR)
@require_POST
def journey_begin(request: WorkspaceRequest) -> HttpResponse:
    """A journey that can be named later; then its map, ready for the first touchpoint of a phase."""
    if request.POST.get("phase") not in PhaseKind.values:
        return redirect("journey_new", request.workspace.slug)
    journey = create_journey(request.workspace, name=_("First journey"), by=request.user)
    phase = journey.phases.get(kind=request.POST["phase"])
    return redirect(f"{reverse('journey', args=[request.workspace.slug, journey.pk])}#add-{phase.pk}")


@door(Role.EDITOR)
@require_http_methods(["GET", "POST"])
def journey_duplicate(request: WorkspaceRequest, journey_id: int) -> HttpResponse:
    """A form for what the copy is called; then the copy's map."""
    journey = row(Journey, request, pk=journey_id, archived_at=None)
    ending = _("(copy)") if journey.standing == Standing.TO_BE else _("(to be)")
    named = Journey(name=f"{journey.name[:LEFT]} {ending}", standing=Standing.TO_BE)
    form = CopyForm(request.POST or None, instance=named)
    if copy := save(form, duplicate_journey, journey, by=request.user):
        return redirect("journey", request.workspace.slug, copy.pk)
    return render(request, "journeys/duplicate.html", {"form": form, "journey": journey}, status=status(form))


def _template(request: WorkspaceRequest) -> Pattern | None:
    """The template that the address or the form names, in the person's language; 404 for one that there is not."""
    key = request.POST.get("template") or request.GET.get("template")
    if not key:
        return None
    if key not in KEYS:
        raise Http404
    return pattern(key, str(get_language()))


def _preview(request: WorkspaceRequest, template: Pattern | None) -> dict[str, Any]:
    """What the template will put on the map, and which of it the library has already."""
    if template is None:
        return {}
    known = known_names(request.workspace, (station.name for station in template.stations))
    there = [station.name for station in template.stations if station.name.lower() in known]
    return {"template": template, "there": there}

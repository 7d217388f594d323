"""Several touchpoints from pasted lines: shown first as they will be taken, then added as one step."""

from collections.abc import Sequence

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from journeys.actions.quick_add import Understood, add_lines, known_marks, understood
from journeys.forms.placements import LinesForm, lines_of
from journeys.models import Journey
from journeys.views.answers import saved
from journeys.views.rows import the_journey, the_phases
from workspaces.access import WorkspaceRequest, door
from workspaces.errors import Refused
from workspaces.models import Role


@require_http_methods(["GET", "HEAD", "POST"])
@door(Role.EDITOR)
def paste(request: WorkspaceRequest, journey_id: int) -> HttpResponse:
    """A field for the lines; POST shows how they will be taken, and with `add` adds them to `phase` behind `after`.

    What cannot be added is shown with its reason and answered with 422; nothing is added then. With `HX-Request` the
    page is `journeys/paste.html#form`.
    """
    journey = the_journey(request, journey_id)
    phases = the_phases(journey)
    if request.method != "POST":
        begun = {"phase": request.GET.get("phase")}
        return _page(request, journey, LinesForm(initial=begun, journey=journey, phases=phases))
    form = LinesForm(request.POST, journey=journey, phases=phases)
    if not form.is_valid():
        return _page(request, journey, form, status=422)
    lines = lines_of(form.cleaned_data["text"])
    if "add" not in request.POST:
        return _page(request, journey, form, lines=understood(journey, lines))
    place = {name: form.cleaned_data[name] for name in ("phase", "after")}
    try:
        change = add_lines(journey, texts=lines, **place, by=request.user)
    except Refused as reason:
        form.add_error(None, str(reason))
        return _page(request, journey, form, lines=understood(journey, lines), status=422)
    return saved(request, journey, change, phases=phases)


@require_safe
@door(Role.EDITOR)
def marks(request: WorkspaceRequest, journey_id: int) -> HttpResponse:
    """What may stand behind @ and # in a line: names of channels with their icons, of teams and members."""
    the_journey(request, journey_id)
    channels, owners = known_marks(request.workspace)
    of_channels = [(name, channel.icon) for name, channel in channels]
    return JsonResponse({"@": of_channels, "#": [(name, "users") for name, _owner in owners]})


def _page(
    request: WorkspaceRequest, journey: Journey, form: LinesForm, *, lines: Sequence[Understood] = (), status: int = 200
) -> HttpResponse:
    wrong = sum(bool(line.problem) for line in lines)
    shown = {"journey": journey, "form": form, "lines": lines, "wrong": wrong}
    return render(request, "journeys/paste.html#form" if request.htmx else "journeys/paste.html", shown, status=status)

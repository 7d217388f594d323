"""Search or jump to: what the workspace holds, by name."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from journeys.models import Journey
from scorecards.jump import find
from workspaces.access import WorkspaceRequest, door
from workspaces.models import Role


@require_safe
@door(Role.VIEWER)
def jump(request: WorkspaceRequest) -> HttpResponse:
    """What is called like `q`; `journey` names the map from which is asked. With `HX-Request` `jump.html#found`."""
    number = request.GET.get("journey", "")
    known = number.isascii() and number.isdecimal() and len(number) < 19
    journey = Journey.objects.of(request.workspace).filter(pk=number).first() if known else None
    if journey:
        journey.workspace = request.workspace
    wanted = request.GET.get("q", "")
    shown = {"groups": find(request.membership, wanted, journey), "q": wanted, "journey": journey}
    template = "scorecards/jump.html#found" if request.htmx else "scorecards/jump.html"
    response = render(request, template, {**shown, "listbox": bool(request.htmx)})
    patch_vary_headers(response, ["HX-Request"])
    return response

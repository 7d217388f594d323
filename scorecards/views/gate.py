"""The quality gate as people see it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from scorecards.gate import gate_of
from workspaces.access import WorkspaceRequest, door
from workspaces.models import Role


@door(Role.VIEWER)
@require_safe
def gate(request: WorkspaceRequest) -> HttpResponse:
    """Every moment of truth of the journeys that show today, with what the gate says of it."""
    return render(request, "scorecards/gate.html", {"gate": gate_of(request.workspace)})

"""The sample, from an empty list of journeys."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from journeys.sample import filling, open_sample
from workspaces.access import WorkspaceRequest, door
from workspaces.errors import Refused
from workspaces.models import Role


@door(Role.VIEWER, write=Role.EDITOR)
@require_http_methods(["GET", "POST"])
def sample(request: WorkspaceRequest) -> HttpResponse:
    """GET tells how far the sample is; POST opens the person's sample workspace, and has it filled where it is new."""
    workspace = request.workspace
    if request.method == "POST":
        try:
            workspace = open_sample(language=workspace.language, by=request.user)
        except Refused as refused:
            messages.error(request, str(refused))
    elif request.htmx:
        if job := filling(workspace):
            return render(request, "journeys/_filling.html", {"job": job})
        return HttpResponseClientRedirect(reverse("journeys", args=[workspace.slug]))
    return redirect("journeys", workspace.slug)

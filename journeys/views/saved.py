"""Ways of looking at maps that a workspace keeps under a name."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from journeys.forms.saved import ViewForm
from journeys.look import Look
from journeys.views.answers import to_map
from journeys.views.rows import the_journey
from workspaces.access import WorkspaceRequest, door, row
from workspaces.actions.views import remove_view, save_view
from workspaces.errors import Refused
from workspaces.models import Role, SavedView, Screen


@require_POST
@door(Role.EDITOR)
def save(request: WorkspaceRequest, journey_id: int) -> HttpResponse:
    """Keep how a map is looked at (`query`, the end of its address) under `name`, for every map of the workspace."""
    journey = the_journey(request, journey_id)
    form = ViewForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return to_map(request, journey)
    query = Look.asked(QueryDict(form.cleaned_data["query"].removeprefix("?")))._replace(start=1).query
    try:
        view = save_view(
            request.workspace, screen=Screen.MAP, name=form.cleaned_data["name"], query=query, by=request.membership
        )
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("View “%(name)s” saved") % {"name": view})
    return redirect(reverse("journey", args=[request.workspace.slug, journey.pk]) + query)


@require_POST
@door(Role.EDITOR)
def remove(request: WorkspaceRequest, journey_id: int, view_id: int) -> HttpResponse:
    """Keep a way of looking no longer."""
    journey = the_journey(request, journey_id)
    view = row(SavedView, request, pk=view_id, screen=Screen.MAP)
    remove_view(view, by=request.membership)
    messages.success(request, _("View “%(name)s” removed") % {"name": view})
    return to_map(request, journey)

"""Ways of looking at maps that a workspace keeps under a name."""

from collections.abc import Callable

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
    query = keep_view(request, Screen.MAP, lambda asked: Look.asked(asked).now._replace(start=1).query)
    return redirect(reverse("journey", args=[request.workspace.slug, journey.pk]) + query)


@require_POST
@door(Role.EDITOR)
def remove(request: WorkspaceRequest, journey_id: int, view_id: int) -> HttpResponse:
    """Keep a way of looking no longer."""
    journey = the_journey(request, journey_id)
    drop_view(request, Screen.MAP, view_id)
    return to_map(request, journey)


def keep_view(request: WorkspaceRequest, screen: Screen, as_address: Callable[[QueryDict], str]) -> str:
    """Keep what was posted of that screen, and say so or why not. Returns the end of the address that shows it.

    `as_address`: from what was asked in an address to the end of one that asks the same, and nothing that it cannot.
    """
    form = ViewForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return ""
    query = as_address(QueryDict(form.cleaned_data["query"].removeprefix("?")))
    try:
        view = save_view(
            request.workspace, screen=screen, name=form.cleaned_data["name"], query=query, by=request.membership
        )
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("View “%(name)s” saved") % {"name": view})
    return query


def drop_view(request: WorkspaceRequest, screen: Screen, view_id: int) -> None:
    """Keep a view of that screen no longer, and say so."""
    view = row(SavedView, request, pk=view_id, screen=screen)
    remove_view(view, by=request.membership)
    messages.success(request, _("View “%(name)s” removed") % {"name": view})

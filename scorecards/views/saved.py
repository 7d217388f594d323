"""Ways of looking at the scorecard table that a workspace keeps under a name."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from journeys.forms.saved import ViewForm
from scorecards.asked import table_of
from workspaces.access import WorkspaceRequest, door, row
from workspaces.actions.views import remove_view, save_view
from workspaces.errors import Refused
from workspaces.models import Role, SavedView, Screen


@require_POST
@door(Role.EDITOR)
def save(request: WorkspaceRequest) -> HttpResponse:
    """Keep how the table is looked at (`query`, the end of its address) under `name`."""
    form, home = ViewForm(request.POST), reverse("scorecards", args=[request.workspace.slug])
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect(home)
    query = table_of(request.workspace, QueryDict(form.cleaned_data["query"].removeprefix("?"))).query
    try:
        view = save_view(
            request.workspace,
            screen=Screen.SCORECARDS,
            name=form.cleaned_data["name"],
            query=query,
            by=request.membership,
        )
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("View “%(name)s” saved") % {"name": view})
    return redirect(home + query)


@require_POST
@door(Role.EDITOR)
def remove(request: WorkspaceRequest, table_view_id: int) -> HttpResponse:
    """Keep a way of looking no longer."""
    view = row(SavedView, request, pk=table_view_id, screen=Screen.SCORECARDS)
    remove_view(view, by=request.membership)
    messages.success(request, _("View “%(name)s” removed") % {"name": view})
    return redirect("scorecards", request.workspace.slug)

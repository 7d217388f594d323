"""Opportunities: which are worth most, each by itself, and what people do with them."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from measures.actions import archive_opportunity, create_opportunity, edit_opportunity, restore_opportunity
from measures.forms.opportunities import OpportunityForm
from measures.models import Opportunity
from scorecards.opportunities import board_of, opportunities_of, seen
from scorecards.opportunity_chart import matrix_of
from scorecards.talk import talk_about
from workspaces.access import WorkspaceRequest, door, row
from workspaces.editing import save, status
from workspaces.models import Role
from workspaces.shelf import answer_restored, say_archived


@require_safe
@door(Role.VIEWER)
def opportunities(request: WorkspaceRequest) -> HttpResponse:
    """All of them, the highest value first, with importance against performance; or the archived ones.

    With `show=board` a column for each stage of what is done about them.
    """
    archived = request.GET.get("archived") == "1"
    found = opportunities_of(request.workspace, archived=archived)
    shown = {
        "opportunities": found,
        "matrix": matrix_of(found, request.workspace.good_from),
        "most": max((one.value or 0.0 for one in found), default=0.0),
        "board": board_of(found) if request.GET.get("show") == "board" and not archived else None,
        "archived": archived,
        "archived_count": Opportunity.objects.of(request.workspace).archived().count(),
    }
    return render(request, "scorecards/opportunities.html", shown)


@require_safe
@door(Role.VIEWER)
def opportunity(request: WorkspaceRequest, opportunity_id: int) -> HttpResponse:
    """What it gathers, what it is worth and why, and the measures that were born of it; archived or not."""
    found = row(Opportunity, request, pk=opportunity_id)
    [one] = seen(request.workspace, [found])
    return render(request, "scorecards/opportunity.html", {"seen": one, **talk_about(request, found)})


@require_http_methods(["GET", "POST"])
@door(Role.EDITOR)
def opportunity_create(request: WorkspaceRequest) -> HttpResponse:
    """A form for a new one. The address may tick insights (`?insight=7&insight=9`) or a touchpoint's (`?touchpoint=3`).

    A form that is sent ticks what it ticks.
    """
    form = OpportunityForm(
        request.POST or None,
        instance=Opportunity(workspace=request.workspace),
        insights=request.GET.getlist("insight"),
        touchpoints=request.GET.getlist("touchpoint"),
    )
    if made := save(form, create_opportunity, request.workspace, by=request.user):
        return redirect("opportunity", request.workspace.slug, made.pk)
    return render(request, "scorecards/opportunity_form.html", {"form": form}, status=status(form))


@require_http_methods(["GET", "POST"])
@door(Role.EDITOR)
def opportunity_edit(request: WorkspaceRequest, opportunity_id: int) -> HttpResponse:
    """A form for what it says and gathers."""
    found = row(Opportunity, request, pk=opportunity_id, archived_at=None)
    form = OpportunityForm(request.POST or None, instance=found)
    if save(form, edit_opportunity, found, by=request.user):
        return redirect("opportunity", request.workspace.slug, opportunity_id)
    shown = {"form": form, "opportunity": found}
    return render(request, "scorecards/opportunity_form.html", shown, status=status(form))


@require_http_methods(["GET", "POST"])
@door(Role.EDITOR)
def opportunity_archive(request: WorkspaceRequest, opportunity_id: int) -> HttpResponse:
    """Ask first, then archive."""
    found = row(Opportunity, request, pk=opportunity_id)
    if request.method == "POST":
        archive_opportunity(found, by=request.user)
        say_archived(request, found, undo=reverse("opportunity_restore", args=[request.workspace.slug, found.pk]))
        return redirect("opportunities", request.workspace.slug)
    return render(request, "scorecards/opportunity_archive.html", {"opportunity": found})


@require_POST
@door(Role.EDITOR)
def opportunity_restore(request: WorkspaceRequest, opportunity_id: int) -> HttpResponse:
    """Take an archived one back."""
    found = row(Opportunity, request, pk=opportunity_id)
    page = reverse("opportunity", args=[request.workspace.slug, opportunity_id])
    return answer_restored(request, restore_opportunity, found, to=page)

"""Writing down what customers said at a touchpoint. The touchpoint's own page lists it."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from feedback.actions import archive_insight, create_insight, edit_insight, restore_insight
from feedback.forms.insights import InsightForm
from feedback.models import Insight
from touchpoints.models import Touchpoint
from workspaces.access import WorkspaceRequest, door, row
from workspaces.editing import save, status
from workspaces.models import Role
from workspaces.shelf import answer_restored, say_archived


@door(Role.EDITOR)
@require_http_methods(["GET", "POST"])
def insight_create(request: WorkspaceRequest, touchpoint_id: int) -> HttpResponse:
    """A form for a new insight at a touchpoint."""
    touchpoint = row(Touchpoint, request, pk=touchpoint_id, archived_at=None)
    form = InsightForm(request.POST or None)
    if save(form, create_insight, touchpoint, by=request.user):
        return redirect("touchpoint", request.workspace.slug, touchpoint_id)
    return render(request, "feedback/insight.html", {"form": form, "touchpoint": touchpoint}, status=status(form))


@door(Role.EDITOR)
@require_http_methods(["GET", "POST"])
def insight_edit(request: WorkspaceRequest, insight_id: int) -> HttpResponse:
    """A form for what an insight says."""
    insight = row(Insight, request, pk=insight_id, archived_at=None)
    form = InsightForm(request.POST or None, instance=insight)
    if save(form, edit_insight, insight, by=request.user):
        return redirect("touchpoint", request.workspace.slug, insight.touchpoint_id)
    shown = {"form": form, "insight": insight, "touchpoint": insight.touchpoint}
    return render(request, "feedback/insight.html", shown, status=status(form))


@door(Role.EDITOR)
@require_http_methods(["GET", "POST"])
def insight_archive(request: WorkspaceRequest, insight_id: int) -> HttpResponse:
    """Ask first, then archive."""
    insight = row(Insight, request, pk=insight_id)
    if request.method == "POST":
        archive_insight(insight, by=request.user)
        say_archived(request, insight, undo=reverse("insight_restore", args=[request.workspace.slug, insight_id]))
        return redirect("touchpoint", request.workspace.slug, insight.touchpoint_id)
    return render(request, "feedback/insight_archive.html", {"insight": insight, "touchpoint": insight.touchpoint})


@door(Role.EDITOR)
@require_POST
def insight_restore(request: WorkspaceRequest, insight_id: int) -> HttpResponse:
    """Take an archived insight back."""
    insight = row(Insight, request, pk=insight_id)
    page = reverse("touchpoint", args=[request.workspace.slug, insight.touchpoint_id])
    return answer_restored(request, restore_insight, insight, to=page)

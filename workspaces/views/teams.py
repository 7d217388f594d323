"""Teams."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from workspaces.access import WorkspaceRequest, door, row
from workspaces.actions import archive_team, create_team, edit_team, restore_team
from workspaces.editing import save, status
from workspaces.forms.members import TeamForm
from workspaces.models import Role, Team
from workspaces.shelf import answer_restored, say_archived, shelf


@require_safe
@door(Role.VIEWER)
def teams(request: WorkspaceRequest) -> HttpResponse:
    """The workspace's teams, or the archived ones."""
    found = Team.objects.of(request.workspace).prefetch_related("members__user").by_name()
    return render(request, "workspaces/teams.html", shelf(found, request))


@require_http_methods(["GET", "POST"])
@door(Role.ADMIN)
def team_create(request: WorkspaceRequest) -> HttpResponse:
    """A form for a new team."""
    form = TeamForm(request.POST or None, workspace=request.workspace)
    if save(form, create_team, request.workspace, by=request.user):
        return redirect("teams", request.workspace.slug)
    return render(request, "workspaces/team.html", {"form": form}, status=status(form))


@require_http_methods(["GET", "POST"])
@door(Role.ADMIN)
def team_edit(request: WorkspaceRequest, team_id: int) -> HttpResponse:
    """A form for a team's name and members."""
    team = row(Team, request, pk=team_id, archived_at=None)
    form = TeamForm(request.POST or None, instance=team, workspace=request.workspace)
    if save(form, edit_team, team, by=request.user):
        return redirect("teams", request.workspace.slug)
    return render(request, "workspaces/team.html", {"form": form, "team": team}, status=status(form))


@require_http_methods(["GET", "POST"])
@door(Role.ADMIN)
def team_archive(request: WorkspaceRequest, team_id: int) -> HttpResponse:
    """Ask first, then archive."""
    team = row(Team, request, pk=team_id)
    if request.method == "POST":
        archive_team(team, by=request.user)
        say_archived(request, team, undo=reverse("team_restore", args=[request.workspace.slug, team_id]))
        return redirect("teams", request.workspace.slug)
    return render(request, "workspaces/team_archive.html", {"team": team})


@require_POST
@door(Role.ADMIN)
def team_restore(request: WorkspaceRequest, team_id: int) -> HttpResponse:
    """Take an archived team back."""
    team = row(Team, request, pk=team_id)
    return answer_restored(request, restore_team, team, to=reverse("teams", args=[request.workspace.slug]))

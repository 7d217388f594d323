"""The home page, where a member lands."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from feedback.freshness import sources_of
from journeys.models import Journey
from journeys.overview import glimpses, in_order
from journeys.sample import offer
from scorecards.activity import lately
from scorecards.home import OWN_SHOWN, open_alarms_of, standings_of, waiting_for
from touchpoints.models import PhaseKind, Touchpoint
from touchpoints.periods import USUAL
from workspaces import clock
from workspaces.access import WorkspaceRequest, door
from workspaces.actions import visit
from workspaces.models import Role, Workspace

MAPS = 4  # the journeys that were changed last
SOURCES = 10


@require_safe
@door(Role.VIEWER)
def home(request: WorkspaceRequest) -> HttpResponse:
    """What is new since this member's last visit; a workspace without a journey is shown how to begin one."""
    workspace = request.workspace
    journeys = _latest(workspace)
    if not journeys and not Touchpoint.objects.of(workspace).kept().exists():
        shown = {"kinds": PhaseKind.choices, **offer(workspace, request.user)}
        return render(request, "scorecards/home_empty.html", shown)
    sources, standings = sources_of(workspace), standings_of(request.membership)
    before = visit(request.membership, told=standings.marks)
    alarms = open_alarms_of(workspace, before.at)
    shown = {
        "since": before.at,
        "news": {mark for mark in standings.marks if before.at and mark not in before.told},
        "called": (request.user.name.split() or [""])[0],
        "standings": standings,
        "own_more": max(0, len(standings.own) - OWN_SHOWN),
        "own": standings.own[:OWN_SHOWN],
        "days": USUAL,
        "today": clock.today(workspace.zone),
        "alarms": alarms,
        "waiting": waiting_for(request.membership, standings, alarms),
        "journeys": journeys,
        "deeds": lately(workspace),
        "sources": sources[:SOURCES],
        "sources_more": max(0, len(sources) - SOURCES),
    }
    return render(request, "scorecards/home.html", shown)


def _latest(workspace: Workspace) -> list[Any]:
    """The journeys that were changed last, each with its glimpse."""
    found = Journey.objects.of(workspace).kept().prefetch_related("personas", "phases")
    found = found.select_related("owner_team", "owner_member__user")
    journeys = list(in_order(workspace, found, "recent")[:MAPS])
    seen = glimpses(workspace, journeys) if journeys else {}
    for journey in journeys:
        journey.glimpse = seen[journey.pk]
    return journeys

"""A map to play on, and what a person sees of it."""

import re
from typing import Any

from django.db import connection
from django.test import Client
from django.urls import reverse

from journeys.actions.placements import place_touchpoint
from journeys.models import Journey, Lane, Phase, Placement, usual_lanes
from touchpoints.actions.library import create_touchpoint
from touchpoints.actions.subjects import subject_of
from touchpoints.models import PhaseKind, Subject
from workspaces.models import User, Workspace

HTMX = {"HX-Request": "true"}


def drawn(workspace: Workspace, by: User, name: str = "Commute", **phases: str) -> Journey:
    """A journey with these touchpoints in its phases: `drawn(…, purchase="Shop Pay", retention="Ride")`."""
    subject = Subject.objects.create(workspace=workspace, kind="journey")
    journey = Journey.objects.create(workspace=workspace, name=name, subject=subject)
    Lane.objects.bulk_create(usual_lanes(journey))
    Phase.objects.bulk_create(
        Phase(workspace=workspace, journey=journey, kind=kind, position=position)
        for position, kind in enumerate(PhaseKind.values)
    )
    for kind, names in phases.items():
        after = None
        for touchpoint in names.split():
            known = create_touchpoint(workspace, name=touchpoint, by=by)
            place_touchpoint(journey, known, phase=phase(journey, kind), after=after, by=by)
            after = placed(journey, touchpoint)
    journey.refresh_from_db()
    return journey


def phase(journey: Journey, kind: str) -> Phase:
    found: Phase = Phase.objects.get(journey=journey, kind=kind)
    return found


def placed(journey: Journey, name: str) -> Placement:
    """The newest placement of the touchpoint of that name, standing or not, as it is now."""
    found: Placement = (
        Placement.objects.select_related("journey__workspace", "touchpoint", "phase")
        .filter(journey=journey, touchpoint__name=name)
        .latest("pk")
    )
    return found


def order(journey: Journey) -> dict[str, str]:
    """The names in each phase that holds any, in order; fails when positions are not dense."""
    seen: dict[str, list[str]] = {}
    for placement in Placement.objects.filter(journey=journey, archived_at=None).select_related("phase", "touchpoint"):
        row = seen.setdefault(placement.phase.kind, [])
        assert placement.position == len(row), f"{placement} stands at {placement.position}, not {len(row)}"
        row.append(str(placement))
    return {kind: " ".join(names) for kind, names in seen.items()}


def address(name: str, journey: Journey, **more: Any) -> str:
    return reverse(name, kwargs={"slug": journey.workspace.slug, "journey_id": journey.pk, **more})


def post_move(
    client: Client, placement: Placement, to: Phase, after: Placement | None = None, said: dict[str, str] | None = None
) -> Any:
    """What the page's script sends after a drop; `said` stands in for a field."""
    body = {"phase": to.pk, "after": after.pk if after else "", "version": placement.version, **(said or {})}
    url = address("placement_move", placement.journey, placement_id=placement.pk)
    return client.post(url, body, headers=HTMX)


def said(html: str) -> str:
    """The words of a page."""
    return " ".join(re.sub("<[^>]+>", " ", html).split())


class Company:
    """The workspace, to be answered about as a whole."""

    def __init__(self, workspace: Workspace) -> None:
        self.subject_id = subject_of(workspace).pk


def check_constraints() -> None:
    """Let the database look at what it would check at commit."""
    connection.check_constraints()

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from feedback.actions.insights import create_insight
from feedback.models import Theme, ThemeSearch
from journeys.actions.journeys import archive_journey, create_journey
from journeys.models import Placement
from tests.cast import SignIn
from touchpoints.actions import archive_touchpoint, create_touchpoint
from workspaces.models import User, Workspace


def test_it_shows_facts_insights_and_journeys(workspace: Workspace, edda: User, vik: User, sign_in: SignIn) -> None:
    touchpoint = create_touchpoint(workspace, name="Delay information", note="By push\nand <b>", by=edda)
    create_insight(touchpoint, kind="pain", text="No reason given", mentions=1, by=edda)
    for name in ("Weekend trip", "Commute"):
        journey = create_journey(workspace, name=name, by=edda)
        phase = journey.phases.get(kind="advocacy")
        Placement.objects.create(workspace=workspace, journey=journey, phase=phase, touchpoint=touchpoint, position=0)
    archive_journey(journey, by=edda)
    page = sign_in(vik).get(reverse("touchpoint", args=[workspace.slug, touchpoint.pk])).content.decode()
    for shown in (
        "Delay information",
        "By push<br>and &lt;b&gt;",
        "No reason given",
        "1 mention",
        "Weekend trip",
        "Advocacy",
    ):
        assert shown in page
    assert "Commute" not in page
    assert "Archive…" not in page


def test_an_archived_touchpoint_can_be_looked_at(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    touchpoint = archive_touchpoint(create_touchpoint(workspace, name="Fax", by=edda), by=edda)
    page = sign_in(edda).get(reverse("touchpoint", args=[workspace.slug, touchpoint.pk])).content.decode()
    assert "Archived on" in page
    assert reverse("touchpoint_restore", args=[workspace.slug, touchpoint.pk]) in page


def test_more_rows_cost_no_more_statements(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    touchpoint = create_touchpoint(workspace, name="Delay information", by=edda)
    client, counted = sign_in(edda), []
    here: dict[str, Any] = {"workspace": workspace, "touchpoint": touchpoint}
    ThemeSearch.objects.create(day="2026-03-01", commenters=9, **here)
    counts: dict[str, Any] = {"commenters": 3, "by_month": [0] * 12, "examples": [1]}
    client.get(reverse("touchpoint", args=[workspace.slug, touchpoint.pk]))  # a process learns what has changed once
    for names in ("A", "BCDEF"):
        for name in names:
            create_insight(touchpoint, kind="pain", text=name, by=edda)
            Theme.objects.create(kind="pain", label=name, leading=name, terms=[name], **here, **counts)
            journey = create_journey(workspace, name=name, by=edda)
            phase = journey.phases.get(kind="advocacy")
            Placement.objects.create(
                workspace=workspace, journey=journey, phase=phase, touchpoint=touchpoint, position=0
            )
        with CaptureQueriesContext(connection) as statements:
            client.get(reverse("touchpoint", args=[workspace.slug, touchpoint.pk]))
        counted.append(len(statements))
    assert counted[0] == counted[1]

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from journeys.actions.journeys import create_journey
from journeys.actions.placements import place_touchpoint
from journeys.models import Placement
from tests.cast import SignIn
from touchpoints.actions import create_touchpoint
from workspaces.models import User, Workspace


def test_evidence_is_the_same_word_in_the_table_and_on_the_page(
    workspace: Workspace, edda: User, vik: User, sign_in: SignIn
) -> None:
    poster = create_touchpoint(workspace, name="Station poster", by=edda)
    journey = create_journey(workspace, name="Weekend trip", by=edda)
    phase = journey.phases.get(kind="awareness")
    placed = {"workspace": workspace, "journey": journey, "phase": phase, "touchpoint": poster, "position": 0}
    placement = Placement.objects.create(**placed, assumed_emotion=1)
    addresses = [reverse("scorecards", args=[workspace.slug]), reverse("touchpoint", args=[workspace.slug, poster.pk])]
    for address in addresses:
        assert 'data-evidence="assumption"' in sign_in(vik).get(address).content.decode()
    placement.assumed_emotion = None
    placement.save()
    for address in addresses:
        assert 'data-evidence="unknown"' in sign_in(vik).get(address).content.decode()


def test_more_touchpoints_cost_no_more_statements(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    """At most ten, with those by which anybody is known who comes."""
    client, counted = sign_in(edda), []
    journey = create_journey(workspace, name="Weekend trip", by=edda)
    phase = journey.phases.get(kind="awareness")
    client.get(reverse("scorecards", args=[workspace.slug]))  # what a process learns once is not counted
    for names in ("A", "BCDEF"):
        for name in names:
            touchpoint = create_touchpoint(workspace, name=name, by=edda)
            place_touchpoint(journey, touchpoint=touchpoint, phase=phase, after=None, by=edda)
        for asked in ("", "?sort=nps"):
            with CaptureQueriesContext(connection) as statements:
                client.get(reverse("scorecards", args=[workspace.slug]) + asked)
            counted.append(len(statements))
    assert counted[:2] == counted[2:]
    assert max(counted) <= 10

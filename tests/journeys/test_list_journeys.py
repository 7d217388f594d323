from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from journeys.actions.journeys import create_journey
from journeys.models import Placement
from personas.actions import create_persona
from tests.cast import SignIn, member_of
from touchpoints.actions import create_touchpoint
from workspaces.models import Team, User, Workspace


def test_an_empty_workspace_is_shown_what_a_journey_will_be(
    workspace: Workspace, edda: User, vik: User, sign_in: SignIn
) -> None:
    page = sign_in(edda).get(reverse("journeys", args=[workspace.slug])).content.decode()
    for shown in ("Draw the first journey", "First touchpoint", "Awareness", "Consideration", "Purchase", "Retention"):
        assert shown in page
    assert "First touchpoint" not in sign_in(vik).get(reverse("journeys", args=[workspace.slug])).content.decode()


def test_a_card_says_what_a_journey_is(workspace: Workspace, edda: User, vik: User, sign_in: SignIn) -> None:
    mara = create_persona(workspace, name="Mara Lindner", by=edda)
    team = Team.objects.create(workspace=workspace, name="Ops control")
    journey = create_journey(
        workspace, name="Weekend trip", category="renewal", standing="to_be", personas=[mara], owner=team, by=edda
    )
    touchpoint = create_touchpoint(workspace, name="Refund claim", by=edda)
    Placement.objects.create(
        workspace=workspace,
        journey=journey,
        phase=journey.phases.get(kind="awareness"),
        touchpoint=touchpoint,
        position=0,
    )
    page = sign_in(vik).get(reverse("journeys", args=[workspace.slug])).content.decode()
    for shown in ("Weekend trip", "renewal", "to be", "Mara Lindner", "Ops control", "1 touchpoint"):
        assert shown in page
    assert reverse("journey", args=[workspace.slug, journey.pk]) in page
    assert reverse("journey_edit", args=[workspace.slug, journey.pk]) not in page


def test_answers_about_a_journey_are_imported_from_its_card_and_its_form(
    workspace: Workspace, edda: User, vik: User, sign_in: SignIn
) -> None:
    journey = create_journey(workspace, name="Weekend trip", by=edda)
    door = f"{reverse('import_create', args=[workspace.slug])}?about={journey.subject_id}"
    card, form = (
        reverse("journeys", args=[workspace.slug]),
        reverse("journey_edit", args=[workspace.slug, journey.pk]),
    )
    for page in (card, form):
        assert f'href="{door}"' in sign_in(edda).get(page).content.decode()
    assert door not in sign_in(vik).get(card).content.decode()
    assert f'name="about" value="{journey.subject_id}"' in sign_in(edda).get(door).content.decode()


def test_a_card_leads_to_the_history(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    journey = create_journey(workspace, name="Weekend trip", by=edda)
    page = sign_in(edda).get(reverse("journeys", args=[workspace.slug])).content.decode()
    assert reverse("changes", args=[workspace.slug, journey.pk]) in page


def test_more_journeys_cost_no_more_statements(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    mara = create_persona(workspace, name="Mara", by=edda)
    team = Team.objects.create(workspace=workspace, name="Ops control")
    client, counted = sign_in(edda), []
    for names in ("A", "BCDEFG"):
        for name in names:
            owner = team if name in "ACE" else member_of(workspace, edda)
            create_journey(workspace, name=name, personas=[mara], owner=owner, by=edda)
        with CaptureQueriesContext(connection) as statements:
            client.get(reverse("journeys", args=[workspace.slug]))
        counted.append(len(statements))
    assert counted[0] == counted[1]

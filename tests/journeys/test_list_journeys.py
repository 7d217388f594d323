import datetime
from decimal import Decimal

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from journeys.actions.drawing import Station, draw_journey
from journeys.actions.journeys import create_journey
from journeys.actions.placements import edit_placement, place_touchpoint
from journeys.models import Change, Journey, Placement, Source
from personas.actions import create_persona
from tests.cast import SignIn, member_of
from tests.journeys.scene import drawn, phase, placed
from tests.journeys.told import scored
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


def listed(client: Client, workspace: Workspace, **asked: str) -> list[str]:
    """The names on the list, in its order."""
    page = client.get(reverse("journeys", args=[workspace.slug]), asked).context["page"]
    return [journey.name for journey in page]


def test_a_card_shows_the_line_and_what_is_felt_best_and_worst(
    workspace: Workspace, edda: User, sign_in: SignIn
) -> None:
    journey = drawn(workspace, edda, purchase="Shop Pay", retention="Ride")
    page = reverse("journeys", args=[workspace.slug])
    assert "Nobody has said yet how it feels." in sign_in(edda).get(page).content.decode()
    for name, emotion in (("Shop", "-1.5"), ("Pay", "0.5"), ("Ride", "1.5")):
        edit_placement(placed(journey, name), version=1, by=edda, assumed_emotion=Decimal(emotion))
    scored(placed(journey, "Ride").touchpoint, 85)
    shown = sign_in(edda).get(page).content.decode()
    assert "Felt best at “Ride”, worst at “Shop”." in shown
    assert shown.count("<circle data-band") == 3
    assert shown.count('<circle data-band="strong"') == 1
    assert 'data-source="assumption"' in shown
    assert "3 touchpoints" in shown
    assert '<b class="band-score">85</b>' in shown


def test_a_card_says_when_its_map_was_changed_last_and_by_whom(
    workspace: Workspace, edda: User, vik: User, sign_in: SignIn
) -> None:
    journey = drawn(workspace, edda, purchase="Shop")
    page = reverse("journeys", args=[workspace.slug])
    assert "by Edda" in sign_in(vik).get(page).content.decode()
    long_ago = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC)
    Change.objects.update(at=long_ago)
    Journey.objects.filter(pk=journey.pk).update(updated_at=long_ago - datetime.timedelta(days=1))
    shown = sign_in(vik).get(page).content.decode()
    assert "Mar 1" in shown
    assert "by Edda" in shown
    Journey.objects.filter(pk=journey.pk).update(updated_at=long_ago + datetime.timedelta(days=1))
    assert "by Edda" not in sign_in(vik).get(page).content.decode(), "the facts were changed later, by nobody known"


def test_the_list_has_three_orders(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    client = sign_in(edda)
    for name, score in (("Ärger", None), ("Bahn", 80.0), ("Zug", 35.0)):
        journey = create_journey(workspace, name=name, by=edda)
        if score:
            touchpoint = create_touchpoint(workspace, name=name, by=edda)
            place_touchpoint(journey, touchpoint, phase=phase(journey, "purchase"), after=None, by=edda)
            scored(touchpoint, score)
    Journey.objects.filter(name="Bahn").update(updated_at=datetime.datetime(2030, 1, 1, tzinfo=datetime.UTC))
    assert listed(client, workspace) == ["Bahn", "Zug", "Ärger"]
    assert listed(client, workspace, sort="name") == ["Ärger", "Bahn", "Zug"]
    assert listed(client, workspace, sort="health") == ["Zug", "Bahn", "Ärger"], "unknown is not bad: it comes last"
    assert listed(client, workspace, sort="war") == ["Bahn", "Zug", "Ärger"]


def test_many_journeys_are_searched(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    client, page = sign_in(edda), reverse("journeys", args=[workspace.slug])
    for number in range(12):
        create_journey(workspace, name=f"Trip {number}", by=edda)
    assert 'type="search"' not in client.get(page).content.decode()
    create_journey(workspace, name="Monthly pass", by=edda)
    assert 'type="search"' in client.get(page).content.decode()
    assert listed(client, workspace, q="month") == ["Monthly pass"]
    nothing = client.get(page, {"q": "war"}).content.decode()
    assert "Nothing matches." in nothing
    assert "Draw the first journey" not in nothing


def test_a_long_journey_shows_its_trend(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    felt = {"assumed_emotion": Decimal(1)}
    stations = [Station(f"Stop {number}", "retention", placed=felt) for number in range(100)]
    draw_journey(workspace, stations, source=Source.SPREADSHEET, called="", name="Long", by=edda)
    shown = sign_in(edda).get(reverse("journeys", args=[workspace.slug])).content.decode()
    assert "<circle data-band" not in shown
    assert 'class="sketch-spread"' in shown


def test_more_journeys_cost_no_more_statements(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    mara = create_persona(workspace, name="Mara", by=edda)
    team = Team.objects.create(workspace=workspace, name="Ops control")
    client, counted = sign_in(edda), []
    for names in ("A", "BCDEFG"):
        for name in names:
            owner = team if name in "ACE" else member_of(workspace, edda)
            journey = create_journey(workspace, name=name, personas=[mara], owner=owner, by=edda)
            for number in range(3):
                touchpoint = create_touchpoint(workspace, name=f"{name} {number}", by=edda)
                place_touchpoint(journey, touchpoint, phase=phase(journey, "purchase"), after=None, by=edda)
        with CaptureQueriesContext(connection) as statements:
            client.get(reverse("journeys", args=[workspace.slug]))
        counted.append(len(statements))
    assert counted[0] == counted[1]

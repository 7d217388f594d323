"""A journey begun from a template: a whole map of assumptions, which takes what the library has as it is."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from journeys.actions.drawing import Station, draw_journey
from journeys.models import Change, Journey, Placement, Source
from journeys.patterns import KEYS, pattern, patterns
from tests.cast import SignIn
from tests.journeys.scene import address, order
from tests.rest import Rest
from touchpoints.actions import archive_touchpoint, create_channel, create_touchpoint
from touchpoints.models import Channel, HealthScore, PhaseKind, Touchpoint
from workspaces.models import AuditEntry, User, Workspace

RAIL = {"template": "rail", "name": "Our trip", "category": "use", "standing": "as_is"}


def begin(sign_in: SignIn, person: User, workspace: Workspace, **facts: str) -> Journey:
    answer = sign_in(person).post(reverse("journey_create", args=[workspace.slug]), RAIL | facts)
    journey: Journey = Journey.objects.of(workspace).latest("pk")
    assert answer.headers["Location"] == address("journey", journey)
    return journey


def test_it_begins_with_a_whole_map_of_assumptions(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    journey = begin(sign_in, edda, workspace)
    drawn = pattern("rail", "en").stations
    standing = order(journey)
    assert list(standing) == PhaseKind.values
    assert " ".join(standing.values()) == " ".join(station.name for station in drawn)
    delay = Placement.objects.get(journey=journey, touchpoint__name="Delay and missed connection")
    assert (delay.assumed_emotion, delay.expectation, delay.moment_of_truth) == (Decimal("-1.5"), Decimal("0.4"), True)
    assert (delay.touchpoint.peer_group, str(delay.touchpoint.channel)) == ("retention", "Push message")
    assert not HealthScore.objects.exists(), "no score is invented"


def test_what_the_library_has_stands_there_as_it_is(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    kiosk = create_channel(workspace, name="Kiosk", by=edda)
    known = create_touchpoint(workspace, name="ticket MACHINE", channel=kiosk, importance=1, by=edda)
    archive_touchpoint(create_touchpoint(workspace, name="Seat reservation", by=edda), by=edda)
    form = sign_in(edda).get(reverse("journey_create", args=[workspace.slug]), {"template": "rail"})
    assert form.context["there"] == ["Ticket machine"]
    assert "1 is in your library already" in form.content.decode()
    journey = begin(sign_in, edda, workspace)
    assert Placement.objects.filter(journey=journey, touchpoint=known).exists()
    known.refresh_from_db()
    assert (known.name, known.channel, known.importance, known.version) == ("ticket MACHINE", kiosk, 1, 1)
    assert Touchpoint.objects.of(workspace).kept().filter(name__iexact="seat reservation").exists()


def test_it_speaks_the_persons_language_and_uses_the_channels_that_there_are(
    workspace: Workspace, edda: User, sign_in: SignIn
) -> None:
    edda.language = "de"
    edda.save()
    app = create_channel(workspace, name="Telefon", by=edda)
    journey = begin(sign_in, edda, workspace, template="telecom")
    assert "Bestellhotline" in order(journey)["consideration"]
    assert Touchpoint.objects.get(name="Bestellhotline").channel == app
    edda.language = "en"
    edda.save()
    begin(sign_in, edda, workspace, template="claim")
    assert Touchpoint.objects.get(name="Emergency hotline").channel == app, "by its German name"
    assert Channel.objects.of(workspace).filter(name__in=["Phone", "E-mail"]).count() == 0


def test_history_and_audit_log_say_from_what_it_was_begun(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    journey = begin(sign_in, edda, workspace)
    change = Change.objects.get(journey=journey)
    assert (change.revision, change.verb, change.by) == (1, "start", edda)
    page = sign_in(edda).get(address("changes", journey)).content.decode()
    assert "Begun from the template “Rail trip”, with 18 touchpoints" in page
    assert AuditEntry.objects.of(workspace).filter(verb="touchpoint.create", actor=edda).count() == 18
    said = sign_in(edda).post(address("change_undo", journey), follow=True).content.decode()
    assert "There is nothing to undo." in said, "the beginning is not undone, but archived"


def test_every_template_is_whole_in_both_languages(workspace: Workspace, edda: User) -> None:
    for language in ("en", "de"):
        assert [one.key for one in patterns(language)] == list(KEYS)
        for template in patterns(language):
            assert len(template.stations) >= 12
            assert {station.phase for station in template.stations} == set(PhaseKind.values)
            felt = [station.placed["assumed_emotion"] for station in template.stations]
            assert max(felt) >= 1, "a high"
            assert min(felt) <= Decimal("-0.9"), "a low"
            journey = draw_journey(
                workspace, template.stations, source=Source.TEMPLATE, called="", name=template.name, by=edda
            )
            for placement in Placement.objects.filter(journey=journey).select_related("touchpoint__channel"):
                placement.clean_fields()
                placement.touchpoint.clean_fields()
                assert placement.customer_action
                assert placement.backstage
                assert placement.touchpoint.channel


def test_a_longer_map_costs_no_more_statements(workspace: Workspace, edda: User) -> None:
    counted = []
    for number in (3, 300):
        stations = [Station(f"{number} {name}", "purchase", ("Kiosk",), pains=("Dear",)) for name in range(number)]
        with CaptureQueriesContext(connection) as statements:
            draw_journey(workspace, stations, source=Source.SPREADSHEET, called="map.xlsx", name="Long", by=edda)
        counted.append(len(statements))
        Channel.objects.of(workspace).filter(name="Kiosk").update(name=f"Kiosk {number}")
        create_channel(workspace, name="Kiosk", by=edda)
    assert counted[1] <= counted[0]


def test_programs_begin_from_a_template_too(tess: Client, workspace: Workspace) -> None:
    rest = Rest(tess)
    made = rest.post("journeys/", {"name": "Fahrt", "template": "rail"}, Accept_Language="de")
    assert made.status_code == 201
    seen = rest.get(f"journeys/{made.json()['id']}/map/").json()
    assert seen["phases"][0]["placements"][0]["touchpoint"]["name"] == "Preisangebot auf dem Plakat"
    assert sum(len(phase["placements"]) for phase in seen["phases"]) == 18
    told = rest.get(f"changes/?journey={made.json()['id']}").json()["results"]
    assert [(one["verb"], one["what"]) for one in told] == [
        ("start", {"source": "template", "name": "Bahnreise", "count": 18})
    ]
    refused = rest.post("journeys/", {"name": "Trip", "template": "war"})
    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["template"])
    assert rest.patch(f"journeys/{made.json()['id']}/", {"template": "saas", "version": 6}).status_code == 400


@pytest.mark.parametrize("template", ["war", "../sample/facts"])
def test_a_template_that_there_is_not(template: str, workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    url = reverse("journey_create", args=[workspace.slug])
    assert sign_in(edda).get(url, {"template": template}).status_code == 404
    assert sign_in(edda).post(url, RAIL | {"template": template}).status_code == 404
    assert not Journey.objects.exists()


def test_bad_input_stores_nothing(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    answer = sign_in(edda).post(reverse("journey_create", args=[workspace.slug]), RAIL | {"name": " "})
    assert answer.status_code == 422
    assert 'name="template" value="rail"' in answer.content.decode()
    assert not any(model.objects.of(workspace).exists() for model in (Journey, Touchpoint, Channel))


def test_viewer_and_outsider_begin_nothing(workspace: Workspace, vik: User, otto: User, sign_in: SignIn) -> None:
    for name in ("journey_create", "journey_begin"):
        url = reverse(name, args=[workspace.slug])
        assert sign_in(vik).post(url, RAIL | {"phase": "purchase"}).status_code == 403
        assert sign_in(otto).post(url, RAIL | {"phase": "purchase"}).status_code == 404
    assert not Journey.objects.exists()

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from journeys.actions.placements import edit_placement, move_placement
from journeys.models import Journey
from personas.models import Persona
from tests.cast import SignIn
from tests.journeys.scene import HTMX, address, drawn, order, phase, placed
from tests.journeys.told import scored
from touchpoints.actions.channels import create_channel, edit_channel
from touchpoints.actions.library import archive_touchpoint, edit_touchpoint
from touchpoints.models import Touchpoint
from workspaces.models import User, Workspace


def test_viewer_sees_every_touchpoint_with_number_band_and_star(
    commute: Journey, edda: User, vik: User, sign_in: SignIn
) -> None:
    wait = placed(commute, "Wait")
    scored(wait.touchpoint, 33.6)
    edit_placement(wait, version=wait.version, by=edda, moment_of_truth=True)

    page = sign_in(vik).get(address("journey", commute)).content.decode()

    for name in ("Shop", "Pay", "Wait", "Ride", "Arrive"):
        assert f">{name}</a>" in page
    card = page[page.index(f'id="placement-{wait.pk}"') :]
    card = card[: card.index("</li>")]
    assert 'data-band="critical"' in card
    assert 'data-evidence="measured"' in card
    assert ">34<" in card
    assert "moment of truth" in card
    assert "Act here first" in page
    assert address("placement_move", commute, placement_id=wait.pk) not in page


def test_a_map_drawn_for_another_has_the_forms_of_who_looks_at_it(commute: Journey, edda: User, ada: User) -> None:
    seen = {}
    for person in (edda, ada):
        client = Client(enforce_csrf_checks=True)
        client.force_login(person)
        page = client.get(address("journey", commute)).content.decode()
        (token,) = set(re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page[page.index('id="map"') :]))
        seen[client] = token
    assert len(set(seen.values())) == 2
    for name, (client, token) in zip(("Kiosk", "Bus"), seen.items(), strict=True):
        new = {"csrfmiddlewaretoken": token, "phase": phase(commute, "advocacy").pk, "text": name}
        assert client.post(address("placement_create", commute), new).status_code == 302
    assert order(commute)["advocacy"].split()[-2:] == ["Kiosk", "Bus"]


def test_outsider_finds_no_map(commute: Journey, otto: User, sign_in: SignIn) -> None:
    assert sign_in(otto).get(address("journey", commute)).status_code == 404


def test_statements_do_not_grow_with_the_journey(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    client = sign_in(edda)
    few = drawn(workspace, edda, "Few", purchase="A1 A2")
    many = drawn(workspace, edda, "Many", purchase=" ".join(f"B{i}" for i in range(20)), advocacy="C1 C2 C3")
    sent = []
    for url in (address("journey", few), address("journey", many)):
        for headers in ({}, HTMX):
            with CaptureQueriesContext(connection) as seen:
                assert client.get(url, headers=headers).status_code == 200
            sent.append(len(seen))
    # Session, person and memberships, and six for the map; four fewer where it has been drawn for another just now, and
    # one more where nobody has asked for changes before.
    assert sent == [10, 5, 9, 5]


# --- unchanged or not ------------------------------------------------------------------------------------------------


def unchanged(client: Client, journey: Journey, headers: dict[str, str]) -> Callable[[], bool]:
    """Opens the map, and afterwards says whether the browser would keep what it has."""
    client.get(address("journey", journey))  # from then on the browser has the cookie against forged forms
    first = client.get(address("journey", journey), headers=headers)
    assert first.status_code == 200
    assert "private" in first.headers["Cache-Control"]
    etag = first.headers["ETag"]

    def still() -> bool:
        again = client.get(address("journey", journey), headers={**headers, "If-None-Match": etag})
        assert again.status_code in {200, 304}
        return bool(again.status_code == 304)

    return still


def rename_channel(touchpoint: Touchpoint, by: User) -> None:
    channel = touchpoint.channel
    assert channel
    edit_channel(channel, version=channel.version, by=by, icon="phone")


CHANGES: dict[str, Callable[[Touchpoint, User], object]] = {
    "touchpoint renamed": lambda one, by: edit_touchpoint(one, version=one.version, by=by, name="Renamed"),
    "touchpoint archived": lambda one, by: archive_touchpoint(one, by=by),
    "channel's icon": rename_channel,
    "score": lambda one, by: scored(one, 70),
    "pain point": lambda one, by: one.insights.create(workspace=one.workspace, kind="pain", text="Late", mentions=2),
    "bands": lambda one, by: Workspace.objects.update(good_from=61, version=2),
    "persona": lambda one, by: Persona.objects.update(name="Mara"),
}


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
@pytest.mark.parametrize("change", CHANGES)
def test_a_change_of_anything_shown_is_seen(
    workspace: Workspace, commute: Journey, ada: User, edda: User, sign_in: SignIn, change: str, headers: dict[str, str]
) -> None:
    ride = placed(commute, "Ride").touchpoint
    ride.channel = create_channel(workspace, name="App", by=edda)
    ride.save()
    persona = Persona.objects.create(workspace=workspace, name="Commuter")
    commute.personas.add(persona, through_defaults={"workspace": workspace})
    still = unchanged(sign_in(edda), commute, headers)
    assert still()

    CHANGES[change](ride, edda)

    assert not still()


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
def test_a_move_is_seen_by_others(
    commute: Journey, ada: User, edda: User, sign_in: SignIn, headers: dict[str, str]
) -> None:
    still = unchanged(sign_in(ada), commute, headers)
    ride = placed(commute, "Ride")
    move_placement(ride, to_phase=phase(commute, "purchase"), after=None, version=ride.version, by=edda)
    assert not still()


def test_language_role_person_and_day_have_their_own_page(
    commute: Journey, workspace: Workspace, edda: User, vik: User, sign_in: SignIn
) -> None:
    editor = unchanged(sign_in(edda), commute, {})
    etags = {sign_in(who).get(address("journey", commute)).headers["ETag"] for who in (edda, vik)}
    assert len(etags) == 2
    User.objects.filter(pk=edda.pk).update(language="de")
    assert not editor()
    fragments = {sign_in(who).get(address("journey", commute), headers=HTMX).headers["ETag"] for who in (edda, vik)}
    assert len(fragments) == 2


def test_a_page_with_a_message_is_never_called_unchanged(commute: Journey, edda: User, sign_in: SignIn) -> None:
    client = sign_in(edda)
    still = unchanged(client, commute, {})
    client.post(address("change_undo", commute))

    told = client.get(address("journey", commute))

    assert "ETag" not in told.headers
    assert "Undone" in told.content.decode()
    assert not still()

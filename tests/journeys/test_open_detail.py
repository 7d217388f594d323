"""The pages on which people say what a touchpoint or phase opens, and the map that shows it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from journeys.actions.journeys import archive_journey
from journeys.actions.shares import make_share
from journeys.models import Journey
from personas.models import Persona
from tests.cast import SignIn
from tests.journeys.below import chain, put
from tests.journeys.scene import address, drawn, phase, placed, said
from tests.journeys.told import scored
from workspaces.models import User, Workspace


@pytest.fixture
def refund(workspace: Workspace, commute: Journey, edda: User) -> Journey:
    refund = drawn(workspace, edda, "Refund", purchase="Claim")
    scored(placed(refund, "Claim").touchpoint, 44.4)
    return refund


def at_wait(commute: Journey) -> str:
    return address("placement_detail", commute, placement_id=placed(commute, "Wait").pk)


def shown(client: Client, journey: Journey, **how: str) -> str:
    return client.get(address("journey", journey), how).content.decode()


def test_editor_opens_a_journey_that_there_is(commute: Journey, refund: Journey, edda: User, sign_in: SignIn) -> None:
    client = sign_in(edda)
    assert "Refund" in client.get(at_wait(commute)).content.decode()
    answer = client.post(at_wait(commute), {"journey": refund.pk, "name": "Wait"})
    assert answer.headers["Location"] == address("journey", refund)
    assert Journey.objects.get(pk=refund.pk).opened_at == placed(commute, "Wait")
    assert "Let it stand by itself again" in client.get(at_wait(commute)).content.decode()
    client.post(at_wait(commute), {"alone": "yes"})
    assert Journey.objects.get(pk=refund.pk).opened_at is None


def test_editor_begins_one_at_a_phase(commute: Journey, edda: User, sign_in: SignIn) -> None:
    url = address("phase_detail", commute, phase_id=phase(commute, "purchase").pk)
    sign_in(edda).post(url, {"journey": "", "name": "Booking"})
    made = Journey.objects.get(name="Booking")
    assert (made.opened_at, made.category) == (phase(commute, "purchase"), commute.category)


def test_a_circle_is_refused_beside_the_form(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    top, low = chain(workspace, edda, 2)
    url = address("placement_detail", low, placement_id=placed(low, "T2").pk)
    answer = sign_in(edda).post(url, {"journey": top.pk, "name": ""})
    assert answer.status_code == 422
    assert "This journey would lead back to itself" in answer.content.decode()


def test_nothing_said_is_asked_again(commute: Journey, edda: User, sign_in: SignIn) -> None:
    answer = sign_in(edda).post(at_wait(commute), {"journey": "", "name": " "})
    assert answer.status_code == 422
    assert "Choose a journey, or name a new one." in answer.content.decode()


def test_the_form_of_a_journey_says_of_what_it_is_part(
    commute: Journey, refund: Journey, edda: User, sign_in: SignIn
) -> None:
    client, wait = sign_in(edda), placed(commute, "Wait")
    facts: dict[str, Any] = {"name": "Refund", "category": "use", "standing": "as_is", "version": refund.edition}
    page = client.get(address("journey_edit", refund)).content.decode()
    assert f'<option value="placement-{wait.pk}">' in page
    assert f'<option value="placement-{placed(refund, "Claim").pk}">' not in page, "not a part of itself"
    assert client.post(address("journey_edit", refund), {**facts, "parent": f"placement-{wait.pk}"}).status_code == 302
    assert Journey.objects.get(pk=refund.pk).opened_at == wait
    assert (
        f'<option value="placement-{wait.pk}" selected>' in client.get(address("journey_edit", refund)).content.decode()
    )
    facts["version"] = Journey.objects.get(pk=refund.pk).edition
    client.post(address("journey_edit", refund), {**facts, "parent": f"phase-{phase(commute, 'purchase').pk}"})
    assert Journey.objects.get(pk=refund.pk).opened_at == phase(commute, "purchase")


def test_a_new_journey_begins_with_what_the_address_says(
    workspace: Workspace, dressed: Journey, edda: User, sign_in: SignIn
) -> None:
    persona: Persona = dressed.personas.get()
    url = reverse("journey_create", args=[workspace.slug])
    form = sign_in(edda).get(f"{url}?category=renewal&persona={persona.pk}").context["form"]
    assert (form["category"].value(), form["personas"].value()) == ("renewal", [str(persona.pk)])


@pytest.mark.parametrize("view", ["overview", "timeline", "table"])
def test_the_map_shows_what_opens_and_whence_its_figure_is(
    commute: Journey, refund: Journey, edda: User, vik: User, sign_in: SignIn, view: str
) -> None:
    put(refund, commute, "Wait", edda)
    page = shown(sign_in(vik), commute, view=view)
    assert f'href="{address("journey", refund)}"' in page
    assert "from Refund" in said(page)
    assert "44" in said(page)
    scored(placed(commute, "Wait").touchpoint, 81)
    page = said(shown(sign_in(vik), commute, view=view))
    assert "from Refund" not in page
    assert "In more detail: Refund" in page


def test_the_phase_shows_it_beside_its_own(commute: Journey, refund: Journey, edda: User, sign_in: SignIn) -> None:
    put(refund, commute, "purchase", edda)
    assert "In more detail: Refund 44" in said(shown(sign_in(edda), commute))


def test_the_sub_journey_leads_back(workspace: Workspace, edda: User, vik: User, sign_in: SignIn) -> None:
    top, middle, low = chain(workspace, edda, 3)
    page = shown(sign_in(vik), low)
    for above in (top, middle):
        assert f'href="{address("journey", above)}#placement-' in page
    assert "Level 1: T1" in said(page)
    assert "Part of Level 2: T2" in said(sign_in(vik).get(reverse("journeys", args=[workspace.slug])).content.decode())


def test_archiving_says_what_becomes_of_what_lies_below(
    commute: Journey, refund: Journey, edda: User, sign_in: SignIn
) -> None:
    put(refund, commute, "Wait", edda)
    client = sign_in(edda)
    assert "They stay" not in said(client.get(address("journey_archive", refund)).content.decode())
    assert "stands by itself as long as this one is archived" in said(
        client.get(address("journey_archive", commute)).content.decode()
    )
    archive_journey(commute, by=edda)
    assert "map-above" not in shown(client, refund)


def test_strangers_see_its_name_alone(commute: Journey, refund: Journey, edda: User, client: Client) -> None:
    scored(placed(commute, "Wait").touchpoint, 81)
    scored(placed(commute, "Ride").touchpoint, 81)
    put(refund, commute, "Wait", edda)
    put(commute, drawn(commute.workspace, edda, "All of life", retention="Travel"), "Travel", edda)
    _share, secret = make_share(commute, name="Agency", by=edda)
    page = client.get(reverse("share", args=[secret])).content.decode()
    assert "In more detail: Refund" in said(page)
    assert "44" not in said(page)
    assert "All of life" not in page
    assert address("journey", refund) not in page

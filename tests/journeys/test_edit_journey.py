from typing import Any

import pytest
from django.urls import reverse

from journeys.actions.journeys import create_journey, edit_journey
from journeys.models import Journey
from personas.actions import archive_persona, create_persona
from tests.cast import SignIn
from touchpoints.models import PhaseKind
from workspaces.models import User, Workspace


@pytest.fixture
def journey(workspace: Workspace, edda: User) -> Journey:
    """A journey drawn for Mara."""
    mara = create_persona(workspace, name="Mara", by=edda)
    return create_journey(workspace, name="Weekend trip", personas=[mara], by=edda)


def address(journey: Journey) -> str:
    return reverse("journey_edit", args=[journey.workspace.slug, journey.pk])


def typed(journey: Journey, **facts: Any) -> dict[str, Any]:
    """The form as it is shown, but for these."""
    people = list(journey.personas.values_list("pk", flat=True))
    shown = {"name": journey.name, "category": "use", "standing": "as_is", "personas": people}
    return {**shown, "version": journey.edition, **facts}


def test_editor_edits_a_journey(journey: Journey, edda: User, sign_in: SignIn) -> None:
    jo = create_persona(journey.workspace, name="Jo", by=edda)
    facts = typed(
        journey, name="Weekend by rail", standing="to_be", personas=[jo.pk], label_retention="Reise & Bindung"
    )
    assert sign_in(edda).post(address(journey), facts).status_code == 302
    journey = Journey.objects.get()
    assert (journey.name, journey.standing) == ("Weekend by rail", "to_be")
    assert list(journey.personas.all()) == [jo]
    assert [str(phase) for phase in journey.phases.all()][3] == "Reise & Bindung"


def test_a_blank_label_is_the_usual_name(journey: Journey, edda: User, sign_in: SignIn) -> None:
    client = sign_in(edda)
    client.post(address(journey), typed(journey, label_purchase="Booking"))
    client.post(address(journey), typed(Journey.objects.get(), label_purchase=" "))
    assert [phase.label for phase in journey.phases.all()] == [""] * 5
    assert [str(phase) for phase in journey.phases.all()][2] == "Purchase"


def test_a_stale_edit_shows_both(journey: Journey, edda: User, ada: User, sign_in: SignIn) -> None:
    mine, client = typed(journey, name="Trip at the weekend", label_purchase="Booking"), sign_in(edda)
    labels = dict.fromkeys(PhaseKind.values, "") | {"purchase": "Paying"}
    edit_journey(journey, version=journey.edition, personas=[], labels=labels, name="Weekend by rail", by=ada)
    answer = client.post(address(journey), mine)
    assert answer.status_code == 409
    page = answer.content.decode()
    for text in ("Trip at the weekend", "Weekend by rail", "Booking", "Paying"):
        assert text in page
    stored = [field.name for field in answer.context["form"] if hasattr(field, "stored")]
    assert stored == ["name", "personas", "label_purchase"]
    assert (
        client.post(address(journey), mine | {"version": answer.context["form"]["version"].value()}).status_code == 302
    )
    assert Journey.objects.get().name == "Trip at the weekend"


def test_a_label_alone_makes_an_older_form_stale(journey: Journey, edda: User, ada: User, sign_in: SignIn) -> None:
    mine = typed(journey, label_purchase="Booking")
    labels = dict.fromkeys(PhaseKind.values, "") | {"advocacy": "Telling"}
    edit_journey(journey, version=journey.edition, personas=journey.personas.all(), labels=labels, by=ada)
    assert sign_in(edda).post(address(journey), mine).status_code == 409


def test_the_same_edit_twice_is_one(journey: Journey, edda: User, sign_in: SignIn) -> None:
    client, facts = sign_in(edda), typed(journey, name="Weekend by rail", label_purchase="Booking")
    for _ in range(2):
        assert client.post(address(journey), facts).status_code == 302
    assert Journey.objects.get().edition == facts["version"] + 2


def test_an_archived_persona_stays_where_it_is(journey: Journey, edda: User, sign_in: SignIn) -> None:
    (mara,) = journey.personas.all()
    archive_persona(mara, by=edda)
    assert sign_in(edda).post(address(journey), typed(journey, name="Weekend by rail")).status_code == 302
    assert list(Journey.objects.get().personas.all()) == [mara]


def test_a_label_too_long_is_said_beside_its_field(journey: Journey, edda: User, sign_in: SignIn) -> None:
    answer = sign_in(edda).post(address(journey), typed(journey, label_awareness="x" * 81))
    assert answer.status_code == 422
    assert "at most 80 characters" in answer.context["form"].errors["label_awareness"][0]


def test_viewer_and_outsider_cannot_edit(journey: Journey, vik: User, otto: User, sign_in: SignIn) -> None:
    assert sign_in(vik).post(address(journey), typed(journey)).status_code == 403
    assert sign_in(otto).post(address(journey), typed(journey)).status_code == 404

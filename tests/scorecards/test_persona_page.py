"""What a persona's page draws of its journeys, and with whom it offers to compare it there."""

from django.urls import reverse

from journeys.actions.journeys import create_journey
from personas.models import Persona
from scorecards.persona import journeys_of
from tests.cast import SignIn
from tests.personas.scene import mara, page
from workspaces.models import User, Workspace


def along(workspace: Workspace, by: User, *personas: Persona) -> str:
    """A journey for these personas; the address at which they are compared."""
    journey = create_journey(workspace, by=by, personas=personas, name="Weekend trip")
    return reverse("journey_compare", kwargs={"slug": workspace.slug, "journey_id": journey.pk})


def test_compared_is_with_somebody_on_the_same_journey(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    persona, aaron, juergen = (mara(workspace, edda, name=name) for name in ("Mara Lindner", "Aaron", "Jürgen"))
    compare = along(workspace, edda, persona, juergen)
    drawn = sign_in(edda).get(page("persona", persona)).content.decode()
    assert f"{compare}?a={persona.pk}&amp;b={juergen.pk}" in drawn
    assert f"&amp;b={aaron.pk}" not in drawn


def test_where_nobody_else_is_on_it_the_first_by_name_is_offered(
    workspace: Workspace, edda: User, sign_in: SignIn
) -> None:
    persona, aaron = mara(workspace, edda), mara(workspace, edda, name="Aaron")
    compare = along(workspace, edda, persona)
    assert f"{compare}?a={persona.pk}&amp;b={aaron.pk}" in sign_in(edda).get(page("persona", persona)).content.decode()


def test_alone_it_is_compared_with_nobody(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    persona = mara(workspace, edda)
    compare = along(workspace, edda, persona)
    assert compare not in sign_in(edda).get(page("persona", persona)).content.decode()


def test_parts_of_a_journey_are_not_drawn_beside_it(workspace: Workspace, edda: User) -> None:
    persona = mara(workspace, edda)
    whole = create_journey(workspace, by=edda, personas=[persona], name="Whole")
    create_journey(workspace, by=edda, personas=[persona], name="A part", parent_phase=whole.phases.all()[0])
    assert [strip.journey.name for strip in journeys_of(persona).strips] == ["Whole"]

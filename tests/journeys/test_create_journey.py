import pytest
from django.urls import reverse

from journeys.models import Journey, Phase
from personas.actions import archive_persona, create_persona
from tests.cast import SignIn, member_of
from touchpoints.models import Channel, PhaseKind, Subject
from workspaces.models import User, Workspace


def address(workspace: Workspace) -> str:
    return reverse("journey_create", args=[workspace.slug])


def typed(**facts: object) -> dict[str, object]:
    return {"name": "Weekend trip", "category": "use", "standing": "as_is", **facts}


def test_editor_creates_a_journey_with_five_phases(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    mara, jo = (create_persona(workspace, name=name, by=edda) for name in ("Mara", "Jo"))
    owner = f"member-{member_of(workspace, edda).pk}"
    answer = sign_in(edda).post(address(workspace), typed(personas=[mara.pk, jo.pk], owner=owner))
    journey = Journey.objects.of(workspace).get()
    assert answer.headers["Location"] == reverse("journey", args=[workspace.slug, journey.pk])
    assert list(journey.phases.values_list("kind", "label")) == [(kind, "") for kind in PhaseKind.values]
    assert set(journey.personas.all()) == {mara, jo}
    assert journey.owner == member_of(workspace, edda)
    assert journey.subject.kind == "journey"


def test_the_first_journey_brings_the_usual_channels(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    client = sign_in(edda)
    client.post(address(workspace), typed())
    channels = Channel.objects.of(workspace).count()
    assert channels
    client.post(address(workspace), typed(name="Commute"))
    assert Channel.objects.of(workspace).count() == channels


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", " ", "This field is required."),
        ("name", "x" * 201, "at most 200 characters"),
        ("note", "x" * 501, "at most 500 characters"),
        ("category", "war", "Select a valid choice."),
        ("standing", "maybe", "Select a valid choice."),
        ("review_date", "9999-12-31", "less than or equal to 2200-01-01"),
        ("personas", "0", "Select a valid choice."),
        ("owner", "member-0", "Select a valid choice."),
    ],
)
def test_bad_input_stores_nothing(
    field: str, value: str, said: str, workspace: Workspace, edda: User, sign_in: SignIn
) -> None:
    answer = sign_in(edda).post(address(workspace), typed(**{field: value}))
    assert answer.status_code == 422
    assert said in answer.context["form"].errors[field][0]
    assert not any(model.objects.of(workspace).exists() for model in (Journey, Phase, Subject, Channel))


def test_foreign_and_archived_personas_are_no_choice(
    workspace: Workspace, elsewhere: Workspace, edda: User, otto: User, sign_in: SignIn
) -> None:
    gone = archive_persona(create_persona(workspace, name="Mara", by=edda), by=edda)
    foreign = create_persona(elsewhere, name="Otto's guest", by=otto)
    for persona in (gone, foreign):
        assert sign_in(edda).post(address(workspace), typed(personas=[persona.pk])).status_code == 422
    assert not Journey.objects.exists()


def test_viewer_and_outsider_cannot_create(workspace: Workspace, vik: User, otto: User, sign_in: SignIn) -> None:
    assert sign_in(vik).post(address(workspace), typed()).status_code == 403
    assert sign_in(otto).post(address(workspace), typed()).status_code == 404

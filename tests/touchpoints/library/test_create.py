import pytest
from django.urls import reverse

from tests.cast import SignIn, member_of
from tests.elsewhere import at_once
from tests.touchpoints.library.scene import typed
from touchpoints.actions import archive_channel, create_channel, create_touchpoint
from touchpoints.models import Subject, Touchpoint
from workspaces.models import Team, User, Workspace


def address(workspace: Workspace) -> str:
    return reverse("touchpoint_create", args=[workspace.slug])


def test_editor_creates_a_touchpoint_with_its_subject(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    channel = create_channel(workspace, name="App", by=edda)
    team = Team.objects.create(workspace=workspace, name="Ops control")
    facts = typed(channel=channel.pk, owner=f"team-{team.pk}", note="Push and e-mail", device="phone")
    page = sign_in(edda).post(address(workspace), facts, follow=True).content.decode()
    for shown in ("Delay information", "App", "Ops control", "Push and e-mail", "phone", "3 of 5"):
        assert shown in page
    touchpoint = Touchpoint.objects.of(workspace).get()
    assert (touchpoint.owner, touchpoint.subject.kind) == (team, "touchpoint")


def test_a_member_can_own_it(workspace: Workspace, edda: User, ada: User, sign_in: SignIn) -> None:
    member = member_of(workspace, ada)
    sign_in(edda).post(address(workspace), typed(owner=f"member-{member.pk}"))
    touchpoint = Touchpoint.objects.get()
    assert (touchpoint.owner_member, touchpoint.owner_team) == (member, None)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "x" * 201, "at most 200 characters"),
        ("note", "x" * 10_001, "at most 10000 characters"),
        ("importance", "0", "greater than or equal to 1"),
        ("importance", "6", "less than or equal to 5"),
        ("target", "101", "less than or equal to 100"),
        ("contact", "telepathic", "Select a valid choice."),
        ("owner", "team-0", "Select a valid choice."),
        ("channel", "0", "Select a valid choice."),
    ],
)
def test_bad_input_is_said_beside_its_field(
    field: str, value: str, said: str, workspace: Workspace, edda: User, sign_in: SignIn
) -> None:
    answer = sign_in(edda).post(address(workspace), typed(**{field: value}))
    assert answer.status_code == 422
    assert said in answer.context["form"].errors[field][0]
    assert not Touchpoint.objects.exists()
    assert not Subject.objects.exists()


def test_another_workspaces_rows_are_no_choice(
    workspace: Workspace, elsewhere: Workspace, edda: User, otto: User, sign_in: SignIn
) -> None:
    foreign = create_channel(elsewhere, name="Tram", by=otto)
    owner = member_of(elsewhere, otto)
    answer = sign_in(edda).post(address(workspace), typed(channel=foreign.pk, owner=f"member-{owner.pk}"))
    assert set(answer.context["form"].errors) == {"channel", "owner"}
    assert not Touchpoint.objects.exists()


def test_an_archived_channel_is_no_choice(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    channel = archive_channel(create_channel(workspace, name="Fax", by=edda), by=edda)
    assert sign_in(edda).post(address(workspace), typed(channel=channel.pk)).status_code == 422


def test_a_taken_name_leaves_nothing_half_stored(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    create_touchpoint(workspace, name="Delay information", by=edda)
    answer = sign_in(edda).post(address(workspace), typed(name="DELAY information"))
    assert answer.status_code == 422
    assert answer.context["form"].errors["name"] == ["There is already a touchpoint of that name."]
    assert Subject.objects.of(workspace).count() == 1


def test_of_equal_names_at_once_one_is_stored(
    transactional_db: None, workspace: Workspace, edda: User, sign_in: SignIn
) -> None:
    people = [sign_in(edda) for _ in range(6)]
    answers = at_once(*[lambda page=page: page.post(address(workspace), typed()).status_code for page in people])
    assert sorted(map(str, answers)) == ["302", *["422"] * 5]
    assert (Touchpoint.objects.count(), Subject.objects.count()) == (1, 1)


def test_viewer_and_outsider_cannot_create(workspace: Workspace, vik: User, otto: User, sign_in: SignIn) -> None:
    assert sign_in(vik).post(address(workspace), typed()).status_code == 403
    assert sign_in(otto).post(address(workspace), typed()).status_code == 404

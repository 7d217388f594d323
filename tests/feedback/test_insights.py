import pytest
from django.urls import reverse

from feedback.actions.insights import archive_insight, create_insight
from feedback.models import Insight
from tests.cast import SignIn
from touchpoints.actions import archive_touchpoint
from touchpoints.models import Touchpoint
from workspaces.models import User, Workspace


@pytest.fixture
def insight(touchpoint: Touchpoint, edda: User) -> Insight:
    """What they suffer."""
    return create_insight(touchpoint, kind="pain", text="No reason given", mentions=611, by=edda)


def address(name: str, workspace: Workspace, pk: int) -> str:
    return reverse(name, args=[workspace.slug, pk])


def test_editor_writes_an_insight_down(
    workspace: Workspace, touchpoint: Touchpoint, edda: User, sign_in: SignIn
) -> None:
    facts = {"kind": "wish", "text": "A forecast within five minutes", "mentions": "64"}
    page = sign_in(edda).post(address("insight_create", workspace, touchpoint.pk), facts, follow=True).content.decode()
    for shown in ("wish", "A forecast within five minutes", "64 mentions"):
        assert shown in page


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("text", "", "This field is required."),
        ("text", "x" * 501, "at most 500 characters"),
        ("kind", "rant", "Select a valid choice."),
        ("mentions", "-1", "greater than or equal to 0"),
        ("mentions", "99999999999", "less than or equal to 2147483647"),
        ("mentions", "many", "Enter a whole number."),
    ],
)
def test_bad_input_is_said_beside_its_field(
    field: str, value: str, said: str, workspace: Workspace, touchpoint: Touchpoint, edda: User, sign_in: SignIn
) -> None:
    facts = {"kind": "pain", "text": "No reason given", "mentions": "3"} | {field: value}
    answer = sign_in(edda).post(address("insight_create", workspace, touchpoint.pk), facts)
    assert answer.status_code == 422
    assert said in answer.context["form"].errors[field][0]
    assert not Insight.objects.exists()


def test_nothing_is_written_down_at_an_archived_touchpoint(
    workspace: Workspace, touchpoint: Touchpoint, edda: User, sign_in: SignIn
) -> None:
    archive_touchpoint(touchpoint, by=edda)
    facts = {"kind": "pain", "text": "No reason given", "mentions": "3"}
    assert sign_in(edda).post(address("insight_create", workspace, touchpoint.pk), facts).status_code == 404


def test_editor_edits_an_insight(workspace: Workspace, insight: Insight, edda: User, sign_in: SignIn) -> None:
    facts = {"kind": "pain", "text": "No reason given", "mentions": "700", "version": 1}
    client, edit = sign_in(edda), address("insight_edit", workspace, insight.pk)
    for _ in range(2):
        assert client.post(edit, facts).status_code == 302
    assert Insight.objects.get().mentions == 700
    stale = client.post(edit, facts | {"text": "Silence"})
    assert stale.status_code == 409
    assert "No reason given" in stale.content.decode()
    assert "Silence" in stale.content.decode()


def test_archiving_can_be_undone(workspace: Workspace, insight: Insight, edda: User, sign_in: SignIn) -> None:
    client = sign_in(edda)
    assert (
        "Archive “No reason given”?" in client.get(address("insight_archive", workspace, insight.pk)).content.decode()
    )
    page = client.post(address("insight_archive", workspace, insight.pk), follow=True).content.decode()
    assert "“No reason given” is archived." in page
    assert "611 mentions" not in page
    shelf = client.get(address("touchpoint", workspace, insight.touchpoint_id), {"archived": "1"}).content.decode()
    assert "611 mentions" in shelf
    page = client.post(address("insight_restore", workspace, insight.pk), follow=True).content.decode()
    assert "611 mentions" in page


def test_twice_is_harmless(workspace: Workspace, insight: Insight, edda: User, sign_in: SignIn) -> None:
    archive_insight(insight, by=edda)
    archive_insight(insight, by=edda)
    for _ in range(2):
        sign_in(edda).post(address("insight_restore", workspace, insight.pk))
    assert Insight.objects.get().version == 3


@pytest.mark.parametrize("name", ["insight_edit", "insight_archive", "insight_restore"])
def test_viewer_and_outsider_cannot_change_insights(
    name: str, workspace: Workspace, insight: Insight, vik: User, otto: User, sign_in: SignIn
) -> None:
    assert sign_in(vik).post(address(name, workspace, insight.pk)).status_code == 403
    assert sign_in(otto).post(address(name, workspace, insight.pk)).status_code == 404
    assert "Edit “" not in sign_in(vik).get(address("touchpoint", workspace, insight.touchpoint_id)).content.decode()

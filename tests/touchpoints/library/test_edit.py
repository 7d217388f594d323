from django.urls import reverse

from tests.cast import SignIn, member_of
from tests.touchpoints.library.scene import typed
from touchpoints.actions import archive_channel, create_channel, create_touchpoint, edit_touchpoint
from touchpoints.models import Touchpoint
from workspaces.models import Team, User, Workspace


def address(touchpoint: Touchpoint) -> str:
    return reverse("touchpoint_edit", args=[touchpoint.workspace.slug, touchpoint.pk])


def test_editor_edits_a_touchpoint(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    team = Team.objects.create(workspace=workspace, name="Ops control")
    touchpoint = create_touchpoint(workspace, name="Delay information", owner=team, by=edda)
    client, member = sign_in(edda), member_of(workspace, edda)
    answer = client.post(address(touchpoint), typed(owner=f"member-{member.pk}", target="85", version=1), follow=True)
    assert "85" in answer.content.decode()
    touchpoint.refresh_from_db()
    assert (touchpoint.owner, touchpoint.owner_team, touchpoint.version) == (member, None, 2)


def test_the_form_shows_what_is_stored(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    channel = create_channel(workspace, name="App", by=edda)
    team = Team.objects.create(workspace=workspace, name="Ops control")
    touchpoint = create_touchpoint(workspace, name="Delay information", channel=channel, owner=team, by=edda)
    page = sign_in(edda).get(address(touchpoint)).content.decode()
    assert f'<option value="{channel.pk}" selected>App</option>' in page
    assert f'<option value="team-{team.pk}" selected>Ops control</option>' in page


def test_an_archived_channel_stays_where_it_is_used(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    channel = create_channel(workspace, name="Fax", by=edda)
    touchpoint = create_touchpoint(workspace, name="Delay information", channel=channel, by=edda)
    archive_channel(channel, by=edda)
    answer = sign_in(edda).post(address(touchpoint), typed(channel=channel.pk, target="85", version=1))
    assert answer.status_code == 302
    assert Touchpoint.objects.get().channel == channel


def test_a_stale_edit_shows_both(workspace: Workspace, edda: User, ada: User, sign_in: SignIn) -> None:
    touchpoint = create_touchpoint(workspace, name="Delay information", by=edda)
    team = Team.objects.create(workspace=workspace, name="Ops control")
    edit_touchpoint(touchpoint, version=1, note="Only by push", owner=team, by=ada)
    answer = sign_in(edda).post(address(touchpoint), typed(note="Push and e-mail", version=1))
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Only by push" in page
    assert "Push and e-mail" in page
    assert [field.name for field in answer.context["form"] if hasattr(field, "stored")] == ["note", "owner"]
    assert f'<option value="team-{team.pk}" selected>' in page


def test_viewer_and_outsider_cannot_edit(
    workspace: Workspace, edda: User, vik: User, otto: User, sign_in: SignIn
) -> None:
    touchpoint = create_touchpoint(workspace, name="Delay information", by=edda)
    assert sign_in(vik).post(address(touchpoint), typed(version=1)).status_code == 403
    assert sign_in(otto).post(address(touchpoint), typed(version=1)).status_code == 404

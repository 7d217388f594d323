import pytest
from django.urls import reverse
from lucide.templatetags.lucide import lucide

from tests.cast import SignIn
from touchpoints.actions import archive_channel, create_channel, create_touchpoint, start_channels
from touchpoints.actions.channels import USUAL
from touchpoints.forms.channels import ICONS
from touchpoints.models import Channel
from workspaces.models import User, Workspace


def address(name: str, workspace: Workspace, *more: int) -> str:
    return reverse(name, args=[workspace.slug, *more])


@pytest.mark.parametrize("name", [name for name, _label in ICONS])
def test_every_icon_can_be_drawn(name: str) -> None:
    assert lucide(name)


def test_usual_channels_have_icons_that_can_be_chosen() -> None:
    assert {icon for _name, icon in USUAL} <= {name for name, _label in ICONS}


def test_editor_creates_a_channel(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    page = sign_in(edda).post(address("channel_create", workspace), {"name": "Kiosk", "icon": "store"}, follow=True)
    assert "Kiosk" in page.content.decode()
    assert Channel.objects.of(workspace).get().icon == "store"


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"name": "", "icon": "store"}, "name"),
        ({"name": "Kiosk", "icon": "skull"}, "icon"),
        ({"name": "Kiosk"}, "icon"),
    ],
)
def test_bad_input_is_said_beside_its_field(
    facts: dict[str, str], field: str, workspace: Workspace, edda: User, sign_in: SignIn
) -> None:
    answer = sign_in(edda).post(address("channel_create", workspace), facts)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {field}


def test_editor_edits_a_channel(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    channel = create_channel(workspace, name="App", by=edda)
    facts = {"name": "Mobile app", "icon": "smartphone", "version": 1}
    client = sign_in(edda)
    for _ in range(2):
        assert client.post(address("channel_edit", workspace, channel.pk), facts).status_code == 302
    assert Channel.objects.get().version == 2
    assert client.post(address("channel_edit", workspace, channel.pk), facts | {"name": "App"}).status_code == 409


def test_archiving_says_how_many_touchpoints_use_it(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    channel, client = create_channel(workspace, name="Fax", by=edda), sign_in(edda)
    create_touchpoint(workspace, name="Delay information", channel=channel, by=edda)
    assert "1 touchpoint uses it" in client.get(address("channel_archive", workspace, channel.pk)).content.decode()
    page = client.post(address("channel_archive", workspace, channel.pk), follow=True).content.decode()
    assert "“Fax” is archived." in page
    assert "Fax" in client.get(address("channels", workspace), {"archived": "1"}).content.decode()


def test_editor_restores_a_channel(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    channel = archive_channel(create_channel(workspace, name="Fax", by=edda), by=edda)
    page = sign_in(edda).post(address("channel_restore", workspace, channel.pk), follow=True).content.decode()
    assert "“Fax” is back." in page
    assert Channel.objects.kept().get() == channel


@pytest.mark.parametrize(("language", "name"), [("en", "E-mail"), ("de", "E-Mail")])
def test_the_usual_channels_speak_the_workspaces_language(
    language: str, name: str, workspace: Workspace, edda: User, sign_in: SignIn
) -> None:
    workspace.language = language
    workspace.save()
    page = sign_in(edda).post(address("channels_start", workspace), follow=True).content.decode()
    assert name in page


def test_starting_twice_is_harmless(workspace: Workspace, edda: User) -> None:
    for _ in range(2):
        start_channels(workspace, by=edda)
    assert Channel.objects.of(workspace).count() == len(USUAL)


def test_usual_channels_never_join_chosen_ones(workspace: Workspace, edda: User) -> None:
    archive_channel(create_channel(workspace, name="Fax", by=edda), by=edda)
    start_channels(workspace, by=edda)
    assert Channel.objects.of(workspace).count() == 1


@pytest.mark.parametrize("name", ["channel_edit", "channel_archive", "channel_restore"])
def test_viewer_and_outsider_cannot_change_channels(
    name: str, workspace: Workspace, edda: User, vik: User, otto: User, sign_in: SignIn
) -> None:
    channel = create_channel(workspace, name="App", by=edda)
    assert sign_in(vik).post(address(name, workspace, channel.pk)).status_code == 403
    assert sign_in(otto).post(address(name, workspace, channel.pk)).status_code == 404

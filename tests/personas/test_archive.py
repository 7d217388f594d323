from personas.models import Persona
from tests.cast import SignIn
from tests.personas.scene import mara
from workspaces.models import User, Workspace


def address(persona: Persona) -> str:
    return f"/w/{persona.workspace.slug}/personas/{persona.pk}/archive/"


def test_archiving_asks_first_and_offers_undo(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    persona, client = mara(workspace, edda), sign_in(edda)
    assert "Archive “Mara Lindner”?" in client.get(address(persona)).content.decode()
    assert Persona.objects.get().archived_at is None
    page = client.post(address(persona), follow=True).content.decode()
    assert "“Mara Lindner” is archived." in page
    assert f'action="/w/{workspace.slug}/personas/{persona.pk}/restore/"' in page
    assert f'href="/w/{workspace.slug}/personas/{persona.pk}/"' not in page
    assert Persona.objects.get().archived_at


def test_the_archived_are_on_a_shelf_of_their_own(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    persona, client = mara(workspace, edda), sign_in(edda)
    client.post(address(persona))
    shelf = client.get(f"/w/{workspace.slug}/personas/?archived=1").content.decode()
    assert "Mara Lindner" in shelf
    assert "Restore" in shelf
    assert "Archived on" in client.get(f"/w/{workspace.slug}/personas/{persona.pk}/").content.decode()
    assert client.get(f"/w/{workspace.slug}/personas/{persona.pk}/edit/").status_code == 404


def test_archiving_twice_is_harmless(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    persona, client = mara(workspace, edda), sign_in(edda)
    client.post(address(persona))
    first = Persona.objects.get().archived_at
    assert client.post(address(persona)).status_code == 302
    assert Persona.objects.get().archived_at == first


def test_viewer_and_outsider_cannot_archive(
    workspace: Workspace, edda: User, vik: User, otto: User, sign_in: SignIn
) -> None:
    persona = mara(workspace, edda)
    assert sign_in(vik).post(address(persona)).status_code == 403
    assert sign_in(otto).post(address(persona)).status_code == 404
    assert Persona.objects.get().archived_at is None

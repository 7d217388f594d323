from personas.actions import archive_persona
from personas.models import Persona
from tests.cast import SignIn
from tests.personas.scene import mara
from workspaces.models import User, Workspace


def address(persona: Persona) -> str:
    return f"/w/{persona.workspace.slug}/personas/{persona.pk}/restore/"


def test_editor_restores_a_persona(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    persona, client = archive_persona(mara(workspace, edda), by=edda), sign_in(edda)
    assert "“Mara Lindner” is back." in client.post(address(persona), follow=True).content.decode()
    assert Persona.objects.get().archived_at is None


def test_undo_in_the_toast_leads_to_what_is_back(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    persona = archive_persona(mara(workspace, edda), by=edda)
    answer = sign_in(edda).post(address(persona), headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"] == f"/w/{workspace.slug}/personas/{persona.pk}/"


def test_a_name_that_was_given_away_is_not_taken_back(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    persona = archive_persona(mara(workspace, edda), by=edda)
    mara(workspace, edda)
    page = sign_in(edda).post(address(persona), follow=True).content.decode()
    assert "There is already a persona of that name." in page
    assert Persona.objects.archived().get() == persona


def test_restoring_twice_is_harmless(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    persona, client = archive_persona(mara(workspace, edda), by=edda), sign_in(edda)
    for _ in range(2):
        assert client.post(address(persona)).status_code == 302
    assert Persona.objects.get().version == 3


def test_viewer_and_outsider_cannot_restore(
    workspace: Workspace, edda: User, vik: User, otto: User, sign_in: SignIn
) -> None:
    persona = archive_persona(mara(workspace, edda), by=edda)
    assert sign_in(vik).post(address(persona)).status_code == 403
    assert sign_in(otto).post(address(persona)).status_code == 404
    assert Persona.objects.get().archived_at

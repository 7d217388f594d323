from personas.actions import edit_persona
from personas.models import Persona
from tests.cast import SignIn
from tests.personas.scene import mara, typed
from workspaces.models import User, Workspace


def address(persona: Persona) -> str:
    return f"/w/{persona.workspace.slug}/personas/{persona.pk}/edit/"


def test_editor_edits_a_persona(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    persona = mara(workspace, edda)
    answer = sign_in(edda).post(address(persona), typed(name="Mara L.", version=1), follow=True)
    assert "Mara L." in answer.content.decode()
    persona.refresh_from_db()
    assert (persona.name, persona.segment, persona.version) == ("Mara L.", "", 2)


def test_a_newer_version_is_never_overwritten_unseen(
    workspace: Workspace, edda: User, ada: User, sign_in: SignIn
) -> None:
    persona, client = mara(workspace, edda), sign_in(edda)
    edit_persona(persona, version=1, by=ada, quote="I mind the silence.", share=40)
    mine = typed(segment="Weekend traveller", quote="Tell me why.", version=1)
    answer = client.post(address(persona), mine)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Tell me why." in page
    assert "I mind the silence." in page
    assert "Somebody saved a newer version" in page
    stored = [field.name for field in answer.context["form"] if hasattr(field, "stored")]
    assert stored == ["share", "quote"]
    assert Persona.objects.get().quote == "I mind the silence."

    seen = answer.context["form"]["version"].value()
    assert client.post(address(persona), {**mine, "version": seen}).status_code == 302
    assert Persona.objects.get().quote == "Tell me why."


def test_the_same_edit_twice_is_one(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    persona, client = mara(workspace, edda), sign_in(edda)
    for _ in range(2):
        assert client.post(address(persona), typed(name="Mara L.", version=1)).status_code == 302
    assert Persona.objects.get().version == 2


def test_an_error_does_not_forget_the_version(workspace: Workspace, edda: User, ada: User, sign_in: SignIn) -> None:
    persona, client = mara(workspace, edda), sign_in(edda)
    edit_persona(persona, version=1, by=ada, quote="I mind the silence.")
    answer = client.post(address(persona), typed(name="", version=1))
    assert answer.status_code == 422
    assert answer.context["form"]["version"].value() == "1"


def test_an_edit_without_its_version_is_refused(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    persona = mara(workspace, edda)
    for version in ("", "0", "-1", "one", "99999999999"):
        assert sign_in(edda).post(address(persona), typed(name="Mara L.", version=version)).status_code == 422
    assert Persona.objects.get().name == "Mara Lindner"


def test_a_taken_name_is_said_beside_the_field(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    mara(workspace, edda)
    other = mara(workspace, edda, name="Jürgen")
    answer = sign_in(edda).post(address(other), typed(name="Mara Lindner", version=1))
    assert answer.status_code == 422
    assert "There is already a persona of that name." in answer.content.decode()


def test_viewer_and_outsider_cannot_edit(
    workspace: Workspace, edda: User, vik: User, otto: User, sign_in: SignIn
) -> None:
    persona = mara(workspace, edda)
    assert sign_in(vik).post(address(persona), typed(version=1)).status_code == 403
    assert sign_in(otto).post(address(persona), typed(version=1)).status_code == 404

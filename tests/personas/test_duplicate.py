from personas.actions import add_notes, notes_of
from personas.models import Persona
from tests.cast import SignIn
from tests.personas.scene import mara, page
from workspaces.models import User, Workspace


def test_the_copy_says_all_that_the_sheet_says(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    persona = mara(workspace, edda, goals="Arrive relaxed", portrait="bob", margin=4200)
    add_notes(persona, "says", ["Two taps, done."], evidence="interviewed", heard=5, source="May", by=edda)
    client = sign_in(edda)
    assert "Mara Lindner, copy" in client.get(page("persona_duplicate", persona)).content.decode()
    answer = client.post(page("persona_duplicate", persona), {"name": "Mara on Mondays"}, follow=True)
    copy = Persona.objects.get(name="Mara on Mondays")
    assert (copy.portrait, copy.margin) == ("bob", 4200)
    said = [(note.kind, note.text, note.heard, note.source) for note in notes_of(copy)]
    assert said == [("goal", "Arrive relaxed", 0, ""), ("says", "Two taps, done.", 5, "May")]
    assert "Mara on Mondays" in answer.content.decode()


def test_a_name_that_is_taken_is_refused(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    persona = mara(workspace, edda)
    assert sign_in(edda).post(page("persona_duplicate", persona), {"name": "mara lindner"}).status_code == 422
    assert Persona.objects.count() == 1


def test_only_editors_duplicate_and_only_here(
    workspace: Workspace, edda: User, vik: User, otto: User, sign_in: SignIn
) -> None:
    persona = mara(workspace, edda)
    assert sign_in(vik).post(page("persona_duplicate", persona), {"name": "No"}).status_code == 403
    assert sign_in(otto).post(page("persona_duplicate", persona), {"name": "No"}).status_code == 404

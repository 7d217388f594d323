from personas.actions import add_notes, archive_note, notes_of
from tests.cast import SignIn
from tests.personas.scene import HTMX, mara, page
from workspaces.models import User, Workspace


def test_a_note_is_taken_away_and_undo_brings_it_back(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    persona, client = mara(workspace, edda), sign_in(edda)
    first, *_ = add_notes(persona, "gain", ["Two taps", "A person who explains"], by=edda)
    answer = client.post(page("note_archive", persona, note_id=first.pk), headers=HTMX)
    restore = page("note_restore", persona, note_id=first.pk)
    assert "Taken away: Two taps" in answer.content.decode()
    assert restore in answer.content.decode()
    assert [(note.text, note.position) for note in notes_of(persona)] == [("A person who explains", 0)]
    client.post(restore, headers=HTMX)
    assert [note.text for note in notes_of(persona)] == ["A person who explains", "Two taps"]


def test_taking_it_away_twice_is_harmless(workspace: Workspace, edda: User) -> None:
    note = add_notes(mara(workspace, edda), "gain", ["Two taps"], by=edda)[0]
    assert archive_note(note, by=edda).version == archive_note(note, by=edda).version


def test_only_editors_take_away_and_only_here(
    workspace: Workspace, edda: User, vik: User, otto: User, sign_in: SignIn
) -> None:
    persona = mara(workspace, edda)
    note = add_notes(persona, "gain", ["Two taps"], by=edda)[0]
    for name in ("note_archive", "note_restore"):
        assert sign_in(vik).post(page(name, persona, note_id=note.pk)).status_code == 403
        assert sign_in(otto).post(page(name, persona, note_id=note.pk)).status_code == 404
    assert len(notes_of(persona)) == 1

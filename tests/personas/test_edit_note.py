from typing import Any

import pytest

from personas.actions import add_notes, edit_note
from personas.models import Note
from tests.cast import SignIn
from tests.personas.scene import HTMX, mara, page
from workspaces.models import User, Workspace


@pytest.fixture
def note(workspace: Workspace, edda: User) -> Note:
    return add_notes(mara(workspace, edda), "thinks", ["A cheap fare has a catch."], by=edda)[0]


def typed(note: Note, **facts: Any) -> dict[str, Any]:
    return {
        "text": note.text,
        "evidence": note.evidence,
        "heard": note.heard,
        "source": note.source,
        "version": note.version,
    } | facts


@pytest.mark.parametrize(
    ("evidence", "heard", "grade"),
    [("interviewed", 2, "open"), ("interviewed", 3, "half"), ("interviewed", 5, "sure"), ("measured", 1, "sure")],
)
def test_a_note_shows_how_sure_it_is(
    note: Note, edda: User, sign_in: SignIn, evidence: str, heard: int, grade: str
) -> None:
    url = page("note_edit", note.persona, note_id=note.pk)
    body = typed(note, evidence=evidence, heard=heard, source="Interviews in May")
    drawn = sign_in(edda).post(url, body, headers=HTMX).content.decode()
    assert f'data-grade="{grade}"' in drawn
    assert f'<span class="note-heard">{heard}</span>' in drawn
    assert "Interviews in May" in drawn


def test_of_an_assumption_nothing_was_heard(note: Note, edda: User, sign_in: SignIn) -> None:
    url = page("note_edit", note.persona, note_id=note.pk)
    sign_in(edda).post(url, typed(note, evidence="assumption", heard=7), headers=HTMX)
    note.refresh_from_db()
    assert (note.evidence, note.heard) == ("assumption", 0)


def test_what_was_heard_was_heard_at_least_once(note: Note, edda: User, sign_in: SignIn) -> None:
    url = page("note_edit", note.persona, note_id=note.pk)
    answer = sign_in(edda).post(url, typed(note, evidence="interviewed", heard=0), headers=HTMX)
    assert answer.status_code == 422
    assert "at least once" in answer.content.decode()
    assert Note.objects.get().evidence == "assumption"


def test_of_two_who_write_at_once_neither_loses_a_word(note: Note, edda: User, ada: User, sign_in: SignIn) -> None:
    url = page("note_edit", note.persona, note_id=note.pk)
    edit_note(note, version=note.version, text="Cheap is never cheap.", by=ada)
    answer = sign_in(edda).post(url, typed(note, text="A saver fare has a catch."), headers=HTMX)
    drawn = answer.content.decode()
    assert answer.status_code == 409
    assert "Cheap is never cheap." in drawn
    assert "A saver fare has a catch." in drawn
    assert Note.objects.get().text == "Cheap is never cheap."


def test_the_same_edit_sent_twice_is_harmless(note: Note, edda: User) -> None:
    for _time in range(2):
        edit_note(note, version=1, text="Cheap is never cheap.", by=edda)
    assert Note.objects.get().version == 2


def test_a_channel_has_a_weight_and_a_thought_has_none(
    workspace: Workspace, note: Note, edda: User, sign_in: SignIn
) -> None:
    app = add_notes(note.persona, "channel", ["App"], by=edda)[0]
    client = sign_in(edda)
    drawn = client.post(page("note_edit", note.persona, note_id=app.pk), typed(app, weight=92), headers=HTMX).content
    assert b"92%" in drawn
    assert b'name="weight"' not in client.get(page("note_edit", note.persona, note_id=note.pk)).content


def test_only_editors_edit_and_only_here(note: Note, vik: User, otto: User, sign_in: SignIn) -> None:
    url = page("note_edit", note.persona, note_id=note.pk)
    assert sign_in(vik).post(url, typed(note, text="No")).status_code == 403
    assert sign_in(otto).post(url, typed(note, text="No")).status_code == 404
    assert Note.objects.get().text == "A cheap fare has a catch."

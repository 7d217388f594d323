import random

import pytest

from personas.actions import Gone, add_notes, archive_note, move_note, notes_of, restore_note
from personas.models import EMPATHY, Note, Persona
from tests.cast import SignIn
from tests.personas.scene import HTMX, mara, page
from workspaces.models import User, Workspace


@pytest.fixture
def persona(workspace: Workspace, edda: User) -> Persona:
    made = mara(workspace, edda)
    add_notes(made, "thinks", ["one", "two", "three"], by=edda)
    add_notes(made, "feels", ["proud"], by=edda)
    return made


def said(persona: Persona, kind: str) -> list[str]:
    return [note.text for note in notes_of(persona, kind)]


def the(text: str) -> Note:
    note: Note = Note.objects.select_related("persona__workspace").get(text=text)
    return note


def test_a_note_is_dropped_behind_a_neighbour_in_another_quadrant(
    persona: Persona, edda: User, sign_in: SignIn
) -> None:
    url = page("note_move", persona, note_id=the("two").pk)
    answer = sign_in(edda).post(url, {"to": "feels", "after": the("proud").pk}, headers=HTMX)
    drawn = answer.content.decode()
    assert (said(persona, "thinks"), said(persona, "feels")) == (["one", "three"], ["proud", "two"])
    assert 'hx-target="#notes-thinks"' in drawn
    assert 'hx-target="#notes-feels"' in drawn
    assert "Feels, position 2" in drawn


@pytest.mark.parametrize(("step", "order"), [("earlier", ["two", "one", "three"]), ("later", ["one", "three", "two"])])
def test_the_menu_moves_a_note_by_one(
    persona: Persona, edda: User, sign_in: SignIn, step: str, order: list[str]
) -> None:
    sign_in(edda).post(page("note_move", persona, note_id=the("two").pk), {"step": step})
    assert said(persona, "thinks") == order


def test_the_first_stays_first_and_the_last_last(persona: Persona, edda: User, sign_in: SignIn) -> None:
    client = sign_in(edda)
    client.post(page("note_move", persona, note_id=the("one").pk), {"step": "earlier"})
    client.post(page("note_move", persona, note_id=the("three").pk), {"step": "later"})
    assert said(persona, "thinks") == ["one", "two", "three"]


def test_moving_to_where_it_stands_is_harmless(persona: Persona, edda: User) -> None:
    note = the("two")
    for _time in range(2):
        move_note(note, to="thinks", after=the("one"), by=edda)
    assert said(persona, "thinks") == ["one", "two", "three"]
    assert the("two").version == note.version


def test_a_neighbour_that_left_is_told_and_nothing_moves(
    persona: Persona, edda: User, ada: User, sign_in: SignIn
) -> None:
    move_note(the("proud"), to="does", after=None, by=ada)
    url = page("note_move", persona, note_id=the("two").pk)
    answer = sign_in(edda).post(url, {"to": "feels", "after": the("proud").pk}, headers=HTMX)
    assert "stands elsewhere by now" in answer.content.decode()
    assert said(persona, "thinks") == ["one", "two", "three"]


def test_a_note_that_was_taken_away_does_not_move(persona: Persona, edda: User) -> None:
    note = archive_note(the("two"), by=edda)
    with pytest.raises(Gone, match="taken away"):
        move_note(note, to="feels", after=None, by=edda)


def test_any_moves_leave_every_note_in_exactly_one_place(persona: Persona, edda: User) -> None:
    chance = random.Random(7)
    add_notes(persona, "does", [f"No. {number}" for number in range(8)], by=edda)
    everything = sorted(note.text for note in notes_of(persona))
    for _move in range(60):
        note = chance.choice(list(Note.objects.select_related("persona__workspace").all()))
        if note.archived_at:
            restore_note(note, by=edda)
        elif chance.random() < 0.15:
            archive_note(note, by=edda)
        else:
            to = chance.choice(EMPATHY)
            move_note(note, to=to, after=chance.choice([None, *notes_of(persona, to)]), by=edda)
    for note in Note.objects.exclude(archived_at=None).select_related("persona__workspace"):
        restore_note(note, by=edda)
    assert sorted(note.text for note in notes_of(persona)) == everything
    for kind in EMPATHY:
        assert [note.position for note in notes_of(persona, kind)] == list(range(len(notes_of(persona, kind))))


def test_only_editors_move_and_only_here(persona: Persona, vik: User, otto: User, sign_in: SignIn) -> None:
    url = page("note_move", persona, note_id=the("two").pk)
    assert sign_in(vik).post(url, {"step": "feels"}).status_code == 403
    assert sign_in(otto).post(url, {"step": "feels"}).status_code == 404
    assert said(persona, "feels") == ["proud"]

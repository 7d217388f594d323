import datetime

import pytest

from personas.actions import add_notes, archive_note, edit_note, notes_of, restore_edition, rewrite, sheet_of
from personas.models import Note, Persona, PersonaEdition
from tests.cast import SignIn
from tests.personas.scene import mara, page
from workspaces import clock
from workspaces.models import User, Workspace


@pytest.fixture
def worked_on(workspace: Workspace, edda: User, ada: User) -> Persona:
    """Edda begins the sheet and says two things; then Ada says otherwise."""
    persona = mara(workspace, edda, needs="to be on time")
    first, second = add_notes(persona, "thinks", ["A cheap fare has a catch.", "Trains should beat the car."], by=edda)
    rewrite(persona, "job", was="", value="Copy editor", by=ada)
    edit_note(first, version=first.version, text="Cheap is never cheap.", evidence="interviewed", heard=4, by=ada)
    archive_note(second, by=ada)
    return persona


def of(persona: Persona) -> list[PersonaEdition]:
    return list(PersonaEdition.objects.filter(persona=persona).order_by("number"))


def test_each_sitting_is_one_edition_and_the_first_stays(worked_on: Persona, edda: User, ada: User) -> None:
    assert [(one.number, one.author) for one in of(worked_on)] == [(1, edda), (2, edda), (3, ada)]
    assert of(worked_on)[2].sheet == sheet_of(Persona.objects.get())


def test_who_comes_back_later_begins_another(worked_on: Persona, ada: User, monkeypatch: pytest.MonkeyPatch) -> None:
    later = clock.now() + datetime.timedelta(minutes=16)
    monkeypatch.setattr(clock, "now", lambda: later)
    add_notes(worked_on, "pain", ["Silence"], by=ada)
    assert len(of(worked_on)) == 4


def test_the_page_says_what_each_changed(worked_on: Persona, vik: User, sign_in: SignIn) -> None:
    drawn = sign_in(vik).get(page("persona_editions", worked_on)).content.decode()
    assert '<del dir="auto">A cheap fare has a catch.</del> <ins dir="auto">Cheap is never cheap. (4)</ins>' in drawn
    assert '<del dir="auto">Trains should beat the car.</del>' in drawn
    assert "As it was begun." in drawn
    assert "Go back to it" not in drawn, "who only looks does not go back"


def test_going_back_says_again_what_was_said_and_keeps_what_was_last(
    worked_on: Persona, edda: User, sign_in: SignIn
) -> None:
    last, second = sheet_of(worked_on), of(worked_on)[1]
    sign_in(edda).post(page("edition_restore", worked_on, edition_id=second.pk))
    persona = Persona.objects.get()
    assert sheet_of(persona) == second.sheet
    assert [note.text for note in notes_of(persona, "thinks")] == [
        "A cheap fare has a catch.",
        "Trains should beat the car.",
    ]
    assert last | {"job": "Copy editor"} == of(persona)[2].sheet, "how it stood before can be gone back to, too"
    assert len(of(persona)) == 4


def test_going_back_twice_is_harmless(worked_on: Persona, edda: User) -> None:
    for _time in range(2):
        restore_edition(of(worked_on)[0], by=edda)
    assert len(of(worked_on)) == 4


def test_a_note_that_was_purged_is_said_anew(worked_on: Persona, edda: User) -> None:
    Note.objects.exclude(archived_at=None).delete()
    restore_edition(of(worked_on)[1], by=edda)
    assert [note.text for note in notes_of(worked_on, "thinks")][1] == "Trains should beat the car."


def test_a_name_that_another_has_by_now_is_refused(worked_on: Persona, edda: User, sign_in: SignIn) -> None:
    rewrite(worked_on, "name", was="Mara Lindner", value="Mara", by=edda)
    mara(worked_on.workspace, edda)
    answer = sign_in(edda).post(page("edition_restore", worked_on, edition_id=of(worked_on)[0].pk), follow=True)
    assert "already a persona of that name" in answer.content.decode()
    assert Persona.objects.get(pk=worked_on.pk).name == "Mara"


def test_only_editors_go_back_and_only_here(worked_on: Persona, vik: User, otto: User, sign_in: SignIn) -> None:
    url = page("edition_restore", worked_on, edition_id=of(worked_on)[0].pk)
    assert sign_in(vik).post(url).status_code == 403
    assert sign_in(otto).post(url).status_code == 404
    assert len(of(worked_on)) == 3

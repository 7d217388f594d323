from typing import Any

import pytest
from django.test import Client

from personas.actions import add_notes, notes_of
from personas.models import Note, Persona
from tests.personas.scene import mara
from tests.rest import Rest
from workspaces.models import User, Workspace


@pytest.fixture
def rest(tess: Client) -> Rest:
    return Rest(tess)


@pytest.fixture
def persona(workspace: Workspace, edda: User) -> Persona:
    made = mara(workspace, edda)
    add_notes(made, "thinks", ["one", "two"], by=edda)
    return made


def said(persona: Persona, kind: str) -> list[str]:
    return [note.text for note in notes_of(persona, kind)]


def test_a_note_is_made_moved_edited_and_archived(persona: Persona, rest: Rest) -> None:
    body = {"persona": persona.pk, "kind": "thinks", "text": "three", "evidence": "interviewed", "heard": 9}
    made = rest.post("persona-notes/", body).json()
    assert (made["position"], made["heard"], made["version"]) == (2, 9, 1)
    path = f"persona-notes/{made['id']}/"
    assert rest.patch(path, {"after": None, "version": 1}).json()["position"] == 0
    assert said(persona, "thinks") == ["three", "one", "two"]
    moved = rest.patch(path, {"kind": "feels", "version": 1}).json()
    assert (moved["kind"], moved["version"]) == ("feels", 2)
    assert rest.patch(path, {"text": "3", "version": 2}).json()["text"] == "3"
    assert rest.delete(path).status_code == 204
    assert said(persona, "feels") == []
    assert rest.post(f"{path}restore/").json()["archived_at"] is None


def test_notes_are_found_by_persona_and_kind(persona: Persona, workspace: Workspace, edda: User, rest: Rest) -> None:
    add_notes(mara(workspace, edda, name="Jürgen"), "thinks", ["else"], by=edda)
    found = rest.get(f"persona-notes/?persona={persona.pk}&kind=thinks&ordering=-position").json()["results"]
    assert [note["text"] for note in found] == ["two", "one"]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"kind": "dreams"}, "kind"),
        ({"text": ""}, "text"),
        ({"text": "x" * 501}, "text"),
        ({"heard": -1}, "heard"),
        ({"weight": 101}, "weight"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_bad_input_is_named_and_nothing_is_stored(
    persona: Persona, rest: Rest, facts: dict[str, Any], field: str
) -> None:
    answer = rest.post("persona-notes/", {"persona": persona.pk, "kind": "thinks", "text": "three", **facts})
    assert answer.status_code == 400
    assert set(answer.json()["errors"]) == {field}
    assert Note.objects.count() == 2


@pytest.mark.parametrize("facts", [{"evidence": "assumption", "heard": 3}, {"evidence": "measured"}, {"weight": 40}])
def test_what_the_database_refuses_is_a_conflict(persona: Persona, rest: Rest, facts: dict[str, Any]) -> None:
    answer = rest.post("persona-notes/", {"persona": persona.pk, "kind": "thinks", "text": "three", **facts})
    assert answer.status_code in {409, 422}, answer.json()
    assert Note.objects.count() == 2


def test_a_note_follows_none_of_another_persona(persona: Persona, workspace: Workspace, edda: User, rest: Rest) -> None:
    other = add_notes(mara(workspace, edda, name="Jürgen"), "thinks", ["else"], by=edda)[0]
    mine = notes_of(persona)[0]
    answer = rest.patch(f"persona-notes/{mine.pk}/", {"after": other.pk, "version": 1})
    assert answer.status_code == 400
    answer = rest.patch(f"persona-notes/{mine.pk}/", {"persona": other.persona_id, "version": 1})
    assert answer.status_code == 400


def test_a_list_of_the_sheet_replaces_its_notes_and_known_ones_keep_what_they_rest_on(
    workspace: Workspace, edda: User, rest: Rest
) -> None:
    persona = mara(workspace, edda)
    add_notes(persona, "need", ["To sit"], evidence="interviewed", heard=6, by=edda)
    persona.refresh_from_db()
    told = rest.patch(
        f"personas/{persona.pk}/", {"needs": ["To be on time", "To sit"], "version": persona.version}
    ).json()
    assert told["needs"] == ["To be on time", "To sit"]
    assert [(note.text, note.heard) for note in notes_of(persona, "need")] == [("To be on time", 0), ("To sit", 6)]


def test_the_value_of_a_customer_is_told(workspace: Workspace, rest: Rest) -> None:
    body = {"name": "Mara", "margin": 10_000, "retention": 85.0, "discount": 10.0}
    assert rest.post("personas/", body).json()["value"] == pytest.approx(34_000)

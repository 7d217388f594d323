"""Programs take personas along and bring them, as people do."""

import pytest
from django.test import Client

from personas.actions import add_notes, notes_of, rewrite
from personas.models import Persona
from tests.personas.scene import mara
from tests.rest import Rest
from workspaces.models import User, Workspace


@pytest.fixture
def rest(tess: Client) -> Rest:
    return Rest(tess)


@pytest.fixture
def persona(workspace: Workspace, edda: User) -> Persona:
    made = mara(workspace, edda, goals="Arrive relaxed", margin=4200)
    add_notes(made, "says", ["Two taps, done."], evidence="interviewed", heard=5, source="May", by=edda)
    return made


@pytest.mark.parametrize("form", ["json", "markdown"])
def test_what_is_told_is_taken_again(persona: Persona, rest: Rest, form: str) -> None:
    told = rest.get(f"personas/{persona.pk}/export/?format={form}")
    if form == "json":
        document = told.json()
        document["persona"]["name"] = "Mara again"
        body = {"document": document}
    else:
        body = {"markdown": told.content.decode().replace("# Mara Lindner", "# Mara again")}
    made = rest.post("personas/import/", body)
    assert made.status_code == 201
    assert made.json()["left_out"] == []
    assert made.json()["margin"] == 4200
    again = Persona.objects.get(pk=made.json()["id"])
    said = [[(note.kind, note.text, note.heard, note.source) for note in notes_of(one)] for one in (persona, again)]
    assert said[0] == said[1]


def test_it_is_told_as_pdf_too(persona: Persona, rest: Rest) -> None:
    answer = rest.get(f"personas/{persona.pk}/export/?format=pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")


def test_what_was_not_understood_is_listed(rest: Rest) -> None:
    told = {"markdown": "# David\n\n## Testing\n\n- Rapid review\n\n## Goals\n\n- To be done\n"}
    answer = rest.post("personas/import/", told).json()
    assert answer["left_out"] == [{"where": "5", "what": "Rapid review"}]
    assert answer["goals"] == ["To be done"]


@pytest.mark.parametrize(
    ("body", "status", "names"),
    [
        ({}, 422, "one of the two"),
        ({"markdown": "# A", "document": {}}, 422, "one of the two"),
        ({"markdown": 7}, 400, "markdown"),
        ({"markdown": "no heading"}, 422, "'1'"),
        ({"document": {"format": "etappe.persona", "version": 2}}, 422, "$.version"),
    ],
)
def test_what_cannot_be_taken_says_where_and_nothing_is_stored(
    db: None, rest: Rest, body: dict[str, object], status: int, names: str
) -> None:
    answer = rest.post("personas/import/", body)
    assert answer.status_code == status
    assert names in str(answer.json())
    assert not Persona.objects.exists()


def test_it_is_copied_reviewed_and_tells_its_versions(persona: Persona, ada: User, rest: Rest) -> None:
    path = f"personas/{persona.pk}/"
    assert rest.post(f"{path}duplicate/", {"name": "Mara on Mondays"}).json()["goals"] == ["Arrive relaxed"]
    reviewed = rest.post(f"{path}review/").json()
    assert reviewed["reviewed_on"]
    assert rest.post(f"{path}review/").json()["version"] == reviewed["version"]
    rewrite(persona, "job", was="", value="Copy editor", by=ada)
    editions = rest.get(f"{path}editions/").json()
    assert [one["by"] for one in editions] == ["Ada", "Tess", "Edda", "Edda"]
    assert editions[0]["sheet"]["job"] == "Copy editor"

"""A persona as a file: what goes out comes in again, and of what others wrote nothing is taken in silence."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from personas.actions import FACTS, OF_NOTE, notes_of, sheet_of
from personas.exchange.document import document_of
from personas.exchange.markdown import escaped, markdown_of
from personas.exchange.reading_markdown import understand_markdown
from personas.exchange.taking import take_persona, understand
from personas.exchange.words import FACTS as FACT_WORDS
from personas.exchange.words import OF_FACT, OF_KIND, plain
from personas.models import Note, NoteKind, Persona
from tests.cast import SignIn
from tests.personas.scene import mara, page
from workspaces.models import User, Workspace

WRITTEN = """# David - Compliance Specialist

![A picture](https://example.org/david.png)

> _"They are supposed to check."_

## Role & Context

**Role**: Case officer
**Organisation**: Central team
**Focus**: Reviews

### Key Challenges

- **Double entry**: "Very manual process"

## Core Needs

1. **Streamlined work**:
   - Data that travels by itself
   - One view of a case

## Testing Implications

- Rapid review

## Research Quotes

- _"Sometimes goes to the wrong region"_
"""


@pytest.fixture
def full(workspace: Workspace, edda: User) -> Persona:
    """A persona with all that can be said, and with signs that mean something in files."""
    facts: dict[str, Any] = {
        "share": 46,
        "age": 34,
        "margin": 4200,
        "retention": "82.5",
        "discount": 8,
        "interviews": 14,
    }
    facts |= {"segment": "Wochenend*reisende*", "household": "1. with Ben", "job": "# editor", "portrait": "bob"}
    facts |= {"quote": "I <b>mind</b> _not_ knowing.", "evidence": "researched", "review_date": "2027-02-01"}
    said = [
        ("thinks", "- a dash, 1) a number & “quotes” `code`", "interviewed", 11, "P1; P7 (May)", None),
        ("says", "لا أحد يقول شيئًا 🚆", "measured", 611, "", None),
        ("channel", "App [beta]", "assumption", 0, "", 92),
        ("need", "*(interviewed: 5)*", "assumption", 0, "", None),
        ("need", "2. a second", "assumption", 0, "guess", None),
    ]
    notes = [dict(zip(OF_NOTE, one, strict=True)) for one in said]
    made = mara(workspace, edda, notes=notes, **facts)
    made.refresh_from_db()
    return made


def without_ids(persona: Persona) -> dict[str, object]:
    sheet = sheet_of(persona)
    return sheet | {"notes": [{name: note[name] for name in OF_NOTE} for note in sheet["notes"]]}


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("form", ["markdown", "json"])
def test_what_goes_out_comes_in_again(full: Persona, edda: User, form: str, language: str) -> None:
    with translation.override(language):
        text = markdown_of(full) if form == "markdown" else json.dumps(document_of(full))
        found = understand(text)
        assert (found.faults, found.strange) == ([], [])
        again = take_persona(found, full.workspace, name="Mara again", by=edda)
    assert without_ids(again) | {"name": full.name} == without_ids(full)


@given(st.text(st.characters(blacklist_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=60))
@settings(max_examples=300)
def test_any_text_stands_in_markdown_as_it_is(text: str) -> None:
    said = " ".join(text.split())
    found = understand_markdown(f"# Mara\n\n## Thinks\n\n- {escaped(said)}\n")
    assert [note["text"] for note in found.notes] == ([said] if said else [])


def test_every_name_that_is_written_can_be_read_in_both_languages() -> None:
    assert set(FACT_WORDS) | {"name"} == set(FACTS)
    for language in ("en", "de"):
        with translation.override(language):
            assert {OF_KIND[plain(str(kind.label))] for kind in NoteKind} == set(NoteKind)
            labels = {name: str(Persona._meta.get_field(name).verbose_name) for name in FACT_WORDS}
            assert {name: OF_FACT.get(plain(label)) for name, label in labels.items()} == {n: n for n in FACT_WORDS}


def test_what_others_wrote_arrives_in_its_places_and_the_rest_is_listed() -> None:
    found = understand_markdown(WRITTEN)
    facts = {name: found.facts[name] for name in ("name", "segment", "quote", "job")}
    assert (facts["name"], facts["segment"]) == ("David", "Compliance Specialist")
    assert (facts["quote"], facts["job"]) == ("They are supposed to check.", "Case officer, Central team")
    assert {kind.value: [note["text"] for note in notes] for kind, notes in found.by_kind()} == {
        "goal": ["Streamlined work"],
        "need": ["Data that travels by itself", "One view of a case"],
        "frustration": ['Double entry: "Very manual process"'],
        "says": ["Sometimes goes to the wrong region"],
    }
    assert found.notes[-1]["heard"] == 1
    assert found.notes[-1]["source"] == "Research Quotes"
    assert found.strange == [("11", "Focus: Reviews"), ("25", "Rapid review")]


def test_a_file_is_looked_at_before_anything_is_stored(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    client, url = sign_in(edda), f"/w/{workspace.slug}/personas/file/"
    upload = SimpleUploadedFile("david.md", WRITTEN.encode())
    drawn = client.post(url, {"file": upload}).content.decode()
    assert "Not understood, and so left out" in drawn
    assert "Rapid review" in drawn
    assert not Persona.objects.exists()
    answer = client.post(url, {"told": WRITTEN, "name": "David"})
    made = Persona.objects.get()
    assert answer.headers["Location"] == page("persona", made)
    assert len(notes_of(made)) == 5


def test_a_name_that_is_taken_is_asked_for_again(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    mara(workspace, edda)
    answer = sign_in(edda).post(
        f"/w/{workspace.slug}/personas/file/", {"told": "# Mara Lindner", "name": "Mara Lindner"}
    )
    assert answer.status_code == 422
    assert "already a persona of that name" in answer.content.decode()
    assert Persona.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("", ""),
        ("Just a line", "1"),
        ("{", "$"),
        ('{"format": "etappe.journey"}', "$.format"),
        ('{"format": "etappe.persona", "version": 7}', "$.version"),
        ('{"format": "etappe.persona", "version": 1, "persona": {"name": ""}}', "$.persona.name"),
        ('{"format": "etappe.persona", "version": 1, "persona": {"name": "M", "share": 300}}', "$.persona.share"),
        (
            '{"format": "etappe.persona", "version": 1, "persona": {"name": "M"}, "notes": [{"kind": "dreams"}]}',
            "$.notes[0]",
        ),
    ],
)
def test_a_file_that_cannot_be_taken_says_where(
    workspace: Workspace, edda: User, sign_in: SignIn, text: str, where: str
) -> None:
    answer = sign_in(edda).post(f"/w/{workspace.slug}/personas/file/", {"text": text})
    assert answer.status_code == 422
    assert (f"<code>{where}</code>" if where else "Choose a file") in answer.content.decode()
    assert not Persona.objects.exists()
    assert not Note.objects.exists()


@pytest.mark.parametrize(("name", "begins"), [("persona_markdown", b"# Mara"), ("persona_pdf", b"%PDF-")])
def test_whoever_looks_may_take_it_along(
    workspace: Workspace, edda: User, vik: User, otto: User, sign_in: SignIn, name: str, begins: bytes
) -> None:
    persona = mara(workspace, edda, goals="Arrive relaxed")
    answer = sign_in(vik).get(page(name, persona))
    assert answer.content.startswith(begins)
    assert "attachment" in answer.headers["Content-Disposition"]
    assert sign_in(otto).get(page(name, persona)).status_code == 404

"""A persona's sheet as a whole: locked while it changes, and kept as it stood after each sitting."""

import datetime
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Field

from personas.models import LISTS, Note, NoteKind, Persona, PersonaEdition, entries
from workspaces import clock
from workspaces.actions import keeping
from workspaces.models import Actor, ApiToken

SITTING = datetime.timedelta(minutes=15)
FACTS = (
    "name", "segment", "share", "age", "household", "job", "portrait", "quote", "margin", "retention", "discount",
    "interviews", "evidence", "review_date",
)  # fmt: skip
OF_NOTE = ("kind", "text", "evidence", "heard", "source", "weight")
Sheet = dict[str, Any]


def notes_of(persona: Persona, kind: str | None = None) -> list[Note]:
    """What is said of a persona, by kind, in order: those of one kind, or all."""
    kept = Note.objects.of(persona.workspace).kept().filter(persona=persona)
    return list((kept.filter(kind=kind) if kind else kept).order_by("kind", "position"))


def lines_of(persona: Persona) -> dict[str, list[str]]:
    """The lists of its sheet, by the names that forms and programs have for them."""
    return lines_of_all([persona])[persona.pk]


def lines_of_all(personas: Iterable[Persona]) -> dict[int, dict[str, list[str]]]:
    """The lists of these personas' sheets, by id and then by name: one statement."""
    said: dict[int, dict[str, list[str]]] = {one.pk: {name: [] for name in LISTS} for one in personas}
    names = {kind: name for name, kind in LISTS.items()}
    kept = Note.objects.kept().filter(persona__in=said, kind__in=names)
    for note in kept.order_by("position"):
        said[note.persona_id][names[NoteKind(note.kind)]].append(note.text)
    return said


def say_lists(persona: Persona, said: dict[str, str]) -> bool:
    """Let the locked persona's lists say these lines; return whether that was news.

    What a line says already keeps what it rests on; lines that are gone are archived.
    """
    before = lines_of(persona)
    new = [name for name, text in said.items() if entries(text) != before[name]]
    for name in new:
        _say(persona, LISTS[name], entries(said[name]))
    return bool(new)


def _say(persona: Persona, kind: NoteKind, lines: Sequence[str]) -> None:
    known = {note.text: note for note in notes_of(persona, kind)}
    for text, note in known.items():
        if text not in lines:
            take_off(note)
    stand(known.get(line) or Note(workspace=persona.workspace, persona=persona, kind=kind, text=line) for line in lines)


def stand(notes: Iterable[Note]) -> None:
    """Let the notes of one kind stand in this order; only those that move are written."""
    for position, note in enumerate(notes):
        if note.position != position or note.pk is None:
            note.position = position
            note.save()


def take_off(note: Note) -> None:
    """Archive a note; those behind it are not moved up here."""
    note.archived_at, note.position = clock.now(), None
    note.version += 1
    note.save()


def keep(persona: Persona, verb: str, *, by: Actor, anew: bool = False) -> None:
    """Store a locked persona that was changed as its next version, and its sheet as it stands now."""
    keeping.store(persona, verb, by=by)
    keep_edition(persona, by=by, anew=anew)


def sheet_of(persona: Persona) -> Sheet:
    """All that is said of a persona, as it is kept."""
    facts = {name: _plain(getattr(persona, name)) for name in FACTS}
    notes = [{"id": note.pk} | {name: getattr(note, name) for name in OF_NOTE} for note in notes_of(persona)]
    return {**facts, "notes": notes}


def facts_in(sheet: Sheet) -> dict[str, Any]:
    """The facts of a sheet that was kept, as the persona has them."""
    return {name: _field(name).to_python(sheet[name]) for name in FACTS if name in sheet}


def keep_edition(persona: Persona, *, by: Actor, anew: bool = False) -> None:
    """Keep a locked persona's sheet as it stands: in the last edition if that is of the same sitting and not the first.

    `anew`: as an edition of its own in any case.
    """
    now, sheet = clock.now(), sheet_of(persona)
    person, token = (None, by) if isinstance(by, ApiToken) else (by, None)
    last: PersonaEdition | None = PersonaEdition.objects.of(persona.workspace).filter(persona=persona).first()
    theirs = last is not None and (last.by, last.token) == (person, token) and now - last.at < SITTING
    if last and theirs and last.number > 1 and not anew:
        last.sheet, last.at = sheet, now
        last.save(update_fields=["sheet", "at"])
        return
    PersonaEdition.objects.create(
        workspace=persona.workspace, persona=persona, number=last.number + 1 if last else 1, sheet=sheet, by=person,
        token=token, began_at=now, at=now,
    )  # fmt: skip


def _field(name: str) -> "Field[Any, Any]":
    field: Field[Any, Any] = Persona._meta.get_field(name)  # type: ignore[assignment]
    return field


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, datetime.date) else value

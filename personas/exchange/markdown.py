"""A persona as Markdown: written so that it reads well and can be read again without a loss."""

import re
from collections.abc import Iterator

from personas.actions import FACTS, notes_of
from personas.models import Evidence, Note, NoteKind, Persona

SPECIAL = re.compile(r"([\\`*_\[\]<>&~|])")
LEADING = re.compile(r"^(\s*)([#+\-=:]|\d+(?=[.)]))")
BESIDE = {"name", "quote"}  # told as the title and as a quotation


def markdown_of(persona: Persona) -> str:
    """All that is said of a persona, under headings in the reader's language."""
    return "\n".join(_lines(persona)) + "\n"


def _lines(persona: Persona) -> Iterator[str]:
    yield f"# {escaped(persona.name)}"
    if persona.quote:
        yield f"\n> {escaped(persona.quote)}"
    yield ""
    for name in FACTS:
        if name not in BESIDE and (told := _fact(persona, name)):
            label = Persona.word_for(name)
            yield f"- **{label[:1].upper()}{label[1:]}**: {escaped(told)}"
    notes = notes_of(persona)
    for kind in NoteKind:
        said = [note for note in notes if note.kind == kind]
        if said:
            yield f"\n## {kind.label}\n"
            yield from (f"- {escaped(note.text)}{_rests_on(note)}" for note in said)


def _fact(persona: Persona, name: str) -> str:
    value = getattr(persona, name)
    if value in {None, ""} or (name == "interviews" and not value):
        return ""
    return value.isoformat() if name == "review_date" else str(value)


def _rests_on(note: Note) -> str:
    told = [f"weight: {note.weight}"] if note.weight is not None else []
    told += [f"{note.evidence}: {note.heard}"] if note.evidence != Evidence.ASSUMPTION else []
    told += [f"source: {escaped(note.source)}"] if note.source else []
    return f" *({'; '.join(told)})*" if told else ""


def escaped(text: str) -> str:
    """Text as Markdown that shows exactly it."""
    shown = SPECIAL.sub(r"\\\1", text)
    found = LEADING.match(shown)
    if found is None:
        return shown
    space, sign = found.groups()
    rest = shown[found.end() :]
    return f"{space}{sign}\\{rest}" if sign[0].isdigit() else f"{space}\\{sign}{rest}"

"""What one edition of a persona's sheet says otherwise than another, in words: pure comparison of what was kept."""

from typing import Any, NamedTuple

from personas.models import NoteKind, Persona


class Difference(NamedTuple):
    """One thing that is said otherwise: where, what was said before and what is since; empty where nothing."""

    where: str
    before: str
    after: str


def differences(earlier: dict[str, Any], later: dict[str, Any]) -> list[Difference]:
    """What the later sheet says otherwise: facts by their names, then notes that came, went, or changed."""
    found = [
        Difference(_label(name), _shown(earlier.get(name)), _shown(later.get(name)))
        for name in later
        if name != "notes" and earlier.get(name) != later.get(name)
    ]
    before = {note["id"]: note for note in earlier.get("notes", [])}
    after = {note["id"]: note for note in later.get("notes", [])}
    for pk in [*before, *(pk for pk in after if pk not in before)]:
        was, now = before.get(pk), after.get(pk)
        if was != now:
            found.append(Difference(_kinds(was, now), _note(was), _note(now)))
    return found


def _label(name: str) -> str:
    text = Persona.word_for(name)
    return text[:1].upper() + text[1:]


def _shown(value: Any) -> str:
    return "" if value is None else str(value)


def _kinds(was: dict[str, Any] | None, now: dict[str, Any] | None) -> str:
    kinds = dict.fromkeys(note["kind"] for note in (was, now) if note)
    return " → ".join(str(NoteKind(kind).label) for kind in kinds)


def _note(note: dict[str, Any] | None) -> str:
    if note is None:
        return ""
    beside = [str(note["heard"])] if note["heard"] else []
    beside += [f"{note['weight']} %"] if note["weight"] is not None else []
    beside += [note["source"]] if note["source"] else []
    return f"{note['text']} ({', '.join(beside)})" if beside else str(note["text"])

"""Reads a persona from our own JSON document: tolerant in order, strict in meaning."""

import json
from typing import Any

from django.utils.translation import gettext as _

from personas.actions import FACTS, OF_NOTE
from personas.exchange.document import FORMAT, VERSION
from personas.exchange.understood import Strange, Understood
from personas.models import NoteKind

MEMBERS = {"format", "version", "persona", "notes"}


def understand_json(text: str) -> Understood:
    """Read a document. What it has beside what is known here is listed as strange."""
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return Understood(faults=[Strange("$", _("This is no JSON."))])
    return understand_value(told)


def understand_value(told: Any) -> Understood:
    """Read a document that is JSON's values already, as `understand_json`."""
    found = Understood()
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        why = _("This is no persona of Etappe: “format” is to be “%(format)s”.") % {"format": FORMAT}
        found.faults.append(Strange("$.format", why))
    elif told.get("version") != VERSION:
        why = _("This version of the format is not known; “%(version)s” is.") % {"version": VERSION}
        found.faults.append(Strange("$.version", why))
    else:
        _read(told, found)
    return found


def _read(told: dict[str, Any], found: Understood) -> None:
    _leave(found, "$", told, MEMBERS)
    persona, notes = told.get("persona"), told.get("notes", [])
    if not isinstance(persona, dict) or not isinstance(notes, list):
        found.faults.append(Strange("$.persona", _("This cannot be read.")))
        return
    _leave(found, "$.persona", persona, FACTS)
    for name in FACTS:
        if name in persona and (why := found.fact(name, persona[name])):
            found.faults.append(Strange(f"$.persona.{name}", why))
    if not found.facts.get("name"):
        found.faults.append(Strange("$.persona.name", _("This field is required.")))
    for place, note in enumerate(notes):
        _note(found, f"$.notes[{place}]", note)


def _note(found: Understood, path: str, note: Any) -> None:
    if not isinstance(note, dict) or note.get("kind") not in NoteKind.values or not isinstance(note.get("text"), str):
        found.faults.append(Strange(path, _("This is no note: it has a kind and a text.")))
        return
    _leave(found, path, note, OF_NOTE)
    rests_on = {name: note[name] for name in ("evidence", "heard", "source", "weight") if name in note}
    if why := found.note(note["kind"], note["text"], **rests_on):
        found.faults.append(Strange(path, why))


def _leave(found: Understood, path: str, told: dict[str, Any], known: Any) -> None:
    found.strange += [Strange(f"{path}.{name}", str(told[name])[:80]) for name in told if name not in known]

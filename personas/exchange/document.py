"""A persona as one JSON document, from which it can be told again; `docs/api.md` describes it."""

from typing import Any

from personas.actions import FACTS, OF_NOTE, sheet_of
from personas.models import Persona

FORMAT, VERSION = "etappe.persona", 1
Document = dict[str, Any]


def document_of(persona: Persona) -> Document:
    """All that is said of a persona: its facts, and its notes with what they rest on."""
    sheet = sheet_of(persona)
    return {
        "format": FORMAT,
        "version": VERSION,
        "persona": {name: sheet[name] for name in FACTS},
        "notes": [{name: note[name] for name in OF_NOTE} for note in sheet["notes"]],
    }

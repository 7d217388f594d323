"""Facts about the people journeys are drawn for."""

from personas.models.edition import PersonaEdition
from personas.models.note import (
    EMPATHY,
    LISTS,
    LONGEST_NOTE,
    MOST_NOTES,
    QUADRANTS,
    Evidence,
    Grade,
    Note,
    NoteKind,
    entries,
)
from personas.models.persona import Persona, PersonaEvidence, Portrait

__all__ = [
    "EMPATHY",
    "LISTS",
    "LONGEST_NOTE",
    "MOST_NOTES",
    "QUADRANTS",
    "Evidence",
    "Grade",
    "Note",
    "NoteKind",
    "Persona",
    "PersonaEdition",
    "PersonaEvidence",
    "Portrait",
    "entries",
]

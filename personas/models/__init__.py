"""Facts about the people journeys are drawn for, and about those who decide what is done for them."""

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
from personas.models.stakeholder import (
    BORDER,
    NextStep,
    Quadrant,
    Stakeholder,
    StakeholderPosition,
    StakeholderReader,
    quadrant_of,
)

__all__ = [
    "BORDER",
    "EMPATHY",
    "LISTS",
    "LONGEST_NOTE",
    "MOST_NOTES",
    "QUADRANTS",
    "Evidence",
    "Grade",
    "NextStep",
    "Note",
    "NoteKind",
    "Persona",
    "PersonaEdition",
    "PersonaEvidence",
    "Portrait",
    "Quadrant",
    "Stakeholder",
    "StakeholderPosition",
    "StakeholderReader",
    "entries",
    "quadrant_of",
]

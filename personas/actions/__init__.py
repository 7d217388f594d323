"""What people do with personas: one function, one verb."""

from personas.actions.editions import forget_notes, restore_edition
from personas.actions.notes import Gone, add_notes, archive_note, edit_note, move_note, restore_note
from personas.actions.personas import (
    archive_persona,
    create_persona,
    duplicate_persona,
    edit_persona,
    restore_persona,
    review_persona,
    rewrite,
)
from personas.actions.sheet import FACTS, OF_NOTE, lines_of, lines_of_all, notes_of, sheet_of

__all__ = [
    "FACTS",
    "OF_NOTE",
    "Gone",
    "add_notes",
    "archive_note",
    "archive_persona",
    "create_persona",
    "duplicate_persona",
    "edit_note",
    "edit_persona",
    "forget_notes",
    "lines_of",
    "lines_of_all",
    "move_note",
    "notes_of",
    "restore_edition",
    "restore_note",
    "restore_persona",
    "review_persona",
    "rewrite",
    "sheet_of",
]

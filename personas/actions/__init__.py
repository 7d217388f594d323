"""What people do with personas and stakeholders: one function, one verb."""

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
from personas.actions.stakeholders import (
    archive_stakeholder,
    archive_step,
    create_stakeholder,
    create_step,
    edit_stakeholder,
    edit_step,
    move_stakeholder,
    restore_stakeholder,
    restore_step,
)

__all__ = [
    "FACTS",
    "OF_NOTE",
    "Gone",
    "add_notes",
    "archive_note",
    "archive_persona",
    "archive_stakeholder",
    "archive_step",
    "create_persona",
    "create_stakeholder",
    "create_step",
    "duplicate_persona",
    "edit_note",
    "edit_persona",
    "edit_stakeholder",
    "edit_step",
    "forget_notes",
    "lines_of",
    "lines_of_all",
    "move_note",
    "move_stakeholder",
    "notes_of",
    "restore_edition",
    "restore_note",
    "restore_persona",
    "restore_stakeholder",
    "restore_step",
    "review_persona",
    "rewrite",
    "sheet_of",
]

"""What people do with personas: one function, one verb."""

from personas.actions.personas import archive_persona, create_persona, edit_persona, restore_persona

__all__ = ["archive_persona", "create_persona", "edit_persona", "restore_persona"]

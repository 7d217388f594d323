"""What people do with opportunities and measures."""

from measures.actions.measures import (
    archive_measure,
    cost_measure,
    create_measure,
    edit_measure,
    move_measure,
    restore_measure,
)
from measures.actions.opportunities import (
    archive_opportunity,
    create_opportunity,
    edit_opportunity,
    restore_opportunity,
)

__all__ = [
    "archive_measure",
    "archive_opportunity",
    "cost_measure",
    "create_measure",
    "create_opportunity",
    "edit_measure",
    "edit_opportunity",
    "move_measure",
    "restore_measure",
    "restore_opportunity",
]

"""What people do with opportunities and measures."""

from measures.actions.causes import causes_of, edit_causes
from measures.actions.deciders import decided_by, rewrite_stakeholder, write_stakeholder
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
from measures.actions.personas import give_measures
from measures.actions.reminding import remind_of_reviews
from measures.actions.reviews import choose_controls, review_measures

__all__ = [
    "archive_measure",
    "archive_opportunity",
    "causes_of",
    "choose_controls",
    "cost_measure",
    "create_measure",
    "create_opportunity",
    "decided_by",
    "edit_causes",
    "edit_measure",
    "edit_opportunity",
    "give_measures",
    "move_measure",
    "remind_of_reviews",
    "restore_measure",
    "restore_opportunity",
    "review_measures",
    "rewrite_stakeholder",
    "write_stakeholder",
]

"""What can be done with what customers say."""

from feedback.actions.answer import Answer, Reason, Refused, refusal_message
from feedback.actions.insights import (
    archive_insight,
    create_insight,
    create_insights,
    edit_insight,
    restore_insight,
)
from feedback.actions.questionnaire import Status
from feedback.actions.record import Outcome, Result, record_responses
from feedback.actions.recount import Difference, find_differences, repair
from feedback.actions.remove import remove_responses, undo_import
from feedback.actions.search import search_due, search_imported, search_themes
from feedback.actions.themes import accept_theme, dismiss_theme, merge_themes, rename_theme, restore_theme
from feedback.actions.usage import Used, record_usage

__all__ = [
    "Answer",
    "Difference",
    "Outcome",
    "Reason",
    "Refused",
    "Result",
    "Status",
    "Used",
    "accept_theme",
    "archive_insight",
    "create_insight",
    "create_insights",
    "dismiss_theme",
    "edit_insight",
    "find_differences",
    "merge_themes",
    "record_responses",
    "record_usage",
    "refusal_message",
    "remove_responses",
    "rename_theme",
    "repair",
    "restore_insight",
    "restore_theme",
    "search_due",
    "search_imported",
    "search_themes",
    "undo_import",
]

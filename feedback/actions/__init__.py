"""What can be done with what customers say."""

from feedback.actions.answer import Answer, Reason, Refused, refusal_message
from feedback.actions.cases import close_case, dismiss_case, edit_case, edit_case_rule, reopen_case, take_case
from feedback.actions.insights import (
    archive_insight,
    create_insight,
    create_insights,
    edit_insight,
    restore_insight,
)
from feedback.actions.opening import mark_complaint, rule_of
from feedback.actions.questionnaire import Status
from feedback.actions.record import Outcome, Result, record_responses
from feedback.actions.recount import Difference, find_differences, repair
from feedback.actions.remove import remove_responses, undo_import
from feedback.actions.telling import tell_cases
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
    "archive_insight",
    "close_case",
    "create_insight",
    "create_insights",
    "dismiss_case",
    "edit_case",
    "edit_case_rule",
    "edit_insight",
    "find_differences",
    "mark_complaint",
    "record_responses",
    "record_usage",
    "refusal_message",
    "remove_responses",
    "reopen_case",
    "repair",
    "restore_insight",
    "rule_of",
    "take_case",
    "tell_cases",
    "undo_import",
]

"""What can be done with what customers say."""

from feedback.actions.answer import Answer, Reason, Refused, refusal_message
from feedback.actions.begin import Start, begin_survey
from feedback.actions.cases import close_case, dismiss_case, edit_case, edit_case_rule, reopen_case, take_case
from feedback.actions.fillings import Asked, Closed, answer_question, filling_of, forget_left, survey_for, wanting
from feedback.actions.insights import (
    archive_insight,
    create_insight,
    create_insights,
    edit_insight,
    restore_insight,
)
from feedback.actions.masking import MASK_STORED, edit_masked_names, mask_stored, masked_names_of
from feedback.actions.opening import mark_complaint, rule_of
from feedback.actions.persona_apply import APPLY_RULES, Taken, apply_persona_rules, rules_in_force, taken_by
from feedback.actions.persona_merging import MERGE_ANSWERS, begin_merge
from feedback.actions.persona_rules import (
    archive_persona_rule,
    create_persona_rule,
    edit_persona_rule,
    move_persona_rule,
    restore_persona_rule,
)
from feedback.actions.personal import Peace, meet, roll_secret
from feedback.actions.picking import forget_picked, pick_verbatim
from feedback.actions.questionnaire import Status
from feedback.actions.questions import add_question, edit_question, move_question, remove_question, restore_question
from feedback.actions.record import Outcome, Result, record_responses
from feedback.actions.recount import Difference, find_differences, repair
from feedback.actions.remove import remove_responses, undo_import
from feedback.actions.search import search_due, search_imported, search_themes
from feedback.actions.surveys import (
    advice_of,
    archive_survey,
    close_survey,
    create_survey,
    edit_survey,
    open_survey,
    pause_survey,
    problems_of,
    questions_of,
    restore_survey,
)
from feedback.actions.telling import tell_cases
from feedback.actions.themes import accept_theme, dismiss_theme, merge_themes, rename_theme, restore_theme
from feedback.actions.usage import Used, Wrong, record_usage, wrong_with

__all__ = [
    "APPLY_RULES",
    "MASK_STORED",
    "MERGE_ANSWERS",
    "Answer",
    "Asked",
    "Closed",
    "Difference",
    "Outcome",
    "Peace",
    "Reason",
    "Refused",
    "Result",
    "Start",
    "Status",
    "Taken",
    "Used",
    "Wrong",
    "accept_theme",
    "add_question",
    "advice_of",
    "answer_question",
    "apply_persona_rules",
    "archive_insight",
    "archive_persona_rule",
    "archive_survey",
    "begin_merge",
    "begin_survey",
    "close_case",
    "close_survey",
    "create_insight",
    "create_insights",
    "create_persona_rule",
    "create_survey",
    "dismiss_case",
    "dismiss_theme",
    "edit_case",
    "edit_case_rule",
    "edit_insight",
    "edit_masked_names",
    "edit_persona_rule",
    "edit_question",
    "edit_survey",
    "filling_of",
    "find_differences",
    "forget_left",
    "forget_picked",
    "mark_complaint",
    "mask_stored",
    "masked_names_of",
    "meet",
    "merge_themes",
    "move_persona_rule",
    "move_question",
    "open_survey",
    "pause_survey",
    "pick_verbatim",
    "problems_of",
    "questions_of",
    "record_responses",
    "record_usage",
    "refusal_message",
    "remove_question",
    "remove_responses",
    "rename_theme",
    "reopen_case",
    "repair",
    "restore_insight",
    "restore_persona_rule",
    "restore_question",
    "restore_survey",
    "restore_theme",
    "roll_secret",
    "rule_of",
    "rules_in_force",
    "search_due",
    "search_imported",
    "search_themes",
    "survey_for",
    "take_case",
    "taken_by",
    "tell_cases",
    "undo_import",
    "wanting",
    "wrong_with",
]

"""Facts about feedback."""

from feedback.models.answers import Mapping, Response, Submission
from feedback.models.case import UNDER_WAY, Case, CaseCause, CaseRule, CaseState, Play, Recovery, Severity
from feedback.models.erasure import Erasure, seal
from feedback.models.insight import Insight
from feedback.models.question import LONGEST_TEXT, RATED, Part, Question, QuestionKind
from feedback.models.respondent import LONGEST_REFERENCE, Respondent
from feedback.models.retention import Retention
from feedback.models.survey import Filling, Survey, SurveyStatus, new_key
from feedback.models.theme import LIVING, MONTHS, InsightKind, Theme, ThemeSearch, ThemeState
from feedback.models.usage import UsageDay

__all__ = [
    "LIVING",
    "LONGEST_REFERENCE",
    "LONGEST_TEXT",
    "MONTHS",
    "RATED",
    "UNDER_WAY",
    "Case",
    "CaseCause",
    "CaseRule",
    "CaseState",
    "Erasure",
    "Filling",
    "Insight",
    "InsightKind",
    "Mapping",
    "Part",
    "Play",
    "Question",
    "QuestionKind",
    "Recovery",
    "Respondent",
    "Response",
    "Retention",
    "Severity",
    "Submission",
    "Survey",
    "SurveyStatus",
    "Theme",
    "ThemeSearch",
    "ThemeState",
    "UsageDay",
    "new_key",
    "seal",
]

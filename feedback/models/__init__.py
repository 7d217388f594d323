"""Facts about feedback."""

from feedback.models.answers import Mapping, Response, Submission
from feedback.models.insight import Insight
from feedback.models.question import LONGEST_TEXT, RATED, Part, Question, QuestionKind
from feedback.models.survey import Filling, Survey, SurveyStatus, new_key
from feedback.models.theme import MONTHS, InsightKind, Theme, ThemeSearch, ThemeState
from feedback.models.usage import UsageDay

__all__ = [
    "LONGEST_TEXT",
    "MONTHS",
    "RATED",
    "Filling",
    "Insight",
    "InsightKind",
    "Mapping",
    "Part",
    "Question",
    "QuestionKind",
    "Response",
    "Submission",
    "Survey",
    "SurveyStatus",
    "Theme",
    "ThemeSearch",
    "ThemeState",
    "UsageDay",
    "new_key",
]

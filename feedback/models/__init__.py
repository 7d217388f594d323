"""Facts about feedback."""

from feedback.models.answers import Mapping, Response, Submission
from feedback.models.insight import Insight
from feedback.models.theme import MONTHS, InsightKind, Theme, ThemeSearch, ThemeState
from feedback.models.usage import UsageDay

__all__ = [
    "MONTHS",
    "Insight",
    "InsightKind",
    "Mapping",
    "Response",
    "Submission",
    "Theme",
    "ThemeSearch",
    "ThemeState",
    "UsageDay",
]

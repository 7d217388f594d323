"""Facts about feedback."""

from feedback.models.answers import Mapping, Response, Submission
from feedback.models.case import UNDER_WAY, Case, CaseCause, CaseRule, CaseState, Play, Recovery, Severity
from feedback.models.insight import Insight, InsightKind
from feedback.models.usage import UsageDay

__all__ = [
    "UNDER_WAY",
    "Case",
    "CaseCause",
    "CaseRule",
    "CaseState",
    "Insight",
    "InsightKind",
    "Mapping",
    "Play",
    "Recovery",
    "Response",
    "Severity",
    "Submission",
    "UsageDay",
]

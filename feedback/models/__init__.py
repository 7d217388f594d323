"""Facts about feedback."""

from feedback.models.answers import Mapping, Response, Submission
from feedback.models.insight import Insight, InsightKind
from feedback.models.usage import UsageDay

__all__ = ["Insight", "InsightKind", "Mapping", "Response", "Submission", "UsageDay"]

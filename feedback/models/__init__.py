"""Facts about feedback."""

from feedback.models.answers import Mapping, Response, Submission
from feedback.models.insight import Insight, InsightKind

__all__ = ["Insight", "InsightKind", "Mapping", "Response", "Submission"]

"""Answers over REST, completed by journeys, of which feedback has not heard."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from feedback.api import answers
from feedback.api.answers import SubjectOf
from journeys.models import Journey
from touchpoints.models import Touchpoint


class ResponseQuery(answers.ResponseQuery):
    """What may be asked of the answers."""

    journey = SubjectOf(Journey, source="subject", required=False, archived=True, strict=False)

    def validate(self, attrs: Any) -> Any:
        """Answers are about one thing."""
        if {"touchpoint", "journey"} <= set(self.initial_data):
            raise serializers.ValidationError({"journey": [_("An answer is about one thing: leave the others out.")]})
        return attrs


class ResponseResource(answers.ResponseResource):
    """What customers answered about touchpoints, journeys and the relationship as a whole."""

    queries = {**answers.ResponseResource.queries, "list": ResponseQuery}
    about = {"touchpoint": Touchpoint, "journey": Journey}
    examples = {
        "create": [
            {
                "source": "crm",
                "external_id": "case-4711",
                "touchpoint": 12,
                "metric": "csat",
                "value": 2,
                "text": "Nobody told us anything.",
                "occurred_at": "2026-11-20T17:45:00+01:00",
                "persona": 5,
            },
            {"source": "crm", "external_id": "case-4711", "metric": "nps", "value": 6, "occurred_at": "2026-11-20"},
        ]
    }

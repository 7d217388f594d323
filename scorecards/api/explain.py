"""A score explained, over REST."""

import datetime
from typing import Any, ClassVar

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request

from journeys.api.unchanged import IF_NONE_MATCH, NOT_CHANGED, as_stands
from personas.models import Persona
from scorecards.api.shapes import ExplanationShape
from scorecards.api.telling import told
from scorecards.explaining import Explanation, explain
from scorecards.finding import Shown, of_touchpoint
from scorecards.over_time import Every, compare, history
from scorecards.periods import can_compare, usually_before
from touchpoints.changes import changes_in
from touchpoints.models import Touchpoint
from touchpoints.periods import USUAL, last_days
from workspaces import clock
from workspaces.api.fields import Day, Query, asked
from workspaces.api.resource import Door

DESCRIPTION = """
How a touchpoint's score came about, so that whoever reads it can work it out again: the rule and what is usual, each
part with the sums of its daily counts, the change since an earlier day taken apart (it adds up), and the ends of the
last weeks or months, as known then beside as told today.

It is counted anew from the daily counts by the rule, the windows and the usual means of today; as of today it is the
score that all screens show (`is_now`), and `finding` says in a sentence or three what it comes to, in the language of
`Accept-Language`. Where no number is shown the score's numbers are null; a mean of fewer than 5 answers is never told.
Send `If-None-Match` with the `ETag` that you got: while nothing has changed the answer is 304.
"""


class ExplainQuery(Query):
    """What may be asked of an explanation."""

    persona = asked(Persona, help_text="the score of this persona instead of all customers'")
    as_of = Day(required=False, help_text="the score as of this local day; by default as it stands")
    since = Day(required=False, help_text="the earlier day that it is compared with; by default 90 days before")
    every = serializers.ChoiceField(choices=Every.choices, default=Every.WEEK, help_text="the rows of the history")

    def validate_as_of(self, day: datetime.date) -> datetime.date:
        """Not a day to come."""
        if day > clock.today(self.context["workspace"].zone):
            raise serializers.ValidationError(_("This day is still to come."))
        return day

    def validate(self, values: dict[str, Any]) -> dict[str, Any]:
        """An earlier day to compare with."""
        last = values.get("as_of", clock.today(self.context["workspace"].zone))
        if "since" in values and not can_compare(values["since"], last):
            raise serializers.ValidationError({"since": [_("Compare with an earlier day, at most two years before.")]})
        return values


class ExplainView(Door):
    """GET touchpoints/<id>/explain/."""

    queries: ClassVar = {"get": ExplainQuery, "head": ExplainQuery}

    @extend_schema(
        operation_id="touchpoints_explain",
        summary="A score explained",
        description=DESCRIPTION,
        parameters=[ExplainQuery, IF_NONE_MATCH],
        responses={200: ExplanationShape, 304: NOT_CHANGED},
    )
    def get(self, request: Request, touchpoint_id: int) -> HttpResponse:
        """The explanation; one that has not changed costs a 304."""
        touchpoint = Touchpoint.objects.of(self.workspace).filter(pk=touchpoint_id).first()
        if touchpoint is None:
            raise Http404
        touchpoint.workspace = self.workspace
        explained = explain(touchpoint, day=self.asked.get("as_of"), persona=self.asked.get("persona"))
        day = explained.day
        compared = compare(explained, self.asked.get("since") or usually_before(day)) if day else None
        moments = history(explained, Every(self.asked["every"]))
        return as_stands(request, told(explained, compared, moments, finding_now(explained)))


def finding_now(explained: Explanation) -> list[str]:
    """What the touchpoint's page says above its score; nothing of another day."""
    if not explained.is_now:
        return []
    touchpoint, persona = explained.touchpoint, explained.persona
    period = last_days(USUAL, clock.today(touchpoint.workspace.zone))
    changes = changes_in(touchpoint.workspace, period, persona=persona.pk if persona else None)
    change = changes.of(touchpoint.pk)
    shown = Shown(touchpoint, explained, change, explained.moment_of_truth, explained.score)
    return of_touchpoint(shown, period, persona=persona)

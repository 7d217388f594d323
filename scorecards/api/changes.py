"""How the health of touchpoints has changed, over REST."""

import datetime
from typing import Any, ClassVar

from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request

from journeys.api.shapes import ChangeShape
from journeys.api.unchanged import IF_NONE_MATCH, NOT_CHANGED, as_stands
from journeys.figures_in_full import change_in_full
from personas.models import Persona
from touchpoints.changes import changes_in
from touchpoints.models import Touchpoint
from touchpoints.periods import USUAL, last_days
from workspaces import clock
from workspaces.api.fields import Day, Query, asked
from workspaces.api.resource import Door
from workspaces.models import EARLIEST, LATEST

DESCRIPTION = """
How the plain health of every touchpoint that is not archived differs between the `days` up to `to` and as many days
before them: the table of the scorecards. `delta` and its 95 % interval `low` to `high` are points of health, `p` is how
often chance alone would show as much; all four are null with fewer than 30 answers in either period. `verdict` is `up`
or `down` where the change is real (Benjamini and Hochberg at 5 % over all rows), else `within noise`, or
`too few answers`.
"""


class ChangesQuery(Query):
    """Which days are compared."""

    days = serializers.IntegerField(min_value=1, max_value=3650, default=USUAL, help_text="length of either period")
    to = Day(required=False, help_text="the last local day; by default today")
    persona = asked(Persona, help_text="what this persona said only")

    def validate_to(self, day: datetime.date) -> datetime.date:
        """A day that a calendar has."""
        if not EARLIEST <= day <= LATEST:
            raise serializers.ValidationError(_("This day is out of reach."))
        return day


class TouchpointChangeShape(ChangeShape):
    """How one touchpoint's health has changed."""

    touchpoint = serializers.IntegerField()
    name = serializers.CharField()


class ChangesShape(serializers.Serializer):  # type: ignore[type-arg]
    """The two periods, and every touchpoint."""

    before = Day(help_text="the first day of the period before, which ends on the day before `first`")
    first = Day()
    last = Day()
    results = TouchpointChangeShape(many=True)


class HealthChangesView(Door):
    """GET scores/changes/."""

    queries: ClassVar = {"get": ChangesQuery, "head": ChangesQuery}

    @extend_schema(
        operation_id="scores_changes",
        summary="Real changes of health",
        description=DESCRIPTION,
        parameters=[ChangesQuery, IF_NONE_MATCH],
        responses={200: ChangesShape, 304: NOT_CHANGED},
    )
    def get(self, request: Request) -> HttpResponse:
        """All of them at once, by name."""
        ask = self.asked
        period = last_days(ask["days"], ask.get("to", clock.today(self.workspace.zone)))
        persona: Persona | None = ask.get("persona")
        changes = changes_in(self.workspace, period, persona=persona.pk if persona else None)
        touchpoints = Touchpoint.objects.of(self.workspace).kept().by_name().values_list("pk", "name")
        results: list[dict[str, Any]] = [
            {"touchpoint": pk, "name": name, **(change_in_full(changes.of(pk)) or {})} for pk, name in touchpoints
        ]
        days = {"before": period.before, "first": period.first, "last": period.last}
        return as_stands(request, {**days, "results": results})

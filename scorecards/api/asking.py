"""What programs may ask of days."""

from typing import Any, ClassVar

from django.utils.translation import gettext as _
from rest_framework import serializers

from touchpoints.periods import USUAL, Period, last_days
from workspaces import clock
from workspaces.api.fields import Day, Query
from workspaces.models import EARLIEST, LATEST


class Between(Query):
    """From which day to which; `period` holds both. With `days` in its values: so many up to the last."""

    usual: ClassVar[int] = USUAL  # days up to the last

    to = Day(required=False, help_text="the last local day; by default today")

    def get_fields(self) -> dict[str, Any]:
        """With `from`, which Python does not take as a name."""
        first = Day(required=False, help_text=f"the first local day; by default {self.usual} days up to `to`")
        return {"from": first, **super().get_fields()}

    def validate(self, values: dict[str, Any]) -> dict[str, Any]:
        """Both days in their order."""
        last = values.get("to", clock.today(self.context["workspace"].zone))
        if not EARLIEST <= last <= LATEST:
            raise serializers.ValidationError({"to": [_("This day is out of reach.")]})
        first = values.get("from", max(EARLIEST, last_days(values.get("days", self.usual), last).first))
        if not EARLIEST <= first <= last:
            raise serializers.ValidationError({"from": [_("The first day must not come after the last.")]})
        return {**values, "period": Period(first, last)}


class OverTime(Between):
    """Also from which row on."""

    limit = serializers.IntegerField(min_value=1, max_value=500, default=100, help_text="rows on a page")
    cursor = serializers.CharField(required=False, help_text="the place to go on at; part of `next`")

"""The lines of the scorecards over REST: what each column of the page tells, unrounded."""

from collections.abc import Callable, Collection, Mapping

from rest_framework import serializers

from journeys.api.shapes import BANDS, ChangeShape, ChannelShape, HealthShape, OwnerShape
from journeys.figures_in_full import Told, change_in_full, health_in_full
from measures.models import Status
from scorecards.api.shapes import OnScaleShape, number
from scorecards.api.telling import on_scale
from scorecards.standing import Stand
from scorecards.table import TouchpointRow
from scorecards.year import Month, Months
from touchpoints.models import PhaseKind
from workspaces.api.fields import Day, OwnerSerializer


class LineHealthShape(HealthShape):
    """The health of a line of the scorecards; its change stands beside it."""

    change = None  # type: ignore[assignment]
    version = None  # type: ignore[assignment]


class StandShape(serializers.Serializer):  # type: ignore[type-arg]
    """Where a touchpoint stands. `priority`: points that the journey would gain if it met its target."""

    journey = serializers.IntegerField()
    name = serializers.CharField()
    phase = serializers.ChoiceField(choices=PhaseKind.choices)
    moment_of_truth = serializers.BooleanField()
    priority = number()


class MonthShape(serializers.Serializer):  # type: ignore[type-arg]
    """The health known on the last `day` of the month that begins with `period`."""

    period = Day()
    day = Day()
    score = serializers.IntegerField(min_value=0, max_value=100)
    exact = serializers.FloatField()
    band = serializers.ChoiceField(choices=BANDS, allow_null=True)


class DoneShape(serializers.Serializer):  # type: ignore[type-arg]
    """A measure that is meant to be felt at a touchpoint."""

    measure = serializers.IntegerField()
    title = serializers.CharField()
    status = serializers.ChoiceField(choices=Status.choices)


class LineShape(serializers.Serializer):  # type: ignore[type-arg]
    """A line of the scorecards; what stands in columns that were not asked for is left out."""

    touchpoint = serializers.IntegerField()
    name = serializers.CharField()
    channel = ChannelShape(allow_null=True)
    phases = serializers.ListField(child=serializers.ChoiceField(choices=PhaseKind.choices))
    moment_of_truth = serializers.BooleanField()
    journeys = StandShape(many=True)
    priority = number(required=False, help_text="the highest of its journeys, points of 0 to 100")
    priority_journey = serializers.IntegerField(required=False, allow_null=True, help_text="on which it is that")
    health = LineHealthShape(required=False)
    target = serializers.IntegerField(required=False)
    gap = serializers.IntegerField(required=False, allow_null=True, help_text="the health shown less the target")
    below_target = serializers.BooleanField(required=False)
    months = MonthShape(many=True, required=False)
    change = ChangeShape(required=False)
    nps = OnScaleShape(required=False, allow_null=True)
    csat = OnScaleShape(required=False, allow_null=True)
    ces = OnScaleShape(required=False, allow_null=True)
    owner = OwnerShape(required=False, allow_null=True)
    measures = DoneShape(many=True, required=False, help_text="the latest first, none that was dropped")


def line_of(row: TouchpointRow, columns: Collection[str], months: Months) -> Told:
    """A line with these columns. `months`: of all the lines, where they are among them."""
    told = {name: value for column in columns if column in PARTS for name, value in PARTS[column](row).items()}
    if "months" in columns:
        told["months"] = [_month(one) for one in months[row.touchpoint.pk]]
    return told


def _name(row: TouchpointRow) -> Told:
    channel = row.touchpoint.channel
    return {
        "touchpoint": row.touchpoint.pk,
        "name": row.touchpoint.name,
        "channel": channel and {"id": channel.pk, "name": channel.name, "icon": channel.icon},
        "phases": row.phases,
        "moment_of_truth": row.moment_of_truth,
        "journeys": [_stand(stand) for stand in row.stands],
    }


def _stand(stand: Stand) -> Told:
    return {
        "journey": stand.journey,
        "name": stand.name,
        "phase": stand.phase,
        "moment_of_truth": stand.moment_of_truth,
        "priority": stand.gain,
    }


def _health(row: TouchpointRow) -> Told:
    score = row.score
    told = health_in_full(row, score.score if score else None, score.sd if score else None)
    return {"health": {**told, "last_heard": row.last_heard}}


def _target(row: TouchpointRow) -> Told:
    return {"target": row.touchpoint.target, "gap": row.gap, "below_target": row.below_target}


def _said(metric: str) -> Callable[[TouchpointRow], Told]:
    def told(row: TouchpointRow) -> Told:
        found = row.figures.get(metric)
        return {metric: on_scale(found[0]) if found else None}

    return told


def _owner(row: TouchpointRow) -> Told:
    owner = row.touchpoint.owner
    return {"owner": OwnerSerializer().to_representation(owner) if owner else None}


def _month(one: Month) -> Told:
    return {
        "period": one.day.replace(day=1),
        "day": one.day,
        "score": one.number,
        "exact": one.exact,
        "band": one.band,
    }


# By a column of the page, what it tells of a line alone; on what a health rests is told with it.
PARTS: Mapping[str, Callable[[TouchpointRow], Told]] = {
    "name": _name,
    "priority": lambda row: {
        "priority": row.priority,
        "priority_journey": row.first_on.journey if row.first_on else None,
    },
    "health": _health,
    "gap": _target,
    "change": lambda row: {"change": change_in_full(row.change)},
    "nps": _said("nps"),
    "csat": _said("csat"),
    "ces": _said("ces"),
    "evidence": _health,
    "owner": _owner,
    "measure": lambda row: {"measures": [one._asdict() for one in row.done]},
}

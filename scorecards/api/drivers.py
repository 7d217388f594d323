"""Key drivers over REST: the figures of the page, unrounded."""

from math import isinf
from typing import Any, ClassVar

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request

from journeys.api.unchanged import IF_NONE_MATCH, NOT_CHANGED, as_stands
from journeys.models import Journey
from scorecards.api.asking import Between
from scorecards.api.shapes import FigureShape
from scorecards.drivers import OUTCOMES, USUAL, Counted, DriverSeen, DriversSeen, Question, drivers_of
from touchpoints.health.drivers import Quadrant, Ranged, Reason
from touchpoints.health.metrics import Metric
from touchpoints.periods import Period
from workspaces.api.fields import Day, asked
from workspaces.api.resource import Door

DESCRIPTION = """
What goes together with how likely customers are to recommend the workspace or a `journey` (`nps`), or with how
satisfied they are (`csat`): by the newest 10,000 questionnaires of the days `from` to `to` that ask about it. Of those
that say something of two touchpoints or more, only such count (`n`) as answer everything; questions that few answered
are left out, in `sparse` with how many did.

`share` (0 to 1) is a driver's share of `r_squared`, by Johnson's relative weights; all make 1. Each figure stands with
its 95 % interval. `quadrant` is told only where the intervals of share and performance both leave out the means. It
says what is associated, never what causes what.

Where no drivers can be told `refused` says why, `n` how many answered everything, and `needed` how many it takes.
Send `If-None-Match` with the `ETag` that you got: while nothing has changed the answer is 304.
"""


class DriversQuery(Between):
    """Of what, and of which days."""

    usual = USUAL

    journey = asked(Journey, help_text="what was asked about this journey; by default about the workspace")
    outcome = serializers.ChoiceField(
        choices=[metric.value for metric in OUTCOMES],
        required=False,
        help_text="by default the one of which more questionnaires say something",
    )


class QuestionShape(serializers.Serializer):  # type: ignore[type-arg]
    """What was asked about a touchpoint."""

    touchpoint = serializers.IntegerField()
    name = serializers.CharField()
    metric = serializers.ChoiceField(choices=["nps", "csat", "ces"])


class SparseShape(QuestionShape):
    """A question that too few answered beside the others."""

    answers = serializers.IntegerField(help_text="how many answered it beside the outcome")


class DriverShape(serializers.Serializer):  # type: ignore[type-arg]
    """A driver, most important first; several questions where they are answered alike (r above 0.9)."""

    questions = QuestionShape(many=True)
    share = FigureShape(help_text="of `r_squared`")
    weight = FigureShape(help_text="part of `r_squared`, by Johnson's relative weights")
    lmg = serializers.FloatField(
        allow_null=True, help_text="part of `r_squared`, averaged over all orders; null for more than 10 drivers"
    )
    r = serializers.FloatField(help_text="correlation with the outcome")
    beta = serializers.FloatField(help_text="standardised coefficient beside the others")
    vif = serializers.FloatField(allow_null=True, help_text="variance inflation; null where it has no end")
    performance = FigureShape(help_text="mean answer, 0 to 100")
    quadrant = serializers.ChoiceField(choices=[one.value for one in Quadrant], allow_null=True)


class DriversShape(serializers.Serializer):  # type: ignore[type-arg]
    """The drivers, or why there are none."""

    first = Day()
    last = Day()
    journey = serializers.IntegerField(allow_null=True)
    outcome = serializers.ChoiceField(choices=[metric.value for metric in OUTCOMES], allow_null=True)
    asked = serializers.DictField(child=serializers.IntegerField(), help_text="answers about the whole, by metric")
    together = serializers.IntegerField(help_text="of those of `outcome`, with answers about two touchpoints or more")
    n = serializers.IntegerField(help_text="customers who answered everything that is looked at")
    refused = serializers.ChoiceField(choices=[reason.value for reason in Reason], allow_null=True)
    needed = serializers.IntegerField(allow_null=True, help_text="customers that it takes; null unless refused")
    r_squared = FigureShape(allow_null=True)
    drivers = DriverShape(many=True)
    sparse = SparseShape(many=True)
    constant = QuestionShape(many=True, help_text="answered alike by everybody")


class DriversView(Door):
    """GET scores/drivers/."""

    queries: ClassVar = {"get": DriversQuery, "head": DriversQuery}

    @extend_schema(
        operation_id="scores_drivers",
        summary="Key drivers",
        description=DESCRIPTION,
        parameters=[DriversQuery, IF_NONE_MATCH],
        responses={200: DriversShape, 304: NOT_CHANGED},
    )
    def get(self, request: Request) -> HttpResponse:
        """All of them at once; what has not changed costs a 304."""
        period, journey = self.asked["period"], self.asked.get("journey")
        wanted = self.asked.get("outcome")
        seen = drivers_of(self.workspace, period, journey=journey, outcome=Metric(wanted) if wanted else None)
        return as_stands(request, told(seen, period, journey))


def told(seen: DriversSeen, period: Period, journey: Journey | None) -> dict[str, Any]:
    """The drivers as JSON says them."""
    refused = seen.refused
    return {
        "first": period.first,
        "last": period.last,
        "journey": journey.pk if journey else None,
        "outcome": seen.outcome,
        "asked": dict(seen.asked),
        "together": seen.together,
        "n": seen.found.n,
        "refused": refused.reason if refused else None,
        "needed": refused.needed if refused else None,
        "r_squared": _ranged(seen.told.r_squared) if seen.told else None,
        "drivers": [_driver(one) for one in seen.drivers],
        "sparse": [_sparse(one) for one in seen.sparse],
        "constant": [_question(one) for one in seen.constant],
    }


def _driver(seen: DriverSeen) -> dict[str, Any]:
    driver = seen.driver
    return {
        "questions": [_question(one) for one in seen.questions],
        "share": _ranged(driver.share),
        "weight": _ranged(driver.weight),
        "lmg": driver.lmg,
        "r": driver.r,
        "beta": driver.beta,
        "vif": None if isinf(driver.vif) else driver.vif,
        "performance": _ranged(driver.performance),
        "quadrant": seen.quadrant,
    }


def _question(question: Question) -> dict[str, Any]:
    return question._asdict()


def _sparse(one: Counted) -> dict[str, Any]:
    return {**_question(one.question), "answers": one.answers}


def _ranged(value: Ranged) -> dict[str, float]:
    return value._asdict()

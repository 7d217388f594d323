"""What customers felt, expected and found easy as of a day that is over: counted anew, since no day keeps it.

By the windows of today, from the answers of then that are here now.
"""

import datetime
from collections import defaultdict
from collections.abc import Collection
from fractions import Fraction
from typing import Any, NamedTuple

from django.db import connection

from touchpoints.health.decay import Tally
from touchpoints.health.feelings import Feelings, feelings_of
from touchpoints.health.figures import FEWEST_SHOWN
from touchpoints.health.metrics import Metric, Scale, scale_of, worth
from touchpoints.statements import IN_WINDOWS

FELT = (Metric.EMOTION, Metric.CSAT, Metric.EXPECTATION, Metric.CES)


class Felt(NamedTuple):
    """The feelings at a touchpoint, and how easy it was found, 0-100, None where too few said so."""

    feelings: Feelings
    ease: float | None


NOTHING = Felt(Feelings(), None)


def felt_on(
    workspace: int, touchpoints: Collection[int], day: datetime.date, *, persona: int | None = None
) -> dict[int, Felt]:
    """What was felt at each of these touchpoints (by id) as of that local day, by everybody or one persona.

    Of what nobody had said anything there is no entry. One statement.
    """
    asked: dict[str, Any] = {
        "touchpoints": list(touchpoints),
        "metrics": [metric.value for metric in FELT],
        "workspace": workspace,
        "day": day,
        "persona": persona,
    }
    tallies: dict[int, dict[Scale, Tally]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(IN_WINDOWS, asked)
        for touchpoint, metric, code, sums, answers in cursor.fetchall():
            tallies[touchpoint][scale_of(metric, code)] = Tally(tuple(map(int, sums)), 0, int(answers))
    return {touchpoint: Felt(feelings_of(counted), _ease(counted)) for touchpoint, counted in tallies.items()}


def _ease(counted: dict[Scale, Tally]) -> float | None:
    asked = {scale: tally for scale, tally in counted.items() if scale.metric is Metric.CES}
    weight = sum(sum(tally.sums) for tally in asked.values())
    if sum(tally.answers for tally in asked.values()) < FEWEST_SHOWN or not weight:
        return None
    return float(sum((worth(scale, tally.sums) for scale, tally in asked.items()), Fraction()) / weight)

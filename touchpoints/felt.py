"""What customers felt, expected and found easy as of a day that is over and of which no close tells it: counted anew.

By the windows of today, from the answers of then that are here now.
"""

import datetime
from collections import defaultdict
from collections.abc import Collection
from fractions import Fraction
from typing import Any, NamedTuple

from django.db import connection

from touchpoints.actions.grounds import newest_model
from touchpoints.health.decay import Tally, usual_table, weights
from touchpoints.health.feelings import Feelings, feelings_of
from touchpoints.health.figures import FEWEST_SHOWN
from touchpoints.health.metrics import Metric, Scale, scale_of, worth
from touchpoints.statements import FELT, IN_WINDOWS


class Felt(NamedTuple):
    """The feelings at a touchpoint, and how easy it was found, 0-100, None where too few said so."""

    feelings: Feelings
    ease: float | None


NOTHING = Felt(Feelings(), None)


def felt_on(
    workspace: int, touchpoints: Collection[int], day: datetime.date, *, persona: int | None = None
) -> dict[int, Felt]:
    """What was felt at each of these touchpoints (by id) as of that local day, by everybody or one persona.

    Of what nobody had said anything there is no entry. One statement, and one for the workspace's rule.
    """
    decays = newest_model(workspace).decay
    usual = usual_table(decay=decays)
    asked: dict[str, Any] = {
        "touchpoints": list(touchpoints),
        "metrics": [metric.value for metric in FELT],
        "usual": usual,
        "reach": len(weights(usual)),
        "day": day,
        "persona": persona,
    }
    tallies: dict[int, dict[Scale, Tally]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(IN_WINDOWS[decays], asked)
        for touchpoint, metric, code, plain, *weighted in cursor.fetchall():
            sums = tuple(map(int, weighted[0])) if weighted else tuple(plain)
            tallies[touchpoint][scale_of(metric, code)] = Tally(sums, 0, sum(plain))
    return {touchpoint: Felt(feelings_of(counted), _ease(counted)) for touchpoint, counted in tallies.items()}


def _ease(counted: dict[Scale, Tally]) -> float | None:
    asked = {scale: tally for scale, tally in counted.items() if scale.metric is Metric.CES}
    weight = sum(sum(tally.sums) for tally in asked.values())
    if sum(tally.answers for tally in asked.values()) < FEWEST_SHOWN or not weight:
        return None
    return float(sum((worth(scale, tally.sums) for scale, tally in asked.items()), Fraction()) / weight)

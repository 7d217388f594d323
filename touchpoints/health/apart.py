"""What differs within one subject: a persona's health from the others', and what was felt from what was expected.

By the rule of changes.py, though nothing has changed here: 30 answers on either side, plain values, Welch's test.
"""

from collections.abc import Mapping
from functools import reduce
from operator import add

from touchpoints.health.changes import FEWEST_COMPARED, Difference, difference
from touchpoints.health.combine import DEFAULT_MODEL, HealthModel
from touchpoints.health.decay import Tally
from touchpoints.health.feelings import Source, feelings_of
from touchpoints.health.metrics import Metric, Scale
from touchpoints.health.score_changes import Tallies, health_difference, plain_answers

PER_STEP = 25  # points of utility (0-100) to a step of feeling (-2 to +2)


def persona_differences(by_persona: Mapping[int, Tallies], model: HealthModel = DEFAULT_MODEL) -> dict[int, Difference]:
    """Each persona's plain health less that of all other personas together, in points: `after` less `before`.

    Answers of which the persona is not known belong to nobody here. Raises ValueError for counts that are weighted.
    """
    return {
        persona: health_difference(
            together([tallies for other, tallies in by_persona.items() if other != persona]), of_persona, model
        )
        for persona, of_persona in by_persona.items()
    }


def gap_difference(tallies: Tallies) -> Difference | None:
    """Perception less expectation, in steps of -2 to +2; None where too few said either to show it (feelings_of).

    `before`: who said what they expected, `after`: what they perceived. The two are taken as independent: where the
    same customers said both, the interval is wider than it need be. Raises ValueError for counts that are weighted.
    """
    felt = feelings_of(tallies)
    if felt.perception is None or felt.expectation is None:
        return None
    perceived = plain_answers(_of(tallies, Metric.EMOTION if felt.source is Source.EMOTION else Metric.CSAT))
    expected = plain_answers(_of(tallies, Metric.EXPECTATION))
    n = expected.n, perceived.n
    if min(n) < FEWEST_COMPARED:
        return Difference(before=n[0], after=n[1])
    doubts = [(side.variance / PER_STEP**2, side.n - 1) for side in (expected, perceived)]
    return difference((perceived.score - expected.score) / PER_STEP, doubts, reach=4, n=n)


def together(several: list[Tallies]) -> dict[Scale, Tally]:
    """The tallies of several as those of one."""
    scales = {scale for tallies in several for scale in tallies}
    return {scale: reduce(add, (tallies[scale] for tallies in several if scale in tallies)) for scale in scales}


def _of(tallies: Tallies, metric: Metric) -> Tallies:
    return {scale: tally for scale, tally in tallies.items() if scale.metric is metric and tally.answers}

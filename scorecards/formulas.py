"""How a score is worked out, line by line, with the numbers filled in.

Numbers stand to so many decimals that whoever works a line out gets its result to the last digit shown.
"""

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from math import fsum
from typing import NamedTuple

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from scorecards.explaining import PartExplained
from touchpoints.health.bands import rounded
from touchpoints.health.combine import Health, HealthModel, Part
from touchpoints.health.estimate import Pool, Rate
from touchpoints.health.figures import FEWEST_SHOWN
from touchpoints.health.metrics import Metric
from workspaces.templatetags.look import decimals

GIVEN, OF_RATE, OF_VARIANCE = 6, 8, 12  # most decimals of what is put in
SHOWN, SHARE = 2, 4  # decimals of what comes out


class Line(NamedTuple):
    """What is worked out, how, and what comes out."""

    name: str | Promise
    formula: str
    result: str

    def __str__(self) -> str:
        return f"{self.formula} = {self.result}"


def lines_of(explained: PartExplained, health: Health) -> list[Line]:
    """From the answers of a part to its points; without what would tell a mean of fewer than five."""
    part, told = explained.part, explained.part.answers >= FEWEST_SHOWN
    lines = [*_effective(explained), *_mass(explained)]
    if told and part.rate:
        lines += _of_rate(part, part.rate)
    elif told and explained.pool:
        lines += _of_answers(explained, explained.pool)
    n, m, own = put(part.n_eff), put(part.prior_mass), _own(health)
    lines.append(Line(_("From own data"), f"{n} ÷ ({n} + {m})", num(part.credibility, SHARE)))
    share = f"{put(part.weight)} × {put(part.credibility)} ÷ ({own})"
    lines.append(Line(_("Share"), share, num(part.share, SHARE)))
    if told:
        lines.append(Line(_("Points"), f"{put(part.share)} × {put(part.score)}", num(part.contribution, SHOWN)))
    return lines


def lines_of_health(health: Health, model: HealthModel) -> list[Line]:
    """From the parts to the health, its deviation, and how much own data decide."""
    parts, r = health.parts, model.correlation
    apart = " + ".join(f"({put(part.share)} × {put(part.sd)})²" for part in parts)
    together = " + ".join(f"{put(part.share)} × {put(part.sd)}" for part in parts)
    spread = f"√({put(1 - r)} × ({apart}) + {put(r)} × ({together})²)"
    weights = " + ".join(put(part.weight) for part in parts)
    return [
        Line(_("Health"), " + ".join(put(part.contribution) for part in parts), num(health.score, SHOWN)),
        Line(_("Standard deviation"), spread, num(health.sd, SHOWN)),
        Line(_("From own data"), f"({_own(health)}) ÷ ({weights})", num(health.evidence, SHARE)),
    ]


def num(value: float | Fraction, places: int) -> str:
    """A number to so many decimals, as people of this language write it."""
    return decimals(float(value), places)


def put(value: float | Fraction, places: int = GIVEN) -> str:
    """A number that goes in: to so many decimals, without zeros at their end."""
    shown = format(rounded(float(value), places), "f").rstrip("0").rstrip(".")
    return number_format(shown)


def _own(health: Health) -> str:
    return " + ".join(f"{put(part.weight)} × {put(part.credibility)}" for part in health.parts)


def _of_answers(explained: PartExplained, pool: Pool) -> Iterator[Line]:
    part, prior = explained.part, pool.prior
    n, m = put(part.n_eff), put(part.prior_mass)
    told = _worths(explained)
    total = put(fsum(count for _worth, count in told))
    sums = " + ".join(f"{put(count)} × {put(worth)}" for worth, count in told)
    yield Line(_("Own mean"), f"({sums}) ÷ {total}", num(pool.mean, SHOWN))
    if len(pool.series) > 1:
        yield _usual_of_scales(explained, pool)
    drawn = f"({n} × {put(pool.mean)} + {m} × {put(prior.mean)}) ÷ ({n} + {m})"
    yield Line(_("Finding"), drawn, num(part.score, SHOWN))
    squares = " + ".join(f"{put(count)} × {put(worth)}²" for worth, count in told)
    yield Line(_("Own mean square"), f"({squares}) ÷ {total}", num(pool.square, SHOWN))
    square = (part.n_eff * pool.square + prior.mass * prior.square) / (part.n_eff + prior.mass)
    both = f"({n} × {put(pool.square)} + {m} × {put(prior.square)}) ÷ ({n} + {m})"
    yield Line(_("Mean square"), both, num(square, SHOWN))
    spread = f"√(({put(square)} − {put(part.score)}²) ÷ ({n} + {m} + 1))"
    yield Line(_("Standard deviation"), spread, num(part.sd, SHOWN))


def _worths(explained: PartExplained) -> list[tuple[Fraction, float]]:
    """How many answers are worth how much, over all scales of the part."""
    counts: dict[Fraction, float] = defaultdict(float)
    for one in explained.series:
        for worth, count in zip(one.scale.utilities, one.counts, strict=True):
            counts[worth] += count
    return [(worth, count) for worth, count in sorted(counts.items()) if count]


def _usual_of_scales(explained: PartExplained, pool: Pool) -> Line:
    """Each scale has its own usual mean, which counts by how many answered on it."""
    shares = [(one.prior.mean, fsum(one.counts)) for one in explained.series if one.prior]
    sums = " + ".join(f"{put(count)} × {put(mean)}" for mean, count in shares)
    total = put(fsum(count for _mean, count in shares))
    return Line(_("Usual mean"), f"({sums}) ÷ {total}", num(pool.prior.mean, SHOWN))


def _of_rate(part: Part, rate: Rate) -> Iterator[Line]:
    n, m = put(part.n_eff), put(part.prior_mass)
    observed, usual, expected = (put(one, OF_RATE) for one in (min(1.0, rate.observed), rate.usual, rate.expected))
    width = f"({put(rate.limit, OF_RATE)} − {put(rate.good, OF_RATE)})"
    both = f"({n} × {observed} + {m} × {usual}) ÷ ({n} + {m})"
    yield Line(_("Rate to be expected"), both, num(rate.expected, SHARE))
    if not rate.suspect:
        score = f"max(0; min(100; 100 × ({put(rate.limit, OF_RATE)} − {expected}) ÷ {width}))"
        yield Line(_("Finding"), score, num(part.score, SHOWN))
    spread = f"100 × √({expected} × (1 − {expected}) ÷ ({n} + {m} + 1)) ÷ {width}"
    yield Line(_("Standard deviation"), spread, num(part.sd, SHOWN))


def _effective(explained: PartExplained) -> Iterator[Line]:
    """How many equally weighted answers tell as much, where they age."""
    part = explained.part
    if part.n_eff == part.answers:
        return
    series = [one for one in explained.series if one.scale.metric is not Metric.COMPLAINT]
    unit = series[0].unit
    total = put(sum(sum(one.tally.sums) for one in series) / unit)
    squares = put(sum(one.tally.squares for one in series) / unit**2)
    yield Line(_("Effective n"), f"{total}² ÷ {squares}", num(part.n_eff, SHOWN))


def _mass(explained: PartExplained) -> Iterator[Line]:
    """How many answers the usual mean weighs: the quotient of two variances, unless a limit keeps it."""
    learned = explained.learned
    if learned is None or learned.between == 0:
        return
    places = GIVEN if explained.part.rate is None else OF_VARIANCE
    formula = f"{put(learned.within, places)} ÷ {put(learned.between, places)}"
    yield Line(_("The usual mean weighs as n"), formula, num(learned.within / learned.between, SHOWN))

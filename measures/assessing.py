"""What a measure costs and what it brings, from what people assume of it (SCORING §8): without a database.

Amounts are in minor units of the workspace's currency, shares from 0 to 1, years whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate
from math import fsum

from measures.money import net_present_value, payback, present_values

MOST_TIMES = 1000.0  # more often than assumed an effect is not looked for where costs would be paid
HALVINGS = 60  # down to 1e-15 of the assumed effects


class Kind(StrEnum):
    """By what a measure pays."""

    RETENTION = "retention"
    CONVERSION = "conversion"
    REVENUE = "revenue"
    AVOIDED = "avoided"
    TYPED = "typed"


@dataclass(frozen=True)
class Benefit:
    """One reason why a measure pays, with how large its effect is at least, likely and at most.

    - retention: so many customers (`count`) with so much margin a year (`each`), of whom a share of `base` stays each
      year; the effect is what is added to that share.
    - conversion, revenue: so many visits or customers a year, with so much margin each; the effect is the added share
      of them who buy, at all or more.
    - avoided: so many contacts or complaints a year that cost so much each; the effect is the share of them that is
      not there any more.
    - typed: the effect is the amount a year itself.
    """

    kind: Kind
    low: float
    likely: float
    high: float
    count: int = 0
    each: int = 0
    base: float = 0.0

    def in_year(self, year: int, effect: float) -> float:
        """What an effect of that size brings in the year, counted from 1."""
        if self.kind == Kind.TYPED:
            return effect
        if self.kind == Kind.RETENTION:
            stay = max(0.0, min(self.base + effect, 1.0))
            return self.count * self.each * (stay**year - self.base**year)
        return self.count * self.each * effect


@dataclass(frozen=True)
class Terms:
    """What it costs once and each year, over how many years it is looked at, and the rate of discount: 0.1 is 10 %."""

    once: int
    yearly: int
    years: int
    discount: float


@dataclass(frozen=True)
class Outcome:
    """What comes of it, if effects are of a certain size. `roi`: None where it costs nothing. Paybacks in years."""

    benefit_a_year: float
    npv: float
    roi: float | None
    payback: float | None
    discounted_payback: float | None


@dataclass(frozen=True)
class Assessment:
    """The outcome at both ends of what is assumed and as is likely; and the least of the likely effects that pays.

    `break_even`: as a multiple of the likely effects, 0.4 where 40 % of them would pay; None where none would.
    """

    low: Outcome
    likely: Outcome
    high: Outcome
    break_even: float | None


def assess(terms: Terms, benefits: Sequence[Benefit]) -> Assessment:
    """All of it, as worth today."""
    outcomes = {
        end: _outcome(terms, benefits, [getattr(one, end) for one in benefits]) for end in ("low", "likely", "high")
    }
    return Assessment(**outcomes, break_even=_break_even(terms, benefits))


@dataclass(frozen=True)
class Year:
    """A year of the reckoning; 0 is today. What is paid and what comes in, both as worth today, and what that leaves.

    `cost`, `benefit`: as they are in that year; `balance`: of all years until then, as worth today.
    """

    year: int
    cost: float
    benefit: float
    cost_today: float
    benefit_today: float
    balance: float


def year_by_year(terms: Terms, benefits: Sequence[Benefit], end: str) -> list[Year]:
    """How the outcome at that end (`low`, `likely` or `high`) comes about."""
    gains = [0.0, *_yearly(terms, benefits, [getattr(one, end) for one in benefits])]
    costs = [float(terms.once), *[float(terms.yearly)] * terms.years]
    today = list(zip(present_values(costs, terms.discount), present_values(gains, terms.discount), strict=True))
    balance = accumulate(gain - cost for cost, gain in today)
    return [Year(year, costs[year], gains[year], *today[year], left) for year, left in enumerate(balance)]


def _yearly(terms: Terms, benefits: Sequence[Benefit], effects: Sequence[float]) -> list[float]:
    """What all of them bring, year by year."""
    return [
        fsum(one.in_year(year, effect) for one, effect in zip(benefits, effects, strict=True))
        for year in range(1, terms.years + 1)
    ]


def _outcome(terms: Terms, benefits: Sequence[Benefit], effects: Sequence[float]) -> Outcome:
    brings = _yearly(terms, benefits, effects)
    flows = [float(-terms.once), *(amount - terms.yearly for amount in brings)]
    costs = net_present_value([float(terms.once), *[float(terms.yearly)] * terms.years], terms.discount)
    gains = fsum(present_values([0.0, *brings], terms.discount))
    return Outcome(
        benefit_a_year=fsum(brings) / terms.years,
        npv=net_present_value(flows, terms.discount),
        roi=(gains - costs) / costs if costs else None,
        payback=payback(flows),
        discounted_payback=payback(flows, terms.discount),
    )


def _break_even(terms: Terms, benefits: Sequence[Benefit]) -> float | None:
    """By bisection: what effects bring grows with them, by powers where they keep customers."""

    def pays(times: float) -> bool:
        return _outcome(terms, benefits, [one.likely * times for one in benefits]).npv >= 0

    if pays(0.0):
        return 0.0
    if not pays(MOST_TIMES):
        return None
    below, above = 0.0, MOST_TIMES
    for _halving in range(HALVINGS):
        middle = (below + above) / 2
        below, above = (below, middle) if pays(middle) else (middle, above)
    return above

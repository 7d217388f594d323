"""From a score to what a screen says of it: number, band, evidence, and whether it is known at all (SCORING §2, §4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from enum import StrEnum
from math import erfc, fsum, sqrt

from touchpoints.health.figures import FEWEST_SHOWN, Z95


class Band(StrEnum):
    """How good a shown score is, worst first."""

    CRITICAL = "critical"
    WEAK = "weak"
    GOOD = "good"
    STRONG = "strong"


class Evidence(StrEnum):
    """How well a score is founded, in one word."""

    MEASURED = "measured"
    INDICATIVE = "indicative"
    ASSUMPTION = "assumption"
    UNKNOWN = "unknown"


def is_worse(band: Band, than: Band) -> bool:
    """Whether a band is worse than another one."""
    order = tuple(Band)
    return order.index(band) < order.index(than)


@dataclass(frozen=True)
class Borders:
    """The lowest number of each band above critical."""

    weak: int = 40
    good: int = 60
    strong: int = 80


DEFAULT_BORDERS = Borders()
DEAD_BAND = 3  # points beyond a border that a score must go before anybody is told [12]


@dataclass(frozen=True)
class Standing:
    """What every screen shows of a score: its number, None where it shows none, and the word for its evidence."""

    number: int | None
    evidence: Evidence


def shown_number(score: float) -> int:
    """The whole number shown for a score, halves rounded up; everything on screen is derived from it."""
    return int(rounded(score))


def rounded(value: float, places: int = 0) -> Decimal:
    """A value to so many decimals, halves rounded up, away from zero: 2.675, which no float hits, is a half as well."""
    return Decimal(repr(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def shown_parts(contributions: Sequence[float], places: int = 0, total: Decimal | None = None) -> tuple[Decimal, ...]:
    """Contributions rounded to so many decimals such that they add up, as shown, to their sum as shown.

    Each is rounded down; the missing units go to those that lost most by it, the earlier one first in a tie (largest
    remainder). `total`: their sum as the page shows it, where that is not their sum rounded: the difference of two
    rounded scores is their sum rounded up or down.
    """
    unit = Decimal(1).scaleb(-places)
    exact = [Decimal(contribution) for contribution in contributions]
    shown = [value.quantize(unit, ROUND_FLOOR) + 0 for value in exact]  # plus 0, which has no minus zero
    if total is None:
        total = rounded(fsum(contributions), places)
    missing = int((total - sum(shown, Decimal())) / unit)
    by_loss = sorted(range(len(exact)), key=lambda place: shown[place] - exact[place])
    for place in by_loss[:missing]:
        shown[place] += unit
    return tuple(shown)


def band_of(number: int | None, borders: Borders = DEFAULT_BORDERS) -> Band | None:
    """The band of a shown number; None without one. It always follows the number shown, never hidden decimals."""
    if number is None:
        return None
    if number < borders.weak:
        return Band.CRITICAL
    if number < borders.good:
        return Band.WEAK
    return Band.GOOD if number < borders.strong else Band.STRONG


def notified_band(was: Band | None, score: float | None, borders: Borders = DEFAULT_BORDERS) -> Band | None:
    """The band of which people were last told, after a close at this score (0-100; None while it is not known).

    It serves notices only: a score that sways about a border tells nobody twice. It goes down while the score is more
    than 3 points below the band's lower border, up while it is 3 points above the upper one; the first time that a
    score is known (`was` None) the plain borders decide, as they always do for the band that is shown.
    """
    if score is None:
        return None
    if was is None:
        return band_of(shown_number(score), borders)
    order, lows = tuple(Band), (borders.weak, borders.good, borders.strong)
    place = order.index(was)
    while place and score < lows[place - 1] - DEAD_BAND:
        place -= 1
    while place < len(lows) and score >= lows[place] + DEAD_BAND:
        place += 1
    return order[place]


def becomes_known(evidence: float, observations: int, *, known: bool) -> bool:
    """Whether a score is known after a close at which own data, so many of them, decide `evidence` (0-1) of it.

    An unknown one becomes known at 0.20 and 5 observations; a known one stays until it falls below 0.15 or nothing is
    left, so that nothing flickers at the border. `known`: as of the close before.
    """
    if known:
        return evidence >= 0.15 and observations > 0
    return evidence >= 0.20 and observations >= 5


def standing(
    score: float | None, sd: float | None, observations: int, *, known: bool, assumed: bool = False
) -> Standing:
    """What is shown of a score: its number if it is known, and one word for its evidence, the same on every screen.

    measured: 30 observations and a 95 % interval of at most 10 points either way; indicative: known, but less.
    Otherwise assumption, where people set a value by hand (`assumed`) and nothing was observed, or unknown. A known
    score that has fewer than 5 observations left is not shown as a number either.
    """
    if not known or score is None or sd is None or observations < FEWEST_SHOWN:
        return Standing(None, Evidence.ASSUMPTION if assumed and not observations else Evidence.UNKNOWN)
    measured = observations >= 30 and Z95 * sd <= 10
    return Standing(shown_number(score), Evidence.MEASURED if measured else Evidence.INDICATIVE)


def interval(score: float, sd: float) -> tuple[float, float]:
    """The 95 % interval of a score, within 0 and 100."""
    return max(0.0, score - Z95 * sd), min(100.0, score + Z95 * sd)


def chance_below(border: float, score: float, sd: float) -> float:
    """The probability (0-1) that the true health lies below a border, for instance that it really is critical."""
    if sd == 0:
        return float(score < border)
    return 0.5 * erfc((score - border) / (sd * sqrt(2)))

"""What can be asked, on which scales, and what an answer is worth (SCORING.md §1)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from math import isfinite, lcm


class Metric(StrEnum):
    """What a customer was asked, and what was counted of customers without asking (the last two)."""

    NPS = "nps"
    CSAT = "csat"
    CES = "ces"
    RATING = "rating"
    EXPECTATION = "expectation"
    EMOTION = "emotion"
    COMPLAINT = "complaint"
    CONTACT = "contact"
    VISIT = "visit"


class Refusal(StrEnum):
    """Why a raw value is no answer on its scale."""

    EMPTY = "empty"
    BOOLEAN = "boolean"
    NOT_A_NUMBER = "not a number"
    DECIMAL = "decimal"
    OUT_OF_RANGE = "out of range"


COUNTED = frozenset({Metric.COMPLAINT, Metric.CONTACT, Metric.VISIT})


@dataclass(frozen=True)
class Scale:
    """The whole numbers `low`..`high` on which a metric is answered; `reversed` where a high answer is a bad one."""

    metric: Metric
    low: int
    high: int
    reversed: bool = False

    @cached_property
    def code(self) -> str:
        """The scale's short name within its metric, at most 8 characters: "0-10", "-2-2", "1-5r" (reversed)."""
        return f"{self.low}-{self.high}{'r' if self.reversed else ''}"

    @cached_property
    def key(self) -> str:
        """The scale's full and stable name: "csat:1-5"."""
        return f"{self.metric}:{self.code}"

    @cached_property
    def values(self) -> range:
        """The possible answers, lowest first; counts of answers are vectors in this order."""
        return range(self.low, self.high + 1)

    def index(self, value: int) -> int:
        """The place of `value` in a vector of counts. Raises ValueError for a value that is not on the scale."""
        return self.values.index(value)

    @cached_property
    def utilities(self) -> tuple[Fraction, ...]:
        """What each value is worth, 0 (worst) to 100 (best), exactly.

        NPS: 0 for detractors (0-6), 50 for passives (7-8), 100 for promoters (9-10), so that the mean is
        (NPS + 100) / 2. Every other scale is spread evenly over 0-100 [1]. Raises ValueError for complaints, contacts
        and visits, which are counted and have no worth.
        """
        if self.metric in COUNTED:
            raise ValueError(f"A {self.metric} is counted and has no worth.")
        if self.metric is Metric.NPS:
            return tuple(Fraction(100 if value >= 9 else 50 if value >= 7 else 0) for value in self.values)
        rising = tuple(Fraction(100 * (value - self.low), self.high - self.low) for value in self.values)
        return rising[::-1] if self.reversed else rising

    @cached_property
    def denominator(self) -> int:
        """The smallest number by which every utility becomes whole."""
        return lcm(*(utility.denominator for utility in self.utilities))

    @cached_property
    def whole_utilities(self) -> tuple[int, ...]:
        """The utilities times `denominator`."""
        return tuple(int(utility * self.denominator) for utility in self.utilities)

    @cached_property
    def top_values(self) -> tuple[int, ...]:
        """The answers whose share is shown beside the mean; empty where none is.

        CSAT and ratings: the best two (top-2-box). CES: all better than the middle, 5-7 of 7.
        """
        if self.metric in {Metric.CSAT, Metric.RATING}:
            return tuple(self.values)[-2:]
        if self.metric is Metric.CES:
            return tuple(v for v, worth in zip(self.values, self.utilities, strict=True) if worth > 50)
        return ()

    def read(self, value: object) -> int | Refusal:
        """A raw value as an answer on this scale, or the reason why it is none; nothing is ever clamped.

        For data that knows its types (JSON, a spreadsheet's cells): text is not a number here, and 7.0 is the whole
        number 7, since spreadsheets and JSON do not tell them apart.
        """
        if value is None or value == "":
            return Refusal.EMPTY
        if isinstance(value, bool):
            return Refusal.BOOLEAN
        if isinstance(value, float) and isfinite(value):
            if not value.is_integer():
                return Refusal.DECIMAL
            value = int(value)
        if not isinstance(value, int):
            return Refusal.NOT_A_NUMBER
        return value if value in self.values else Refusal.OUT_OF_RANGE

    def read_text(self, text: str) -> int | Refusal:
        """A text as an answer on this scale, or the reason why it is none: for CSV cells and forms.

        Blanks around it are ignored. "7.0" and "7,00" are the whole number 7, as spreadsheets write it; "1,000" is
        not, for it may mean a thousand.
        """
        text = text.strip().replace("\N{MINUS SIGN}", "-")
        if not text:
            return Refusal.EMPTY
        if text.casefold() in {"true", "false"}:
            return Refusal.BOOLEAN
        if match := _WHOLE.fullmatch(text):
            # No scale has three digits, and int() refuses to read thousands of them.
            return self.read(int(match[1])) if len(match[1]) <= 10 else Refusal.OUT_OF_RANGE
        return Refusal.DECIMAL if _DECIMAL.fullmatch(text) else Refusal.NOT_A_NUMBER


_WHOLE = re.compile(r"([+-]?[0-9]+)(?:[.,]0{1,2})?")
_DECIMAL = re.compile(r"[+-]?[0-9]*[.,][0-9]+")

SCALES = (
    Scale(Metric.NPS, 0, 10),
    Scale(Metric.CSAT, 1, 5),
    Scale(Metric.CSAT, 1, 7),
    Scale(Metric.CES, 1, 7),
    Scale(Metric.CES, 1, 5),
    Scale(Metric.CES, 1, 7, reversed=True),  # "how much effort was it", where much is bad
    Scale(Metric.CES, 1, 5, reversed=True),
    Scale(Metric.RATING, 1, 5),
    Scale(Metric.EXPECTATION, -2, 2),
    Scale(Metric.EMOTION, -2, 2),
    Scale(Metric.COMPLAINT, 1, 3),  # severity
    Scale(Metric.CONTACT, 1, 1),
    Scale(Metric.VISIT, 0, 1),  # closed visits: left, completed
)
ANSWERED = tuple(scale for scale in SCALES if scale.metric not in {Metric.CONTACT, Metric.VISIT})
_BY_NAME = {(scale.metric.value, scale.code): scale for scale in SCALES}


def scale_of(metric: str, code: str) -> Scale:
    """The declared scale of a metric ("csat") by its code ("1-5"). Raises ValueError for one that is not declared."""
    try:
        return _BY_NAME[metric, code]
    except KeyError:
        raise ValueError(f"No scale {code!r} is declared for {metric!r}.") from None


def scales_of(metric: str) -> tuple[Scale, ...]:
    """The declared scales of a metric, the usual one first; empty for an unknown metric."""
    return tuple(scale for scale in SCALES if scale.metric == metric)


def worth(scale: Scale, counts: Sequence[int]) -> Fraction:
    """The exact sum of the utilities of counted (or weighted) answers: 0 to 100 times their number."""
    total = sum(count * whole for count, whole in zip(counts, scale.whole_utilities, strict=True))
    return Fraction(total, scale.denominator)


def squared_worth(scale: Scale, counts: Sequence[int]) -> Fraction:
    """The exact sum of the squared utilities of counted (or weighted) answers, from which their spread follows."""
    total = sum(count * whole * whole for count, whole in zip(counts, scale.whole_utilities, strict=True))
    return Fraction(total, scale.denominator**2)

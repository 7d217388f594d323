"""Whether a touchpoint is below its target for sure: the rule of the quality gate, without a database (SCORING §2)."""

from enum import StrEnum

from touchpoints.health.bands import Evidence


class Judgement(StrEnum):
    """What the gate says of a touchpoint; only `BELOW` fails it."""

    BELOW = "below"
    WITHIN = "within range"
    FEW = "too few answers"
    UNKNOWN = "unknown"
    MET = "met"


def judge(number: int | None, high: int | None, target: int, evidence: Evidence) -> Judgement:
    """The judgement on a health as shown: `number`, and `high`, the upper end of its 95 % interval; 0-100.

    It is below where all of the interval is and the health is measured. Otherwise chance may explain it: within range
    where the interval reaches the target, too few answers where it does not, but the health is only indicative.
    """
    if number is None or high is None:
        return Judgement.UNKNOWN
    if number >= target:
        return Judgement.MET
    if high >= target:
        return Judgement.WITHIN
    return Judgement.BELOW if evidence is Evidence.MEASURED else Judgement.FEW

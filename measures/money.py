"""What money in later years is worth today: the arithmetic of costs and benefits (SCORING §8, §9), without a database.

Amounts are in the workspace's currency, rates are shares a year (0.1 is 10 %), flows begin with what is paid today.
"""

from collections.abc import Sequence
from itertools import accumulate, pairwise
from math import fsum


def present_values(flows: Sequence[float], discount: float) -> list[float]:
    """What each year's flow is worth today; the first is today's. Raises ValueError for a rate of -1 or less."""
    if discount <= -1:
        raise ValueError("A discount rate is more than -1.")
    return [flow / (1 + discount) ** year for year, flow in enumerate(flows)]


def net_present_value(flows: Sequence[float], discount: float) -> float:
    """All flows together, as worth today."""
    return fsum(present_values(flows, discount))


def payback(flows: Sequence[float], discount: float = 0) -> float | None:
    """Years until the flows, discounted, have paid for themselves, within a year in proportion; None if never."""
    balance = list(accumulate(present_values(flows, discount)))
    if balance and balance[0] >= 0:
        return 0.0
    for year, (owed, left) in enumerate(pairwise(balance)):
        if left >= 0:
            return year + owed / (owed - left)
    return None

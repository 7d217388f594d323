"""Whether complaints come in a burst, while it happens (SCORING §6)."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import exp, fsum, lgamma, log, log1p

WINDOW = datetime.timedelta(hours=24)
COOL_DOWN = datetime.timedelta(hours=6)
SEVEREST = 3
FEWEST = 3  # complaints in the window that may be a burst
UNLIKELY = 0.001


class Cause(StrEnum):
    """Why complaints are told of at once."""

    SEVERE = "severe"
    MANY = "many"


@dataclass(frozen=True)
class Burst:
    """Complaints that somebody is to know of now: how many since the first of them.

    `chance`: of as many or more in that time if all were as usual, 0-1; None where severity alone decided.
    """

    cause: Cause
    complaints: int
    since: datetime.datetime
    chance: float | None


def burst_in(
    complaints: Sequence[tuple[datetime.datetime, int]],
    now: datetime.datetime,
    *,
    usual: int,
    days: int,
    told: Mapping[Cause, datetime.datetime],
) -> Burst | None:
    """What is to be told of (moment, severity 1-3) of one touchpoint's complaints, if anything.

    A complaint of severity 3, at once; else three or more in 24 hours of which the chance is below 1 in 1,000, where
    `usual` complaints came in `days` days before. `told`: when each cause was last told of: what came until then is
    not counted again, and for six hours nothing more is said for the same cause.
    """
    for cause in Cause:
        last = told.get(cause)
        if last and now < last + COOL_DOWN:
            continue
        begin = max(now - WINDOW, last) if last else now - WINDOW
        fresh = [(at, severity) for at, severity in complaints if begin < at <= now]
        if cause is Cause.SEVERE:
            fresh = [(at, severity) for at, severity in fresh if severity >= SEVEREST]
        if not fresh:
            continue
        first = min(at for at, _ in fresh)
        if cause is Cause.SEVERE:
            return Burst(cause, len(fresh), first, None)
        chance = chance_of_as_many(len(fresh), (now - begin) / datetime.timedelta(days=1), usual=usual, days=days)
        if len(fresh) >= FEWEST and chance < UNLIKELY:
            return Burst(cause, len(fresh), first, chance)
    return None


def chance_of_as_many(complaints: int, exposure: float, *, usual: int, days: int) -> float:
    """The chance (0-1) of so many complaints or more in `exposure` days (> 0), where `usual` came in `days` before.

    The rate is known from those days only, so it is itself uncertain: Gamma(usual + 1/2, days), which makes the count
    negative binomial. With many days that is Poisson(usual / days * exposure). Without any nothing is unlikely.
    """
    if not days:
        return 1.0
    size, log_share = usual + 0.5, -log1p(days / exposure)  # ln(exposure / (days + exposure))
    log_none = size * (log(days) - log(days + exposure))
    fewer = fsum(
        exp(lgamma(size + count) - lgamma(size) - lgamma(count + 1) + log_none + count * log_share)
        for count in range(complaints)
    )
    return max(0.0, 1.0 - fewer)

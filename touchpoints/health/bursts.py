"""Whether complaints come in a burst, while it happens (SCORING §6)."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import exp, fsum, lgamma, log, log1p
from typing import NamedTuple

WINDOW = datetime.timedelta(hours=24)
DAY = datetime.timedelta(days=1)
COOL_DOWN = datetime.timedelta(hours=6)
SEVEREST = 3
FEWEST = 3  # complaints in the window that may be a burst
UNLIKELY = 0.001


class Cause(StrEnum):
    """Why complaints are told of at once."""

    SEVERE = "severe"
    MANY = "many"


class Complaint(NamedTuple):
    """A complaint by its id: when it was about, and its severity, 1-3."""

    id: int
    at: datetime.datetime
    severity: int


@dataclass(frozen=True)
class Burst:
    """Complaints that somebody is to know of now, the first of them first.

    `chance`: of as many or more in `exposure` days if all were as usual, 0-1; None where severity alone decided.
    """

    cause: Cause
    complaints: tuple[Complaint, ...]
    exposure: float
    chance: float | None


@dataclass(frozen=True)
class Told:
    """When a cause was last told of, and the ids of all complaints of which it was."""

    at: datetime.datetime
    of: frozenset[int]


def burst_in(
    complaints: Sequence[Complaint],
    now: datetime.datetime,
    *,
    usual: int,
    days: int,
    told: Mapping[Cause, Told],
) -> Burst | None:
    """What is to be told of one touchpoint's complaints, if anything.

    A complaint of severity 3, at once; else three or more in 24 hours of which the chance is below 1 in 1,000, where
    `usual` complaints came in `days` days before. For six hours after a cause was told of nothing more is said for it;
    then nothing of which it was is counted again, and the rate is that of the time since.
    """
    return _severe(complaints, now, told.get(Cause.SEVERE)) or _many(complaints, now, usual, days, told.get(Cause.MANY))


def _severe(complaints: Sequence[Complaint], now: datetime.datetime, last: Told | None) -> Burst | None:
    if last and now < last.at + COOL_DOWN:
        return None
    fresh = _fresh(complaints, now - WINDOW, now, last)
    severe = tuple(complaint for complaint in fresh if complaint.severity >= SEVEREST)
    return Burst(Cause.SEVERE, severe, WINDOW / DAY, None) if severe else None


def _many(
    complaints: Sequence[Complaint], now: datetime.datetime, usual: int, days: int, last: Told | None
) -> Burst | None:
    if last and now < last.at + COOL_DOWN:
        return None
    begin = max(now - WINDOW, last.at) if last else now - WINDOW
    fresh, exposure = _fresh(complaints, begin, now, last), (now - begin) / DAY
    if len(fresh) < FEWEST:
        return None
    chance = chance_of_as_many(len(fresh), exposure, usual=usual, days=days)
    return Burst(Cause.MANY, fresh, exposure, chance) if chance < UNLIKELY else None


def _fresh(
    complaints: Sequence[Complaint], begin: datetime.datetime, now: datetime.datetime, last: Told | None
) -> tuple[Complaint, ...]:
    told = last.of if last else frozenset()
    fresh = [complaint for complaint in complaints if begin < complaint.at <= now and complaint.id not in told]
    return tuple(sorted(fresh, key=lambda complaint: (complaint.at, complaint.id)))


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

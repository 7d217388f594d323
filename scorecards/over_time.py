"""How a touchpoint's score came to change: between two days, and along a row of them, beside what was known then."""

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import islice

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from scorecards.explaining import DAY, Explanation, as_score
from scorecards.scorecard import PLACES
from touchpoints.changes import changes_in
from touchpoints.health.bands import interval, rounded, standing
from touchpoints.health.changes import Change
from touchpoints.health.decomposition import ShownShift, shown_shifts
from touchpoints.models import HealthDay, HealthScore
from touchpoints.past import Restated, restated_by
from touchpoints.periods import Period
from workspaces.models import EARLIEST

Score = HealthScore | HealthDay


class Every(TextChoices):
    """How far the rows of a history are apart."""

    WEEK = "week", _("week")
    MONTH = "month", _("month")


ROWS = {Every.WEEK: 13, Every.MONTH: 12}


class Reason(StrEnum):
    """Why a score is told otherwise today than it was then."""

    RULE = "rule"
    USUAL = "usual"
    CAME = "came"
    WENT = "went"
    ANSWERS = "answers"


@dataclass(frozen=True)
class Comparison:
    """The score as of `since` and as explained, and by what they differ; `shifts` add up to the `delta` as shown.

    `shifts` are empty and shown scores None where either day shows no number. `change`: what the rule of every screen
    says of the plain figures of the `length` days since then, against as many before.
    """

    since: datetime.date
    before: Decimal | None
    after: Decimal | None
    shifts: Sequence[ShownShift]
    change: Change
    length: int

    @property
    def delta(self) -> Decimal:
        """The difference of the two scores as shown."""
        return (self.after or Decimal()) - (self.before or Decimal())

    @property
    def by_score(self) -> Decimal:
        """What of it comes from parts that scored otherwise."""
        return sum((shift.score for shift in self.shifts), Decimal())

    @property
    def by_mix(self) -> Decimal:
        """What of it comes from parts that weigh otherwise."""
        return sum((shift.mix for shift in self.shifts), Decimal())


@dataclass(frozen=True)
class Moment:
    """A day of the history: the score as it was known when it ended, and as it is told today; None where not known.

    `low` to `high`: the 95 % interval of the score as told today. `reasons`: why the two may differ.
    """

    day: datetime.date
    close: HealthDay | None
    then: Decimal | None
    now: Decimal | None
    low: float
    high: float
    observations: int
    reasons: Sequence[Reason]

    @property
    def difference(self) -> Decimal | None:
        """Today's less then's, as shown."""
        return None if self.then is None or self.now is None else self.now - self.then


def compare(explained: Explanation, since: datetime.date) -> Comparison | None:
    """The explained score against that of an earlier day; None where nothing was ever heard. In three statements."""
    base, day, persona = explained.base, explained.day, explained.persona
    if base is None or day is None or since >= day:
        return None
    subject = explained.touchpoint.subject_id
    (found,) = restated_by({subject: base}, [since], persona=persona)[subject]
    before, after = _shown(_restated(found, _closes(explained, [since]).get(since))), None
    if explained.number is not None and explained.health:
        after = rounded(explained.health.score, PLACES)
    shifts: Sequence[ShownShift] = ()
    if before is not None and after is not None and found.health and explained.health:
        shifts = shown_shifts(found.health, explained.health, PLACES)
    period = Period(since + DAY, day)
    changes = changes_in(explained.touchpoint.workspace, period, persona=persona.pk if persona else None)
    return Comparison(since, before, after, shifts, changes.of(explained.touchpoint.pk), period.days)


def history(explained: Explanation, every: Every) -> list[Moment]:
    """The ends of the last weeks or months, latest first, beginning with the explained day itself: two statements."""
    base, day = explained.base, explained.day
    if base is None or day is None:
        return []
    days = [*islice(ends(day, every), ROWS[every])]
    subject = explained.touchpoint.subject_id
    found = restated_by({subject: base}, days, persona=explained.persona)[subject]
    closes = _closes(explained, days)
    return [_moment(one, closes.get(one.day), explained) for one in found]


def ends(day: datetime.date, every: Every) -> Iterator[datetime.date]:
    """The day, and before it each last day of a month, or each Sunday."""
    earlier: Callable[[datetime.date], datetime.date] = _month_before if every == Every.MONTH else _week_before
    while day >= EARLIEST:
        yield day
        day = earlier(day)


def _week_before(day: datetime.date) -> datetime.date:
    return day - day.isoweekday() * DAY


def _month_before(day: datetime.date) -> datetime.date:
    return day.replace(day=1) - DAY


def _closes(explained: Explanation, days: Sequence[datetime.date]) -> dict[datetime.date, HealthDay]:
    subject = explained.touchpoint.subject_id
    found = HealthDay.objects.filter(subject=subject, day__in=days, persona=explained.persona)
    return {close.day: close for close in found}


def _shown(score: Score | None) -> Decimal | None:
    """The score to one decimal, where it is shown as a number at all."""
    if score is None or score.score is None:
        return None
    shown = standing(score.score, score.sd, score.observations, known=score.known)
    return None if shown.number is None else rounded(score.score, PLACES)


def _restated(found: Restated, close: HealthDay | None) -> HealthScore:
    return as_score(found, was_known=close is not None and close.known)


def _moment(found: Restated, close: HealthDay | None, explained: Explanation) -> Moment:
    score = _restated(found, close)
    then, now = _shown(close), _shown(score)
    low, high = interval(score.score or 0, score.sd or 0)
    reasons = _reasons(close, score, explained) if close and (then != now) else ()
    return Moment(found.day, close, then, now, low, high, score.observations, reasons)


def _reasons(close: HealthDay, score: HealthScore, explained: Explanation) -> list[Reason]:
    grounds = explained.base.grounds if explained.base else None
    found = []
    if grounds and close.model_version != grounds.model_version:
        found.append(Reason.RULE)
    if grounds and close.prior_version != grounds.prior_version:
        found.append(Reason.USUAL)
    if close.observations != score.observations:
        found.append(Reason.CAME if close.observations < score.observations else Reason.WENT)
    return found or [Reason.ANSWERS]

"""The figures from which a finding is drawn: those that the page shows anyway. No database, no clock."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from touchpoints.apart import Served
from touchpoints.health.bands import Band
from touchpoints.health.changes import Change, Verdict
from touchpoints.health.silence import has_stopped, rhythm_of


class Gap(NamedTuple):
    """What customers expected and perceived, -2 to +2, and the difference as judged."""

    expected: float
    perceived: float
    change: Change


class Silence(NamedTuple):
    """How many days ago something was last heard, and how many usually passed between days with answers."""

    days: int
    rhythm: int


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known of a touchpoint, for everybody or (`of_persona`) one persona.

    `number`, `band`, `answers`, `last_heard` as in a Reading. `served`: its personas against the others. `gap`: None
    where fewer than five said what they expected or perceived. `silence`: None where no rhythm is known.
    """

    name: str
    number: int | None
    band: Band | None
    answers: int
    last_heard: datetime.date | None
    target: int
    moment_of_truth: bool
    change: Change
    served: Sequence[Served] = ()
    gap: Gap | None = None
    silence: Silence | None = None
    of_persona: bool = False

    @property
    def poor(self) -> bool:
        """Whether it is weak or critical."""
        return self.band in {Band.WEAK, Band.CRITICAL}

    @property
    def short(self) -> int:
        """By how much it misses its target, in points as shown; 0 where it does not, or nothing is known."""
        return 0 if self.number is None else max(0, self.target - self.number)

    @property
    def worse(self) -> list[Served]:
        """The personas that are really served worse than the others."""
        return [served for served in self.served if served.change.verdict is Verdict.DOWN]

    @property
    def falls_short(self) -> bool:
        """Whether customers really perceive less than they expect."""
        return self.gap is not None and self.gap.change.verdict is Verdict.DOWN

    @property
    def is_silent(self) -> bool:
        """Whether it has been quiet for far longer than usual."""
        return self.silence is not None and has_stopped(self.silence.days, self.silence.rhythm)


def silence_of(last_heard: datetime.date, days: Sequence[datetime.date], today: datetime.date) -> Silence | None:
    """How long a touchpoint has been silent, against the median pause between the last days with answers.

    `days`: those days, the earliest first. None with fewer than five pauses: nothing is usual yet.
    """
    rhythm = rhythm_of(days)
    return None if rhythm is None else Silence((today - last_heard).days, rhythm)

"""Which days a figure is counted over: from one local day to another, usually the last 90."""

import datetime
from dataclasses import dataclass

USUAL = 90


@dataclass(frozen=True)
class Period:
    """From the first to the last local day, both included. `length`: the last so many days, 0 when chosen freely."""

    first: datetime.date
    last: datetime.date
    length: int = 0

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    @property
    def before(self) -> datetime.date:
        """The first day of the equally long period before it."""
        return self.first - datetime.timedelta(days=self.days)


def last_days(length: int, today: datetime.date) -> Period:
    """The last `length` days, today included."""
    return Period(today - datetime.timedelta(days=length - 1), today, length)

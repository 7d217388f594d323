"""Dates as files write them."""

import datetime
import re
from collections.abc import Iterable

ORDERS = ("dmy", "mdy")
_DATE = re.compile(
    r"(\d{1,4})([-./])(\d{1,2})\2(\d{1,4})"
    r"(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([AaPp][Mm])?)?\s*(Z|[+-]\d{2}:?\d{2})?"
)


def read_date(text: str, order: str) -> datetime.date | datetime.datetime | None:
    """A date, or a moment (naive where it names no zone), or None. Midnight alone is how programs write mere dates.

    A four-digit year may come first; else `order` says whether the day or the month does. 26 is the year 2026.
    """
    match = _DATE.fullmatch(text.strip())
    if match is None:
        return None
    first, _, second, third, hour, minute, second_of, half, zone = match.groups()
    if len(first) == 4:
        year, month, day = first, second, third
    elif len(third) in {2, 4} and len(first) <= 2:
        year = third if len(third) == 4 else f"20{third}"
        day, month = (first, second) if order == "dmy" else (second, first)
    else:
        return None
    try:
        date = datetime.date(int(year), int(month), int(day))
        if hour is None:
            return date
        time = datetime.time(_hour(int(hour), half), int(minute), int(second_of or 0))
    except ValueError:
        return None
    if time == datetime.time() and not zone:
        return date
    moment = datetime.datetime.combine(date, time)
    return moment.replace(tzinfo=_zone(zone)) if zone else moment


def _hour(hour: int, half: str | None) -> int:
    """An hour of the day from one of a clock. Raises ValueError for 13 PM."""
    if half is None:
        return hour
    if not 1 <= hour <= 12:
        raise ValueError(hour)
    return hour % 12 + (12 if half.lower() == "pm" else 0)


def _zone(text: str) -> datetime.timezone:
    if text == "Z":
        return datetime.UTC
    sign = -1 if text[0] == "-" else 1
    return datetime.timezone(sign * datetime.timedelta(hours=int(text[1:3]), minutes=int(text[-2:])))


def guess_order(texts: Iterable[str]) -> str:
    """Whether day or month comes first, by what cannot be a month; points are German or Swiss, slashes American."""
    slashes = False
    for text in texts:
        match = _DATE.fullmatch(text.strip())
        if match is None or len(match[1]) == 4:
            continue
        if int(match[1]) > 12 or match[2] == ".":
            return "dmy"
        if int(match[3]) > 12:
            return "mdy"
        slashes = slashes or match[2] == "/"
    return "mdy" if slashes else "dmy"


def read_month(text: str) -> tuple[int, int] | None:
    """Year and month of "2017-05", "05/2017" or "5.2017"."""
    match = re.fullmatch(r"(\d{4})-(\d{1,2})|(\d{1,2})[./](\d{4})", text.strip())
    if match is None:
        return None
    year, month = int(match[1] or match[4]), int(match[2] or match[3])
    return (year, month) if 1 <= month <= 12 and year else None


def read_day(text: str, year: int, month: int) -> datetime.date | None:
    """A day of that month, or None where the month has no such day."""
    try:
        return datetime.date(year, month, int(text))
    except ValueError:
        return None

"""The columns of the scorecard table: which an address asks for, and by which it can be sorted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from scorecards.table import TouchpointRow

Key = Callable[[TouchpointRow], Any]
USUAL = "-priority"
FIGURES = ("nps", "csat", "ces")
FALLING = {"priority"}  # at first sorted from the highest

# From left to right; with what each order compares, None where it cannot be sorted. A touchpoint without such a value
# stands at the end, whichever way round.
COLUMNS: dict[str, tuple[Promise, Key | None]] = {
    "name": (_("Touchpoint"), lambda row: row.place),
    "priority": (_("Priority"), lambda row: row.priority),
    "health": (_("Health"), lambda row: row.number),
    "gap": (_("Against target"), lambda row: row.gap),
    "months": (_("12 months, same scale"), None),
    "change": (pgettext_lazy("difference", "Change"), lambda row: row.change.delta),
    "nps": (_("NPS"), lambda row: row.said("nps")),
    "csat": (_("CSAT"), lambda row: row.said("csat")),
    "ces": (_("CES"), lambda row: row.said("ces")),
    "evidence": (_("Evidence"), None),
    "owner": (pgettext_lazy("responsible", "Owner"), lambda row: str(row.touchpoint.owner or "").casefold() or None),
    "measure": (_("Measure"), None),
}
ORDERS: dict[str, tuple[Promise, Key]] = {name: (label, key) for name, (label, key) in COLUMNS.items() if key}


@dataclass(frozen=True)
class Column:
    """A heading: `way` is its aria-sort, `turn` what a click asks for, empty where it cannot be sorted."""

    name: str
    label: Promise
    way: str
    turn: str

    @property
    def is_figure(self) -> bool:
        """Whether it holds plain numbers."""
        return self.name in FIGURES


def headings(names: Sequence[str], sort: str) -> list[Column]:
    """The headings of these columns in a table that is sorted so."""
    current, backwards = sort.removeprefix("-"), sort.startswith("-")
    way = "descending" if backwards else "ascending"
    return [
        Column(name, COLUMNS[name][0], way if name == current else "", _turn(name, current, backwards))
        for name in names
    ]


def sorted_by(rows: Sequence[TouchpointRow], sort: str) -> list[TouchpointRow]:
    """The rows in that order; equal ones with the worst health first."""
    rows = sorted(rows, key=lambda row: (row.number is None, row.number or 0, row.place))
    value = ORDERS[sort.removeprefix("-")][1]
    known = sorted((row for row in rows if value(row) is not None), key=value, reverse=sort.startswith("-"))
    return [*known, *(row for row in rows if value(row) is None)]


def _turn(name: str, current: str, backwards: bool) -> str:
    if name not in ORDERS:
        return ""
    falling = not backwards if name == current else name in FALLING
    return f"-{name}" if falling else name

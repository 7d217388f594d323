"""Files that count: what their columns mean, by their names, and what each row counts."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from feedback.actions.usage import COUNTS, Used
from feedback.columns.dates import guess_order, read_date
from feedback.columns.guess import NAMES, key_of
from feedback.columns.plan import Part
from feedback.columns.problems import Fault, Problem
from feedback.files import Cell, Row, Table, as_text, shown

# Names that mean exactly this, compared as `key_of` has them.
MEANT: dict[str, tuple[str, ...]] = {
    "day": ("day", "tag", "date", "datum"),
    "touchpoint": NAMES[Part.TOUCHPOINT],
    "contacts": ("contacts", "contact", "kontakte", "customers", "kunden", "kundenkontakte"),
    "visits": ("visits", "besuche", "closedvisits", "abgeschlossenebesuche", "sessions", "sitzungen", "vorgange"),
    "completed": ("completed", "completions", "completedvisits", "abgeschlossen", "abschlusse", "amziel", "ansziel"),
    "complaints": ("complaints", "complaint", "beschwerden", "beschwerde", "reklamationen", "reklamation"),
    "persona": NAMES[Part.PERSONA],
    "source": ("source", "quelle"),
}


class Said(NamedTuple):
    """Where a file says what: the place of each meaning that it has, and the columns that mean nothing here."""

    places: dict[str, int]
    unread: list[str]

    @property
    def missing(self) -> list[str]:
        """What it does not say and must: `counts` where it counts nothing."""
        needed = [name for name in ("day", "touchpoint") if name not in self.places]
        return needed if any(name in self.places for name in COUNTS) else [*needed, "counts"]


def said_by(columns: Sequence[str]) -> Said:
    """What columns of these names say. Of two that mean the same the first counts."""
    places: dict[str, int] = {}
    unread: list[str] = []
    for index, name in enumerate(columns):
        meant = next((what for what, names in MEANT.items() if key_of(name) in names), "")
        if not meant or meant in places:
            unread.append(name)
        else:
            places[meant] = index
    return Said(places, unread)


class Counted(NamedTuple):
    """What a row counts."""

    row: int
    used: Used


class _Wrong(Exception):
    def __init__(self, what: str, cell: Cell, fault: Fault, **params: object) -> None:
        super().__init__(fault.value)
        self.what, self.cell, self.fault, self.params = what, cell, fault, params


@dataclass
class Counting:
    """Reads the rows of a table that counts. `touchpoints`: subjects, and `personas`: ids, by names without case.

    `source` is that of rows that name none. `named`: how often each touchpoint was named, as the file has it.
    """

    table: Table
    source: str
    touchpoints: Mapping[str, int]
    personas: Mapping[str, int]
    named: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.places = said_by(self.table.columns).places
        at = self.places["day"]
        self.order = guess_order(
            cell for row in self.table.rows[:1000] if len(row.cells) > at and isinstance(cell := row.cells[at], str)
        )
        self.seen: dict[tuple[str, int, datetime.date, int | None], int] = {}

    def read(self) -> Iterator[Counted | Problem]:
        """What each row counts, or what stands against it."""
        for row in self.table.rows:
            try:
                yield Counted(row.number, self._used(row))
            except _Wrong as wrong:
                column = self.table.columns[self.places[wrong.what]] if wrong.what in self.places else ""
                params = {"value": shown(wrong.cell), **wrong.params}
                yield Problem(row.number, column, shown(wrong.cell), wrong.fault.value, params)

    def _used(self, row: Row) -> Used:
        cells, columns = row.cells, self.table.columns
        if len(cells) < len(columns) or any(cell != "" for cell in cells[len(columns) :]):
            raise _Wrong("", "", Fault.RAGGED, cells=len(cells), columns=len(columns))
        subject = self._touchpoint(row)
        day = self._day(row)
        persona = self._persona(row)
        counts = {name: self._count(row, name) for name in COUNTS if name in self.places}
        if all(count is None for count in counts.values()):
            raise _Wrong("", "", Fault.NOT_COUNTED)
        source = as_text(self._cell(row, "source")) or self.source
        first = self.seen.setdefault((source, subject, day, persona), row.number)
        if first != row.number:
            raise _Wrong("day", self._cell(row, "day"), Fault.COUNTED_TWICE, row=first)
        return Used(source, subject, day, persona=persona, **{name: count or 0 for name, count in counts.items()})

    def _cell(self, row: Row, what: str) -> Cell:
        return row.cells[self.places[what]] if what in self.places else ""

    def _touchpoint(self, row: Row) -> int:
        cell = self._cell(row, "touchpoint")
        name = as_text(cell)
        self.named[name] = self.named.get(name, 0) + 1
        subject = self.touchpoints.get(name.casefold())
        if subject is None:
            raise _Wrong("touchpoint", cell, Fault.TOUCHPOINT)
        return subject

    def _day(self, row: Row) -> datetime.date:
        cell = self._cell(row, "day")
        when = cell if isinstance(cell, datetime.date) else read_date(as_text(cell), self.order)
        if when is None:
            raise _Wrong("day", cell, Fault.DATE)
        return when.date() if isinstance(when, datetime.datetime) else when

    def _persona(self, row: Row) -> int | None:
        cell = self._cell(row, "persona")
        name = as_text(cell)
        if name and name.casefold() not in self.personas:
            raise _Wrong("persona", cell, Fault.PERSONA)
        return self.personas[name.casefold()] if name else None

    def _count(self, row: Row, what: str) -> int | None:
        """The count in this column; None for an empty cell."""
        cell = self._cell(row, what)
        text = as_text(cell)
        if text and not (text.isascii() and text.removeprefix("-").isdecimal() and len(text) < 12):
            raise _Wrong(what, cell, Fault.NO_NUMBER)
        return int(text) if text else None

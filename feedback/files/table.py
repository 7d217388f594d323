"""What a file is once it is read, how it was read, and why it cannot be."""

import datetime
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

LARGEST_UPLOAD = 10 * 1024 * 1024  # bytes
MOST_ROWS = 100_000
MOST_COLUMNS = 500
LONGEST_WORDING = 200  # characters of what was asked
LONGEST_SHOWN = 60  # characters of a cell in lists and reports

Cell = str | int | float | bool | datetime.date | datetime.datetime


class Why(TextChoices):
    """Why a file cannot be read as a table; the label is the message, to be filled with parameters."""

    EMPTY = "empty", _("The file is empty.")
    TOO_LARGE = "too large", _("The file is larger than %(limit)s MB.")
    UNPACKED = "unpacked", _("Unpacked, the workbook would hold more than %(limit)s MB or %(members)s parts.")
    ARCHIVE = "archive", _("This is a ZIP archive, not a table. Unpack it and upload the file inside.")
    OLD_EXCEL = "old excel", _("This is an old or a protected Excel workbook. Save it as .xlsx without a password.")
    BINARY = "binary", _("This is neither CSV text nor an Excel workbook (.xlsx).")
    BROKEN = "broken", _("The workbook is damaged and cannot be opened.")
    NO_SHEET = "no sheet", _("The workbook has no sheet “%(sheet)s”.")
    ENCODING = "encoding", _("The text is not written in %(encoding)s. Choose another encoding.")
    QUOTES = "quotes", _("From row %(row)s on, the quotation marks do not pair up. Choose another separator.")
    HEADER = "header", _("The file has only %(rows)s rows, so row %(header)s cannot name the columns.")
    NO_ROWS = "no rows", _("There is no row below the names of the columns.")
    ROWS = "rows", _("The file has more than %(limit)s rows. Split it.")
    COLUMNS = "columns", _("The file has more than %(limit)s columns. Remove those that you do not need.")


class Unreadable(Exception):
    """A file cannot be read as a table."""

    def __init__(self, why: Why, **params: object) -> None:
        super().__init__(why.value)
        self.why, self.params = why, params

    @property
    def message(self) -> str:
        """What to tell people, in the language that is active now."""
        return str(self.why.label) % self.params


@dataclass(frozen=True)
class Settings:
    """How a file is to be read. `header`: the row that names the columns, from 1; 0 where none does.

    `first`: the first row with data, from 1. Where rows lie between the two, the first of them holds the wording of the
    questions, as with Qualtrics. For workbooks encoding and delimiter are empty, for text sheet is.
    """

    kind: str = "csv"
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    header: int = 1
    first: int = 2

    @property
    def wording(self) -> int:
        """The row that holds what was asked; 0 where none does."""
        return self.header + 1 if 0 < self.header < self.first - 1 else 0

    def as_json(self) -> dict[str, Any]:
        """For a job's payload."""
        return asdict(self) | {"sheets": list(self.sheets)}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Settings":
        """From a job's payload."""
        return cls(**{**stored, "sheets": tuple(stored["sheets"])})


class Row(NamedTuple):
    """One row. `number`: as a spreadsheet counts, the first row of the file is 1."""

    number: int
    cells: list[Cell]


@dataclass(frozen=True)
class Table:
    """A file's columns and its rows with data; rows without any are left out.

    `wording`: what was asked in each column, where the file says so below the names.
    """

    columns: list[str]
    rows: list[Row]
    wording: list[str] = field(default_factory=list)


def as_text(cell: object) -> str:
    """A cell as people would type it: 9 for 9.0, 2026-05-01 for a date; without blanks around it."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        return cell.date().isoformat()
    return str(cell)


def shown(cell: object, longest: int = LONGEST_SHOWN) -> str:
    """A cell for lists and reports: shortened, and with signs in place of what cannot be stored."""
    text = as_text(cell).translate(CONTROL_SIGNS)
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


_SPACES = "\t\n\r"
CONTROL_SIGNS = {number: " " if chr(number) in _SPACES else chr(0x2400 + number) for number in range(32)}

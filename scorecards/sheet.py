"""The scorecards for other programs: the lines of the page in its order, with figures as numbers.

What the page does not show as a number is an empty cell. Texts are such that no spreadsheet takes them for a formula.
"""

import csv
import io
from collections.abc import Callable, Collection, Sequence
from typing import Any

import xlsxwriter
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from scorecards.table import TouchpointRow
from touchpoints.health.bands import rounded
from touchpoints.templatetags.changes import verdict_word
from workspaces.cells import harmless
from workspaces.templatetags.look import band_word, evidence_word

# Texts are texts, whatever they look like; a day is one that spreadsheets reckon with.
PLAIN = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "default_date_format": "yyyy-mm-dd",
}
Cell = tuple[Promise | str, Callable[[TouchpointRow], Any]]

# By a column of the page, the cells that it takes.
CELLS: dict[str, Sequence[Cell]] = {
    "name": (
        (gettext_lazy("Touchpoint"), lambda row: row.touchpoint.name),
        (gettext_lazy("Channel"), lambda row: str(row.touchpoint.channel or "")),
        (gettext_lazy("Phase"), lambda row: ", ".join(str(phase.label) for phase in row.phases)),
        (gettext_lazy("Moment of truth"), lambda row: str(_("yes") if row.moment_of_truth else _("no"))),
    ),
    "priority": (
        (gettext_lazy("Priority"), lambda row: _rounded(row.priority, 1)),
        (gettext_lazy("Journey"), lambda row: row.first_on.name if row.first_on else ""),
    ),
    "health": (
        (gettext_lazy("Health"), lambda row: row.number),
        (gettext_lazy("Band"), lambda row: str(band_word(row.band or ""))),
        (gettext_lazy("Health from"), lambda row: row.low),
        (gettext_lazy("Health to"), lambda row: row.high),
    ),
    "gap": (
        (gettext_lazy("Target"), lambda row: row.touchpoint.target),
        (gettext_lazy("Against target"), lambda row: row.gap),
    ),
    "change": (
        (pgettext_lazy("difference", "Change"), lambda row: _rounded(row.change.delta, 1)),
        (gettext_lazy("Change from"), lambda row: _rounded(row.change.low, 1)),
        (gettext_lazy("Change to"), lambda row: _rounded(row.change.high, 1)),
        (gettext_lazy("Change is"), lambda row: str(verdict_word(row.change))),
        (gettext_lazy("Answers before"), lambda row: row.change.before),
        (gettext_lazy("Answers since"), lambda row: row.change.after),
    ),
    "nps": (
        (gettext_lazy("NPS"), lambda row: _rounded(row.said("nps"), 1)),
        ("n NPS", lambda row: row.asked("nps")),
    ),
    "csat": (
        (gettext_lazy("CSAT"), lambda row: _rounded(row.said("csat"), 2)),
        ("n CSAT", lambda row: row.asked("csat")),
    ),
    "ces": (
        (gettext_lazy("CES"), lambda row: _rounded(row.said("ces"), 2)),
        ("n CES", lambda row: row.asked("ces")),
    ),
    "evidence": (
        (gettext_lazy("Evidence"), lambda row: str(evidence_word(row.evidence))),
        (gettext_lazy("Answers"), lambda row: row.answers),
    ),
    "owner": ((pgettext_lazy("responsible", "Owner"), lambda row: str(row.touchpoint.owner or "")),),
    "measure": (
        (gettext_lazy("Measures"), lambda row: ", ".join(f"{one.title} ({one.status.label})" for one in row.done)),
    ),
}


def lines_of(rows: Sequence[TouchpointRow], columns: Collection[str] = tuple(CELLS)) -> list[list[Any]]:
    """The headings, and a line for each touchpoint."""
    cells = [cell for column in columns for cell in CELLS.get(column, ())]
    return [
        [str(label) for label, _value in cells],
        *(harmless([value(row) for _label, value in cells]) for row in rows),
    ]


def csv_of(lines: Sequence[Sequence[Any]]) -> bytes:
    """UTF-8 with the mark by which spreadsheets know it."""
    file = io.StringIO("\ufeff", newline="")
    file.seek(0, io.SEEK_END)
    csv.writer(file).writerows(lines)
    return file.getvalue().encode()


def xlsx_of(lines: Sequence[Sequence[Any]], title: str, *, about: str = "") -> bytes:
    """A workbook of one sheet whose headings stay in sight; numbers are numbers, days are days.

    Its properties have the title, of at most 31 characters, and what it is about.
    """
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, PLAIN) as book:
        book.set_properties({"title": title, "subject": about})
        sheet = book.add_worksheet(title)
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        for place, line in enumerate(lines):
            sheet.write_row(place, 0, line, None if place else bold)
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, 0, 32)
        sheet.set_column(1, max(1, len(lines[0]) - 1), 13)
        sheet.autofilter(0, 0, len(lines) - 1, len(lines[0]) - 1)
    return file.getvalue()


def _rounded(value: float | None, places: int) -> float | None:
    """As many decimals as the page has; none that a sheet would show as -0."""
    return None if value is None else float(rounded(value, places)) + 0.0

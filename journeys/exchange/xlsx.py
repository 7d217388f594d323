"""A map as a spreadsheet: the list layout, in columns that our own importer reads back."""

import io
from collections.abc import Callable, Mapping
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from feedback.models import InsightKind
from journeys.exchange.blank import COLUMNS, header_of
from journeys.exchange.whole import Document
from journeys.exchange.words import Meaning, phase_of
from journeys.models import OWN
from touchpoints.models import Contact, Device, PhaseKind

# Behind the columns of the empty template, the rest of what can be read back
MORE = (
    (Meaning.SHARE, 14),
    (Meaning.ALTERNATIVES, 18),
    (Meaning.CONTACT, 14),
    (Meaning.DEVICE, 14),
    (Meaning.NOTE, 40),
)
PLACED = {Meaning.ACTION, Meaning.QUOTE, Meaning.EMOTION, Meaning.EXPECTATION, Meaning.BACKSTAGE, Meaning.SHARE}
OWN_WIDTH = 24
Row = Mapping[str, Any]
Column = tuple[str, int, Callable[[Row], Any]]  # its name, its width, and what it tells of a touchpoint


def workbook_of(document: Document) -> bytes:
    """The workbook of a journey's document, in the reader's language. Text is text, whatever it begins with."""
    columns = _columns(document)
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        names = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet(_("Touchpoints"))
        sheet.freeze_panes(1, 2)
        for column, (name, width, tell) in enumerate(columns):
            sheet.set_column(column, column, width, wrapped)
            sheet.write_string(0, column, name, names)
            for row, one in enumerate(document["touchpoints"], start=1):
                _write(sheet, row, column, tell(one))
    return file.getvalue()


def _columns(document: Document) -> list[Column]:
    columns: list[Column] = [(header_of(meaning), width, _teller(meaning)) for meaning, width in (*COLUMNS, *MORE)]
    words = {phase["kind"]: _phase_word(**phase) for phase in document["phases"]}
    columns[0] = (*columns[0][:2], lambda one: words[one["phase"]])
    own = [lane["name"] for lane in document["lanes"] if lane["kind"] in OWN]
    return columns + [(name, OWN_WIDTH, _cell(name)) for name in own]


def _phase_word(kind: str, label: str) -> str:
    """What a phase is called, in a way that tells which of the five it is."""
    usual = str(PhaseKind(kind).label)
    return label if phase_of(label) == kind else f"{usual} ({label})" if label else usual


def _write(sheet: Any, row: int, column: int, told: Any) -> None:
    if told is None or told == "":
        return
    if isinstance(told, str):
        sheet.write_string(row, column, told)
    else:
        sheet.write_number(row, column, told)


def _teller(meaning: Meaning) -> Callable[[Row], Any]:
    """What a column of this meaning tells of a touchpoint."""
    special: dict[Meaning, Callable[[Row], Any]] = {
        Meaning.TOUCHPOINT: lambda one: one["name"],
        Meaning.PAINS: lambda one: "\n".join(
            insight["text"] for insight in one["insights"] if insight["kind"] == InsightKind.PAIN
        ),
        Meaning.OWNER: lambda one: next(iter(one["owner"].values())) if one["owner"] else "",
        Meaning.MOMENT: lambda one: "x" if one["placement"]["moment_of_truth"] else "",
        Meaning.ALTERNATIVES: lambda one: one["placement"]["alternative_group"],
        Meaning.CONTACT: lambda one: str(Contact(one["contact"]).label),
        Meaning.DEVICE: lambda one: str(Device(one["device"]).label) if one["device"] else "",
    }
    if meaning in special:
        return special[meaning]
    if meaning in PLACED:
        return lambda one: one["placement"][meaning.value]
    return lambda one: one[meaning.value]


def _cell(lane: str) -> Callable[[Row], Any]:
    return lambda one: one["cells"].get(lane)

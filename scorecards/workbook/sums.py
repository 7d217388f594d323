"""The sheets below the score: what it is, the daily counts, what is usual, and the sums of each scale."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from math import fsum, prod
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from scorecards.explaining import Explanation, PartExplained, Series, cells_behind
from scorecards.templatetags.explaining import usual_words, window_words
from scorecards.templatetags.figures import COMPONENTS
from touchpoints.health.decay import weights
from touchpoints.health.metrics import Metric
from touchpoints.models import DailyCell
from touchpoints.templatetags.alarms import metric_word

# Columns of the sheets, counted from 0
DAY, PERSONA, METRIC, SCALE, VALUE, WORTH, COUNT, WEIGHT = range(8)
U_SCALE, U_VALUE, U_WORTH, U_SHARE = range(4)
S_PART, S_SCALE, S_TABLE, S_ANSWERS, S_SUM, S_WORTH, S_SQUARE, S_WEIGHTS, S_USUAL, S_USUAL_SQUARE, S_BAD = range(11)


@dataclass
class Sheet:
    """A sheet with what its columns are called; rows are counted from 0, the names stand in the first."""

    sheet: Any
    name: str

    def ref(self, row: int, column: int) -> str:
        """A cell of it, from another sheet."""
        return f"'{self.name}'!{xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)}"

    def down(self, rows: range, column: int) -> str:
        """These rows of a column, from another sheet."""
        return f"'{self.name}'!{xl_range_abs(rows[0], column, rows[-1], column)}"


@dataclass
class Writing:
    """One workbook while it is written. `counted`, `usual`, `summed`: where each scale stands on the sheets before."""

    book: Any
    explained: Explanation
    counted: dict[str, range] = field(default_factory=dict)
    usual: dict[str, range] = field(default_factory=dict)
    summed: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.bold = self.book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.dated = self.book.add_format({"num_format": "yyyy-mm-dd"})
        self.sheets: dict[str, Sheet] = {}

    @property
    def series(self) -> list[tuple[PartExplained, Series]]:
        """Every scale of every part."""
        return [(part, one) for part in self.explained.parts for one in part.series]

    def open(self, key: str, name: str, columns: Sequence[tuple[str, int]]) -> Any:
        """A new sheet with names above its columns."""
        sheet = self.book.add_worksheet(name)
        for column, (called, width) in enumerate(columns):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, called, self.bold)
        sheet.freeze_panes(1, 1)
        self.sheets[key] = Sheet(sheet, name)
        return sheet

    def tell(self) -> None:
        """What it is."""
        sheet = self.open("about", _("What it is"), [(str(self.explained.touchpoint), 28), ("", 70)])
        for row, (name, told) in enumerate(_facts(self.explained), start=1):
            sheet.write_string(row, 0, name)
            if isinstance(told, str):
                sheet.write_string(row, 1, told)
            else:
                sheet.write_number(row, 1, told)

    def count(self) -> None:
        """The daily counts, scale by scale, each with the weight of its day."""
        columns = [
            (_("Day"), 12), (_("Persona"), 20), (_("Metric"), 14), (_("Scale"), 12), (_("Value"), 8),
            (_("is worth"), 10), (_("Count"), 8), (_("Weight"), 12),
        ]  # fmt: skip
        sheet, row = self.open("counts", _("Daily counts"), columns), 1
        by_scale = {one.scale.key: one for _part, one in self.series}
        cells = sorted(cells_behind(self.explained), key=lambda cell: f"{cell.metric}:{cell.scale}")
        for key, of_scale in groupby(cells, key=lambda cell: f"{cell.metric}:{cell.scale}"):
            first = row
            for cell in of_scale:
                row = self._count(sheet, row, cell, by_scale[key])
            self.counted[key] = range(first, row)

    def _count(self, sheet: Any, row: int, cell: DailyCell, series: Series) -> int:
        """The rows of one day, one for each value that somebody gave; the next row."""
        age = (self.explained.day - cell.day).days if self.explained.day else 0
        worths = series.scale.utilities if series.prior else [None] * len(series.scale.values)
        for value, worth, count in zip(series.scale.values, worths, cell.counts, strict=True):
            if count:
                sheet.write_datetime(row, DAY, cell.day, self.dated)
                sheet.write_string(row, PERSONA, str(cell.persona or ""))
                sheet.write_string(row, METRIC, metric_word(cell.metric))
                sheet.write_string(row, SCALE, cell.scale)
                sheet.write_number(row, VALUE, value)
                if worth is not None:
                    sheet.write_number(row, WORTH, float(worth))
                sheet.write_number(row, COUNT, count)
                sheet.write_number(row, WEIGHT, weights(series.table)[age] / series.unit)
                row += 1
        return row

    def tell_usual(self) -> None:
        """What share of answers each value usually has."""
        columns = [(_("Scale"), 14), (_("Value"), 8), (_("is worth"), 10), (_("usual share"), 14)]
        sheet, row = self.open("usual", _("What is usual"), columns), 1
        for _part, one in self.series:
            if one.prior is None:
                continue
            self.usual[one.scale.key] = range(row, row + len(one.scale.values))
            for value, worth, share in zip(one.scale.values, one.scale.utilities, one.prior.shares, strict=True):
                sheet.write_string(row, U_SCALE, one.scale.key)
                for column, number in ((U_VALUE, value), (U_WORTH, float(worth)), (U_SHARE, share)):
                    sheet.write_number(row, column, number)
                row += 1

    def add_up(self) -> None:
        """The sums of each scale, by formulas over the daily counts."""
        columns = [
            (_("Part"), 14), (_("Scale"), 14), (_("Window"), 30), (_("Answers"), 10), (_("Sum of weights"), 12),
            (_("Sum of worths"), 14), (_("Sum of squared worths"), 16), (_("Sum of squared weights"), 14),
            (_("Usual mean"), 12), (_("Usual mean square"), 14), (_("Bad events"), 12),
        ]  # fmt: skip
        sheet = self.open("sums", _("Sums"), columns)
        for row, (part, one) in enumerate(self.series, start=1):
            self.summed[one.scale.key] = row
            sheet.write_string(row, S_PART, str(COMPONENTS[part.part.component]))
            sheet.write_string(row, S_SCALE, one.scale.key)
            sheet.write_string(row, S_TABLE, window_words(one.table))
            for column, formula, value in self._sums(one):
                sheet.write_formula(row, column, f"={formula}", None, value)

    def _sums(self, one: Series) -> Iterator[tuple[int, str, float]]:
        counts, rows = self.sheets["counts"], self.counted[one.scale.key]
        value, worth, count, weight = (counts.down(rows, column) for column in (VALUE, WORTH, COUNT, WEIGHT))
        total = sum(one.tally.sums) / one.unit
        yield S_ANSWERS, f"SUM({count})", one.tally.answers
        yield S_SUM, f"SUMPRODUCT({count},{weight})", total
        yield S_WEIGHTS, f"SUMPRODUCT({count},{weight},{weight})", one.tally.squares / one.unit**2
        if one.prior:
            worths = [float(utility) for utility in one.scale.utilities]
            yield S_WORTH, f"SUMPRODUCT({count},{weight},{worth})", _dot(one.counts, worths)
            yield S_SQUARE, f"SUMPRODUCT({count},{weight},{worth},{worth})", _dot(one.counts, worths, worths)
            usual, places = self.sheets["usual"], self.usual[one.scale.key]
            share, of_share = usual.down(places, U_SHARE), usual.down(places, U_WORTH)
            yield S_USUAL, f"SUMPRODUCT({share},{of_share})", one.prior.mean
            yield S_USUAL_SQUARE, f"SUMPRODUCT({share},{of_share},{of_share})", one.prior.square
        elif one.scale.metric is Metric.COMPLAINT:
            yield S_BAD, f"SUMPRODUCT({count},{weight})", total
        elif one.scale.metric is Metric.VISIT:
            yield S_BAD, f"SUMPRODUCT(--({value}=0),{count},{weight})", one.tally.sums[0] / one.unit


def _facts(explained: Explanation) -> Iterator[tuple[str, str | float]]:
    yield _("Persona"), str(explained.persona or _("everybody"))
    if explained.day:
        yield _("As of"), date_format(explained.day, "DATE_FORMAT")
    if explained.number is None or explained.health is None:
        yield _("Health"), _("unknown")
    else:
        yield _("Health, as shown"), explained.number
        yield _("Health"), explained.health.score
    if explained.base:
        yield _("Formula"), explained.base.grounds.model_version
        yield _("What is usual"), explained.base.grounds.prior_version
    for one in explained.parts:
        yield str(COMPONENTS[one.part.component]), usual_words(one)
    yield _("Daily counts"), _("How many gave each value on each day. Weight: how much an answer of that day counts.")
    yield _("What is usual"), _("How many in a hundred give each value, and what an answer is worth, 0 to 100.")
    yield _("Sums"), _("The sums of each scale over its window, by formulas over the daily counts.")
    if explained.number is not None:
        yield _("Score"), _("Parts and health, by formulas over the sums. Change a count, and all of it follows.")


def _dot(*columns: Sequence[float]) -> float:
    return fsum(prod(row) for row in zip(*columns, strict=True))

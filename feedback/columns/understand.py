"""From the rows of a table to answers, and what stands against each row that cannot become one."""

import datetime
import zoneinfo
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from feedback.actions.answer import Answer
from feedback.columns.dates import read_date, read_day, read_month
from feedback.columns.guess import METRICS, key_of
from feedback.columns.plan import MANY, Column, Part, Plan
from feedback.columns.problems import Fault, Mask, Problem, quoted
from feedback.files import Cell, Row, as_text, shown
from feedback.masking import masked
from touchpoints.health.metrics import Metric, scale_of


class Placed(NamedTuple):
    """An answer and the cell it came from."""

    row: int
    column: str
    answer: Answer


@dataclass
class Understood:
    """What a row has become: answers, problems, or neither when nothing was answered.

    `repeats`: the row that says the same questionnaire already; `same`: in the very same words, so that it is none.
    """

    row: int = 0
    repeats: int = 0
    same: bool = False
    answers: list[Placed] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True)
class Known:
    """Rows of the workspace that a file can name: their ids, by names without case.

    `abouts`: subjects by ABOUT. `unnamed`: the subject of an answer that names no touchpoint in a file of such answers.
    """

    abouts: Mapping[str, int]
    unnamed: int
    touchpoints: Mapping[str, int]  # to their subjects
    personas: Mapping[str, int]
    channels: Mapping[str, int]


class _Wrong(Exception):
    def __init__(self, column: str, cell: Cell, fault: Fault, **params: object) -> None:
        super().__init__(fault.value)
        self.column, self.cell, self.fault, self.params = column, cell, fault, params


@dataclass
class Understander:
    """Reads row after row as the plan says. It remembers what it has read, to find what stands there twice."""

    plan: Plan
    columns: list[str]
    known: Known
    zone: zoneinfo.ZoneInfo
    digest: str  # of the file; it names questionnaires that have no id of their own
    mask: Mask = masked  # what problems quote
    rows: Sequence[Row] = ()  # of the file, to look at those that are repeated
    seen: dict[tuple[str, str], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.place = {name: index for index, name in enumerate(self.columns)}
        self.questions = {
            name: column for name, column in self.plan.columns_of(Part.QUESTION).items() if name in self.place
        }
        self.comments = self._comments()
        self.single = {
            Part(column.part): name
            for name, column in self.plan.columns.items()
            if column.part not in MANY and name in self.place
        }
        self.attributes = {
            column.attribute: self.place[name]
            for name, column in self.plan.columns_of(Part.ATTRIBUTE).items()
            if name in self.place
        }
        self.month = read_month(self.plan.month)

    def understand(self, row: Row) -> Understood:
        """The answers of a row, and what stands against it."""
        result = Understood(row.number)
        try:
            if len(row.cells) != len(self.columns) and any(cell != "" for cell in row.cells[len(self.columns) :]):
                raise _Wrong("", "", Fault.RAGGED, cells=len(row.cells), columns=len(self.columns))
            if len(row.cells) < len(self.columns):
                raise _Wrong("", "", Fault.RAGGED, cells=len(row.cells), columns=len(self.columns))
            shared = self._shared(row)
            read = self._one(row) if self.plan.is_long else self._each(row, result)
            for column, cell, said in read:
                self._take(row, column, Answer(value=cell, **said, **shared), result)
        except _Wrong as wrong:
            result.problems.append(self._problem(row, wrong.column, wrong.cell, wrong.fault, **wrong.params))
        return result

    def _take(self, row: Row, column: str, answer: Answer, result: Understood) -> None:
        key = (answer.external_id, answer.question or f"{answer.metric}:{answer.subject}")
        first = self.seen.setdefault(key, row.number)
        if first != row.number:
            result.repeats = first
            result.same = self._row(first) == row.cells
        if result.same:
            return
        if first != row.number:
            where = self.single.get(Part.ID, column)
            result.problems.append(self._problem(row, where, answer.external_id, Fault.TWICE, row=first))
        else:
            result.answers.append(Placed(row.number, column, answer))

    def _problem(self, at: Row, column: str, cell: Cell, fault: Fault, **params: object) -> Problem:
        value = quoted(cell, self.mask)
        return Problem(at.number, column, value, fault.value, {"value": value, **params})

    def _row(self, number: int) -> list[Cell] | None:
        """The cells of an earlier row."""
        at = bisect_left(self.rows, number, key=lambda row: row.number)
        return self.rows[at].cells if at < len(self.rows) and self.rows[at].number == number else None

    def _cell(self, row: Row, part: Part) -> tuple[str, Cell]:
        name = self.single.get(part)
        return (name, row.cells[self.place[name]]) if name else ("", "")

    def _shared(self, row: Row) -> dict[str, Any]:
        """What is true of the whole questionnaire."""
        return {
            "source": self.plan.source,
            "external_id": self._external_id(row),
            "occurred_at": self._when(row),
            "persona": self._meant(row, Part.PERSONA, self.known.personas),
            "channel": self._meant(row, Part.CHANNEL, self.known.channels),
            "device": self._assigned(row, Part.DEVICE) or "",
            "segment": as_text(self._cell(row, Part.SEGMENT)[1]),
            "respondent": as_text(self._cell(row, Part.RESPONDENT)[1]),
            "attributes": {key: text for key, at in self.attributes.items() if (text := as_text(row.cells[at]))},
        }

    def _external_id(self, row: Row) -> str:
        name, cell = self._cell(row, Part.ID)
        if not name:
            return f"{self.digest}:{row.number}"
        if text := as_text(cell):
            return text
        raise _Wrong(name, cell, Fault.NO_ID)

    def _when(self, row: Row) -> datetime.date:
        name, cell = self._cell(row, Part.DATE)
        if name:
            when = cell if isinstance(cell, datetime.date) else read_date(as_text(cell), self.plan.order)
            if when is None:
                raise _Wrong(name, cell, Fault.DATE)
            return self._in_zone(when)
        name, cell = self._cell(row, Part.DAY)
        if name and self.month:
            day = read_day(as_text(cell), *self.month)
            if day is None:
                raise _Wrong(name, cell, Fault.DAY)
            return day
        return datetime.date.fromisoformat(self.plan.day)

    def _in_zone(self, when: datetime.date) -> datetime.date:
        if not isinstance(when, datetime.datetime):
            return when
        if when.tzinfo is None:
            return when.date() if when.time() == datetime.time() else when.replace(tzinfo=self.zone)
        return when

    def _assigned(self, row: Row, part: Part) -> str | None:
        """What the value in this part's column was settled to mean; None for no value, empty for no meaning."""
        name, cell = self._cell(row, part)
        text = shown(cell)
        if not name or not text:
            return None
        meaning = self.plan.columns[name].values.get(text)
        if meaning is None:
            raise _Wrong(name, cell, Fault.UNASSIGNED)
        return meaning

    def _meant(self, row: Row, part: Part, known: Mapping[str, int]) -> int | None:
        meaning = self._assigned(row, part)
        return known.get(meaning.casefold()) if meaning else None

    def _each(self, row: Row, result: Understood) -> Iterator[tuple[str, Cell, dict[str, Any]]]:
        """The answers of a questionnaire, one a column."""
        for name, column in self.questions.items():
            cell = row.cells[self.place[name]]
            comment = self.comments.get(name)
            text = as_text(row.cells[self.place[comment]]) if comment else ""
            if _is_blank(cell, column):
                if comment and text:
                    result.problems.append(self._problem(row, comment, text, Fault.COMMENT_ALONE))
                continue
            scale = column.declared_scale
            subject = self._subject(name, column)
            if subject is None:
                meant = {"value": column.touchpoint or column.about}
                result.problems.append(self._problem(row, name, cell, Fault.TOUCHPOINT, **meant))
            elif scale:
                yield (
                    name,
                    cell,
                    {
                        "question": name,
                        "subject": subject,
                        "metric": scale.metric.value,
                        "scale": scale.code,
                        "text": text,
                    },
                )

    def _subject(self, name: str, column: Column) -> int | None:
        if column.touchpoint:
            return self.known.touchpoints.get(column.touchpoint.casefold())
        return self.known.abouts.get(column.about)

    def _one(self, row: Row) -> Iterator[tuple[str, Cell, dict[str, Any]]]:
        """The one answer of a row."""
        name, cell = self._cell(row, Part.SCORE)
        if _is_blank(cell, self.plan.columns[name]) and cell != "":
            return
        metric = self._metric(row)
        comment = next(iter(self.plan.columns_of(Part.COMMENT)), "")
        text = as_text(row.cells[self.place[comment]]) if comment in self.place else ""
        said = {"subject": self._subject_of(row), "metric": metric, "scale": self._scale(row, metric), "text": text}
        yield name, cell, said

    def _metric(self, row: Row) -> str:
        name, cell = self._cell(row, Part.METRIC)
        metric = METRICS.get(key_of(as_text(cell)))
        if metric is None:
            raise _Wrong(name, cell, Fault.UNKNOWN_METRIC)
        return metric

    def _scale(self, row: Row, metric: str) -> str:
        """The code of the scale that the row names; empty for the metric's usual one."""
        (name, low), (_, high) = self._cell(row, Part.SCALE_MIN), self._cell(row, Part.SCALE_MAX)
        if low == "" and high == "":
            return ""
        code = f"{as_text(low)}-{as_text(high)}"
        try:
            return scale_of(Metric(metric).value, code).code
        except ValueError:
            raise _Wrong(name, low, Fault.UNKNOWN_SCALE, low=quoted(low), high=quoted(high)) from None

    def _subject_of(self, row: Row) -> int:
        """What the answer of this row is about: its touchpoint, or what an answer without one is about."""
        name, cell = self._cell(row, Part.TOUCHPOINT)
        meaning = self._assigned(row, Part.TOUCHPOINT)
        if meaning is None:
            return self.known.unnamed
        subject = self.known.touchpoints.get(meaning.casefold()) if meaning else None
        if subject is None:
            raise _Wrong(name, cell, Fault.TOUCHPOINT)
        return subject

    def _comments(self) -> dict[str, str]:
        """The column with comments of each question: the one that says so, else the first after it."""
        found: dict[str, str] = {}
        before = ""
        for name in self.columns:
            column = self.plan.columns.get(name)
            if column is None:
                continue
            if column.part == Part.QUESTION:
                before = name
            elif column.part == Part.COMMENT and (of := column.of or before):
                found.setdefault(of, name)
        return found


def _is_blank(cell: Cell, column: Column) -> bool:
    """Whether the cell says that there is no answer: it is empty, or a code for that."""
    if cell == "":
        return True
    return bool(column.blanks) and as_text(cell).casefold() in {blank.casefold() for blank in column.blanks}

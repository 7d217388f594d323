"""The mapping of a file: what part each column plays, and what is true of all rows."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any, Self

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from touchpoints.health.metrics import ANSWERED, Metric, Scale, scale_of


class Part(TextChoices):
    """The part that a column plays."""

    IGNORE = "", pgettext_lazy("column", "ignored")
    ID = "id", _("id of the questionnaire")
    RESPONDENT = "respondent", _("respondent")
    DATE = "date", _("date")
    DAY = "day", _("day of the month")
    QUESTION = "question", _("question")
    COMMENT = "comment", _("comment on a question")
    PERSONA = "persona", _("persona")
    SEGMENT = "segment", _("segment")
    CHANNEL = "channel", _("channel")
    DEVICE = "device", _("device")
    ATTRIBUTE = "attribute", _("attribute")
    METRIC = "metric", _("metric")
    SCORE = "score", _("score")
    SCALE_MIN = "scale_min", _("lowest value of the scale")
    SCALE_MAX = "scale_max", _("highest value of the scale")
    TOUCHPOINT = "touchpoint", _("touchpoint")
    WEIGHT = "weight", _("weight (not used)")


class ABOUT(StrEnum):
    """What a question is about: the workspace, the journey the import began at, or a touchpoint (with `:` and name)."""

    WORKSPACE = "workspace"
    JOURNEY = "journey"
    TOUCHPOINT = "touchpoint"


VALUED = frozenset({Part.PERSONA, Part.CHANNEL, Part.DEVICE, Part.TOUCHPOINT})  # each value is assigned a meaning
# Parts that several columns may play; of an attribute each one that of another.
MANY = frozenset({Part.IGNORE, Part.QUESTION, Part.COMMENT, Part.ATTRIBUTE, Part.WEIGHT})


@dataclass(frozen=True)
class Column:
    """One column. `blanks`: codes that mean "no answer". `about`: see ABOUT; a touchpoint by its name, so that a saved
    mapping may be older than the touchpoint. `of`: the name of the question that a comment belongs to; by default
    the nearest one before it. `values`: what a value means, by its text: the name of a persona, channel or touchpoint,
    or a device; empty for none. `attribute`: the key of the one of which it tells.
    """

    part: str = Part.IGNORE
    scale: str = ""
    about: str = ""
    blanks: tuple[str, ...] = ()
    of: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    attribute: str = ""

    def as_json(self) -> dict[str, Any]:
        """What is not empty."""
        return {name: value for name, value in asdict(self).items() if value}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """From a job's payload or a saved mapping."""
        return cls(**{**stored, "blanks": tuple(stored.get("blanks", ()))})

    @property
    def declared_scale(self) -> Scale | None:
        """Its scale, if it has one."""
        metric, _sign, code = self.scale.partition(":")
        return scale_of(metric, code) if code else None

    @property
    def touchpoint(self) -> str:
        """The name of the touchpoint that the question is about, if it is about one."""
        kind, _sign, name = self.about.partition(":")
        return name if kind == ABOUT.TOUCHPOINT else ""


@dataclass(frozen=True)
class Plan:
    """How a file becomes answers. `columns` by name, only those that play a part.

    `source`: the survey's name; ids are unique within it. `day`: one date for all (ISO); `month`: year and month
    (2017-05) of a column with days; `order`: dmy or mdy, of dates that do not begin with the year. `create`: names of
    touchpoints that may be made.
    """

    columns: Mapping[str, Column] = field(default_factory=dict)
    source: str = ""
    day: str = ""
    month: str = ""
    order: str = "dmy"
    create: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """For a job's payload."""
        return {**asdict(self), "columns": {name: column.as_json() for name, column in self.columns.items()}}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """From a job's payload or a saved mapping."""
        columns = {name: Column.from_json(column) for name, column in stored.get("columns", {}).items()}
        return cls(**{**stored, "columns": columns, "create": tuple(stored.get("create", ()))})

    @property
    def is_long(self) -> bool:
        """Whether a row is one answer; else it is one questionnaire."""
        return self.column_of(Part.SCORE) is not None

    def column_of(self, part: Part) -> str | None:
        """The name of the column that plays a part of which there is one."""
        return next((name for name, column in self.columns.items() if column.part == part), None)

    def columns_of(self, part: Part) -> dict[str, Column]:
        """The columns that play a part."""
        return {name: column for name, column in self.columns.items() if column.part == part}

    def with_columns(self, names: Iterable[str], column: Column) -> Self:
        """With these columns playing that part, and no other one where only one may."""
        columns = dict(self.columns)
        for name in names:
            if column.part not in MANY:
                columns = {other: known for other, known in columns.items() if known.part != column.part}
            if column.attribute:
                columns = {other: known for other, known in columns.items() if known.attribute != column.attribute}
            columns[name] = column
        return replace(self, columns={name: known for name, known in columns.items() if known.part})

    def touchpoints(self) -> list[str]:
        """The names of the touchpoints that answers will be about, each once."""
        names = [question.touchpoint for question in self.columns_of(Part.QUESTION).values()]
        for column in self.columns_of(Part.TOUCHPOINT).values():
            names += column.values.values()
        return sorted({name for name in names if name}, key=str.casefold)

    def faults(self) -> list[Promise]:
        """What is still missing before it can be tried."""
        found: list[Promise] = []
        questions = self.columns_of(Part.QUESTION)
        if not self.is_long and not questions:
            found.append(_("No column is a question yet."))
        if self.is_long and not self.column_of(Part.METRIC):
            found.append(_("Say which column holds the metric."))
        if self.is_long and questions:
            found.append(_("A file with one answer in each row has no columns that are questions."))
        found += [
            format_lazy("{}: {}", name, _("Choose a scale and what it is about."))
            for name, question in questions.items()
            if not question.scale or not question.about
        ]
        if not self.source:
            found.append(_("Name the survey."))
        if self.column_of(Part.DAY) and not self.month:
            found.append(_("Give the month and year of the days."))
        if not self.column_of(Part.DATE) and not self.column_of(Part.DAY) and not self.day:
            found.append(_("Say when it was: choose a column with dates, or one date for all."))
        return found


WORDS: dict[Metric, Promise] = {
    Metric.NPS: _("NPS"),
    Metric.CSAT: _("CSAT"),
    Metric.CES: _("CES"),
    Metric.RATING: _("Rating"),
    Metric.EXPECTATION: _("Expectation"),
    Metric.EMOTION: _("Emotion"),
    Metric.COMPLAINT: _("Complaint"),
}


def scale_label(scale: Scale) -> Promise:
    """A scale in words: "CES 1–5 (5 is easy)"."""
    text = f"{scale.low}–{scale.high}".replace("-", "−")
    if scale.metric is Metric.CES:
        easy = scale.low if scale.reversed else scale.high
        return format_lazy("{} {} ({} {})", WORDS[scale.metric], text, easy, _("is easy"))
    return format_lazy("{} {}", WORDS[scale.metric], text)


def scale_choices() -> list[tuple[str, Promise]]:
    """Every declared scale, for a form."""
    return [(scale.key, scale_label(scale)) for scale in ANSWERED]

"""What a spreadsheet seems to be: a list with a row for each touchpoint, or a grid with phases across and lanes down.

Nothing is read into a map here; people may correct every guess (`Plan`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from itertools import islice
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from feedback.files import Row
from feedback.files.read import letters
from journeys.exchange.values import OURS, scale_of, words_of
from journeys.exchange.words import Meaning, meaning_of, phase_of
from journeys.models import MOST_OWN, Lane

LOOKED_AT = 30  # rows at the beginning of a sheet in which its names may stand
MOST_TOUCHPOINTS = 1000
LANE_NAME = Lane._meta.get_field("name").max_length or 0


class Layout(TextChoices):
    """How a sheet tells a map."""

    LIST = "list", _("list: a row for each touchpoint")
    GRID = "grid", _("grid: phases across, lanes down")


@dataclass(frozen=True)
class Plan:
    """How a sheet is read. `header`: the row that names columns, or phases; as the sheet counts, from 1.

    `meanings`: of a list's columns by their index, of a grid's lanes by the row they begin in. `phases`: the kind of a
    phase, of a list by the word for it (small letters), of a grid by the column's index; empty where nobody knows.
    `names`: the column of a grid that names the lanes. `scale`: one of `values.SCALES`.
    """

    layout: Layout = Layout.LIST
    header: int = 1
    meanings: Mapping[int, Meaning] = field(default_factory=dict)
    phases: Mapping[str, str] = field(default_factory=dict)
    names: int = 0
    scale: str = OURS

    def as_json(self) -> dict[str, Any]:
        """For a job's payload."""
        return asdict(self) | {"meanings": {str(key): meaning.value for key, meaning in self.meanings.items()}}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Plan":
        """From a job's payload."""
        meanings = {int(key): Meaning(value) for key, value in stored["meanings"].items()}
        return cls(**{**stored, "layout": Layout(stored["layout"]), "meanings": meanings})


@dataclass(frozen=True)
class Strip:
    """A column of a list or a lane of a grid: its key in a plan's `meanings`, its name, and the first things in it."""

    key: int
    name: str
    where: str
    samples: list[str]


def guess(rows: Sequence[Row], *, layout: Layout | None = None, header: int | None = None) -> Plan:
    """How these rows seem to be meant, as far as it is not said already."""
    if layout is None:
        layout = Layout.GRID if _phases_row(rows) is not None else Layout.LIST
    if header is None:
        found = _phases_row(rows) if layout == Layout.GRID else _names_row(rows)
        header = found.number if found else (rows[0].number if rows else 1)
    return _guess_grid(rows, header) if layout == Layout.GRID else _guess_list(rows, header)


def strips(rows: Sequence[Row], plan: Plan) -> list[Strip]:
    """The columns of a list, or the lanes of a grid, that hold anything."""
    if plan.layout == Layout.GRID:
        return [
            Strip(
                row.number, words_of(cell_of(row, plan.names)), str(row.number), _samples(row.cells[plan.names + 1 :])
            )
            for row in below(rows, plan)
            if cell_of(row, plan.names) != ""
        ]
    named = row_at(rows, plan.header)
    width = max((len(row.cells) for row in rows), default=0)
    under = below(rows, plan)
    columns = []
    for index in range(width):
        samples = _samples(cell_of(row, index) for row in under)
        name = words_of(cell_of(named, index)) if named else ""
        if samples or name:
            columns.append(Strip(index, name or letters(index), letters(index), samples))
    return columns


def own_lanes(rows: Sequence[Row], plan: Plan) -> dict[int, str]:
    """What a sheet's columns or lanes that are to be lanes of the team's own are called, each by its key."""
    called: dict[int, str] = {}
    for strip in strips(rows, plan):
        if plan.meanings.get(strip.key) == Meaning.LANE:
            called[strip.key] = " ".join(strip.name.split())[:LANE_NAME]
    return called


def spans(rows: Sequence[Row], plan: Plan) -> dict[int, str]:
    """The words for phases above a grid's columns; a merged one reaches over the columns behind it."""
    named = row_at(rows, plan.header)
    width = max((len(row.cells) for row in rows), default=0)
    found: dict[int, str] = {}
    word = ""
    for index in range(plan.names + 1, width):
        word = words_of(cell_of(named, index)) or word if named else word
        if word and any(cell_of(row, index) != "" for row in rows if row.number >= plan.header):
            found[index] = word
    return found


def below(rows: Sequence[Row], plan: Plan) -> list[Row]:
    """The rows behind the one with the names."""
    return [row for row in rows if row.number > plan.header]


def cell_of(row: Row, index: int) -> object:
    """What stands in a row's cell; an empty text behind its end."""
    return row.cells[index] if 0 <= index < len(row.cells) else ""


def row_at(rows: Sequence[Row], number: int) -> Row | None:
    """The row of that number, unless it is empty."""
    return next((row for row in rows if row.number == number), None)


def _samples(cells: Iterable[object]) -> list[str]:
    filled = (text[:60] for cell in cells if (text := " ".join(words_of(cell).split())))
    return list(islice(filled, 3))


def _names_row(rows: Sequence[Row]) -> Row | None:
    """The row that names most columns by words that are known."""
    known = [(len({meaning_of(cell) for cell in row.cells} - {None}), row) for row in rows[:LOOKED_AT]]
    best = max(known, key=lambda one: one[0], default=None)
    return best[1] if best and best[0] else None


def _phases_row(rows: Sequence[Row]) -> Row | None:
    """The first row in which several phases stand side by side, as they do in no list."""
    for row in rows[:LOOKED_AT]:
        if len({phase_of(cell) for cell in row.cells} - {None}) >= 2:
            return row
    return None


def _guess_list(rows: Sequence[Row], header: int) -> Plan:
    named = row_at(rows, header)
    meanings: dict[int, Meaning] = {}
    for index, cell in enumerate(named.cells if named else ()):
        meaning = meaning_of(cell)
        if meaning and meaning not in meanings.values():
            meanings[index] = meaning
    plan = with_phases(rows, _with_own_lanes(rows, Plan(Layout.LIST, header, meanings)), {})
    return replace(plan, scale=_scale(rows, plan))


def _guess_grid(rows: Sequence[Row], header: int) -> Plan:
    named = row_at(rows, header)
    first = next((index for index, cell in enumerate(named.cells) if phase_of(cell)), 1) if named else 1
    filled = [index for index in range(first) if any(cell_of(row, index) != "" for row in rows if row.number > header)]
    plan = Plan(Layout.GRID, header, names=filled[-1] if filled else first - 1)
    meanings: dict[int, Meaning] = {}
    for strip in strips(rows, plan):
        meaning = meaning_of(strip.name)
        if meaning and meaning not in {Meaning.PHASE, *meanings.values()}:
            meanings[strip.key] = meaning
    plan = with_phases(rows, _with_own_lanes(rows, replace(plan, meanings=meanings)), {})
    return replace(plan, scale=_scale(rows, plan))


def _with_own_lanes(rows: Sequence[Row], plan: Plan) -> Plan:
    """The plan with a lane of the team's own for whatever has a name that nobody knows, and holds anything."""
    if not plan.meanings:
        return plan  # no name is known: this is no sheet of touchpoints
    meanings = dict(plan.meanings)
    taken: set[str] = set()
    for strip in strips(rows, plan):
        key = strip.name.casefold()
        known = strip.key in meanings or meaning_of(strip.name) is not None
        if not known and strip.samples and strip.name != strip.where and key not in taken and len(taken) < MOST_OWN:
            meanings[strip.key] = Meaning.LANE
            taken.add(key)
    return replace(plan, meanings=meanings)


def phase_words(rows: Sequence[Row], plan: Plan) -> dict[str, str]:
    """The words for phases that a sheet uses, by their keys in a plan's `phases`, in the order of the sheet."""
    if plan.layout == Layout.GRID:
        return {str(index): word for index, word in spans(rows, plan).items()}
    where = next((index for index, meaning in plan.meanings.items() if meaning is Meaning.PHASE), -1)
    return {word.lower(): word for row in below(rows, plan) if (word := words_of(cell_of(row, where)))}


def with_phases(rows: Sequence[Row], plan: Plan, said: Mapping[str, str]) -> Plan:
    """The plan with a phase for each word: the one that was `said`, else the one that is usually meant."""
    words = phase_words(rows, plan)
    return replace(plan, phases={key: said.get(key, str(phase_of(word) or "")) for key, word in words.items()})


def _scale(rows: Sequence[Row], plan: Plan) -> str:
    felt = [key for key, meaning in plan.meanings.items() if meaning in {Meaning.EMOTION, Meaning.EXPECTATION}]
    if plan.layout == Layout.LIST:
        return scale_of([cell_of(row, key) for row in below(rows, plan) for key in felt])
    return scale_of(
        [line for row in rows if row.number in felt for cell in row.cells for line in str(cell).split("\n")]
    )

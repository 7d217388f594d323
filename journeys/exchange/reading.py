"""Reads a sheet by its plan: what will stand on the map, and each thing that cannot be read, with its cell."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from feedback.files import Row
from feedback.files.read import letters
from journeys.actions.drawing import Station
from journeys.exchange.sheet import MOST_TOUCHPOINTS, Layout, Plan, below, cell_of, own_lanes, phase_words, spans
from journeys.exchange.values import Unread, lines_of, read, words_of
from journeys.exchange.words import Meaning
from touchpoints.models import PhaseKind

LIBRARY = (Meaning.OWNER, Meaning.IMPORTANCE, Meaning.CONTACT, Meaning.DEVICE, Meaning.NOTE)
LABEL = 80  # signs that a phase's name may have
MANY_LINES = (Meaning.PAINS, Meaning.NOTE)  # of which one touchpoint may have several


class Problem(NamedTuple):
    """Something that is not taken: its cell, such as B7, what stands there, and why."""

    cell: str
    value: str
    why: str


@dataclass
class Reading:
    """What a sheet tells: `stations` in order, `labels` of phases by kind, and what is not taken."""

    stations: list[Station] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def phases(self) -> list[tuple[str, list[Station]]]:
        """The stations, phase by phase, under the names that the phases will have."""
        return [
            (self.labels.get(kind, str(kind.label)), [one for one in self.stations if one.phase == kind])
            for kind in PhaseKind
        ]


class Said(NamedTuple):
    """A cell: what it means, what it holds, its address, and in a lane of the team's own the name of that."""

    meaning: Meaning
    cell: object
    at: str
    lane: str = ""


class Told(NamedTuple):
    """What is told of one touchpoint: its phase, and its cells."""

    phase: str
    name: str
    at: str
    cells: Sequence[Said]


def understand(rows: Sequence[Row], plan: Plan, *, owners: Mapping[str, Any]) -> Reading:
    """Read a sheet. `owners`: the teams and members whom it may name, by their names casefolded."""
    reading = Reading()
    told = _grid(rows, plan, reading) if plan.layout == Layout.GRID else _list(rows, plan, reading)
    seen: dict[str, str] = {}
    for one in told:
        key = one.name.lower()
        if key in seen:
            why = _("It stands on the map already, from %(cell)s. A touchpoint stands on a journey once.")
            reading.problems.append(Problem(one.at, one.name[:60], why % {"cell": seen[key]}))
        elif len(reading.stations) == MOST_TOUCHPOINTS:
            why = _("More than %(number)d touchpoints are too many for one map; the rest is not taken.")
            reading.problems.append(Problem(one.at, one.name[:60], why % {"number": MOST_TOUCHPOINTS}))
            break
        elif station := _station(one, plan, owners, reading):
            seen[key] = one.at
            reading.stations.append(station)
    reading.labels = _labels(rows, plan)
    return reading


def _station(one: Told, plan: Plan, owners: Mapping[str, Any], reading: Reading) -> Station | None:
    """The touchpoint that is told of; what cannot be read of it is left out and named."""
    said: dict[Meaning, Any] = {}
    lanes: dict[str, str] = {}
    for meaning, cell, at, lane in [Said(Meaning.TOUCHPOINT, one.name, one.at), *one.cells]:
        try:
            value = read(meaning, cell, scale=plan.scale, owners=owners)
        except Unread as why:
            reading.problems.append(Problem(at, words_of(cell)[:60], str(why)))
            continue
        if lane:
            lanes[lane] = value
        else:
            said[meaning] = value
    if Meaning.TOUCHPOINT not in said:
        return None
    name, channel, pains = said.pop(Meaning.TOUCHPOINT), said.pop(Meaning.CHANNEL, ""), said.pop(Meaning.PAINS, ())
    return Station(
        name=name,
        phase=one.phase,
        channel=(channel,) if channel else (),
        facts={meaning.value: value for meaning, value in said.items() if meaning in LIBRARY},
        placed={meaning.value: value for meaning, value in said.items() if meaning not in LIBRARY},
        pains=pains,
        lanes=lanes,
    )


def _list(rows: Sequence[Row], plan: Plan, reading: Reading) -> Iterator[Told]:
    """What the rows of a list tell. An empty phase is that of the row before: so merged cells are stored."""
    columns = [(index, meaning) for index, meaning in plan.meanings.items() if meaning != Meaning.NOTHING]
    where = {meaning: index for index, meaning in columns}
    lanes = own_lanes(rows, plan)
    word = ""
    for row in below(rows, plan):
        word = words_of(cell_of(row, where[Meaning.PHASE])) or word if Meaning.PHASE in where else word
        name = " ".join(words_of(cell_of(row, where.get(Meaning.TOUCHPOINT, -1))).split())
        at = f"{letters(where.get(Meaning.TOUCHPOINT, 0))}{row.number}"
        cells = [
            Said(meaning, cell_of(row, index), f"{letters(index)}{row.number}", lanes.get(index, ""))
            for index, meaning in columns
            if meaning not in {Meaning.PHASE, Meaning.TOUCHPOINT} and words_of(cell_of(row, index))
        ]
        phase = plan.phases.get(word.lower(), "")
        if name and phase:
            yield Told(phase, name, at, cells)
        elif name or cells:
            reading.problems.append(Problem(at, name[:60], _why_not(name, word)))


def _why_not(name: str, word: str) -> str:
    if not name:
        return _("The row names no touchpoint.")
    if not word:
        return _("No phase is named.")
    return _("Nobody has said which phase “%(word)s” is.") % {"word": word[:60]}


def _grid(rows: Sequence[Row], plan: Plan, reading: Reading) -> Iterator[Told]:
    """What the columns of a grid tell: in each phase the lines of its touchpoints, and line by line what is theirs."""
    lanes = _lanes(rows, plan)
    for index, word in spans(rows, plan).items():
        phase = plan.phases.get(str(index), "")
        named = _lines(lanes.get((Meaning.TOUCHPOINT, ""), []), index)
        names = [(line, at) for line, at in named if line]
        if not phase:
            if names:
                why = _("Nobody has said which phase “%(word)s” is.") % {"word": word[:60]}
                reading.problems.append(Problem(names[0][1], names[0][0][:60], why))
            continue
        cells: list[list[Said]] = [[] for _name in names]
        for (meaning, own), lane in lanes.items():
            if meaning != Meaning.TOUCHPOINT:
                _share_out(meaning, own, _lines(lane, index), cells, reading)
        for (name, at), theirs in zip(names, cells, strict=True):
            yield Told(phase, name, at, theirs)


def _lanes(rows: Sequence[Row], plan: Plan) -> dict[tuple[Meaning, str], list[Row]]:
    """The rows of each lane, by its meaning and, of the team's own, its name.

    Rows without a name go on with the lane above, as merged cells are stored.
    """
    lanes: dict[tuple[Meaning, str], list[Row]] = {}
    own = own_lanes(rows, plan)
    meaning, lane = Meaning.NOTHING, ""
    for row in below(rows, plan):
        if words_of(cell_of(row, plan.names)):
            meaning, lane = plan.meanings.get(row.number, Meaning.NOTHING), own.get(row.number, "")
        if meaning not in {Meaning.NOTHING, Meaning.PHASE}:
            lanes.setdefault((meaning, lane), []).append(row)
    return lanes


def _lines(lane: Sequence[Row], index: int) -> list[tuple[str, str]]:
    """The lines of a lane's cells in one column, each with its cell's address."""
    found = []
    for row in lane:
        if words_of(cell_of(row, index)):
            found += [(line, f"{letters(index)}{row.number}") for line in lines_of(cell_of(row, index))]
    return found


def _share_out(
    meaning: Meaning,
    lane: str,
    lines: list[tuple[str, str]],
    cells: list[list[Said]],
    reading: Reading,
) -> None:
    """Give each touchpoint of a phase its line; a single one has them all. Other numbers of lines are named."""
    filled = [one for one in lines if one[0]]
    if not filled:
        return
    if len(cells) == 1:
        join = "\n" if meaning in MANY_LINES else " "
        cells[0].append(Said(meaning, join.join(line for line, _at in filled), filled[0][1], lane))
    elif len(filled) == len(cells) or len(lines) == len(cells):
        shared = filled if len(filled) == len(cells) else lines
        for theirs, (line, at) in zip(cells, shared, strict=True):
            if line:
                theirs.append(Said(meaning, line, at, lane))
    else:
        why = _("As many lines as touchpoints are needed, or none: here %(lines)d for %(touchpoints)d.")
        why %= {"lines": len(filled), "touchpoints": len(cells)}
        reading.problems.append(Problem(filled[0][1], filled[0][0][:60], why))


def _labels(rows: Sequence[Row], plan: Plan) -> dict[str, str]:
    """What the sheet calls the phases, where that is not their usual name."""
    words: dict[str, list[str]] = {}
    for key, word in phase_words(rows, plan).items():
        called = words.setdefault(plan.phases.get(key, ""), [])
        if word not in called:
            called.append(word)
    return {
        kind: label
        for kind, called in words.items()
        if kind
        and (label := " / ".join(called))[:LABEL]
        and label.casefold() not in _usual(kind)
        and len(label) <= LABEL
    }


def _usual(kind: str) -> set[str]:
    return {kind.casefold(), str(PhaseKind(kind).label).casefold()}

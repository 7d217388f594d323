"""Two maps side by side: what is paired, what came, went and moved, and which differences are the largest."""

from collections.abc import Mapping, Sequence

import pytest

from journeys.board import JourneyMap, map_of
from journeys.comparing import Compared, Pair, compared
from journeys.comparison import Comparison, sentence
from journeys.curve import height_of
from journeys.models import Journey, Phase
from journeys.placed import ASKED, MapTouchpoint, seen_as
from journeys.two_lines import two_lines
from journeys.two_maps import Kind
from touchpoints.health.bands import DEFAULT_BORDERS
from touchpoints.health.changes import Change, Verdict
from workspaces.models import Workspace

KINDS = ("awareness", "consideration", "purchase", "retention", "advocacy")
PHASES = [Phase(pk=number, kind=kind, position=number, version=1) for number, kind in enumerate(KINDS, start=1)]
NAMES = {name: number for number, name in enumerate("ABCDEFGHIJ", start=1)}


def standing(name: str, phase: int, score: float | None, felt: float | None) -> MapTouchpoint:
    row = dict.fromkeys(MapTouchpoint._fields[:ASKED])
    row |= {"placement": NAMES[name], "version": 1, "phase": phase, "moment_of_truth": False, "share": 100}
    row |= {"touchpoint": NAMES[name], "name": name, "importance": 3, "target": 70, "alternative_group": ""}
    row |= {"score": score, "sd": 3.0, "answers": 40, "observations": 40, "known": score is not None}
    row |= {"felt": felt, "felt_by": None if felt is None else "emotion"}
    return seen_as(tuple(row.values()), DEFAULT_BORDERS)


def seen(scores: Mapping[str, float | None], **phases: str) -> JourneyMap:
    """A map where these stand in their phases: `seen({"A": 70}, purchase="A B")`."""
    journey = Journey(workspace=Workspace())
    everything = [
        standing(name, 1 + KINDS.index(kind), scores.get(name, 60), ((scores.get(name) or 60) - 50) / 25)
        for kind, names in phases.items()
        for name in names.split()
    ]
    return map_of(journey, PHASES, everything)


def said_of(verdicts: dict[str, Verdict]) -> dict[int, Change]:
    return {NAMES[name]: Change(verdict=verdict, delta=None, before=40, after=40) for name, verdict in verdicts.items()}


def names(pairs: Sequence[Pair]) -> str:
    return " ".join(pair.name for pair in pairs)


def test_what_came_went_and_moved_is_told() -> None:
    found = compared(
        seen({}, purchase="A B C", retention="D E F G"), seen({}, purchase="A C H", retention="E D F B I"), {}
    )
    assert names(found.came) == "H I"
    assert names(found.went) == "G"
    assert names(found.moved) in {"E B", "D B"}, "of two that changed places, one is enough"
    assert names(found.pairs) == "A C H E D F G B I"
    assert [pair.shown_number for pair in found.pairs] == ["1", "2", "3", "4", "5", "6", "–", "7", "8"]


def test_the_largest_are_six_and_real_ones_come_first() -> None:
    letters = "A B C D E F G H"
    before = dict.fromkeys(letters.split(), 50.0)
    after = {name: 50.0 + 3 * number for number, name in enumerate(letters.split())}
    verdicts = dict.fromkeys(letters.split(), Verdict.NOISE) | {"B": Verdict.UP, "C": Verdict.DOWN}
    found = compared(seen(before, purchase=letters), seen(after, purchase=letters), said_of(verdicts))
    assert names(found.largest) == "B H G F E D", "C is no real one: the figures show it the other way round"
    assert names(found.real) == "B"
    assert found.pairs[0].points == 0


def test_a_changed_band_is_told_only_where_both_are_known() -> None:
    found = compared(
        seen({"A": 59, "B": None, "C": 59}, purchase="A B C"), seen({"A": 60, "B": 90}, purchase="A B C"), {}
    )
    assert names(found.banded) == "A C"
    assert [pair.points for pair in found.pairs] == [1, None, 1]


@pytest.fixture
def persons() -> Compared:
    a = seen({"A": 88, "B": 38, "C": 60}, purchase="A B C")
    b = seen({"A": 42, "B": 60, "C": 58}, purchase="A B C")
    return compared(a, b, said_of({"A": Verdict.DOWN, "B": Verdict.UP, "C": Verdict.NOISE}))


def test_the_sentence_names_whom_it_serves_worse_and_where(persons: Compared) -> None:
    said = sentence(Comparison(Kind.PERSONA, "Mara", "Jürgen", persons))
    assert "serves Jürgen worse than Mara: health 53 against 62" in said
    assert "Jürgen is served worse at A (88 to 42)." in said
    assert "Jürgen is served better at B (38 to 60)." in said
    assert " C " not in said


def test_the_sentence_says_where_too_little_is_known() -> None:
    nothing, something = seen({"A": None}, purchase="A"), seen({"A": 70}, purchase="A")
    told = Comparison(Kind.PERSONA, "Mara", "Jürgen", compared(something, nothing, {}))
    assert sentence(told) == "Too few answers of Jürgen to compare them."
    told = Comparison(Kind.PERSONA, "Mara", "Jürgen", compared(nothing, nothing, {}))
    assert sentence(told) == "Too few answers of Mara and of Jürgen to compare them."
    told = Comparison(Kind.DAYS, "1 May", "1 June", compared(nothing, something, {}))
    assert "not known on both days" in sentence(told)


def test_both_lines_run_through_their_own_values(persons: Compared) -> None:
    lines = two_lines(persons, 5, trend=False)
    assert [(one.a, one.b) for one in lines.stations] == [
        (height_of((was - 50) / 25), height_of((now - 50) / 25)) for was, now in ((88, 42), (38, 60), (60, 58))
    ]
    assert names([one.pair for one in lines.labels]) == "A B C"
    assert len({one.y for one in lines.labels if one.pair.name in "AB"}) == 2
    long = two_lines(persons, 5, trend=True)
    assert (long.is_trend, long.stations) == (True, [one for one in lines.stations if one.pair in persons.largest])
    assert long.labels == lines.labels

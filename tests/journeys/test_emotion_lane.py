"""The emotion lane: stations where their touchpoints stand, and quotes that meet nothing."""

from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeys.board import MapPhase
from journeys.curve import HEIGHT
from journeys.emotion import LEAST_COLUMN, EmotionLane, columns_of, emotion_lane
from journeys.placed import ASKED, MapTouchpoint
from journeys.rolled import Shown

UNKNOWN = Shown(None, None, coverage=0, partial=False, bands={})


def touchpoint(number: int, felt: float | None = None, quote: str = "") -> MapTouchpoint:
    """One of a map, of which nothing is known but what is said."""
    bare = MapTouchpoint(*[None] * ASKED)  # type: ignore[arg-type]
    return bare._replace(placement=number, name=f"T{number}", felt=felt, felt_by="emotion", quote=quote)


def phases(*sizes: int, felt: list[float | None] | None = None, quote: str = "") -> list[MapPhase]:
    """Phases with so many touchpoints each, with these feelings in turn."""
    found, start = [], 1
    for phase, size in enumerate(sizes):
        feelings = [(felt or [0.0])[(start - 1 + place) % len(felt or [0.0])] for place in range(size)]
        those = [touchpoint(start + place, feeling, quote) for place, feeling in enumerate(feelings)]
        found.append(MapPhase(phase, "purchase", f"P{phase}", 1, those, UNKNOWN, start, []))
        start += size
    return found


def boxes(lane: EmotionLane, columns: int, column: int) -> list[tuple[float, float, float, float]]:
    width = columns * column / 100
    return [
        (quote.x * width + quote.dx, quote.y, quote.x * width + quote.dx + quote.width, quote.y + quote.height)
        for quote in lane.quotes
    ]


def meet(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@pytest.mark.parametrize(("touchpoints", "columns"), [(0, 1), (1, 1), (5, 1), (6, 2), (7, 2), (11, 3), (40, 8)])
def test_a_phase_takes_a_column_for_every_five(touchpoints: int, columns: int) -> None:
    assert columns_of(touchpoints, 5) == columns


def test_stations_share_the_width_of_their_phase() -> None:
    lane = emotion_lane(phases(2, 0, 6), 5)  # 1 + 1 + 2 columns
    assert [station.x for station in lane.stations][:2] == [6.25, 18.75]
    assert lane.stations[2].x == pytest.approx(50 + 50 / 12, abs=0.001)
    assert [x for _, x in lane.starts] == [0, 25, 50]


def test_in_the_timeline_each_stands_in_its_own_column() -> None:
    assert [station.x for station in emotion_lane(phases(2, 2), 1).stations] == [12.5, 37.5, 62.5, 87.5]


def test_an_unknown_one_stands_at_neutral_and_breaks_the_line() -> None:
    lane = emotion_lane(phases(3, felt=[1, None, 1]), 5)
    assert lane.stations[1].y == HEIGHT / 2
    assert lane.curve is not None
    assert list(lane.curve.perceived) == []


def test_answers_lock_a_station_and_assumptions_do_not() -> None:
    assumed = touchpoint(1)._replace(felt_by=None, assumed_emotion=Decimal("0.5"))
    one = phases(1)
    one[0].touchpoints[:] = [assumed, touchpoint(2, 0.5)]
    assert [station.locked for station in emotion_lane(one, 5).stations] == [False, True]


def test_the_widest_gap_is_named_and_small_ones_are_not() -> None:
    one = phases(3, felt=[-1.0, 0.0, 1.0])
    assert emotion_lane(one, 5).worst is None  # nothing was expected
    one[0].touchpoints[:] = [each._replace(hoped=1.0) for each in one[0].touchpoints]
    worst = emotion_lane(one, 5).worst
    assert worst is not None
    assert (worst.number, worst.touchpoint.gap) == (1, -2.0)


QUOTES = st.sampled_from(["Never again.", "Nobody told us anything for forty minutes.", "x" * 140, ""])
FEELINGS = st.integers(-20, 20).map(lambda tenths: tenths / 10)


@settings(deadline=None)
@given(st.lists(FEELINGS, min_size=1, max_size=24), QUOTES, st.sampled_from([LEAST_COLUMN, 213, 400]))
def test_quotes_meet_neither_each_other_nor_a_station(felt: list[float | None], quote: str, column: int) -> None:
    lane = emotion_lane(phases(4, 5, 5, 7, 3, felt=felt, quote=quote), 5)
    found = boxes(lane, 6, column)
    assert not any(meet(one, other) for one, other in combinations(found, 2))
    marks = [(s.x * column * 0.06 - 11, s.y - 11, s.x * column * 0.06 + 11, s.y + 11) for s in lane.stations]
    assert not any(meet(one, mark) for one in found for mark in marks)
    assert all(top >= 0 and bottom <= HEIGHT for _, top, _, bottom in found)


def test_a_long_journey_shows_its_trend() -> None:
    lane = emotion_lane(phases(130), 120, trend=True)
    assert lane.trend is not None
    assert (lane.curve, list(lane.stations)) == (None, [])

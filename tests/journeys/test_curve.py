"""The emotion line: through every value, never beyond it, and with a gap where nothing is known."""

import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from journeys.curve import HEIGHT, UNIT, Point, curve_of, height_of, trend_of

FEELINGS = st.none() | st.integers(-20, 20).map(lambda tenths: tenths / 10)
NUMBER = r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?"


def line(*perceived: float | None, expected: tuple[float | None, ...] = (), source: str = "emotion") -> list[Point]:
    hoped = (*expected, *[None] * len(perceived))
    return [Point(place + 0.5, felt, source, hoped[place]) for place, felt in enumerate(perceived)]


def bends(path: str) -> list[list[float]]:
    """Each bend of a path as x, y of its start, two handles and its end."""
    found = []
    here = [0.0, 0.0]
    for letter, numbers in re.findall(r"([MCLZ])([^MCLZ]*)", path):
        values = [float(number) for number in re.findall(NUMBER, numbers)]
        if letter == "C":
            found.append([*here, *values])
        here = values[-2:] or here
    return found


def test_the_scale_runs_from_delighted_down_to_frustrated() -> None:
    assert height_of(2) < height_of(0) < height_of(-2)
    assert height_of(0) == HEIGHT / 2


def test_stations_are_on_the_line() -> None:
    (drawn,) = curve_of(line(1, -1, 0.5), 3).perceived
    ends = [(bend[0], bend[1]) for bend in bends(drawn.path)] + [tuple(bends(drawn.path)[-1][-2:])]
    assert ends == [(UNIT * (place + 0.5), height_of(felt)) for place, felt in enumerate((1, -1, 0.5))]


@given(st.lists(FEELINGS, min_size=2, max_size=12))
def test_the_line_never_goes_beyond_its_neighbours(feelings: list[float | None]) -> None:
    for piece in curve_of(line(*feelings), len(feelings)).perceived:
        for _, y, _, first, _, second, _, to_y in bends(piece.path):
            low, high = min(y, to_y) - 0.11, max(y, to_y) + 0.11  # written with one decimal
            assert low <= first <= high
            assert low <= second <= high


@given(st.lists(FEELINGS, max_size=12))
def test_what_is_not_known_is_a_gap(feelings: list[float | None]) -> None:
    drawn = sum(len(bends(piece.path)) for piece in curve_of(line(*feelings), len(feelings)).perceived)
    assert drawn == sum(one is not None and other is not None for one, other in pairwise(feelings))


def test_a_piece_is_as_sure_as_its_less_sure_end() -> None:
    points = [
        Point(0.5, 1, "emotion", None),
        Point(1.5, 1, "emotion", None),
        Point(2.5, 0, "satisfaction", None),
        Point(3.5, 0, "assumption", None),
        Point(4.5, 1, "emotion", None),
    ]
    pieces = {piece.source: len(bends(piece.path)) for piece in curve_of(points, 5).perceived}
    assert pieces == {"emotion": 1, "satisfaction": 1, "assumption": 2}


def test_the_area_of_the_gap_is_closed_where_both_are_known() -> None:
    drawn = curve_of(line(1, 0, None, -1, -1, expected=(0, 1, 1, 0, None)), 5)
    assert drawn.gap.count("Z") == 1  # of the first two: behind the unknown one only one has both
    assert len(bends(drawn.gap)) == 2
    assert drawn.below.count("Z") == drawn.above.count("Z") == 1


def test_nothing_known_draws_nothing() -> None:
    drawn = curve_of(line(None, None), 2)
    assert (list(drawn.perceived), drawn.expected, drawn.gap) == ([], "", "")


def test_a_trend_is_the_median_with_the_range_around_it() -> None:
    drawn = trend_of(line(*[-2.0, 0.0, 2.0] * 5), 15, reach=1)
    middle = [float(y) for _, y in re.findall(rf"({NUMBER}) ({NUMBER})", drawn.median)]
    assert middle[1:-1] == [height_of(0)] * 13
    spread = [float(y) for _, y in re.findall(rf"({NUMBER}) ({NUMBER})", drawn.spread)]
    assert spread[1:14] == [height_of(1.6)] * 13  # a tenth of the way from +2 to 0
    assert spread[16:29] == [height_of(-1.6)] * 13

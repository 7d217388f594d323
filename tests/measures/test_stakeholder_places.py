"""Where names stand on the map: legible, however close people stand to each other."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.stakeholder_places import (
    DOT,
    EDGE,
    HIGH,
    WIDE,
    Box,
    Spot,
    Standing,
    across_of,
    box_of,
    down_of,
    shortened,
    spots_of,
    width_of,
)

PEOPLE = st.lists(st.tuples(st.integers(0, 100), st.integers(0, 100)), max_size=40)


def standing(places: list[tuple[int, int]], name: str = "Betriebsrat Nord") -> list[Standing]:
    return [Standing(key, name, "", influence, support) for key, (influence, support) in enumerate(places)]


def middle(spot: Spot) -> tuple[float, float]:
    return spot.across * WIDE / 100 + spot.dx, spot.down * HIGH / 100 + spot.dy


def words(spot: Spot) -> Box:
    """Where its words stand."""
    side, lift, name, role = spot.words
    return box_of(side, lift, *middle(spot), width_of(name, role))


def dot(spot: Spot) -> Box:
    x, y = middle(spot)
    return Box(x - DOT / 2, y - DOT / 2, x + DOT / 2, y + DOT / 2)


@given(PEOPLE)
def test_no_name_lies_on_another_on_a_dot_or_outside(places: list[tuple[int, int]]) -> None:
    spots = list(spots_of(standing(places)).values())
    written = [spot for spot in spots if spot.words.side != "hidden"]
    for spot in written:
        box = words(spot)
        assert EDGE.left <= box.left
        assert box.right <= EDGE.right
        assert not any(box.meets(dot(other)) for other in spots)
    assert not any(words(one).meets(words(other)) for one, other in itertools.combinations(written, 2))


@given(PEOPLE)
def test_no_dot_hides_another(places: list[tuple[int, int]]) -> None:
    spots = spots_of(standing(places)).values()
    for one, other in itertools.combinations(spots, 2):
        (x, y), (there_x, there_y) = middle(one), middle(other)
        assert (x - there_x) ** 2 + (y - there_y) ** 2 >= DOT**2


@given(st.integers(0, 100), st.integers(0, 100))
def test_whoever_stands_alone_stands_exactly_there_with_their_name(influence: int, support: int) -> None:
    [spot] = spots_of(standing([(influence, support)])).values()
    assert (spot.across, spot.down) == (across_of(support), down_of(influence))
    assert (spot.dx, spot.dy) == (0, 0)
    assert spot.words.side != "hidden"


def test_ten_in_a_row_are_all_named() -> None:
    spots = spots_of(standing([(60 - number, 20) for number in range(0, 50, 5)])).values()
    assert {spot.words.side for spot in spots} <= {"right", "left"}


def test_a_role_gives_way_before_a_name_does() -> None:
    close = [Standing(0, "Anna Krüger", "CX lead", 60, 40), Standing(1, "Fahrzeugbeschaffung", "9 Personen", 60, 66)]
    spots = spots_of(close)
    assert all(spot.words.side != "hidden" for spot in spots.values())
    alone = spots_of([Standing(0, "Anna Krüger", "CX lead", 60, 40)])[0]
    assert alone.words.role == "CX lead"


def test_no_name_hides_the_goal() -> None:
    person = Standing(0, "Finance, M. Beck", "Controlling", 50, 30)
    free, with_goal = spots_of([person])[0], spots_of([person], goal=(50, 45))[0]
    assert free.words.side == "right"
    assert with_goal.words.side != "right"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Betriebsrat", "Betriebsrat"),
        ("Donaudampfschifffahrtsgesellschaft", "Donaudampfsch…"),
        ("مجلس إدارة الشركة الوطنية", "مجلس إدارة ال…"),
        ("Team Familie 👨‍👩‍👧‍👦 Nord", "Team Familie…"),
    ],
)
def test_long_names_end_in_an_ellipsis_and_letters_stay_whole(text: str, shown: str) -> None:
    assert shortened(text, 14) == shown


def test_an_emoji_is_two_letters_wide_and_an_accent_none() -> None:
    assert width_of("🚆", "") == width_of("ab", "")
    assert width_of("e\u0301", "") == width_of("e", "")

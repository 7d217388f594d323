"""How a map is looked at stands in the address, and what that says wrongly is the usual."""

import pytest
from django.http import QueryDict

from journeys.look import Density, Lens, Look, View


def test_an_address_says_view_lens_and_zoom() -> None:
    look = Look.asked(QueryDict("view=timeline&lens=gap&zoom=125"))
    assert look == Look(View.TIMELINE, Lens.GAP, 125)
    nonsense = "view=3d&lens=x&zoom=99&start=-4&channel=x&owner=me&band=blue&persona=0x1&truth=yes"
    assert Look.asked(QueryDict(nonsense)) == Look()


@pytest.mark.parametrize(("start", "first"), [("1", 1), ("60", 1), ("61", 61), ("200", 181), ("0", 1), ("", 1)])
def test_the_timeline_goes_by_windows(start: str, first: int) -> None:
    assert Look.asked(QueryDict(f"start={start}")).start == first


def test_the_usual_look_needs_no_words() -> None:
    assert Look().query == "?"
    assert Look(view=View.TABLE, zoom=72).query == "?view=table&zoom=72"


@pytest.mark.parametrize(("touchpoints", "level"), [(0, 100), (39, 100), (40, 72), (119, 72), (120, 24), (500, 24)])
def test_long_journeys_are_seen_from_further_away(touchpoints: int, level: int) -> None:
    assert Look().level(touchpoints) == level


@pytest.mark.parametrize(
    ("zoom", "density"), [(24, "tile"), (72, "compact"), (100, "comfortable"), (150, "comfortable")]
)
def test_zoom_changes_how_much_is_shown(zoom: int, density: str) -> None:
    assert Look(zoom=zoom).density(3) == Density(density)


def test_closer_and_further_end_where_the_zooms_end() -> None:
    assert Look().closer(24, 1).zoom == 125
    assert Look().closer(24, -1).zoom == 72
    assert Look(zoom=150).closer(24, 1).zoom == 150
    assert Look(zoom=24).closer(24, -1).zoom == 24

"""The emotion line in the browser: it follows every move at once, and assumptions are set on it."""

from decimal import Decimal

from playwright.sync_api import Locator, expect

from journeys.actions.cells import write_cell
from journeys.models import Journey
from tests.browser.conftest import Open
from tests.browser.hands import Map, middle
from tests.journeys.scene import placed
from tests.journeys.told import scored
from workspaces.models import User

FELT = {"Shop": "1.0", "Pay": "-0.5", "Board": "0.5", "Seat": "1.5", "Wifi": "-1.5", "Refund": "-2.0"}


def felt(trip: Journey, by: User) -> Journey:
    """The trip with an assumption for all but Delay."""
    for name, feeling in FELT.items():
        write_cell(placed(trip, name), lane="assumed_emotion", was=None, value=Decimal(feeling), by=by)
    return trip


def station(seen: Map, journey: Journey, name: str) -> Locator:
    return seen.page.locator(f"#station-{placed(journey, name).pk}")


def lines(seen: Map) -> list[tuple[float, ...]]:
    """Where the perceived line goes: its numbers, to a unit."""
    paths = "(all) => all.map((line) => line.getAttribute('d')).join('').replace(/M[^C]*/g, '')"
    bends = seen.page.locator(".curve-line").evaluate_all(paths).split("C")[1:]
    return [tuple(round(float(number)) for number in bend.split()) for bend in bends]


def test_the_line_moves_with_its_touchpoint_and_as_the_server_draws_it(
    open_map: Open, trip: Journey, edda: User
) -> None:
    seen = open_map(felt(trip, edda), edda)
    before = lines(seen)
    seen.focus("Wifi")
    seen.press("Space", "Home")
    previewed = lines(seen)
    assert previewed != before
    seen.press("Enter")
    seen.settled()
    expect(seen.page.locator("#curve[data-moving]")).to_have_count(0)
    drawn = lines(seen)
    assert len(drawn) == len(previewed)
    for one, other in zip(previewed, drawn, strict=True):
        assert all(abs(a - b) <= 3 for a, b in zip(one, other, strict=True))  # borders between phases are a pixel


def test_arrows_on_a_station_set_an_assumption(open_map: Open, trip: Journey, edda: User) -> None:
    seen = open_map(trip, edda)
    delay = station(seen, trip, "Delay")
    expect(delay).to_have_attribute("aria-valuetext", "not known")
    delay.focus()
    seen.press("ArrowDown", "ArrowDown", "Shift+ArrowDown")
    expect(delay).to_have_attribute("aria-valuenow", "-0.7")
    seen.until(lambda: placed(trip, "Delay").assumed_emotion == Decimal("-0.7"))
    expect(delay).to_have_attribute("aria-valuetext", "−0.7, an assumption")
    expect(delay).to_be_focused()
    seen.press("Control+z")
    seen.until(lambda: placed(trip, "Delay").assumed_emotion is None)


def test_what_a_colleague_does_meanwhile_takes_no_assumption_away(open_map: Open, trip: Journey, edda: User) -> None:
    seen = open_map(trip, edda)
    station(seen, trip, "Delay").focus()
    seen.press("ArrowDown")
    write_cell(placed(trip, "Shop"), lane="assumed_emotion", was=None, value=Decimal("1.5"), by=edda)
    expect(station(seen, trip, "Shop")).to_have_attribute("aria-valuenow", "1.5")
    seen.until(lambda: placed(trip, "Delay").assumed_emotion == Decimal("-0.1"))


def test_a_station_is_dragged_to_a_feeling(open_map: Open, trip: Journey, edda: User) -> None:
    seen = open_map(felt(trip, edda), edda)
    x, y = middle(station(seen, trip, "Seat").locator("circle"))
    seen.page.mouse.move(x, y)
    seen.page.mouse.down()
    seen.page.mouse.move(x, y + 66, steps=6)  # 33 pixels a point
    seen.page.mouse.up()
    seen.until(lambda: placed(trip, "Seat").assumed_emotion == Decimal("-0.5"))


def test_what_customers_said_is_locked(open_map: Open, trip: Journey, edda: User) -> None:
    score = scored(placed(trip, "Delay").touchpoint, 30)
    score.perception, score.perception_source = -1.2, "satisfaction"
    score.save()
    seen = open_map(trip, edda)
    delay = station(seen, trip, "Delay")
    expect(delay).to_have_attribute("aria-valuetext", "−1.2, from satisfaction")
    delay.focus()
    seen.press("ArrowUp")
    seen.page.wait_for_timeout(900)
    expect(delay).to_have_attribute("aria-valuenow", "-1.2")
    assert placed(trip, "Delay").assumed_emotion is None


def test_arrows_walk_along_the_line(open_map: Open, trip: Journey, edda: User) -> None:
    seen = open_map(trip, edda)
    station(seen, trip, "Shop").focus()
    seen.press("ArrowRight", "ArrowRight")
    expect(station(seen, trip, "Board")).to_be_focused()
    assert seen.page.locator('.curve-station[tabindex="0"]').count() == 1

"""Stakeholders in the browser: dragged by mouse and finger, moved by keys, sliders and numbers."""

import pytest
from playwright.sync_api import Locator, Page, expect

from personas.actions import move_stakeholder
from personas.models import Stakeholder
from tests.browser.conftest import Visit
from tests.browser.hands import STEPS, box_of, middle
from tests.browser.looks import PHONE, check_looks
from tests.personas.say import finance, finance_among_others, map_of, page_of, stands
from workspaces.models import User, Workspace


@pytest.fixture
def one(workspace: Workspace, edda: User) -> Stakeholder:
    """Finance, a gatekeeper, among others who stand close to them."""
    return finance_among_others(workspace, edda)


def spot(page: Page, who: Stakeholder) -> Locator:
    return page.locator(f"#stakeholder-{who.pk}")


def dot(page: Page, who: Stakeholder) -> Locator:
    return spot(page, who).locator(".stakeholder-dot")


def at(page: Page, who: Stakeholder, influence: int, support: int) -> None:
    """Wait until the server has said that they stand there."""
    expect(spot(page, who)).to_have_attribute("data-influence", str(influence))
    expect(spot(page, who)).to_have_attribute("data-support", str(support))


def pull(page: Page, who: Stakeholder, *, right: float, up: float) -> None:
    """Press the mouse on somebody and move by shares of the map, without letting go."""
    x, y = middle(dot(page, who))
    box = box_of(page.locator(".stakeholder-map"))
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + right * box["width"], y - up * box["height"], steps=STEPS)


def test_the_mouse_drags_somebody_and_the_toast_puts_them_back(
    workspace: Workspace, one: Stakeholder, edda: User, visit: Visit
) -> None:
    page = visit(edda, map_of(workspace))
    pull(page, one, right=0.46, up=0)
    page.mouse.up()
    at(page, one, 68, 63)
    assert page.url.endswith(map_of(workspace))  # letting go was no click on the link
    expect(page.locator("#toasts")).to_contain_text("Finance: influence 68, support 63, champion")
    check_looks(page)
    page.reload()
    at(page, one, 68, 63)
    pull(page, one, right=-0.2, up=0.1)
    page.mouse.up()
    page.get_by_role("button", name="Undo").click()
    at(page, one, 68, 63)


def test_escape_puts_down_what_is_carried(workspace: Workspace, one: Stakeholder, edda: User, visit: Visit) -> None:
    page = visit(edda, map_of(workspace))
    x, y = middle(dot(page, one))
    pull(page, one, right=0.3, up=-0.3)
    page.keyboard.press("Escape")
    page.mouse.up()
    expect(page.locator("#announcements")).to_have_text("Cancelled, back at influence 68, support 13")
    assert middle(dot(page, one)) == pytest.approx((x, y), abs=1)
    assert stands(one) == (68, 13)
    expect(page.locator(".stakeholder-panel")).to_have_count(0)


def test_a_click_opens_them_beside_the_map(workspace: Workspace, one: Stakeholder, edda: User, visit: Visit) -> None:
    page = visit(edda, map_of(workspace))
    dot(page, one).click()
    expect(page.get_by_role("heading", level=2, name="Finance")).to_be_visible()
    expect(spot(page, one)).to_have_attribute("aria-current", "true")
    check_looks(page)


def test_a_finger_drags_somebody(workspace: Workspace, one: Stakeholder, edda: User, visit: Visit) -> None:
    page = visit(edda, map_of(workspace), **PHONE)
    dot(page, one).scroll_into_view_if_needed()
    x, y = middle(dot(page, one))
    width = box_of(page.locator(".stakeholder-map"))["width"]
    hand = page.context.new_cdp_session(page)
    hand.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for step in range(1, STEPS + 1):
        there = [{"x": x + step * 0.46 * width / STEPS, "y": y}]
        hand.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": there})
    hand.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(spot(page, one)).not_to_have_attribute("data-support", "13")
    influence, support = stands(one)
    assert influence == pytest.approx(68, abs=1)
    assert support == pytest.approx(63, abs=2)
    at(page, one, influence, support)
    check_looks(page)


def test_arrow_keys_move_somebody(workspace: Workspace, one: Stakeholder, edda: User, visit: Visit) -> None:
    page = visit(edda, map_of(workspace))
    spot(page, one).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#announcements")).to_have_text("influence 67, support 24")
    at(page, one, 67, 24)
    expect(spot(page, one)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Escape")
    expect(page.locator("#announcements")).to_have_text("Cancelled, back at influence 67, support 24")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=2, name="Finance")).to_be_visible()
    assert stands(one) == (67, 24)


@pytest.mark.parametrize("key", ["Control+z", "Meta+z"])
def test_a_key_takes_back_what_was_dragged(
    key: str, workspace: Workspace, one: Stakeholder, edda: User, visit: Visit
) -> None:
    page = visit(edda, map_of(workspace))
    x, y = middle(dot(page, one))
    pull(page, one, right=0.46, up=0)
    page.mouse.up()
    at(page, one, 68, 63)
    page.keyboard.press(key)
    at(page, one, 68, 13)
    assert middle(dot(page, one)) == pytest.approx((x, y), abs=1)
    assert stands(one) == (68, 13)
    assert page.url.endswith(map_of(workspace))
    expect(page.locator("#toasts")).not_to_contain_text("support 63")  # its Undo would come too late
    page.keyboard.press(key)  # there is nothing more of one's own
    page.get_by_role("button", name="Undo").click()
    at(page, one, 68, 63)
    page.keyboard.press(key)
    at(page, one, 68, 13)


def test_moves_are_taken_back_one_by_one_also_behind_a_click(
    workspace: Workspace, one: Stakeholder, edda: User, visit: Visit
) -> None:
    other = finance(workspace, edda, name="Legal", influence=30, support=70)
    page = visit(edda, map_of(workspace))
    moves = (one, "Shift+ArrowRight", 68, 23), (other, "Shift+ArrowLeft", 30, 60), (one, "Shift+ArrowDown", 58, 23)
    for who, key, *place in moves:
        spot(page, who).focus()
        page.keyboard.press(key)
        at(page, who, *place)
    dot(page, one).click()
    expect(page.get_by_role("heading", level=2, name="Finance")).to_be_visible()
    page.keyboard.press("Control+z")
    at(page, one, 68, 23)
    page.keyboard.press("Control+z")
    at(page, other, 30, 70)
    page.keyboard.press("Control+z")
    at(page, one, 68, 13)
    expect(page.locator("#stand-support")).to_have_value("13")


def test_a_key_takes_back_what_no_one_has_heard_yet(
    workspace: Workspace, one: Stakeholder, edda: User, visit: Visit
) -> None:
    page = visit(edda, map_of(workspace))
    spot(page, one).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Control+z")
    expect(page.locator("#announcements")).to_have_text("Cancelled, back at influence 68, support 13")
    assert one.positions.count() == 1


def test_in_a_field_the_key_is_the_field_s_own(
    workspace: Workspace, one: Stakeholder, edda: User, visit: Visit
) -> None:
    page = visit(edda, page_of(one))
    page.get_by_role("slider", name="Support, slider").focus()
    page.keyboard.press("ArrowRight")
    at(page, one, 68, 14)
    page.get_by_text("Add a step").click()
    step = page.get_by_role("textbox", name="Next step")
    step.press_sequentially("Ask")
    page.keyboard.press("Control+z")
    expect(step).not_to_have_value("Ask")
    assert stands(one) == (68, 14)
    page.get_by_role("slider", name="Support, slider").focus()
    page.keyboard.press("Control+z")
    at(page, one, 68, 13)
    expect(page.locator("#stand-support")).to_have_value("13")


def test_what_somebody_else_did_since_is_not_taken_back(
    workspace: Workspace, one: Stakeholder, edda: User, ada: User, visit: Visit
) -> None:
    page = visit(edda, map_of(workspace), stands_for="409")
    spot(page, one).focus()
    page.keyboard.press("Shift+ArrowRight")
    at(page, one, 68, 23)
    move_stakeholder(one, influence=20, support=80, version=2, by=ada)
    page.keyboard.press("Control+z")
    at(page, one, 20, 80)
    expect(page.locator("#toasts")).to_contain_text("Somebody changed “Finance” meanwhile")
    spot(page, one).focus()
    page.keyboard.press("ArrowUp")
    at(page, one, 21, 80)
    for _time in range(2):
        page.keyboard.press("Control+z")
    at(page, one, 20, 80)
    page.wait_for_timeout(300)
    assert stands(one) == (20, 80)


def test_a_position_beside_the_map_puts_them_back_in_place(
    workspace: Workspace, one: Stakeholder, edda: User, visit: Visit
) -> None:
    move_stakeholder(one, influence=20, support=80, version=1, by=edda)
    page = visit(edda, page_of(one))
    page.get_by_role("button", name="Put back to influence 68, support 13").click()
    at(page, one, 68, 13)
    page.keyboard.press("Control+z")
    at(page, one, 20, 80)


def test_slider_and_number_say_the_same_and_are_sent(
    workspace: Workspace, one: Stakeholder, edda: User, visit: Visit
) -> None:
    page = visit(edda, page_of(one))
    slider = page.get_by_role("slider", name="Support, slider")
    slider.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#stand-support")).to_have_value("14")
    at(page, one, 68, 14)
    expect(slider).to_be_focused()
    page.locator("#stand-influence").fill("91")
    page.keyboard.press("Enter")
    at(page, one, 91, 14)
    expect(page.locator("#slid-influence")).to_have_value("91")
    expect(page.locator(".stakeholder-panel")).to_contain_text("influence 68, support 14")  # where they stood


def test_who_was_moved_meanwhile_goes_where_they_are(
    workspace: Workspace, one: Stakeholder, edda: User, ada: User, visit: Visit
) -> None:
    page = visit(edda, page_of(one), stands_for="409")
    move_stakeholder(one, influence=20, support=80, version=1, by=ada)
    pull(page, one, right=0.2, up=0.1)
    page.mouse.up()
    at(page, one, 20, 80)
    expect(page.locator("#toasts")).to_contain_text("Somebody changed “Finance” meanwhile")
    expect(page.locator("#stand-support")).to_have_value("80")
    assert stands(one) == (20, 80)


def test_without_a_connection_they_go_back(workspace: Workspace, one: Stakeholder, edda: User, visit: Visit) -> None:
    page = visit(edda, map_of(workspace), stands_for="ERR_INTERNET_DISCONNECTED|Failed to fetch")
    x, y = middle(dot(page, one))
    page.context.set_offline(True)
    pull(page, one, right=0.2, up=0.1)
    page.mouse.up()
    expect(page.locator("#toasts [data-kind=error]")).to_be_visible()
    expect(spot(page, one)).not_to_have_attribute("data-state", "saving")
    assert middle(dot(page, one)) == pytest.approx((x, y), abs=1)
    page.context.set_offline(False)
    assert stands(one) == (68, 13)

"""Talking about a touchpoint, in two browsers at once."""

from playwright.sync_api import expect

from journeys.models import Journey
from tests.browser.conftest import Open, Visit
from tests.browser.looks import PHONE, check_looks
from tests.journeys.scene import placed
from touchpoints.actions import comment_on
from workspaces.models import User


def test_a_comment_reaches_the_other_browser_and_its_notice_leads_back(
    open_map: Open, trip: Journey, edda: User, vik: User
) -> None:
    hers, his = open_map(trip, edda), open_map(trip, vik)
    for seen in (hers, his):
        expect(seen.page.locator("body")).to_have_attribute("data-live-state", "open")
        seen.focus("Delay")
        seen.press("c")
        expect(seen.page.get_by_role("textbox", name="New comment")).to_be_focused()
    his.page.keyboard.type("half a wo")
    hers.page.keyboard.type("@Vik, who tells them?")
    hers.page.locator("#talk-form").get_by_role("button", name="Comment").click()
    expect(hers.page.locator("#talk .mention")).to_have_text("@Vik")
    expect(hers.page.get_by_role("textbox", name="New comment")).to_have_value("")
    expect(hers.page.locator("#send-new")).to_be_focused()
    expect(his.page.locator("#talk .comment")).to_contain_text("who tells them?")
    field = his.page.get_by_role("textbox", name="New comment")
    expect(field).to_be_focused()
    expect(field).to_have_value("half a wo")
    expect(his.touchpoint("Delay").locator(".touchpoint-talk")).to_have_text("1", timeout=10_000)
    check_looks(his.page)
    bell = his.page.get_by_role("link", name="Notices, 1 unread")
    bell.click()
    his.page.get_by_role("button", name="Read “@Vik").click()
    expect(his.page.locator("#panel .comment")).to_be_focused()
    expect(his.page.locator("#bell")).to_have_attribute("aria-label", "Notices")
    his.page.locator("#panel summary", has_text="Answer").click()
    his.page.get_by_role("textbox", name="Your answer").fill("The app does")
    his.page.locator(".talk-answer").get_by_role("button", name="Comment").click()
    expect(hers.page.locator("#talk .talk-answers")).to_contain_text("The app does")
    hers.page.get_by_role("button", name="Resolve").click()
    expect(hers.page.locator(".talk-settled > summary")).to_have_text("1 resolved")
    expect(hers.touchpoint("Delay").locator(".touchpoint-talk")).to_have_count(0, timeout=10_000)
    expect(hers.page.locator("#bell")).to_have_attribute("aria-label", "Notices, 1 unread")


def test_a_phone_reads_and_archives_on_the_touchpoint_s_page(visit: Visit, trip: Journey, edda: User) -> None:
    delay = placed(trip, "Delay").touchpoint
    comment_on(delay, text="Too late", by=edda)
    page = visit(edda, f"/w/{trip.workspace.slug}/touchpoints/{delay.pk}/#talk", **{**PHONE, "language": "en"})
    check_looks(page)
    page.get_by_role("button", name="Archive comment").click()
    expect(page.locator("#talk .comment")).to_have_count(0)
    page.locator("#toasts").get_by_role("button", name="Undo").click()
    expect(page.locator("#talk .comment")).to_contain_text("Too late")

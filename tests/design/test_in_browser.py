"""The frame of every page in a real browser: no violation, no error in the console, everything by keyboard."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import session_of
from tests.browser.looks import check_looks
from tests.cast import PASSWORD, with_password
from workspaces.models import User

SIGN_IN = "/accounts/login/?next=/accounts/password/change/"
GROUND = "getComputedStyle(document.documentElement).backgroundColor"
DARK = "rgb(22, 21, 19)"


@pytest.fixture
def signed_in(page: Page, web: str, olga: User) -> Page:
    """Olga on the page where she changes her password."""
    session = session_of(with_password(olga))
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": web}])
    page.goto("/accounts/password/change/")
    return page


@pytest.fixture
def window(browser: Browser, web: str) -> Iterator[Callable[..., Page]]:
    """`window(color_scheme="dark", width=390)`: a tab of that kind on the sign-in page."""
    contexts = []

    def opened(*, width: int = 1280, **kind: Any) -> Page:
        context = browser.new_context(base_url=web, viewport={"width": width, "height": 800}, **kind)
        contexts.append(context)
        tab: Page = context.new_page()
        tab.goto(SIGN_IN)
        return tab

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_sign_in_violates_no_rule_of_wcag(window: Callable[..., Page], color_scheme: str, width: int) -> None:
    check_looks(window(color_scheme=color_scheme, width=width))


def test_account_page_violates_no_rule_of_wcag(signed_in: Page) -> None:
    signed_in.get_by_role("button", name="Change the password").click()  # with its errors
    expect(signed_in.get_by_role("alert").filter(has_text="There is a problem")).to_be_visible()
    check_looks(signed_in)


def test_nothing_scrolls_sideways_at_320_pixels(window: Callable[..., Page]) -> None:
    page = window(width=320)
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_the_page_speaks_the_browsers_language(window: Callable[..., Page]) -> None:
    page = window(locale="de-DE")
    expect(page.get_by_role("heading", level=1)).to_have_text("Anmelden")
    assert page.locator("html").get_attribute("lang") == "de"


def test_dark_follows_the_device(window: Callable[..., Page]) -> None:
    assert window(color_scheme="light").evaluate(GROUND) == "rgb(250, 248, 244)"
    assert window(color_scheme="dark").evaluate(GROUND) == DARK


def test_first_tab_stop_skips_to_the_content(signed_in: Page) -> None:
    signed_in.goto("/accounts/password/change/")
    signed_in.keyboard.press("Tab")
    expect(signed_in.get_by_role("link", name="Skip to the content")).to_be_focused()
    signed_in.keyboard.press("Enter")
    expect(signed_in.locator("main")).to_be_focused()


def test_menu_is_walked_with_arrow_keys_and_closed_by_escape(signed_in: Page) -> None:
    menu = signed_in.get_by_label("Account of Olga")
    menu.focus()
    signed_in.keyboard.press("ArrowDown")
    expect(signed_in.get_by_role("link", name="Your settings")).to_be_focused()
    signed_in.keyboard.press("ArrowUp")
    expect(signed_in.get_by_role("button", name="Sign out")).to_be_focused()
    signed_in.keyboard.press("Escape")
    expect(signed_in.get_by_role("button", name="Sign out")).to_be_hidden()
    expect(menu).to_be_focused()


def test_menu_closes_when_one_clicks_elsewhere(signed_in: Page) -> None:
    signed_in.get_by_label("Account of Olga").click()
    expect(signed_in.get_by_role("button", name="Sign out")).to_be_visible()
    signed_in.get_by_role("heading", level=1).click()
    expect(signed_in.get_by_role("button", name="Sign out")).to_be_hidden()


def test_dark_is_chosen_at_once_and_kept(signed_in: Page, olga: User) -> None:
    signed_in.get_by_label("Appearance").click()
    with signed_in.expect_response("**/preferences/"):
        signed_in.get_by_role("button", name="Dark").click()
    assert signed_in.evaluate(GROUND) == DARK
    expect(signed_in.get_by_role("heading", level=1)).to_have_text("Change the password")  # still the same page
    signed_in.reload()
    assert signed_in.evaluate(GROUND) == DARK
    olga.refresh_from_db()
    assert olga.theme == "dark"


def test_menus_work_without_javascript(browser: Browser, signed_in: Page, web: str) -> None:
    context = browser.new_context(
        base_url=web, java_script_enabled=False, storage_state=signed_in.context.storage_state(), locale="en-GB"
    )
    page = context.new_page()
    page.goto("/accounts/password/change/")
    page.get_by_label("Account of Olga").click()
    page.get_by_role("button", name="Deutsch").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Passwort ändern")
    context.close()


def test_errors_are_met_first_and_lead_to_their_field(signed_in: Page) -> None:
    signed_in.get_by_label("Current Password").fill("not this one")
    signed_in.get_by_label("New Password", exact=True).fill("a long new one 17")
    signed_in.get_by_label("New Password (again)").fill("a long new one 17")
    signed_in.get_by_role("button", name="Change the password").click()
    summary = signed_in.locator("[data-error-summary]")
    expect(summary).to_be_focused()
    summary.get_by_role("link").first.click()
    expect(signed_in.get_by_label("Current Password")).to_be_focused()


def test_toast_says_what_happened_until_it_is_closed(signed_in: Page) -> None:
    signed_in.get_by_label("Current Password").fill(PASSWORD)
    signed_in.get_by_label("New Password", exact=True).fill("a long new one 17")
    signed_in.get_by_label("New Password (again)").fill("a long new one 17")
    signed_in.get_by_role("button", name="Change the password").click()
    toast = signed_in.get_by_role("status").get_by_text("Your password is changed.")
    expect(toast).to_be_visible()
    signed_in.get_by_role("button", name="Close").click()
    expect(toast).to_be_hidden()


def test_toast_goes_after_ten_seconds_but_not_while_it_is_read(signed_in: Page) -> None:
    signed_in.clock.install()
    signed_in.goto("/accounts/password/change/")
    signed_in.evaluate(
        "document.getElementById('toasts').append("
        "document.getElementById('failure-other').content.firstElementChild.cloneNode(true))"
    )
    toast = signed_in.locator("[data-toast]")
    toast.evaluate("toast => toast.removeAttribute('data-kind')")
    toast.evaluate("toast => toast.parentElement.append(toast)")
    toast.hover()
    signed_in.clock.run_for(11_000)
    expect(toast).to_be_visible()
    signed_in.mouse.move(0, 0)
    signed_in.clock.run_for(11_000)
    expect(toast).to_have_count(0)

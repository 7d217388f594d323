import re
import time
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.looks import DESK, PHONE, check_looks
from tests.cast import PASSWORD, with_password
from tests.workspaces.test_second_factor import code
from workspaces.models import User, Workspace

ENGLISH_PHONE = {**PHONE, "language": "en"}


def shown_now(secret: str) -> str:
    """The code on the phone, read early enough in its half minute to be typed in."""
    if (left := 30 - time.time() % 30) < 5:
        time.sleep(left)
    return code(secret)


def switch_on(page: Page) -> str:
    """Give the password again, scan the picture (here: read the secret beside it), type the code; the secret."""
    page.get_by_role("link", name="Set up").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    secret = page.get_by_text(re.compile(r"^[A-Z2-7]{32}$")).inner_text()
    check_looks(page)
    page.get_by_label("Authenticator code").fill(shown_now(secret))
    page.get_by_role("button", name="Activate").click()
    return secret


@pytest.mark.parametrize("how", [DESK, ENGLISH_PHONE], ids=["desk", "phone"])
def test_a_second_factor_is_switched_on_asked_for_and_switched_off(
    how: dict[str, Any], workspace: Workspace, vik: User, visit: Visit
) -> None:
    page = visit(with_password(vik), "/accounts/2fa/", **how)
    secret = switch_on(page)
    expect(page.locator(".account-codes code").first).to_be_visible()
    check_looks(page)
    recovery = page.locator(".account-codes code").first.inner_text()

    door = visit(None, "/accounts/login/", **how)
    for tell in (lambda: shown_now(secret), lambda: recovery):
        door.get_by_label("Email").fill(vik.email)
        door.get_by_label("Password").fill(PASSWORD)
        door.get_by_role("button", name="Sign in").click()
        check_looks(door)
        door.get_by_role("textbox").first.fill(tell())
        door.get_by_role("button", name="Sign in").click()
        door.wait_for_url(f"**/w/{workspace.slug}/")
        door.goto("/accounts/logout/")
        door.locator("main").get_by_role("button", name="Sign out").click()
        door.goto("/accounts/login/")

    page.goto("/accounts/2fa/recovery-codes/generate/")
    check_looks(page)
    page.goto("/accounts/2fa/")
    check_looks(page)
    page.get_by_role("link", name="Switch off").click()
    check_looks(page)
    page.get_by_role("button", name="Switch off").click()
    expect(page.get_by_text("Not active.")).to_be_visible()

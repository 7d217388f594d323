from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.looks import DESK, PHONE, check_looks
from touchpoints.actions import start_channels
from touchpoints.models import Channel
from workspaces.models import User, Workspace


@pytest.mark.parametrize("how", [DESK, PHONE], ids=["desk", "phone"])
def test_pages_look_right(how: dict[str, Any], workspace: Workspace, edda: User, visit: Visit) -> None:
    home = f"/w/{workspace.slug}/channels/"
    page = visit(edda, home, **how)
    check_looks(page)
    start_channels(workspace, by=edda)
    channel = Channel.objects.of(workspace).first()
    for address in ("", "new/", f"{channel.pk}/edit/", f"{channel.pk}/archive/"):
        page.goto(home + address)
        check_looks(page)


def test_channels_begin_with_the_usual_ones(workspace: Workspace, edda: User, visit: Visit) -> None:
    page = visit(edda, f"/w/{workspace.slug}/channels/")
    page.get_by_role("button", name="Start with the usual channels").click()
    expect(page.get_by_role("row", name="Website")).to_be_visible()
    page.get_by_role("link", name="Archive… Letter").click()
    page.get_by_role("button", name="Archive").click()
    expect(page.get_by_role("row", name="Letter")).to_be_hidden()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("row", name="Letter")).to_be_visible()


def test_an_icon_is_chosen_by_keyboard(workspace: Workspace, edda: User, visit: Visit) -> None:
    page = visit(edda, f"/w/{workspace.slug}/channels/new/")
    page.get_by_label("Name").fill("Kiosk")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")  # from the last, which is chosen, to the first
    expect(page.get_by_label("Phone with touch screen")).to_be_checked()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("row", name="Kiosk")).to_be_visible()
    assert Channel.objects.of(workspace).get().icon == "smartphone"

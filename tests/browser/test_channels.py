from playwright.sync_api import expect

from tests.browser.conftest import Visit
from touchpoints.models import Channel
from workspaces.models import User, Workspace


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

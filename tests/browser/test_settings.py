from django.utils import timezone
from playwright.sync_api import expect

from tests.answering import Given
from tests.browser.conftest import Visit
from touchpoints.actions import fold_all
from touchpoints.models import Touchpoint
from workspaces.models import User, Workspace


def test_what_an_admin_sets_is_used(
    workspace: Workspace, ada: User, delays: Touchpoint, given: Given, visit: Visit
) -> None:
    given(delays, *[4] * 40, occurred_at=timezone.now())
    fold_all()
    table = visit(ada, f"/w/{workspace.slug}/scorecards/")
    expect(table.get_by_role("row", name="Delay information")).to_contain_text("Good")
    page = visit(ada, f"/w/{workspace.slug}/settings/")
    page.get_by_label("Name").fill("Lindbahn & Söhne")
    page.get_by_label("Good from").fill("85")
    page.get_by_label("Strong from").fill("95")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("status").get_by_text("Saved.")).to_be_visible()
    expect(page.locator(".workspace-switch")).to_contain_text("Lindbahn & Söhne")
    table.reload()
    expect(table.get_by_role("row", name="Delay information")).to_contain_text("Weak")


def test_a_new_address_leads_on(workspace: Workspace, ada: User, visit: Visit) -> None:
    page = visit(ada, f"/w/{workspace.slug}/settings/")
    page.get_by_label("Address").fill("lindbahn-ag")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**/w/lindbahn-ag/settings/")
    page.get_by_role("link", name="Personas").first.click()
    page.wait_for_url("**/w/lindbahn-ag/personas/")


def test_bands_in_the_wrong_order_are_refused_beside_the_field(workspace: Workspace, ada: User, visit: Visit) -> None:
    page = visit(ada, f"/w/{workspace.slug}/settings/", stands_for="422")
    page.get_by_label("Weak from").fill("70")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("[data-error-summary]")).to_be_focused()
    workspace.refresh_from_db()
    assert workspace.weak_from == 40


def test_a_viewer_reads_the_settings_and_has_no_form(workspace: Workspace, vik: User, visit: Visit) -> None:
    page = visit(vik, f"/w/{workspace.slug}/settings/")
    expect(page.get_by_text("weak from 40, good from 60, strong from 80")).to_be_visible()
    expect(page.get_by_role("button", name="Save", exact=True)).to_be_hidden()
    expect(page.get_by_role("link", name="Audit log")).to_be_hidden()


def test_what_was_done_is_told_to_admins(workspace: Workspace, ada: User, vik: User, visit: Visit) -> None:
    page = visit(ada, f"/w/{workspace.slug}/settings/")
    page.get_by_role("link", name="Audit log").click()
    expect(page.get_by_role("row").nth(1)).to_contain_text("Vik")
    expect(page.get_by_role("row").nth(1)).to_contain_text("added")


def test_ones_own_name_language_and_look_follow_everywhere(workspace: Workspace, vik: User, visit: Visit) -> None:
    page = visit(vik, "/preferences/")
    page.get_by_label("Name").fill("Viktoria Vogel")
    page.get_by_label("Language").select_option("Deutsch")
    page.get_by_label("dark", exact=True).check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ihre Einstellungen")
    page.goto(f"/w/{workspace.slug}/members/")
    expect(page.get_by_role("row", name="Viktoria Vogel")).to_contain_text("Betrachter")
    assert page.locator("html").get_attribute("data-theme") == "dark"

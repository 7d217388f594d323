from playwright.sync_api import expect

from tests.browser.conftest import Visit
from touchpoints.actions import create_touchpoint
from workspaces.models import Team, User, Workspace


def test_a_team_is_made_owns_a_touchpoint_and_is_archived(
    workspace: Workspace, ada: User, edda: User, vik: User, visit: Visit
) -> None:
    touchpoint = create_touchpoint(workspace, name="Delay information", by=edda)
    page = visit(ada, f"/w/{workspace.slug}/teams/", stands_for="422")
    page.get_by_role("link", name="First team").click()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Name: This field is required.").click()
    page.keyboard.type("Ops control")
    for name in ("Edda", "Vik"):
        page.get_by_label(name).check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("listitem").filter(has_text="Ops control")).to_contain_text("Edda, Vik")

    page.goto(f"/w/{workspace.slug}/touchpoints/{touchpoint.pk}/edit/")
    page.get_by_label("Owner").select_option("Ops control")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#facts")).to_contain_text("Ops control")

    page.goto(f"/w/{workspace.slug}/teams/")
    page.get_by_role("link", name="Archive… Ops control").click()
    page.get_by_role("button", name="Archive").click()
    expect(page.get_by_role("link", name="First team")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("link", name="Edit Ops control")).to_be_visible()
    assert Team.objects.of(workspace).get().archived_at is None


def test_a_team_keeps_its_name_to_itself(workspace: Workspace, ada: User, visit: Visit) -> None:
    page = visit(ada, f"/w/{workspace.slug}/teams/new/", stands_for="422")
    page.get_by_label("Name").fill("Ops control")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Team", exact=True).click()
    page.get_by_label("Name").fill("OPS control")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".field-error")).to_have_text("There is already a team of that name.")

from playwright.sync_api import expect

from tests.browser.conftest import Visit
from workspaces.models import User, Workspace


def test_a_token_is_made_works_and_ends(workspace: Workspace, ada: User, visit: Visit) -> None:
    page = visit(ada, f"/w/{workspace.slug}/tokens/")
    page.get_by_role("link", name="First token").click()
    page.get_by_label("Name").fill("BI nightly")
    page.get_by_role("button", name="Make token").click()
    secret = page.locator("p.token").inner_text()

    def status() -> int:
        return page.request.get("/api/v1/", headers={"Authorization": f"Bearer {secret}"}).status

    assert status() == 200
    page.get_by_role("link", name="I have copied it").click()
    expect(page.get_by_text(secret)).to_be_hidden()  # never again
    page.get_by_role("link", name="End… BI nightly").click()
    page.get_by_role("button", name="End token").click()
    expect(page.get_by_role("row", name="BI nightly")).to_contain_text("ended on")
    expect(page.get_by_role("link", name="End… BI nightly")).to_be_hidden()
    assert status() == 401


def test_viewers_make_tokens_of_their_own_that_read(workspace: Workspace, vik: User, visit: Visit) -> None:
    page = visit(vik, f"/w/{workspace.slug}/tokens/new/")
    expect(page.get_by_label("write")).to_have_count(0)
    page.get_by_label("Name").fill("Notebook")
    page.get_by_role("button", name="Make token").click()
    page.get_by_role("link", name="I have copied it").click()
    expect(page.get_by_role("row", name="Notebook")).to_contain_text("read")

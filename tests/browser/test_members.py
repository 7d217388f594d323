import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.cast import PASSWORD, member_of
from workspaces.models import Membership, Role, User, Workspace


def test_a_colleague_joins_by_the_link_that_the_inviter_sees(workspace: Workspace, ada: User, visit: Visit) -> None:
    page = visit(ada, f"/w/{workspace.slug}/members/")
    page.get_by_role("link", name="Invite").click()
    page.get_by_label("E-mail").fill("nora@example.org")
    page.get_by_role("radio", name=re.compile("^Viewer")).check()
    page.get_by_role("button", name="Invite").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("nora@example.org is invited")
    link = page.locator(".token").inner_text()

    nora = visit(None, link)
    expect(nora.get_by_text("Ada invited you as Viewer.")).to_be_visible()
    nora.get_by_label("Name").fill("Nora Neu")
    nora.get_by_label("Password").fill(PASSWORD)
    nora.get_by_role("button", name="Join").click()
    expect(nora.get_by_role("heading", level=1)).to_have_text("Draw the first journey")
    expect(nora.get_by_role("button", name="First touchpoint")).to_have_count(0)  # a viewer looks

    page.get_by_role("link", name="To the members").click()
    expect(page.get_by_role("row", name="Nora Neu")).to_contain_text("Viewer")
    expect(page.get_by_role("heading", name="Invited")).to_be_hidden()
    late = visit(None, link, stands_for="410")
    expect(late.get_by_role("heading", level=1)).to_have_text("This invitation is closed")


def test_an_invitation_is_sent_again_and_withdrawn(workspace: Workspace, ada: User, visit: Visit) -> None:
    page = visit(ada, f"/w/{workspace.slug}/invitations/new/")
    page.get_by_label("E-mail").fill("nora@example.org")
    page.get_by_role("button", name="Invite").click()
    first = page.locator(".token").inner_text()
    page.get_by_role("link", name="To the members").click()
    page.get_by_role("button", name="Send again").click()
    assert page.locator(".token").inner_text() != first
    page.get_by_role("link", name="To the members").click()
    page.get_by_role("button", name="Withdraw").click()
    expect(page.get_by_text("nora@example.org,")).to_be_hidden()


def test_a_role_is_changed(workspace: Workspace, ada: User, vik: User, visit: Visit) -> None:
    page = visit(ada, f"/w/{workspace.slug}/members/")
    page.get_by_role("link", name="Role of Vik").click()
    page.get_by_role("radio", name=re.compile("^Editor")).check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("row", name="Vik")).to_contain_text("Editor")
    assert member_of(workspace, vik).role == Role.EDITOR


def test_a_member_goes_only_after_a_second_question(workspace: Workspace, ada: User, vik: User, visit: Visit) -> None:
    page = visit(ada, f"/w/{workspace.slug}/members/")
    page.get_by_role("link", name="Remove Vik…").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Remove Vik?")
    page.get_by_role("link", name="Cancel").click()
    expect(page.get_by_role("row", name="Vik")).to_be_visible()
    page.get_by_role("link", name="Remove Vik…").click()
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_role("row", name="Vik")).to_be_hidden()
    assert not Membership.objects.of(workspace).filter(user=vik).exists()


@pytest.mark.parametrize("address", ["leave/", "members/{}/"])
def test_the_last_owner_stays_and_is_told_why(address: str, workspace: Workspace, olga: User, visit: Visit) -> None:
    home = f"/w/{workspace.slug}/"
    page = visit(olga, home + address.format(member_of(workspace, olga).pk), stands_for="4")
    if address == "leave/":
        page.get_by_role("button", name="Leave").click()
    else:
        page.get_by_role("radio", name=re.compile("^Viewer")).check()
        page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert").filter(has_text="A workspace needs an owner.")).to_be_visible()
    assert member_of(workspace, olga).role == Role.OWNER

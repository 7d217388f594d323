"""How stakeholders look: every view in both themes and languages, without script, and many who stand close."""

from typing import Any

import pytest
from playwright.sync_api import expect

from personas.models import Stakeholder
from tests.browser.conftest import Visit
from tests.browser.hands import box_of
from tests.browser.looks import DESK, PHONE, check_looks
from tests.personas.say import OTHERS, finance_among_others, map_of, page_of, stands
from workspaces.models import User, Workspace


@pytest.fixture
def one(workspace: Workspace, edda: User) -> Stakeholder:
    """Finance, a gatekeeper, among others who stand close to them."""
    return finance_among_others(workspace, edda)


@pytest.mark.parametrize("look", [DESK, {"theme": "dark", "language": "de"}, PHONE], ids=["desk", "dark-de", "phone"])
@pytest.mark.parametrize("show", ["", "?show=table", "new/", "panel"])
def test_every_view_looks_well(
    show: str, look: dict[str, Any], workspace: Workspace, one: Stakeholder, edda: User, visit: Visit
) -> None:
    check_looks(visit(edda, page_of(one) if show == "panel" else map_of(workspace) + show, **look))


def test_without_script_slider_and_button_do(workspace: Workspace, one: Stakeholder, edda: User, visit: Visit) -> None:
    page = visit(edda, page_of(one), java_script_enabled=False)
    page.locator("#slid-support").fill("40")
    page.locator("[data-stand]").get_by_role("button", name="Save").click()
    expect(page.locator("#stand-support")).to_have_value("40")
    assert stands(one) == (68, 40)


def test_names_do_not_lie_on_each_other(workspace: Workspace, one: Stakeholder, edda: User, visit: Visit) -> None:
    page = visit(edda, page_of(one))
    boxes = [
        box_of(name) for name in page.locator('.stakeholder-spot:not([data-side="hidden"]) .stakeholder-name').all()
    ]
    assert len(boxes) == len(OTHERS) + 1
    for number, here in enumerate(boxes):
        for there in boxes[number + 1 :]:
            apart = (
                here["x"] + here["width"] <= there["x"] + 1
                or there["x"] + there["width"] <= here["x"] + 1
                or here["y"] + here["height"] <= there["y"] + 1
                or there["y"] + there["height"] <= here["y"] + 1
            )
            assert apart, (here, there)

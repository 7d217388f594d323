"""Answers cut by the workspace's own attributes, from five people on, and shown with what they say of them."""

import re
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from personas.models import Persona
from tests.answering import Clock, Given
from tests.cast import SignIn
from tests.scorecards.pages import text
from touchpoints.actions import fold_all
from touchpoints.models import Touchpoint
from workspaces.actions import archive_attribute, create_attribute, edit_attribute
from workspaces.models import Attribute, User, Workspace

NAME = re.compile(r'<svg[^>]*class="cut"[^>]*aria-label="([^"]*)"')


@pytest.fixture
def line(workspace: Workspace, edda: User) -> Attribute:
    """The line on which somebody travelled."""
    return create_attribute(workspace, name="Line", by=edda)


@pytest.fixture
def cut(at: Clock, workspace: Workspace, delays: Touchpoint, vik: User, sign_in: SignIn) -> Any:
    """`cut("attribute.line")` is how Vik sees the answers about Delay information cut by lines."""
    client = sign_in(vik)

    def see(by: str, **more: Any) -> str:
        fold_all()
        page = client.get(reverse("touchpoint", args=[workspace.slug, delays.pk]), {"by": by, **more}).content.decode()
        return page.split('id="cut"')[1].split("</section>")[0]

    return see


def sentence(shown: str) -> str:
    """The one by which the chart is named."""
    return unescape(NAME.findall(shown)[0])


def test_answers_are_cut_by_an_attribute(cut: Any, delays: Touchpoint, given: Given, line: Attribute) -> None:
    given(delays, *[1, 2] * 20, attributes={"line": "ICE 1703"})
    given(delays, *[4, 5] * 20, attributes={"line": "RE 5"})
    given(delays, *[3] * 4, attributes={"line": "RB 9"})
    given(delays, *[3] * 6)
    shown = cut("attribute.line")
    assert sentence(shown) == "CSAT 1–5 by Line: ICE 1703 1.50, RE 5 4.50, not known 3.00."
    told = text(f"<main{shown}")
    assert re.search(r"RB 9\s+fewer than 5 answers", told), "nothing below five is a number"
    assert "lower than the others" in told
    assert re.search(r'href="[^"]*by=attribute.line#cut"[^>]*aria-current="true">Line<', shown)


def test_the_attributes_stand_beside_the_usual_ways(
    cut: Any, workspace: Workspace, delays: Touchpoint, given: Given, line: Attribute, edda: User
) -> None:
    create_attribute(workspace, name="Reason of travel", by=edda)
    edit_attribute(line, version=1, name="Route", position=2, by=edda)
    given(delays, *[4] * 6, attributes={"line": "RE 5"})
    told = text(f"<main{cut('attribute.line')}")
    assert re.search(r"Channel\s*Device\s*Segment\s*Persona\s*Reason of travel\s*Route", told)
    assert "by Route: RE 5 4.00" in sentence(cut("attribute.line")), "renamed, it has its values"


@pytest.mark.parametrize("by", ["attribute.driver", "attribute.", "line", "attribute", "attribute.line'--"])
def test_an_unknown_attribute_is_the_usual_cut(
    by: str, cut: Any, delays: Touchpoint, given: Given, line: Attribute
) -> None:
    given(delays, *[4] * 6, attributes={"line": "RE 5"})
    assert "by Channel" in sentence(cut(by))


def test_an_archived_attribute_is_shown_nowhere(
    cut: Any, workspace: Workspace, delays: Touchpoint, given: Given, line: Attribute, edda: User, sign_in: SignIn
) -> None:
    given(delays, *[4] * 6, attributes={"line": "RE 5"})
    pages = [reverse("answers", args=[workspace.slug]), reverse("touchpoint_answers", args=[workspace.slug, delays.pk])]
    for page in pages:
        assert "Line: RE 5" in sign_in(edda).get(page).content.decode()
    archive_attribute(line, by=edda)
    assert "by Channel" in sentence(cut("attribute.line"))
    for page in pages:
        assert "RE 5" not in sign_in(edda).get(page).content.decode()


def test_another_workspaces_attribute_cuts_nothing(
    cut: Any, elsewhere: Workspace, delays: Touchpoint, given: Given, otto: User
) -> None:
    create_attribute(elsewhere, name="Line", by=otto)
    given(delays, *[4] * 6)
    assert "by Channel" in sentence(cut("attribute.line"))
    assert "Line" not in cut("channel")


def test_many_small_groups_stand_together(cut: Any, delays: Touchpoint, given: Given, line: Attribute) -> None:
    for number in range(15):
        given(delays, *[4] * (6 if number else 7), attributes={"line": f"Bus {number:02}"})
    told = sentence(cut("attribute.line"))
    assert told.count("Bus") == 12
    assert "all others 4.00" in told


def test_one_personas_answers_are_cut(
    cut: Any, delays: Touchpoint, given: Given, line: Attribute, commuter: Persona
) -> None:
    given(delays, *[2] * 6, attributes={"line": "RE 5"}, persona=commuter)
    given(delays, *[5] * 6, attributes={"line": "RE 5"})
    assert "RE 5 2.00" in sentence(cut("attribute.line", persona=commuter.pk))


@pytest.mark.usefixtures("at")
def test_attributes_cost_no_statement(
    workspace: Workspace, delays: Touchpoint, given: Given, edda: User, sign_in: SignIn
) -> None:
    client, counted = sign_in(edda), []
    pages = [reverse(name, args=[workspace.slug, delays.pk]) for name in ("touchpoint", "touchpoint_answers")]
    pages.append(reverse("answers", args=[workspace.slug]))
    given(delays, *[4] * 6)
    for number in range(3):
        if number:
            key = create_attribute(workspace, name=f"Attribute {number}", by=edda).key
            given(delays, *[4] * 6, attributes={key: "RE 5"})
        fold_all()
        with CaptureQueriesContext(connection) as seen:
            for page in pages:
                assert client.get(page, {"by": "attribute.attribute-1"}).status_code == 200
        counted.append(len(seen))
    assert len(set(counted)) == 1

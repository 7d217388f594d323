from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import SignIn, member_of
from touchpoints.actions import archive_touchpoint, create_channel, create_touchpoint
from workspaces.models import Team, User, Workspace


@pytest.fixture
def library(workspace: Workspace, edda: User) -> dict[str, Any]:
    """Five touchpoints, one of them archived."""
    app, shop = (create_channel(workspace, name=name, by=edda) for name in ("App", "Shop"))
    ops = Team.objects.create(workspace=workspace, name="Ops control")
    create_touchpoint(workspace, name="Delay information", note="by push", channel=app, owner=ops, by=edda)
    create_touchpoint(workspace, name="Refund claim", channel=app, owner=member_of(workspace, edda), by=edda)
    create_touchpoint(workspace, name="Ticket counter", channel=shop, contact="personal", by=edda)
    create_touchpoint(workspace, name="100 % discount_card", by=edda)
    archive_touchpoint(create_touchpoint(workspace, name="Fax", by=edda), by=edda)
    return {"app": app.pk, "shop": shop.pk, "ops": f"team-{ops.pk}", "edda": f"member-{member_of(workspace, edda).pk}"}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["100 % discount_card", "Delay information", "Refund claim", "Ticket counter"]),
        ({"q": "deLAY"}, ["Delay information"]),
        ({"q": "push"}, ["Delay information"]),
        ({"q": "%"}, ["100 % discount_card"]),
        ({"q": "_"}, ["100 % discount_card"]),
        ({"q": "nowhere"}, []),
        ({"channel": "app"}, ["Delay information", "Refund claim"]),
        ({"channel": "app", "q": "claim"}, ["Refund claim"]),
        ({"contact": "personal"}, ["Ticket counter"]),
        ({"owner": "ops"}, ["Delay information"]),
        ({"owner": "edda"}, ["Refund claim"]),
        ({"archived": "1"}, ["Fax"]),
        ({"channel": "999999999999999999999"}, 4),
        ({"channel": "x", "contact": "y", "owner": "z", "page": "w"}, 4),
        ({"q": "x" * 201}, 4),
        ({"page": "99"}, 4),
    ],
)
def test_the_address_says_what_is_shown(
    asked: dict[str, str],
    found: list[str] | int,
    library: dict[str, Any],
    workspace: Workspace,
    vik: User,
    sign_in: SignIn,
) -> None:
    query = {name: library.get(value, value) for name, value in asked.items()}
    answer = sign_in(vik).get(reverse("touchpoints", args=[workspace.slug]), query)
    names = [str(touchpoint) for touchpoint in answer.context["page"]]
    assert (names if isinstance(found, list) else len(names)) == found
    if not found:
        assert "Nothing matches." in answer.content.decode()


def test_links_keep_what_was_asked(library: dict[str, Any], workspace: Workspace, vik: User, sign_in: SignIn) -> None:
    page = sign_in(vik).get(reverse("touchpoints", args=[workspace.slug]), {"q": "fax"}).content.decode()
    assert 'href="?q=fax&amp;archived=1"' in page


def test_more_touchpoints_cost_no_more_statements(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    channel = create_channel(workspace, name="App", by=edda)
    team = Team.objects.create(workspace=workspace, name="Ops control")
    client, counted = sign_in(edda), []
    for names in (range(2), range(2, 70)):
        for name in names:
            owner = team if name % 2 else member_of(workspace, edda)
            create_touchpoint(workspace, name=f"Stop {name}", channel=channel, owner=owner, by=edda)
        with CaptureQueriesContext(connection) as statements:
            page = client.get(reverse("touchpoints", args=[workspace.slug]))
        counted.append(len(statements))
    assert counted[0] == counted[1]
    assert len(page.context["page"].object_list) == 60
    assert "Page 1 of 2" in page.content.decode()

"""What is done about a touchpoint stands in its line of the scorecards."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from measures.actions import archive_measure, create_measure, move_measure
from measures.models import Measure
from tests.answering import Clock
from tests.cast import SignIn
from tests.rest import Rest
from touchpoints.models import Touchpoint
from workspaces.models import User, Workspace


@pytest.fixture
def done(at: Clock, workspace: Workspace, delays: Touchpoint, counter: Touchpoint, edda: User) -> Measure:
    """At the delay information two measures, and two that are dropped or archived; at the counter nothing."""
    create_measure(workspace, title="Callback", touchpoints=[delays], by=edda)
    gone = create_measure(workspace, title="Leaflets", touchpoints=[delays, counter], by=edda)
    move_measure(gone, to="dropped", reason="Nobody reads them", version=1, by=edda)
    archive_measure(create_measure(workspace, title="A slip", touchpoints=[delays], by=edda), by=edda)
    return create_measure(workspace, title="Forecast", touchpoints=[delays], by=edda)


def cells(client: Client, workspace: Workspace, asked: str = "") -> list[str]:
    """The column's cells, line by line."""
    page = client.get(reverse("scorecards", args=[workspace.slug]) + asked).content.decode()
    found = re.findall(r'<td class="row-measure".*?</td>', page, re.DOTALL)
    return [" ".join(re.sub("<[^>]+>", " ", cell).split()) for cell in found]


def test_the_latest_stands_there_with_its_status_and_how_many_more(
    done: Measure, workspace: Workspace, vik: User, sign_in: SignIn
) -> None:
    assert cells(sign_in(vik), workspace, "?sort=name") == ["Forecast idea · 1 more", "–"]


def test_touchpoints_without_a_measure_can_be_looked_for(
    done: Measure, workspace: Workspace, vik: User, sign_in: SignIn
) -> None:
    assert cells(sign_in(vik), workspace, "?idle=on") == ["–"]


def test_programs_and_files_are_told_of_all_of_them(
    done: Measure, workspace: Workspace, tess: Client, vik: User, sign_in: SignIn
) -> None:
    delays, counter = Rest(tess).get("scorecards/?sort=name&columns=measure").json()["results"]
    assert [one["title"] for one in delays["measures"]] == ["Forecast", "Callback"]
    assert delays["measures"][0] == {"measure": done.pk, "title": "Forecast", "status": "idea"}
    assert counter["measures"] == []
    assert [one["name"] for one in Rest(tess).get("scorecards/?idle=true").json()["results"]] == ["Ticket counter"]
    file = sign_in(vik).get(reverse("scorecards_csv", args=[workspace.slug]) + "?columns=measure&sort=name")
    assert "Forecast (idea), Callback (idea)" in file.content.decode()

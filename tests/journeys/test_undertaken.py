"""A map names the measures and opportunities of its touchpoints: in its lanes, on paper, over REST."""

import re

import pytest
from django.test import Client

from feedback.actions import create_insight
from journeys.actions.lanes import show_lane
from journeys.actions.shares import make_share
from journeys.models import Journey, Lane
from measures.actions import archive_measure, create_measure, create_opportunity, move_measure
from measures.models import Measure
from tests.cast import SignIn
from tests.journeys.scene import address, placed
from tests.rest import Rest
from workspaces.models import User, Workspace


@pytest.fixture
def callback(commute: Journey, workspace: Workspace, edda: User) -> Measure:
    """A measure where customers pay, born of an opportunity that gathers a pain there; both lanes are shown."""
    pay = placed(commute, "Pay").touchpoint
    pain = create_insight(pay, kind="pain", text="Nobody answers", by=edda)
    opportunity = create_opportunity(workspace, title="Be there", insights=[pain], by=edda)
    lane = Lane.objects.get(journey=commute, kind="chances")
    lane.journey = commute
    show_lane(lane, shown=True, by=edda)
    return create_measure(workspace, title="Callback", touchpoints=[pay], opportunity=opportunity, by=edda)


@pytest.mark.parametrize("view", ["overview", "timeline"])
def test_the_map_names_them_with_their_status_and_leads_to_them(
    commute: Journey, callback: Measure, vik: User, sign_in: SignIn, view: str
) -> None:
    page = sign_in(vik).get(f"{address('journey', commute)}?view={view}").content.decode()
    link = f'href="/w/{callback.workspace.slug}/measures/{callback.pk}/">Callback</a>'
    assert re.search(rf'{re.escape(link)} ?<span class="tag">idea</span>', page)
    assert f'/opportunities/{callback.opportunity_id}/">Be there</a>' in page


def test_what_is_dropped_or_archived_is_not_named_and_the_map_is_drawn_anew(
    commute: Journey, callback: Measure, edda: User, sign_in: SignIn
) -> None:
    client, url = sign_in(edda), address("journey", commute)
    client.get(url)  # with the token of this browser from now on
    seen = client.get(url)
    assert client.get(url, headers={"If-None-Match": seen.headers["ETag"]}).status_code == 304
    dropped = move_measure(callback, to="dropped", version=1, reason="Too dear", by=edda)
    again = client.get(url, headers={"If-None-Match": seen.headers["ETag"]})
    assert again.status_code == 200
    assert "Callback" not in again.content.decode()
    back = move_measure(dropped, to="idea", version=2, by=edda)
    assert "Callback" in client.get(url).content.decode()
    archive_measure(back, by=edda)
    assert "Callback" not in client.get(url).content.decode()


def test_a_stranger_reads_them_without_a_link(commute: Journey, callback: Measure, edda: User) -> None:
    _share, secret = make_share(commute, name="Agency", by=edda)
    page = Client().get(f"/s/{secret}/", follow=True).content.decode()
    assert "Callback" in page
    assert "/measures/" not in page


def test_the_map_over_rest_tells_them_at_each_placement(commute: Journey, callback: Measure, tess: Client) -> None:
    told = Rest(tess).get(f"journeys/{commute.pk}/map/").json()
    placements = {one["touchpoint"]["name"]: one for phase in told["phases"] for one in phase["placements"]}
    assert placements["Pay"]["measures"] == [{"id": callback.pk, "title": "Callback", "status": "idea"}]
    assert placements["Pay"]["opportunities"] == [{"id": callback.opportunity_id, "title": "Be there"}]
    assert (placements["Shop"]["measures"], placements["Shop"]["opportunities"]) == ([], [])

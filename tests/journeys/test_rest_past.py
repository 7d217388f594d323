"""GET journeys/<id>/map/?as_of=: what programs are told of a map as it stood."""

import datetime

from django.test import Client

from journeys.actions.placements import archive_placement, edit_placement, label_phase, move_placement
from journeys.models import Change, Journey
from tests.journeys.scene import phase, placed
from tests.journeys.told import DAY, as_of, closed, order, stations, url
from touchpoints.models import HealthScore
from workspaces import clock
from workspaces.models import User, Workspace


def test_a_map_of_the_past(tess: Client, dressed: Journey, workspace: Workspace, edda: User) -> None:
    today = clock.today(workspace.zone)
    Change.objects.filter(journey=dressed).update(at=clock.now() - 9 * DAY)
    ride = placed(dressed, "Ride")
    closed(ride.touchpoint, today - 6 * DAY, 51.4)
    closed(ride.touchpoint, today - 4 * DAY, 90.0)
    move_placement(ride, to_phase=phase(dressed, "purchase"), after=None, version=1, by=edda)
    edit_placement(placed(dressed, "Ride"), version=2, by=edda, share=10)
    label_phase(phase(dressed, "retention"), label="Under way", version=1, by=edda)
    archive_placement(placed(dressed, "Arrive"), by=edda)
    ride.touchpoint.insights.update(created_at=clock.now() - 2 * DAY)

    past = tess.get(url(dressed), as_of(today - 5 * DAY)).json()
    now = tess.get(url(dressed), as_of(today)).json()

    assert order(past) == {"purchase": "Shop Pay", "retention": "Wait Ride Arrive"}
    assert (past["revision"], past["as_of"]) == (5, (today - 5 * DAY).isoformat())
    assert (past["phases"][3]["name"], past["phases"][3]["version"]) == ("Retention", 1)
    was = stations(past)["Ride"]
    assert (was["version"], was["share"], was["touchpoint"]["insights"]) == (1, 100, [])
    assert was["touchpoint"]["health"]["score"] == 51
    assert not {"lanes", "needs"} & (past.keys() | was.keys()), "today's are not told as those of then"
    assert {"lanes", "needs"} <= stations(now)["Ride"].keys()
    assert (was["touchpoint"]["health"]["last_heard"], was["touchpoint"]["health"]["version"]) == (None, None)
    assert order(now) == {"purchase": "Ride Shop Pay", "retention": "Wait"}
    assert now == tess.get(url(dressed)).json()
    assert stations(now)["Ride"]["touchpoint"]["health"]["score"] == 72


def test_a_day_that_is_over_and_not_yet_closed_stands_in_the_running_score(tess: Client, dressed: Journey) -> None:
    yesterday = clock.today(dressed.workspace.zone) - DAY
    ride = placed(dressed, "Ride").touchpoint
    closed(ride, yesterday - DAY, 10.0)
    HealthScore.objects.filter(subject=ride.subject).update(day=yesterday)
    Change.objects.filter(journey=dressed).update(at=clock.now() - 9 * DAY)
    scores = [
        stations(tess.get(url(dressed), as_of(day)).json())["Ride"]["touchpoint"]["health"]["score"]
        for day in (yesterday - 2 * DAY, yesterday - DAY, yesterday)
    ]
    assert scores == [None, 10, 72]


def test_a_day_ends_at_local_midnight(tess: Client, commute: Journey, edda: User) -> None:
    Change.objects.filter(journey=commute).update(at=datetime.datetime(2026, 6, 1, tzinfo=datetime.UTC))
    label_phase(phase(commute, "purchase"), label="Buy", version=1, by=edda)
    Change.objects.filter(journey=commute, verb="label").update(
        at=datetime.datetime(2026, 7, 1, 22, 30, tzinfo=datetime.UTC)  # half past midnight in Berlin
    )
    labels = [
        tess.get(url(commute), as_of(day)).json()["phases"][2]["name"]
        for day in (datetime.date(2026, 7, 1), datetime.date(2026, 7, 2))
    ]
    assert labels == ["Purchase", "Buy"]


def test_a_past_map_is_unchanged_by_what_happens_now(tess: Client, dressed: Journey, edda: User) -> None:
    Change.objects.filter(journey=dressed).update(at=clock.now() - 9 * DAY)
    ask = as_of(clock.today(dressed.workspace.zone) - 3 * DAY)
    etag = tess.get(url(dressed), ask).headers["ETag"]
    archive_placement(placed(dressed, "Arrive"), by=edda)
    HealthScore.objects.update(score=1, version=9)
    assert tess.get(url(dressed), ask, headers={"If-None-Match": etag}).status_code == 304


def test_what_has_been_purged_leaves_the_rest_of_a_past_map_whole(tess: Client, commute: Journey, edda: User) -> None:
    Change.objects.filter(journey=commute).update(at=clock.now() - 99 * DAY)
    ask = as_of(clock.today(commute.workspace.zone) - 90 * DAY)
    gone = placed(commute, "Wait")
    archive_placement(gone, by=edda)
    assert order(tess.get(url(commute), ask).json())["retention"] == "Wait Ride Arrive"
    gone.delete()
    past = tess.get(url(commute), ask).json()
    assert order(past)["retention"] == "Ride Arrive"
    assert [one["position"] for one in past["phases"][3]["placements"]] == [0, 1]

"""The map's page as it stood on a day: where everything stood, scores as they were known, and nothing to change."""

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from feedback.actions import create_insight
from feedback.models import Insight
from journeys.actions.placements import archive_placement, label_phase, move_placement
from journeys.actions.shares import make_share
from journeys.look import Look
from journeys.models import Change, Journey
from tests.answering import TODAY, Clock, Given, health
from tests.cast import SignIn
from tests.journeys.scene import HTMX, address, drawn, phase, placed, said
from tests.journeys.told import DAY, closed, scored
from touchpoints.models import HealthScore
from workspaces import clock
from workspaces.models import User, Workspace


def days_ago(journey: Journey, days: int) -> datetime.date:
    return clock.today(journey.workspace.zone) - days * DAY


def on(client: Client, journey: Journey, day: datetime.date, **more: str) -> str:
    answer = client.get(address("journey", journey), {"on": day.isoformat(), **more})
    assert answer.status_code == 200
    return answer.content.decode()


def order(html: str) -> list[str]:
    """The touchpoints in the order of the page, each behind its phase."""
    return [
        part.split("<")[0] for part in html.split('class="touchpoint-name"')[1:] for part in [part.split(">", 1)[1]]
    ]


@pytest.fixture
def lived(dressed: Journey, edda: User) -> Journey:
    """Nine days ago it was begun; since then Ride was moved, Arrive taken off, a phase renamed."""
    Change.objects.filter(journey=dressed).update(at=clock.now() - 9 * DAY)
    closed(placed(dressed, "Ride").touchpoint, days_ago(dressed, 6), 51.4)
    move_placement(placed(dressed, "Ride"), to_phase=phase(dressed, "purchase"), after=None, version=1, by=edda)
    archive_placement(placed(dressed, "Arrive"), by=edda)
    label_phase(phase(dressed, "retention"), label="Under way", version=1, by=edda)
    return dressed


def test_layout_and_scores_are_those_of_then(lived: Journey, sign_in: SignIn, edda: User) -> None:
    client = sign_in(edda)
    then, now = on(client, lived, days_ago(lived, 5)), client.get(address("journey", lived)).content.decode()
    assert order(then) == ["Shop", "Pay", "Wait", "Ride", "Arrive"]
    assert order(now)[:4] == ["Ride", "Shop", "Pay", "Wait"]
    assert "51 Weak" in said(then)
    assert "72 Good" in said(now)
    assert "Under way" not in said(then)
    assert "As it was on" in said(then)
    assert "Back to today" in said(then)
    assert "As it was on" not in said(now)


def test_nothing_can_be_changed_there(lived: Journey, sign_in: SignIn, edda: User) -> None:
    html = on(sign_in(edda), lived, days_ago(lived, 5))
    for control in ("touchpoint-grip", "quick-add", "data-undo", "library-opener", "present/", "/out/", "Save view"):
        assert control not in html, control
    assert "data-undo" in sign_in(edda).get(address("journey", lived)).content.decode()


def test_before_it_was_begun_it_is_empty(lived: Journey, sign_in: SignIn, vik: User) -> None:
    html = on(sign_in(vik), lived, days_ago(lived, 20))
    assert order(html) == []
    assert "Nothing stood on this map yet." in said(html)


def test_it_is_looked_at_in_the_same_ways(lived: Journey, sign_in: SignIn, vik: User) -> None:
    day = days_ago(lived, 5)
    html = on(sign_in(vik), lived, day, view="table", q="Rid")
    assert [name for name in order(html) if name == "Ride"] == ["Ride"]
    assert f"?view=timeline&amp;on={day}&amp;q=Rid" in html
    assert "1 of 5 shown" in said(html)
    for view in ("timeline", "overview"):
        assert "Ride" in order(on(sign_in(vik), lived, day, view=view))


def test_one_persona_as_she_was_known_then(lived: Journey, sign_in: SignIn, vik: User) -> None:
    commuter = lived.personas.get()
    closed(placed(lived, "Ride").touchpoint, days_ago(lived, 6), 22.0, persona=commuter)
    assert "22 Critical" in said(on(sign_in(vik), lived, days_ago(lived, 5), persona=str(commuter.pk)))


@pytest.mark.parametrize("days", [0, -1, -400])
def test_today_and_days_to_come_are_the_map_as_it_stands(lived: Journey, sign_in: SignIn, vik: User, days: int) -> None:
    answer = sign_in(vik).get(address("journey", lived), {"on": str(days_ago(lived, days)), "lens": "gap"})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{address('journey', lived)}?lens=gap")


def test_the_slider_counts_days(lived: Journey, sign_in: SignIn, vik: User) -> None:
    day = days_ago(lived, 5)
    html = on(sign_in(vik), lived, day)
    assert f'min="{days_ago(lived, 9).toordinal()}" max="{days_ago(lived, 0).toordinal()}"' in html
    by_number = sign_in(vik).get(address("journey", lived), {"on": str(day.toordinal())}).content.decode()
    assert order(by_number) == order(html)


def test_a_past_map_that_a_browser_has_costs_a_304_whatever_happens_now(
    lived: Journey, sign_in: SignIn, vik: User, edda: User
) -> None:
    client, url = sign_in(vik), address("journey", lived)
    ask = {"on": str(days_ago(lived, 5))}
    etag = client.get(url, ask, headers=HTMX).headers["ETag"]
    HealthScore.objects.filter(subject=placed(lived, "Ride").touchpoint.subject).update(score=1, version=9)
    unchanged = client.get(url, ask, headers=HTMX | {"If-None-Match": etag})
    assert unchanged.status_code == 304
    closed(placed(lived, "Wait").touchpoint, days_ago(lived, 6), 90.0)  # a close that came late
    assert client.get(url, ask, headers=HTMX | {"If-None-Match": etag}).status_code == 200


def test_what_was_heard_later_is_not_told_as_of_then(lived: Journey, sign_in: SignIn, vik: User, edda: User) -> None:
    ride = placed(lived, "Ride").touchpoint
    create_insight(ride, by=edda, kind="pain", text="Doors jam", mentions=3)
    Insight.objects.filter(text="Too full").update(created_at=clock.now() - 8 * DAY)
    seen = said(on(sign_in(vik), lived, days_ago(lived, 5)))
    assert "Too full" in seen
    assert "Doors jam" not in seen


def test_feelings_are_counted_from_the_answers_of_then(
    at: Clock, given: Given, workspace: Workspace, edda: User, vik: User, sign_in: SignIn
) -> None:
    journey = drawn(workspace, edda, purchase="Shop")
    Change.objects.filter(journey=journey).update(at=clock.now() - 50 * DAY)
    shop = placed(journey, "Shop").touchpoint
    given(shop, *[2] * 5, metric="emotion", occurred_at=TODAY - 40 * DAY)
    given(shop, *[-1] * 5, metric="emotion")
    health(shop)
    client = sign_in(vik)
    assert "1 Shop: +2.0, from the emotion question" in on(client, journey, TODAY - DAY)
    assert "1 Shop: +0.5, from the emotion question" in client.get(address("journey", journey)).content.decode()


def test_share_links_show_the_map_as_it_stands(lived: Journey, ada: User, client: Client) -> None:
    _share, secret = make_share(lived, name="Partner", by=ada)
    html = client.get(f"/s/{secret}/", {"on": str(days_ago(lived, 5))}).content.decode()
    assert order(html) == ["Ride", "Shop", "Pay", "Wait"]
    assert "As it was on" not in html


def test_no_day_is_kept_in_what_leads_out_of_the_map() -> None:
    look = Look(on=datetime.date(2026, 1, 1), zoom=72)
    assert (look.query, look.now.query) == ("?zoom=72&on=2026-01-01", "?zoom=72")


@pytest.mark.parametrize("nonsense", ["x", "2026-02-30", "0", "9999999", "1066-10-14", "²"])
def test_a_day_that_is_none_is_not_asked(lived: Journey, sign_in: SignIn, vik: User, nonsense: str) -> None:
    answer = sign_in(vik).get(address("journey", lived), {"on": nonsense})
    assert (answer.status_code, "As it was on" in answer.content.decode()) == (200, False)


def test_statements_do_not_grow_with_the_journey(workspace: Workspace, edda: User, vik: User, sign_in: SignIn) -> None:
    sent = []
    for name, many in (("Few", 2), ("Many", 30)):
        journey = drawn(workspace, edda, name, purchase=" ".join(f"{name}{number}" for number in range(many)))
        Change.objects.filter(journey=journey).update(at=clock.now() - 9 * DAY)
        for number in range(many):
            touchpoint = placed(journey, f"{name}{number}").touchpoint
            closed(touchpoint, days_ago(journey, 5), 40 + number)
            scored(touchpoint, 50)
        client = sign_in(vik)
        on(client, journey, days_ago(journey, 3))
        with CaptureQueriesContext(connection) as seen:
            on(client, journey, days_ago(journey, 3), lens="gap")
        sent.append(len(seen))
    assert sent[0] == sent[1]

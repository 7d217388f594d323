"""The home page: what is new since one's last visit, what waits, what one answers for, what was done, what is fresh."""

import datetime
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from journeys.actions.journeys import archive_journey, create_journey, edit_journey
from journeys.actions.placements import place_touchpoint
from journeys.models import Journey
from personas.actions import create_persona, edit_persona
from tests.answering import TODAY, Clock, Given, health
from tests.cast import SignIn, member_of
from tests.journeys.scene import phase
from tests.scorecards.pages import text
from tests.touchpoints.watching import begin, worsen
from touchpoints.actions import comment_on, create_touchpoint, edit_touchpoint, fold_all
from touchpoints.models import Touchpoint
from workspaces.actions import create_team
from workspaces.models import Membership, User, Visit, Workspace

DAY = datetime.timedelta(days=1)
BEFORE = TODAY - 100 * DAY


def home(client: Client, workspace: Workspace) -> str:
    answer = client.get(reverse("home", args=[workspace.slug]))
    assert answer.status_code == 200
    return answer.content.decode()


def part(page: str, name: str) -> str:
    """What the part of that heading says."""
    section = page[page.index(f'aria-labelledby="home-{name}"') :].split("</section>", maxsplit=1)[0]
    return text(f"<main {section}")


@pytest.fixture
def drawn(workspace: Workspace, edda: User) -> Journey:
    """A journey, so that the workspace is not empty."""
    journey: Journey = create_journey(workspace, name="Weekend trip", by=edda)
    return journey


def test_the_first_visit_says_so(at: Clock, workspace: Workspace, vik: User, sign_in: SignIn, drawn: Journey) -> None:
    assert "Welcome, Vik This is your first visit here." in text(home(sign_in(vik), workspace))


def test_a_visit_begins_after_half_an_hour_of_quiet(
    at: Clock, workspace: Workspace, vik: User, sign_in: SignIn, drawn: Journey
) -> None:
    client = sign_in(vik)
    home(client, workspace)
    at.now += datetime.timedelta(minutes=30)
    assert "Welcome, Vik" in home(client, workspace), "the same visit still"
    at.now += datetime.timedelta(minutes=31)
    assert "Since 12:30, Vik" in home(client, workspace), "when the visit before ended"
    at.now += datetime.timedelta(minutes=20)
    assert "Since 12:30, Vik" in home(client, workspace)
    at.pass_days(1)
    assert "Since yesterday, Vik" in home(client, workspace)
    at.pass_days(3)
    assert "Since Monday, Vik" in home(client, workspace)
    at.pass_days(7)
    assert "Since March 19, Vik" in home(client, workspace)


def test_each_member_has_visits_of_their_own(
    at: Clock, workspace: Workspace, vik: User, ada: User, sign_in: SignIn, drawn: Journey
) -> None:
    home(sign_in(ada), workspace)
    at.pass_days(1)
    assert "Welcome, Vik" in home(sign_in(vik), workspace)
    assert "Since yesterday, Ada" in home(sign_in(ada), workspace)


def test_what_changed_beyond_chance_is_told_with_its_numbers(
    at: Clock, workspace: Workspace, vik: User, sign_in: SignIn, given: Given, delays: Touchpoint, counter: Touchpoint
) -> None:
    client = sign_in(vik)
    assert "Too few answers to tell of changes" in part(home(client, workspace), "changes")
    given(counter, *[5, 3] * 20, occurred_at=BEFORE)
    given(counter, *[5, 3] * 20)
    fold_all()
    assert "Nothing moved beyond chance" in part(home(client, workspace), "changes")
    given(delays, *[5] * 40, *[4] * 10, occurred_at=BEFORE)
    given(delays, *[2] * 40, *[3] * 10)
    now = health(delays)
    page = part(home(client, workspace), "changes")
    assert "1 change beyond chance" in page
    assert f"−65 real change Delay information {round(now.score or 0)} now" in page
    assert "Ticket counter" not in page


def test_a_change_is_new_until_the_next_visit_however_late_its_answers_come(
    at: Clock, workspace: Workspace, vik: User, sign_in: SignIn, given: Given, delays: Touchpoint, counter: Touchpoint
) -> None:
    client, late = sign_in(vik), at.now
    for touchpoint in (counter, delays):
        given(touchpoint, *[5] * 50, occurred_at=BEFORE)
        given(touchpoint, *[2] * 50, occurred_at=late)
        fold_all()
        page = part(home(client, workspace), "changes")
        at.pass_days(1)
    assert "1 is new since yesterday." in page
    assert re.search("Delay information new", page)
    assert not re.search("Ticket counter new", page)
    assert "None is new since yesterday." in part(home(client, workspace), "changes")


def test_an_alarm_is_new_until_the_next_visit(
    at: Clock, workspace: Workspace, edda: User, sign_in: SignIn, delays: Touchpoint
) -> None:
    client = sign_in(edda)
    begin(at, delays)
    home(client, workspace)
    worsen(at, delays)
    page = part(home(client, workspace), "alarms")
    assert re.search(r"1 open alarm Delay information new 1 raised since", page)
    at.pass_days(1)
    page = part(home(client, workspace), "alarms")
    assert "None raised since yesterday." in page
    assert "new" not in page


def test_a_mention_waits_until_it_is_read(
    at: Clock, workspace: Workspace, edda: User, vik: User, sign_in: SignIn, delays: Touchpoint
) -> None:
    client = sign_in(vik)
    assert "Nothing waits for you" in home(client, workspace)
    comment_on(delays, text="@Vik which provider sends the push?", by=edda)
    page = home(client, workspace)
    assert "1 comment speaks to you" in part(page, "waiting")
    assert "which provider sends the push? Edda mentions you" in part(page, "to-do")
    (read,) = re.findall(rf'action="(/w/{workspace.slug}/notices/\d+/read/)"', page)
    client.post(read)
    assert "Nothing waits for you" in home(client, workspace)
    assert "speaks to you" not in home(sign_in(edda), workspace)


def test_alarms_wait_for_whoever_answers_for_the_touchpoint(
    at: Clock, workspace: Workspace, edda: User, ada: User, sign_in: SignIn, delays: Touchpoint
) -> None:
    begin(at, delays)
    worsen(at, delays)
    edit_touchpoint(delays, version=delays.version, owner=member_of(workspace, edda), by=ada)
    assert "1 alarm about your touchpoints" in part(home(sign_in(edda), workspace), "waiting")
    assert "Look at the alarm about Delay information" in part(home(sign_in(edda), workspace), "to-do")
    assert "alarm about" not in part(home(sign_in(ada), workspace), "to-do")


def test_overdue_reviews_wait_for_their_owner_and_unowned_ones_for_who_may_edit(
    at: Clock, workspace: Workspace, edda: User, ada: User, vik: User, sign_in: SignIn, drawn: Journey
) -> None:
    mara = create_persona(workspace, name="Mara", by=edda)
    edit_persona(mara, version=mara.version, review_date=TODAY - DAY, by=edda)
    drawn.refresh_from_db()
    drawn = edit_journey(drawn, version=drawn.edition, review_date=TODAY, by=edda)
    page = part(home(sign_in(ada), workspace), "to-do")
    assert "Review Mara" in page
    assert "Review Weekend trip" not in page, "its day has not passed"
    at.pass_days(1)
    assert "2 overdue reviews" in part(home(sign_in(ada), workspace), "waiting")
    edit_journey(drawn, version=drawn.edition, owner=member_of(workspace, vik), by=edda)
    assert "Review Weekend trip" in part(home(sign_in(vik), workspace), "to-do")
    assert "Review Mara" not in part(home(sign_in(vik), workspace), "to-do")
    assert "Review Weekend trip" not in part(home(sign_in(ada), workspace), "to-do")


def test_your_touchpoints_are_your_own_and_your_teams_the_worst_first(
    at: Clock, workspace: Workspace, edda: User, ada: User, sign_in: SignIn, given: Given
) -> None:
    assert "owns a touchpoint yet" not in home(sign_in(edda), workspace), "an empty workspace says how to begin"
    team = create_team(workspace, name="Ops control", members=[member_of(workspace, edda)], by=ada)
    other = create_team(workspace, name="Sales", members=[member_of(workspace, ada)], by=ada)
    for name, owner, value in (
        ("Conductor", member_of(workspace, edda), 5),
        ("Delays", team, 1),
        ("Shop", other, 1),
        ("Poster", team, None),
    ):
        touchpoint = create_touchpoint(workspace, name=name, owner=owner, by=ada)
        given(touchpoint, *([value] * 40 if value else []))
    fold_all()
    page = home(sign_in(edda), workspace)
    rows = re.findall(r"<tr>.*?</tr>", page.split("home-own")[-1], re.DOTALL)
    assert [re.findall(r'/touchpoints/\d+/">(.*?)</a>', row) for row in rows][-3:] == [
        ["Delays"],
        ["Conductor"],
        ["Poster"],
    ]
    assert "Delays" in rows[-3]
    assert "Critical" in text(f"<main{rows[-3]}")
    assert "never heard" in text(f"<main{rows[-1]}")
    assert "Shop" not in "".join(rows)


def test_activity_says_who_did_what_when_and_where(
    at: Clock, workspace: Workspace, edda: User, vik: User, tess: Client, sign_in: SignIn, drawn: Journey
) -> None:
    shop = create_touchpoint(workspace, name="Shop", by=edda)
    place_touchpoint(drawn, shop, phase=phase(drawn, "purchase"), after=None, by=edda)
    create_persona(workspace, name="Mara", by=edda)
    page = part(home(sign_in(vik), workspace), "activity")
    assert "Edda : “Shop” added to Purchase" in page
    assert "Weekend trip" in page
    assert "Edda : Persona created" in page
    url = f"/api/v1/journeys/{drawn.pk}/"
    known = {"If-Match": tess.get(url).headers["ETag"]}
    assert tess.patch(url, {"name": "Return trip"}, "application/json", headers=known).status_code == 200
    assert "Tess (program): Journey edited" in part(home(sign_in(vik), workspace), "activity")
    for number in range(3):
        create_persona(workspace, name=f"Jürgen {number}", by=edda)
    assert "Edda : Persona created and 2 more changes" in part(home(sign_in(vik), workspace), "activity")
    archive_journey(drawn, by=edda)
    create_journey(workspace, name="Commute", by=edda)
    assert "“Shop” added" not in part(home(sign_in(vik), workspace), "activity")


def test_sources_say_when_they_were_heard_and_that_they_stopped(
    at: Clock, workspace: Workspace, vik: User, sign_in: SignIn, given: Given, delays: Touchpoint
) -> None:
    assert "No source has sent an answer yet." in part(home(sign_in(vik), workspace), "sources")
    given(delays, 5, source="Survey", occurred_at=at.now - datetime.timedelta(minutes=4))
    given(delays, 5, source="CRM export", occurred_at=TODAY - DAY)
    for number in range(6):
        given(delays, 3, source="Review feed", occurred_at=TODAY - (9 + number) * DAY)
    page = home(sign_in(vik), workspace)
    assert "Review feed stopped 9 days ago Survey 4 min. ago CRM export yesterday" in part(page, "sources")
    assert page.count("data-stopped") == 1


def test_an_empty_workspace_says_how_to_begin(
    workspace: Workspace, edda: User, vik: User, olga: User, sign_in: SignIn
) -> None:
    page = home(sign_in(olga), workspace)
    for way in ("Draw the first journey", "First touchpoint", "Choose CSV or XLSX", "Open the sample"):
        assert way in page
    assert "Open the sample" not in home(sign_in(edda), workspace), "who may not have a workspace is offered none"
    page = home(sign_in(vik), workspace)
    assert "Draw the first journey" in page
    assert "<button" not in page.split("<main")[1].split("</main>")[0]


def test_viewers_see_everything_and_no_button_that_is_not_theirs(
    at: Clock, workspace: Workspace, edda: User, vik: User, sign_in: SignIn, drawn: Journey
) -> None:
    new = reverse("journey_new", args=[workspace.slug])
    assert new in home(sign_in(edda), workspace).split("<main")[1]
    page = home(sign_in(vik), workspace).split("<main")[1]
    assert new not in page
    assert "Weekend trip" in page


def test_outsiders_find_no_home(workspace: Workspace, otto: User, sign_in: SignIn) -> None:
    assert sign_in(otto).get(reverse("home", args=[workspace.slug])).status_code == 404
    assert not Visit.objects.exists()


def test_the_page_is_read_in_german(
    at: Clock, workspace: Workspace, vik: User, sign_in: SignIn, drawn: Journey
) -> None:
    vik.language = "de"
    vik.save()
    client = sign_in(vik)
    assert "Willkommen, Vik" in home(client, workspace)
    at.pass_days(3)
    assert "Seit Sonntag, Vik" in home(client, workspace)


def test_more_of_everything_costs_no_more_statements(
    at: Clock, workspace: Workspace, edda: User, ada: User, sign_in: SignIn, given: Given
) -> None:
    client, counted = sign_in(edda), []
    member = member_of(workspace, edda)
    for numbers in (range(2), range(2, 12)):
        for number in numbers:
            much(workspace, member, number, by=ada, given=given)
        fold_all()
        home(client, workspace)
        with CaptureQueriesContext(connection) as statements:
            home(client, workspace)
        counted.append(len(statements))
    assert counted[0] == counted[1]


def much(workspace: Workspace, member: Membership, number: int, *, by: User, given: Any) -> None:
    """One more of all that the page shows."""
    journey = create_journey(workspace, name=f"Trip {number}", owner=member, review_date=TODAY - DAY, by=by)
    touchpoint = create_touchpoint(workspace, name=f"Stop {number}", owner=member, by=by)
    place_touchpoint(journey, touchpoint, phase=phase(journey, "purchase"), after=None, by=by)
    given(touchpoint, *[5] * 40, source=f"source {number}", occurred_at=BEFORE)
    given(touchpoint, *[2] * 40, source=f"source {number}")
    create_persona(workspace, name=f"Mara {number}", review_date=TODAY - DAY, by=by)
    comment_on(touchpoint, text="@Edda look at this", by=by)

"""The charts of a touchpoint's page: what they say, to the eye and in words."""

import datetime
import re
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from journeys.actions.journeys import create_journey
from journeys.actions.placements import place_touchpoint
from journeys.models import Placement
from personas.models import Persona
from scorecards.statements import EXAMPLES
from tests.answering import TODAY, Clock, Given
from tests.cast import SignIn
from tests.rows import fill_alarms
from tests.scorecards.pages import text
from touchpoints.actions import archive_event, comment_on, create_channel, create_event, fold_all
from touchpoints.models import Touchpoint
from workspaces.models import User, Workspace

NAME = re.compile(r'<svg[^>]*role="img" aria-label="([^"]*)"')
MOST_STATEMENTS = 14


@pytest.fixture
def look(at: Clock, workspace: Workspace, delays: Touchpoint, vik: User, sign_in: SignIn) -> Any:
    """`look(by="device")` is the page of Delay information as Vik sees it, all answers folded."""
    client = sign_in(vik)

    def see(**asked: Any) -> str:
        fold_all()
        answer = client.get(reverse("touchpoint", args=[workspace.slug, delays.pk]), asked)
        assert answer.status_code == 200
        return answer.content.decode()

    return see


def charts(page: str) -> list[str]:
    """The sentences by which the page's charts are named."""
    return [unescape(name) for name in NAME.findall(page)]


def ago(days: int) -> datetime.date:
    return TODAY - datetime.timedelta(days=days)


def test_the_trend_goes_from_month_to_month(look: Any, delays: Touchpoint, given: Given) -> None:
    given(delays, *[4] * 40, occurred_at=ago(150))
    given(delays, *[2] * 40, occurred_at=ago(3))
    (trend,) = [name for name in charts(look()) if name.startswith("Health by month")]
    assert "in October 2025" in trend
    assert trend.endswith("in March 2026; target 70.")


def test_without_answers_it_says_so_and_draws_nothing(look: Any) -> None:
    page = look()
    assert "In none of the last twelve months was its health known." in page
    assert "Not known: nobody was asked what was expected here" in page
    assert charts(page) == []


def test_what_happened_stands_in_the_drawing_and_below_it(
    look: Any, workspace: Workspace, delays: Touchpoint, counter: Touchpoint, given: Given, edda: User
) -> None:
    given(delays, *[4] * 40)
    create_event(workspace, touchpoint=delays, day=ago(40), text="Push provider changed", by=edda)
    create_event(workspace, day=ago(50), text="Strike", by=edda)
    create_event(workspace, touchpoint=counter, day=ago(40), text="New counters", by=edda)
    create_event(workspace, touchpoint=delays, day=ago(900), text="Opening", by=edda)
    archive_event(create_event(workspace, touchpoint=delays, day=ago(10), text="A mistake", by=edda), by=edda)
    page = look()
    assert page.count("months-mark-word") == 2
    for shown in ("3 February: Push provider changed", "Strike all touchpoints"):
        assert shown in text(page)
    for elsewhere in ("New counters", "Opening", "A mistake"):
        assert elsewhere not in page


def test_another_scale_is_found_without_anybody_noting_it(look: Any, delays: Touchpoint, given: Given) -> None:
    given(delays, *[4] * 40, occurred_at=ago(90))
    given(delays, *[6] * 5, scale="1-7", occurred_at=ago(20))
    assert "CSAT asked on another scale, 1–7" in look()


def test_what_happened_before_the_drawing_or_at_its_ends_breaks_nothing(
    look: Any, workspace: Workspace, delays: Touchpoint, given: Given, edda: User
) -> None:
    given(delays, *[4] * 40)
    for day in (datetime.date(2025, 4, 30), TODAY, *[ago(100)] * 5):
        create_event(workspace, touchpoint=delays, day=day, text="Release", by=edda)
    assert look().count('class="months-mark"') == 7


@pytest.mark.parametrize(("first", "last"), [("2020-01-01", "2020-02-01"), ("2026-03-20", "2150-01-01")])
def test_the_drawing_shows_the_last_months_whatever_the_period(
    first: str, last: str, look: Any, workspace: Workspace, delays: Touchpoint, given: Given, edda: User
) -> None:
    given(delays, *[4] * 40)
    for day in (datetime.date(2019, 12, 31), datetime.date(2026, 3, 18), ago(40)):
        create_event(workspace, touchpoint=delays, day=day, text="Release", by=edda)
    page = look(**{"from": first, "to": last})
    assert page.count('class="months-mark"') == 1
    assert "in March 2026; target 70." in " ".join(charts(page))


def test_shares_add_up_to_a_hundred(look: Any, delays: Touchpoint, given: Given) -> None:
    given(delays, 1, 3, 5)
    given(delays, 5, 4, 2)
    given(delays, *[10, 9, 7, 3, 0, 0], metric="nps")
    satisfaction, recommend = (name for name in charts(look()) if "answers:" in name)
    assert satisfaction.startswith("CSAT 1–5, 6 answers: Very satisfied 33%, Satisfied 17%")
    for told in (satisfaction, recommend):
        assert sum(int(share) for share in re.findall(r"(\d+)%", told)) == 100
    assert "Detractors 50%, Passives 17%, Promoters 33%" in recommend


def test_of_fewer_than_five_no_share_is_shown(look: Any, delays: Touchpoint, given: Given) -> None:
    given(delays, 1, 3, 5, 5)
    page = look()
    assert not [name for name in charts(page) if "CSAT" in name]
    assert "Very satisfied" not in page


def test_the_period_before_stands_beside_each_figure(look: Any, delays: Touchpoint, given: Given) -> None:
    given(delays, *[4] * 10, occurred_at=ago(100))
    given(delays, *[2] * 10)
    assert "was 4.00" in look()
    assert "was" not in look(days=30).split('class="kpis"')[1].split("</dl>")[0], "then nobody was asked"


def test_expected_and_perceived_are_told_as_on_the_map(
    look: Any, workspace: Workspace, delays: Touchpoint, given: Given, edda: User, commuter: Persona
) -> None:
    journey = create_journey(workspace, name="Weekend trip", by=edda)
    retention = journey.phases.get(kind="retention")
    place_touchpoint(journey, delays, phase=retention, after=None, by=edda)
    Placement.objects.filter(journey=journey).update(expectation=1, assumed_emotion=-2)
    assert "Weekend trip expected +1.0 and perceived −2.0" in charts(look())[-1]
    given(delays, *[-1] * 5, metric="emotion", persona=commuter)
    assert "Weekend trip expected +1.0 and perceived −1.0" in " ".join(charts(look()))
    given(delays, *[2] * 5, metric="expectation", persona=commuter)
    told = " ".join(charts(look()))
    assert "everybody expected +2.0 and perceived −1.0; Commuter expected +2.0" in told
    assert "Weekend trip" not in told


def test_groups_are_compared_and_small_ones_not_shown(
    look: Any, workspace: Workspace, delays: Touchpoint, given: Given, edda: User
) -> None:
    app, counter = (create_channel(workspace, name=name, icon="bell", by=edda).pk for name in ("App", "Counter"))
    given(delays, *[1, 2] * 20, channel=app, segment="Season ticket")
    given(delays, *[4, 5] * 20, channel=counter)
    given(delays, *[3] * 4)
    page = look()
    assert charts(page)[-1] == "CSAT 1–5 by Channel: App 1.50, Counter 4.50."
    rows = page.split('id="cut"')[1].split("</table>")[0]
    assert "lower than the others" in text(f"<main{rows}")
    assert re.search(r"not known\s+fewer than 5 answers\s+too few answers", text(f"<main{rows}"))
    assert "CSAT 1–5 by Segment: not known 4.36, Season ticket 1.50." in charts(look(by="segment"))


def test_a_mean_is_rounded_alike_wherever_it_stands(look: Any, delays: Touchpoint, given: Given) -> None:
    given(delays, *[1] * 38, 2, 3)  # 1.075
    page = look()
    assert "not known 1.08" in charts(page)[-1]
    assert '<span class="kpi-figure">1.08</span>' in page


@pytest.mark.parametrize("by", ["salary", "", "channel'--"])
def test_an_unknown_cut_is_the_usual_one(by: str, look: Any, delays: Touchpoint, given: Given) -> None:
    given(delays, *[1, 2] * 20)
    assert "by Channel" in charts(look(by=by))[-1]


def test_many_small_groups_stand_together(look: Any, delays: Touchpoint, given: Given) -> None:
    for number in range(15):
        given(delays, *[4] * (6 if number else 7), segment=f"Line {number:02}")
    told = charts(look(by="segment"))[-1]
    assert told.count("Line") == 12
    assert "all others 4.00" in told


def test_comments_are_filtered_by_score_and_persona_and_masked(
    look: Any, delays: Touchpoint, given: Given, commuter: Persona
) -> None:
    given(delays, 1, text="Write to me@example.org", persona=commuter)
    given(delays, 5, text="Well done")
    given(delays, 4, text="Long ago", occurred_at=ago(200))
    page = look()
    assert "Write to •••" in page
    assert "me@example.org" not in page
    assert "Long ago" not in page
    assert '<option value="critical">Critical</option>' in page
    assert "Well done" not in look(band="critical")
    assert "Well done" in look(band="strong")
    assert "Well done" not in look(persona=commuter.pk)
    assert "Well done" in look(band="excellent"), "an unknown band is none"


@pytest.mark.parametrize("persona", ["0", "9" * 18, "9" * 19, "9" * 5000])
def test_a_persona_that_is_not_here_is_not_found(
    persona: str, workspace: Workspace, delays: Touchpoint, vik: User, sign_in: SignIn
) -> None:
    page = reverse("touchpoint", args=[workspace.slug, delays.pk])
    assert sign_in(vik).get(page, {"persona": persona}).status_code == 404


def test_the_trend_reads_no_answers(look: Any, delays: Touchpoint, given: Given) -> None:
    given(delays, *[4] * 40, occurred_at=ago(150))
    with CaptureQueriesContext(connection) as seen:
        look()
    sent = [one["sql"].replace(EXAMPLES, "") for one in seen.captured_queries]  # those of themes are read by their ids
    reading = [statement for statement in sent if "feedback_response" in statement]
    assert len(reading) == 2, "the comments, and the cut of the period"
    assert all("submission" in statement for statement in reading)


@pytest.mark.usefixtures("at")
def test_statements_are_few_and_do_not_grow(
    workspace: Workspace, delays: Touchpoint, given: Given, edda: User, vik: User, sign_in: SignIn
) -> None:
    client, counted = sign_in(vik), []
    fill_alarms(workspace, delays)
    for times in (1, 4):
        for number in range(times):
            persona = Persona.objects.create(workspace=workspace, name=f"Persona {times} {number}")
            given(delays, *[1, 3, 5, 2, 4], persona=persona, text="Too late", segment=f"Line {times} {number}")
            given(delays, *[1, 3, 5, 2, 4], metric="ces")
            create_event(workspace, day=ago(number), text="Strike", by=edda)
            comment_on(delays, text=f"@{edda} see this", by=edda)
        fold_all()
        with CaptureQueriesContext(connection) as seen:
            client.get(reverse("touchpoint", args=[workspace.slug, delays.pk]), {"persona": persona.pk})
        counted.append(len(seen))
    assert counted[0] == counted[1] <= MOST_STATEMENTS

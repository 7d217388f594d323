"""The same map as Overview, Timeline and Table, and through four lenses."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from journeys.models import Journey
from journeys.views.drawing import DRAWINGS
from tests.cast import SignIn
from tests.journeys.scene import HTMX, address, drawn, phase, placed, post_move
from touchpoints.models import HealthScore
from workspaces.models import User, Workspace


def test_every_view_shows_every_touchpoint_in_the_order_of_the_journey(
    dressed: Journey, vik: User, sign_in: SignIn
) -> None:
    client = sign_in(vik)
    for view in ("overview", "timeline", "table"):
        page = client.get(f"{address('journey', dressed)}?view={view}").content.decode()
        places = [page.index(f">{name}</a>") for name in ("Shop", "Pay", "Wait", "Ride", "Arrive")]
        assert places == sorted(places)
        assert f'data-view="{view}"' in page


def test_the_table_tells_what_the_line_draws(dressed: Journey, vik: User, sign_in: SignIn) -> None:
    ride = placed(dressed, "Ride")
    score = HealthScore.objects.get(subject=ride.touchpoint.subject, persona=None)
    score.perception, score.perception_source, score.expectation = -1.3, "emotion", 0.6
    score.save()
    page = sign_in(vik).get(f"{address('journey', dressed)}?view=table").content.decode()
    row = page[page.index(f'id="placement-{ride.pk}"') :]
    row = row[: row.index("</tr>")]
    for text in ("App", "Fleet", "−1.3", "from the emotion question", "+0.6"):
        assert text in row
    assert 'id="curve"' not in page


def test_a_station_is_named_as_its_touchpoint_whatever_that_is_called(
    workspace: Workspace, edda: User, sign_in: SignIn
) -> None:
    journey = drawn(workspace, edda, "Odd", purchase="Pay <number> <x>", retention="Ride")
    page = sign_in(edda).get(address("journey", journey)).content.decode()
    for number, name in enumerate(("Pay", "<number>", "<x>", "Ride"), start=1):
        station = page[page.index(f'id="station-{placed(journey, name).pk}"') :].partition("</svg>")[0]
        assert f'aria-label="{number} {escape(name)}"' in station
        assert f">{number}</text>" in station


@pytest.mark.parametrize(
    ("lens", "text"),
    [("health", ">72<"), ("gap", "−1.9"), ("effort", "<b>5.8</b>"), ("evidence", "n 40")],
)
def test_a_lens_changes_the_figure(dressed: Journey, vik: User, sign_in: SignIn, lens: str, text: str) -> None:
    ride = placed(dressed, "Ride")
    score = HealthScore.objects.get(subject=ride.touchpoint.subject, persona=None)
    score.perception, score.perception_source, score.expectation = -1.3, "emotion", 0.6
    score.parts, score.answers = [{"component": "ces", "raw": 80.0}], 40
    score.save()
    page = sign_in(vik).get(f"{address('journey', dressed)}?lens={lens}").content.decode()
    card = page[page.index(f'id="placement-{ride.pk}"') :]
    assert text in card[: card.index("</li>")]


def test_each_look_has_an_etag_of_its_own(commute: Journey, vik: User, sign_in: SignIn) -> None:
    client = sign_in(vik)
    url = address("journey", commute)
    looks = ("", "?view=timeline", "?view=table", "?lens=gap", "?zoom=72")
    etags = {client.get(url + look, headers=HTMX).headers["ETag"] for look in looks}
    assert len(etags) == len(looks)


def test_a_move_is_answered_in_the_view_in_which_it_was_made(commute: Journey, edda: User, sign_in: SignIn) -> None:
    client, ride = sign_in(edda), placed(commute, "Ride")
    url = address("placement_move", commute, placement_id=ride.pk)
    body = {"phase": phase(commute, "advocacy").pk, "after": "", "version": ride.version}
    answer = client.post(f"{url}?view=timeline", body, headers=HTMX).content.decode()
    assert 'data-lane="quote"' in answer
    assert 'hx-target="#curve"' in answer
    table = client.post(f"{url}?view=table", {**body, "version": ride.version + 1}, headers=HTMX).content.decode()
    assert "<table" in table
    assert 'hx-target="#curve"' not in table
    assert "<table" not in post_move(client, placed(commute, "Ride"), phase(commute, "retention")).content.decode()


def test_statements_are_the_same_in_every_view_and_at_every_length(
    workspace: Workspace, edda: User, sign_in: SignIn
) -> None:
    client = sign_in(edda)
    few = drawn(workspace, edda, "Few", purchase="A1 A2")
    many = drawn(workspace, edda, "Many", purchase=" ".join(f"B{number}" for number in range(30)))
    counts = set()
    client.get(address("journey", few))  # what a process has not learned yet, it asks for once
    for url in (address("journey", few), address("journey", many)):
        for view in ("overview", "timeline", "table"):
            DRAWINGS.clear()
            with CaptureQueriesContext(connection) as queries:
                client.get(f"{url}?view={view}", headers=HTMX)
            counts.add(len(queries))
    assert len(counts) == 1

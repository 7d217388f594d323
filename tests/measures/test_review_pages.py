"""What people see of a review, and what programs do."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from measures.actions import create_measure, move_measure
from measures.models import Measure, Review
from tests.answering import TODAY, Clock, Given
from tests.cast import SignIn
from tests.measures.conftest import BADLY, BEFORE, DAY, SINCE, GoLive
from tests.rest import Rest
from touchpoints.actions import fold_all
from touchpoints.models import Touchpoint
from workspaces.models import User, Workspace

Page = Callable[..., str]


@pytest.fixture
def page(workspace: Workspace, edda: User, sign_in: SignIn) -> Page:
    """`page("measures/")`: what Edda reads there."""

    def read(path: str, **asked: Any) -> str:
        answer = sign_in(edda).get(f"/w/{workspace.slug}/{path}", asked)
        assert answer.status_code == 200
        return " ".join(answer.content.decode().split())

    return read


def test_before_it_is_live_nothing_is_said_of_a_review(measure: Measure, page: Page) -> None:
    assert 'id="review"' not in page(f"measures/{measure.pk}/")


def test_the_page_says_what_was_found_and_how(better: Touchpoint, go_live: GoLive, page: Page) -> None:
    live = go_live()
    told, review = page(f"measures/{live.pk}/"), Review.objects.get()
    assert f"+{review.effect:.1f} points of health, 95% range +{review.low:.1f} to +{review.high:.1f}." in told
    for words in (
        "By 40 answers before and 40 since.",
        "Before stood at 43.8 as answered, and is taken as 49.0.",
        "The 60 days since the start are compared with as many before it.",
        "Boarding</a>",
        "Counter</a>",
        "Wi-Fi</a>",
        "Give the verdict",
        "Change what it is compared with",
        "Week by week, as answered",
        "too few answers",
    ):
        assert words in told, words


def test_forecast_and_actual_stand_side_by_side(better: Touchpoint, go_live: GoLive, page: Page) -> None:
    live = go_live()
    told, review = page(f"measures/{live.pk}/"), Review.objects.get()
    assert review.effect is not None
    assert f"{round(500 * review.effect / 8):,} EUR" in told  # 500 a year were forecast for 8 points


def test_what_chance_would_show_as_well_has_likely_brought_nothing(
    at: Clock, delays: Touchpoint, quiet: list[Touchpoint], given: Given, go_live: GoLive, page: Page
) -> None:
    for day in (BEFORE, SINCE):
        given(delays, *BADLY, occurred_at=day)
    fold_all()
    live = go_live()
    told = page(f"measures/{live.pk}/")
    assert Review.objects.get().verdict == "no_effect"
    assert '<th scope="row">Benefit a year</th><td class="figure">500 EUR</td>' in told
    assert "What chance alone would show as well has likely brought nothing." in told
    assert '<td class="figure">0 EUR</td>' in told


def test_money_that_nobody_can_know_is_unknown(better: Touchpoint, go_live: GoLive, page: Page) -> None:
    live = go_live(points=None)
    assert "What it brought in money is unknown" in page(f"measures/{live.pk}/")


def test_it_is_too_early_and_the_page_says_why(better: Touchpoint, go_live: GoLive, page: Page) -> None:
    live = go_live(live_on=TODAY - 18 * DAY)
    told = page(f"measures/{live.pk}/")
    assert "Too early" in told
    assert "18 of 56 days are over" in told
    assert "Give the verdict" not in told


def test_overlapping_measures_are_named(
    better: Touchpoint, workspace: Workspace, go_live: GoLive, edda: User, page: Page
) -> None:
    other = create_measure(workspace, title="Signs", kind="process", touchpoints=[better], by=edda)
    go_live(other)
    live = go_live()
    assert "Their effects cannot be told apart" in page(f"measures/{live.pk}/")


def test_the_board_draws_before_and_after_and_counts_what_worked(
    better: Touchpoint, go_live: GoLive, edda: User, page: Page
) -> None:
    live = go_live()
    assert "Before and after" in page("measures/")
    move_measure(live, to="reviewed", version=live.version, by=edda)
    told = page("measures/")
    assert "1 of 1 reviewed measure worked." in told
    assert "<dt>Measured</dt>" in told


def test_the_touchpoints_months_mark_the_day(better: Touchpoint, go_live: GoLive, page: Page) -> None:
    go_live()
    assert "Reason and forecast is live" in page(f"touchpoints/{better.pk}/")


def test_controls_are_changed_by_a_plain_form(
    better: Touchpoint, quiet: list[Touchpoint], go_live: GoLive, edda: User, workspace: Workspace, sign_in: SignIn
) -> None:
    live, client = go_live(), sign_in(edda)
    address = f"/w/{workspace.slug}/measures/{live.pk}/controls/"
    assert "Wi-Fi" in client.get(address).content.decode()
    assert client.post(address, {"touchpoints": []}).status_code == 422
    assert client.post(address, {"touchpoints": [better.pk]}).status_code == 422
    answer = client.post(address, {"touchpoints": [quiet[0].pk]})
    assert (answer.status_code, answer["Location"]) == (302, f"/w/{workspace.slug}/measures/{live.pk}/#review")
    assert [*Review.objects.get().controls.all()] == [quiet[0]]
    live = Measure.objects.get()
    move_measure(live, to="reviewed", version=live.version, by=edda)
    assert client.get(address).status_code == 404


def test_the_day_on_which_it_went_live_can_be_corrected(
    better: Touchpoint, go_live: GoLive, edda: User, workspace: Workspace, sign_in: SignIn, at: Clock
) -> None:
    live, client = go_live(), sign_in(edda)
    address = f"/w/{workspace.slug}/measures/{live.pk}/edit/"
    said = {"title": live.title, "kind": "technical", "touchpoints": [better.pk], "version": live.version}
    assert client.post(address, said | {"live_on": ""}).status_code == 422
    assert client.post(address, said | {"live_on": str(TODAY - 70 * DAY)}).status_code == 302
    assert Review.objects.get().live_on == TODAY - 70 * DAY


def test_statements_do_not_grow_with_reviews(
    better: Touchpoint,
    workspace: Workspace,
    go_live: GoLive,
    edda: User,
    sign_in: SignIn,
) -> None:
    go_live()
    client, address = sign_in(edda), f"/w/{workspace.slug}/measures/"
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for number in range(4):
        go_live(create_measure(workspace, title=f"More {number}", kind="process", touchpoints=[better], by=edda))
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(one)


def test_programs_read_reviews_and_choose_controls(
    better: Touchpoint, quiet: list[Touchpoint], go_live: GoLive, tess: Client
) -> None:
    live, rest = go_live(), Rest(tess)
    [review] = rest.get(f"measures/{live.pk}/").json()["reviews"]
    assert (review["verdict"], review["closed_at"], review["answers_since"]) == ("works", None, 40)
    assert [one["name"] for one in review["controls"]] == [one.name for one in quiet]
    answer = rest.post(f"measures/{live.pk}/controls/", {"touchpoints": [quiet[1].pk]})
    [review] = answer.json()["reviews"]
    assert (answer.status_code, review["chosen_by_hand"]) == (200, True)
    assert rest.post(f"measures/{live.pk}/controls/", {"touchpoints": [better.pk]}).status_code == 422
    assert rest.post(f"measures/{live.pk}/controls/", {"touchpoints": [999_999]}).status_code == 404

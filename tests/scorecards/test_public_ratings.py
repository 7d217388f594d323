"""Public ratings stand apart from what customers answered to our own questions."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.answering import TODAY, Clock, Given, health
from tests.cast import SignIn
from tests.rest import Rest
from tests.scorecards.pages import text
from touchpoints.actions import fold_all
from touchpoints.models import Touchpoint
from workspaces.models import User, Workspace


@pytest.fixture
def look(at: Clock, workspace: Workspace, delays: Touchpoint, vik: User, sign_in: SignIn) -> Any:
    """`look()`: the page of Delay information as Vik sees it, and of it the section of public ratings."""
    client = sign_in(vik)

    def see(**asked: Any) -> tuple[str, str]:
        fold_all()
        page = client.get(reverse("touchpoint", args=[workspace.slug, delays.pk]), asked).content.decode()
        begin = page.index('<section id="public-ratings"')
        end = page.index('id="said"')
        return page[:begin] + page[end:], text(f"<main>{page[begin:end]}")

    return see


def test_each_source_has_its_mean_and_its_number(look: Any, delays: Touchpoint, given: Given) -> None:
    given(delays, *[5, 4, 4, 5, 3], metric="rating", source="Google", text="Always on time")
    given(delays, *[1] * 4, metric="rating", source="Trustpilot")
    rest, ratings = look()
    assert "Google 4.2 5" in ratings
    assert "Trustpilot fewer than 5 4" in ratings
    assert "All 2.8" in ratings
    assert "Always on time" in ratings
    assert "Always on time" not in rest, "a review is no comment on our survey"


def test_below_five_ratings_no_figure_is_shown(look: Any, delays: Touchpoint, given: Given) -> None:
    given(delays, *[1] * 4, metric="rating", source="Google")
    _rest, ratings = look()
    assert "Google fewer than 5 4" in ratings
    assert "1.0" not in ratings


def test_survey_figures_know_nothing_of_them(look: Any, delays: Touchpoint, given: Given) -> None:
    given(delays, *[5] * 5)
    before, empty = look()
    assert "No public rating in this period." in empty
    given(delays, *[2] * 50, metric="rating", source="Google", text="Never again")
    after, _ratings = look()
    assert text(after) == text(before)


def test_answers_from_before_the_period_are_not_counted(look: Any, delays: Touchpoint, given: Given) -> None:
    given(delays, *[5] * 5, metric="rating", source="Google", occurred_at=TODAY.replace(year=2025))
    _rest, ratings = look()
    assert "No public rating in this period." in ratings


def test_they_weigh_nothing_in_health_unless_the_rule_counts_them(delays: Touchpoint, given: Given) -> None:
    given(delays, *[5] * 20)
    before = health(delays).score
    given(delays, *[1] * 20, metric="rating", source="Google")
    assert (health(delays).score, health(delays).answers) == (before, 20)


def test_programs_push_them_and_read_them_apart(delays: Touchpoint, tess: Client) -> None:
    row = {
        "source": "Google",
        "external_id": "review 1",
        "touchpoint": delays.pk,
        "metric": "rating",
        "value": 4,
        "occurred_at": "2026-03-01",
    }
    assert Rest(tess).post("responses/", [row]).json()["counts"]["stored"] == 1
    fold_all()
    (read,) = Rest(tess).get("responses/?metric=rating").json()["results"]
    assert (read["source"], read["value"], read["scale"]) == ("Google", 4, "1-5")


def test_they_cost_the_page_two_statements_however_many(
    look: Any, delays: Touchpoint, given: Given, django_assert_max_num_queries: Any
) -> None:
    for source in ("Google", "Trustpilot", "App Store"):
        given(delays, *[5] * 10, metric="rating", source=source, text="Fine")
    fold_all()
    with django_assert_max_num_queries(18):
        look()

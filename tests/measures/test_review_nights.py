"""Each night the reviews of live measures are told anew, and who answers for them is reminded once."""

from typing import Any

import pytest

from measures.actions import (
    archive_measure,
    cost_measure,
    create_measure,
    remind_of_reviews,
    review_measures,
)
from measures.models import Review
from measures.reviewing import find
from tests.answering import TODAY, Clock, Given
from tests.measures.conftest import COSTS, DAY, GoLive, a_benefit
from touchpoints.actions import fold_all
from touchpoints.models import Touchpoint
from workspaces.models import Notice, User, Workspace


def test_a_new_night_tells_it_anew(better: Touchpoint, go_live: GoLive, given: Given, at: Clock) -> None:
    go_live()
    was = Review.objects.get()
    assert review_measures() == 0  # this night it has been told already
    given(better, *[1] * 40, occurred_at=TODAY)
    fold_all()
    at.pass_days(1)
    assert review_measures() == 1
    now = Review.objects.get()
    assert (now.until, now.answers_since) == (TODAY, 80)
    assert now.effect < was.effect


def test_after_half_a_year_there_is_nothing_more_to_tell(better: Touchpoint, go_live: GoLive, at: Clock) -> None:
    go_live(live_on=TODAY - 181 * DAY)
    at.pass_days(1)
    assert review_measures(within=5) == 1
    told = Review.objects.get()
    assert (told.until, told.workings["days"]) == (TODAY, 182)
    at.pass_days(1)
    assert review_measures(within=5) == 0


def test_one_that_cannot_be_told_holds_up_no_other(
    better: Touchpoint, workspace: Workspace, go_live: GoLive, edda: User, at: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = go_live()
    second = go_live(create_measure(workspace, title="Signs", kind="process", touchpoints=[better], by=edda))

    def fail_at_first(touched: Any, *rest: Any, **more: Any) -> Any:
        if more["expected"] == 8:
            raise ZeroDivisionError
        return find(touched, *rest, **more)

    cost_measure(second, version=second.version, benefits=[a_benefit()], **(COSTS | {"points": 9}), by=edda)
    monkeypatch.setattr("measures.actions.reviews.find", fail_at_first)
    at.pass_days(1)
    assert review_measures(within=5) == 1
    assert Review.objects.get(measure=second).until == TODAY
    assert Review.objects.get(measure=first).until == TODAY - DAY


def test_an_archived_one_rests(better: Touchpoint, go_live: GoLive, edda: User, at: Clock) -> None:
    archive_measure(go_live(), by=edda)
    at.pass_days(1)
    assert review_measures() == 0


def test_reminded_once_when_it_is_due(better: Touchpoint, go_live: GoLive, edda: User, ada: User, at: Clock) -> None:
    go_live(live_on=TODAY - 54 * DAY)
    assert remind_of_reviews() == 0
    at.pass_days(2)
    review_measures()
    assert remind_of_reviews() == 1
    assert remind_of_reviews() == 0
    told = Notice.objects.filter(reason="review").select_related("member__user")
    assert {(str(one.member.user), one.told["title"]) for one in told} == {
        ("Olga", "Reason and forecast"),
        ("Ada", "Reason and forecast"),
    }, "nobody owns it, so the admins"


def test_a_nights_review_reads_no_answers(
    better: Touchpoint, go_live: GoLive, at: Clock, django_assert_max_num_queries: Any
) -> None:
    go_live()
    at.pass_days(1)
    with django_assert_max_num_queries(40) as captured:
        assert review_measures() == 1
    assert not [query for query in captured.captured_queries if "feedback_" in query["sql"]]

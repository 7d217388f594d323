"""Searching comments for themes."""

import datetime
import threading
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from feedback.actions import accept_theme, dismiss_theme, remove_responses, rename_theme, search_due, search_themes
from feedback.models import Insight, Response, Theme, ThemeSearch
from feedback.tasks import search_imported_themes
from tests.answering import TODAY, Clock, Given
from tests.commenting import lift
from tests.importing import Drafted
from touchpoints.models import Touchpoint
from workspaces.models import User

Complained = Callable[..., None]
pytestmark = pytest.mark.usefixtures("at")


def test_what_three_and_more_unhappy_customers_say_is_suggested(heard: Touchpoint) -> None:
    theme = lift()
    assert (theme.state, theme.kind, theme.commenters) == ("suggested", "pain", 4)
    assert theme.label == "Broken, lift"
    assert theme.by_month == [0] * 11 + [4]
    assert (theme.first_named, theme.last_named) == (TODAY, TODAY)
    assert ThemeSearch.objects.get().commenters == 24


def test_examples_are_the_newest_and_no_two_the_same(heard: Touchpoint, given: Given) -> None:
    for _ in range(3):
        given(heard, 2, text="Broken lift")
    search_themes(heard)
    texts = [Response.objects.get(pk=pk).text for pk in lift().examples]
    assert len(texts) == len(set(texts)) == 3
    assert texts[0] == "Broken lift"


def test_searching_again_counts_what_came_and_what_went(
    heard: Touchpoint, complained: Complained, edda: User, at: Clock
) -> None:
    first = lift()
    at.pass_days(20)
    complained(2, occurred_at=at.today)
    search_themes(heard)
    again = lift()
    assert (again.pk, again.commenters, again.last_named) == (first.pk, 6, at.today)
    assert again.by_month[-2:] == [4, 2]
    remove_responses(heard.workspace, [again.examples[0]], by=edda)
    search_themes(heard)
    assert lift().commenters == 5


def test_searched_twice_it_is_the_same(heard: Touchpoint) -> None:
    before = list(Theme.objects.order_by("id").values())
    search_themes(heard)
    assert list(Theme.objects.order_by("id").values()) == before


def test_after_a_year_nobody_names_it_any_more(heard: Touchpoint, at: Clock) -> None:
    at.pass_days(364)
    search_themes(heard)
    assert lift().commenters == 4
    at.pass_days(1)
    search_themes(heard)
    assert not Theme.objects.exists()


def test_a_dismissed_theme_does_not_come_back(heard: Touchpoint, complained: Complained, edda: User) -> None:
    dismiss_theme(lift(), by=edda)
    complained(5)
    search_themes(heard)
    theme = lift()
    assert (theme.state, theme.commenters) == ("dismissed", 9)
    assert not Theme.objects.filter(kind="pain", state="suggested").exists()


def test_a_name_that_people_gave_stays(heard: Touchpoint, complained: Complained, edda: User) -> None:
    rename_theme(lift(), version=1, label="Lifts out of order", by=edda)
    complained(3)
    search_themes(heard)
    assert (lift().label, lift().commenters) == ("Lifts out of order", 7)


def test_an_insight_made_of_a_theme_is_counted_and_one_by_hand_is_not(
    heard: Touchpoint, complained: Complained, edda: User
) -> None:
    insight = accept_theme(lift(), by=edda)
    by_hand = Insight.objects.create(workspace=heard.workspace, touchpoint=heard, text="Lifts", mentions=40)
    complained(3)
    search_themes(heard)
    insight.refresh_from_db()
    by_hand.refresh_from_db()
    assert (insight.mentions, insight.version) == (7, 2)
    assert (by_hand.mentions, by_hand.version) == (40, 1)


def test_a_promoter_who_uses_the_words_is_none_of_those_who_suffer(heard: Touchpoint, given: Given) -> None:
    given(heard, 5, 5, text="The broken lift works again")
    search_themes(heard)
    assert lift().commenters == 4


@pytest.mark.parametrize(
    ("metric", "value", "side"),
    [("nps", 6, "pain"), ("nps", 7, None), ("nps", 9, "praise"), ("ces", 3, "pain"), ("ces", 5, "praise"),
     ("emotion", -1, "pain"), ("complaint", 1, "pain"), ("csat", 3, None), ("expectation", 1, None)],
)  # fmt: skip
def test_who_counts_as_unhappy(metric: str, value: int, side: str | None, delays: Touchpoint, given: Given) -> None:
    for number in range(3):
        given(delays, value, metric=metric, text=f"The queue {'x' * (number + 3)}")
    for number in range(20):
        given(delays, 3, text=f"Seat by the window, coach {number}")
    search_themes(delays)
    assert list(Theme.objects.filter(terms__contains=["queue"]).values_list("kind", flat=True)) == [side] * bool(side)


def test_names_of_members_never_become_a_theme(delays: Touchpoint, given: Given, edda: User) -> None:
    for number in range(5):
        given(delays, 1, text=f"Edda was rude on day {number}")
    for number in range(20):
        given(delays, 5, text=f"Seat by the window, coach {number}")
    search_themes(delays)
    assert [theme.terms for theme in Theme.objects.filter(kind="pain")] == [["rude"]]


def test_each_touchpoint_is_searched_once_a_local_day(heard: Touchpoint, counter: Touchpoint, at: Clock) -> None:
    assert search_due() == 1  # the counter
    assert search_due() == 0
    at.now = datetime.datetime(2026, 3, 15, 23, 5, tzinfo=datetime.UTC)  # five past midnight in Berlin
    assert search_due() == 2
    assert set(ThemeSearch.objects.values_list("day", flat=True)) == {datetime.date(2026, 3, 16)}


def test_one_that_cannot_be_searched_holds_up_no_other(
    heard: Touchpoint, counter: Touchpoint, at: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(touchpoint: Touchpoint) -> bool:
        if touchpoint == heard:
            raise ValueError
        return search_themes(touchpoint)

    at.pass_days(1)
    monkeypatch.setattr("feedback.actions.search.search_themes", stumble)
    assert search_due() == 1


def test_above_the_limit_the_newest_are_read_and_that_is_told(
    heard: Touchpoint, complained: Complained, monkeypatch: pytest.MonkeyPatch
) -> None:
    complained(3)
    monkeypatch.setattr("feedback.actions.heard.MOST_COMMENTS", 23)
    monkeypatch.setattr("feedback.actions.search.MOST_COMMENTS", 23)
    search_themes(heard)
    assert (ThemeSearch.objects.get().commenters, ThemeSearch.objects.get().is_all) == (23, False)
    assert lift().commenters == 3


def test_what_an_import_brings_is_searched_once_it_is_stored(
    delays: Touchpoint, counter: Touchpoint, brought: Drafted, monkeypatch: pytest.MonkeyPatch
) -> None:
    rung: list[tuple[object, ...]] = []
    monkeypatch.setattr("workspaces.jobs.ring", lambda *told: rung.append(told))
    rows = [f"1,The broken lift {number}" for number in range(5)] + [
        f"5,Friendly staff {number}" for number in range(20)
    ]
    job = brought("\n".join(["csat,comment", *rows]), about=delays.subject, day="2026-03-14")
    assert ("feedback.search_imported", job.pk) in rung
    search_imported_themes(job.pk)
    assert lift().commenters == 5
    assert list(ThemeSearch.objects.values_list("touchpoint", flat=True)) == [delays.pk]


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_one_searches(heard: Touchpoint) -> None:
    found: list[bool] = []

    def another() -> None:
        try:
            found.append(search_themes(heard))
        finally:
            connection.close()

    with transaction.atomic():
        ThemeSearch.objects.select_for_update(no_key=True).get(touchpoint=heard)
        worker = threading.Thread(target=another)
        worker.start()
        worker.join(timeout=30)
    assert found == [False]
    assert search_themes(heard)

"""A live measure is watched, reviewed once, and the verdict stays."""

import pytest
from django.db import IntegrityError, transaction

from measures.actions import (
    choose_controls,
    cost_measure,
    create_measure,
    edit_measure,
    move_measure,
    review_measures,
)
from measures.models import Control, Measure, Review
from personas.models import Persona
from tests.answering import TODAY, Clock, Given, new_touchpoint
from tests.measures.conftest import BADLY, BEFORE, COSTS, DAY, SINCE, START, WELL, GoLive, a_benefit
from touchpoints.actions import fold_all
from touchpoints.models import Touchpoint
from workspaces.errors import Refused
from workspaces.models import AuditEntry, User, Workspace


def test_it_is_watched_from_the_day_on_which_it_goes_live(
    better: Touchpoint, quiet: list[Touchpoint], go_live: GoLive
) -> None:
    go_live()
    review = Review.objects.get()
    assert (review.live_on, review.until, review.closed_at) == (START, TODAY - DAY, None)
    assert (review.verdict, review.missing) == ("works", "")
    assert set(review.controls.all()) == set(quiet)
    assert review.asked_before == pytest.approx(43.75)
    assert review.before == pytest.approx((40 * 43.75 + 10 * 70) / 50)
    assert review.low > 0
    assert review.low < review.effect < review.high
    assert (review.answers_before, review.answers_since, review.expected) == (40, 40, 8)
    assert review.workings["days"] == 60


def test_the_verdict_is_given_once_and_stays(
    better: Touchpoint, go_live: GoLive, edda: User, given: Given, at: Clock
) -> None:
    live = go_live()
    reviewed = move_measure(live, to="reviewed", version=live.version, by=edda)
    closed = Review.objects.get()
    assert (closed.verdict, closed.closed_at) == ("works", at.now)
    given(better, *[1] * 80, occurred_at=SINCE + DAY)
    fold_all()
    at.pass_days(3)
    assert review_measures() == 0
    with pytest.raises(Refused, match="stays"):
        cost_measure(reviewed, version=reviewed.version, benefits=[a_benefit(likely=1, low=1)], **COSTS, by=edda)
    with pytest.raises(Refused, match="stays"):
        choose_controls(closed, touchpoints=[better], by=edda)
    for changed in ({"verdict": "no_effect"}, {"effect": 99, "high": 99}, {"closed_at": None}):
        with pytest.raises(IntegrityError, match="stays as it is"), transaction.atomic():
            Review.objects.update(**changed)
    assert Review.objects.get().effect == closed.effect


def test_whoever_looks_again_gets_a_second_review_beside_the_first(
    better: Touchpoint, go_live: GoLive, edda: User, given: Given, at: Clock
) -> None:
    live = go_live()
    reviewed = move_measure(live, to="reviewed", version=live.version, by=edda)
    again = move_measure(reviewed, to="live", version=reviewed.version, by=edda)
    assert [one.is_closed for one in Review.objects.order_by("pk")] == [True, False]
    assert again.live_on == START


def test_what_is_expected_is_at_once_what_the_verdict_rests_on(better: Touchpoint, go_live: GoLive, edda: User) -> None:
    live = go_live()
    costed = COSTS | {"points": 90}
    cost_measure(live, version=live.version, benefits=[a_benefit()], **costed, by=edda)
    assert (Review.objects.get().expected, Review.objects.get().verdict) == (90, "partly")


def test_what_a_reviewed_measure_is_about_stays(
    better: Touchpoint, quiet: list[Touchpoint], go_live: GoLive, commuter: Persona, edda: User
) -> None:
    live = go_live()
    reviewed = move_measure(live, to="reviewed", version=live.version, by=edda)
    version = reviewed.version
    for changed in ({"touchpoints": quiet}, {"personas": [commuter]}):
        with pytest.raises(Refused, match="stays"):
            edit_measure(reviewed, version=version, by=edda, **changed)
    same = edit_measure(reviewed, version=version, touchpoints=[better], personas=[], title="Told in time", by=edda)
    assert same.title == "Told in time"


@pytest.mark.parametrize(("days", "why"), [(0, "eight weeks"), (55, "eight weeks")])
def test_eight_weeks_must_be_over(
    better: Touchpoint, go_live: GoLive, edda: User, at: Clock, days: int, why: str
) -> None:
    live = go_live(live_on=at.today - days * DAY)
    with pytest.raises(Refused, match=why):
        move_measure(live, to="reviewed", version=live.version, by=edda)
    assert Measure.objects.get(pk=live.pk).status == "live"
    assert not Review.objects.exclude(closed_at=None).exists()


def test_thirty_answers_on_each_side_are_needed(
    at: Clock, delays: Touchpoint, quiet: list[Touchpoint], given: Given, go_live: GoLive, edda: User
) -> None:
    given(delays, *BADLY, occurred_at=BEFORE)
    given(delays, *WELL[:29], occurred_at=SINCE)
    fold_all()
    live = go_live()
    assert (Review.objects.get().verdict, Review.objects.get().missing) == ("too_early", "answers")
    with pytest.raises(Refused, match="30 answers"):
        move_measure(live, to="reviewed", version=live.version, by=edda)


def test_something_untouched_to_compare_with_is_needed(
    at: Clock, delays: Touchpoint, given: Given, go_live: GoLive, edda: User
) -> None:
    given(delays, *BADLY, occurred_at=BEFORE)
    given(delays, *WELL, occurred_at=SINCE)
    fold_all()
    live = go_live()
    assert Review.objects.get().missing == "controls"
    with pytest.raises(Refused, match="untouched"):
        move_measure(live, to="reviewed", version=live.version, by=edda)


def test_controls_are_chosen_by_what_was_said_before_alone(
    better: Touchpoint, quiet: list[Touchpoint], workspace: Workspace, given: Given, go_live: GoLive
) -> None:
    late, few = new_touchpoint(workspace, "Asked only since"), new_touchpoint(workspace, "Hardly asked")
    given(late, *BADLY, occurred_at=SINCE)
    given(few, *BADLY[:29], occurred_at=BEFORE)
    fold_all()
    go_live()
    assert set(Review.objects.get().controls.all()) == set(quiet)


def test_what_is_asked_only_since_chooses_nothing(
    better: Touchpoint, quiet: list[Touchpoint], workspace: Workspace, given: Given, go_live: GoLive
) -> None:
    recommended = new_touchpoint(workspace, "Recommended")
    given(recommended, *[9] * 40, metric="nps", occurred_at=BEFORE)
    given(better, *[9] * 40, metric="nps", occurred_at=SINCE)
    fold_all()
    go_live()
    assert recommended not in Review.objects.get().controls.all()


def test_a_touchpoint_at_which_something_else_began_is_no_control(
    better: Touchpoint, quiet: list[Touchpoint], workspace: Workspace, go_live: GoLive, edda: User
) -> None:
    other = create_measure(workspace, title="Signs", kind="process", touchpoints=[quiet[0]], by=edda)
    go_live(other, live_on=START + 5 * DAY)
    live = go_live()
    review = Review.objects.get(measure=live)
    assert set(review.controls.all()) == set(quiet[1:])
    assert review.workings["overlaps"] == []


def test_measures_that_overlap_cannot_be_told_apart(
    better: Touchpoint, workspace: Workspace, go_live: GoLive, edda: User
) -> None:
    other = create_measure(workspace, title="Signs", kind="process", touchpoints=[better], by=edda)
    go_live(other, live_on=START + 5 * DAY)
    live = go_live()
    assert Review.objects.get(measure=live).workings["overlaps"] == [{"id": other.pk, "title": "Signs"}]


def test_controls_may_be_chosen_by_hand(
    better: Touchpoint, quiet: list[Touchpoint], go_live: GoLive, edda: User, at: Clock
) -> None:
    live = go_live()
    review = choose_controls(Review.objects.get(), touchpoints=[quiet[2]], by=edda)
    assert ([*review.controls.all()], review.chosen_by_hand) == ([quiet[2]], True)
    assert [one["name"] for one in review.workings["controls"]] == ["Wi-Fi"]
    assert AuditEntry.objects.filter(verb="review.choose", actor=edda).count() == 1
    at.pass_days(1)
    review_measures()
    assert [*Review.objects.get().controls.all()] == [quiet[2]]
    with pytest.raises(Refused, match="at least one"):
        choose_controls(review, touchpoints=[], by=edda)
    with pytest.raises(Refused, match="of its own"):
        choose_controls(review, touchpoints=[better], by=edda)
    assert live.pk == review.measure_id


def test_a_measure_for_a_persona_is_judged_by_her_answers(
    at: Clock,
    delays: Touchpoint,
    quiet: list[Touchpoint],
    workspace: Workspace,
    given: Given,
    commuter: Persona,
    tourist: Persona,
    measure: Measure,
    go_live: GoLive,
    edda: User,
) -> None:
    for one in (delays, *quiet):
        for day in (BEFORE, SINCE):
            given(one, *(WELL if one == delays and day == SINCE else BADLY), occurred_at=day, persona=commuter)
            given(one, *BADLY, occurred_at=day, persona=tourist)
    fold_all()
    verdicts = {}
    for persona in (commuter, tourist):
        edit_measure(measure, version=Measure.objects.get().version, personas=[persona], by=edda)
        if persona == commuter:
            go_live(Measure.objects.get())
        verdicts[persona.name] = Review.objects.get().verdict
    assert verdicts == {"Commuter": "works", "Tourist": "no_effect"}


def test_what_is_not_live_any_longer_is_not_watched(better: Touchpoint, go_live: GoLive, edda: User) -> None:
    live = go_live()
    move_measure(live, to="dropped", version=live.version, reason="Too dear to keep", by=edda)
    assert not Review.objects.exists()


def test_another_day_on_which_it_went_live_begins_the_review_anew(
    better: Touchpoint, go_live: GoLive, edda: User
) -> None:
    live = go_live()
    edit_measure(live, version=live.version, live_on=START + 10 * DAY, by=edda)
    assert Review.objects.get().live_on == START + 10 * DAY


def test_the_database_holds_what_a_review_may_say(better: Touchpoint, go_live: GoLive) -> None:
    go_live()
    for broken in (
        {"verdict": "splendid"},
        {"verdict": "works", "missing": "weeks"},
        {"verdict": "too_early", "missing": ""},
        {"low": 50.0},
        {"effect": None},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Review.objects.update(**broken)
    elsewhere = Control.objects.get(touchpoint__name="Wi-Fi")
    with pytest.raises(IntegrityError), transaction.atomic():
        Control.objects.create(workspace=elsewhere.workspace, review=elsewhere.review, touchpoint=elsewhere.touchpoint)

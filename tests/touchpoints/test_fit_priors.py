"""What is usual is learned each night from a touchpoint's peers, and stands for the day."""

import datetime
from threading import Event

import pytest
from django.db import transaction

from feedback.actions import record_responses
from feedback.actions.recount import differences
from tests.answering import an_answer, health, new_touchpoint
from tests.elsewhere import Elsewhere, at_once
from touchpoints.actions import close_days, fold_all, settle_priors
from touchpoints.actions.apart import Busy
from touchpoints.health.metrics import scale_of
from touchpoints.health.shrink import default_prior
from touchpoints.models import FittedPrior, HealthScore, PriorFit, StuckSubject, Touchpoint

CSAT5 = scale_of("csat", "1-5")
BETTER, WORSE = [5, 5, 5, 4, 4, 3], [1, 1, 1, 2, 2, 3]


def peers(workspace, given, count, values, *, group="purchase"):
    """So many touchpoints of a phase, of which customers said this."""
    found = [new_touchpoint(workspace, f"{group} {values[0]} {number}") for number in range(count)]
    for number, touchpoint in enumerate(found):
        Touchpoint.objects.filter(pk=touchpoint.pk).update(peer_group=group)
        given(touchpoint, *values[number % 3 :], *values)
    return found


def pass_night(at):
    """What was said is folded, then it is tomorrow and the day is closed."""
    fold_all()
    at.pass_days(1)
    close_days()


def part(score):
    (found,) = score.parts
    return found


@pytest.fixture
def fourteen(at, workspace, given):
    """Eight touchpoints at which customers are content, in one phase, and six unhappy ones in another."""
    return peers(workspace, given, 8, BETTER), peers(workspace, given, 6, WORSE, group="retention")


def test_a_young_workspace_has_the_default(at, workspace, delays, given):
    given(delays, 4, 4, 4, 4, 4)
    score = health(delays)
    assert (score.prior_version, part(score)["prior_source"]) == ("default-1", "default")
    assert part(score)["prior_mean"] == pytest.approx(70)


def test_the_next_day_a_phase_of_eight_has_a_usual_mean_of_its_own(at, workspace, fourteen):
    in_phase, others = fourteen
    pass_night(at)
    score, other = health(in_phase[0]), health(others[0])
    fit = PriorFit.objects.get()
    assert fit.day == at.today
    assert score.prior_version == other.prior_version == f"fit-{fit.pk}"
    assert (score.peer_group, part(score)["prior_source"]) == ("purchase", "phase")
    assert (other.peer_group, part(other)["prior_source"]) == ("retention", "workspace")  # six are too few
    assert part(score)["prior_mean"] > 70 > part(other)["prior_mean"]
    by_hand = FittedPrior.objects.get(fit=fit, peer_group="purchase", component="csat")
    assert (by_hand.peers, by_hand.mass) == (8, part(score)["prior_mass"])
    assert not list(differences(workspace))


def test_it_stands_for_the_day_whatever_others_say_meanwhile(at, workspace, fourteen, given):
    (first, second, *_), _ = fourteen
    pass_night(at)
    before = health(first)
    given(second, *[1] * 100)
    fold_all()
    after = health(first)
    assert (after.score, after.prior_version) == (before.score, before.prior_version)
    given(first, 3)
    assert health(first).prior_version == before.prior_version
    assert PriorFit.objects.count() == 1
    assert not list(differences(workspace))


def test_the_night_after_it_is_learned_anew(at, workspace, fourteen, given):
    (first, second, *_), _ = fourteen
    pass_night(at)
    before = health(first)
    given(second, *[1] * 100)
    pass_night(at)
    after = health(first)
    assert after.prior_version != before.prior_version
    assert part(after)["prior_mean"] < part(before)["prior_mean"]
    assert not list(differences(workspace))


def test_a_touchpoint_that_moves_to_another_phase_has_its_usual_tomorrow(at, workspace, fourteen, given):
    (first, *_), _ = fourteen
    pass_night(at)
    Touchpoint.objects.filter(pk=first.pk).update(peer_group="advocacy")
    given(first, 4)
    assert health(first).peer_group == "purchase"
    pass_night(at)
    score = health(first)
    assert (score.peer_group, part(score)["prior_source"]) == ("advocacy", "workspace")
    assert not list(differences(workspace))


def test_nothing_is_learned_across_workspaces(at, workspace, elsewhere, fourteen, given):
    fold_all()
    at.pass_days(1)
    theirs = new_touchpoint(elsewhere, "Tram stop")
    record_responses(elsewhere, [an_answer(theirs, 4) for _ in range(5)])
    fold_all()
    close_days()
    pass_night(at)
    assert part(health(theirs))["prior_source"] == "default"


def test_an_archived_touchpoint_teaches_nothing(at, workspace, fourteen):
    (first, *_), _ = fourteen
    Touchpoint.objects.filter(pk=first.pk).update(archived_at=at.now)
    pass_night(at)
    assert not FittedPrior.objects.filter(peer_group="purchase").exists()
    assert FittedPrior.objects.get(peer_group="", component="csat").peers == 13


def test_a_scale_without_peers_of_its_own_has_the_learned_mean(at, workspace, fourteen, given):
    (first, *_), _ = fourteen
    fold_all()
    given(first, *[7] * 500, scale="1-7")
    pass_night(at)
    fold_all()
    prior = FittedPrior.objects.get(peer_group="purchase", component="csat")
    worths = scale_of("csat", "1-7").utilities
    assert sum(u * p for u, p in zip(worths, prior.shares["csat:1-7"], strict=True)) == pytest.approx(prior.mean)
    assert prior.mean != pytest.approx(default_prior(CSAT5).mean)
    assert not list(differences(workspace))


def test_reading_what_is_usual_takes_as_many_statements_for_more(
    at, workspace, fourteen, given, django_assert_max_num_queries
):
    in_phase, _ = fourteen
    pass_night(at)
    for touchpoint in in_phase:
        given(touchpoint, 4)
    fold_all()
    for touchpoint in in_phase:
        given(touchpoint, 4)
    with django_assert_max_num_queries(24):  # eleven for the fold, as many to see that nothing is left
        fold_all()


@pytest.mark.django_db(transaction=True)
def test_of_five_at_once_one_learns_and_nobody_waits(at, workspace, fourteen):
    fold_all()
    at.pass_days(1)

    @transaction.atomic
    def settle():
        return settle_priors(workspace.pk, datetime.date(2026, 3, 16))

    found = at_once(*[settle] * 5)
    learned = {fit for fit in found if not isinstance(fit, Busy)}
    assert learned == {PriorFit.objects.get().pk}
    assert FittedPrior.objects.filter(component="csat").count() == 2


def test_scores_of_today_say_on_what_they_rest(at, workspace, fourteen):
    pass_night(at)
    stated = HealthScore.objects.values_list("model_version", "prior_version", "day").distinct()
    assert list(stated) == [("health-1", f"fit-{PriorFit.objects.get().pk}", at.today)]


@pytest.mark.django_db(transaction=True)
def test_who_comes_while_another_learns_leaves_the_day_to_the_next_ring(at, workspace, fourteen):
    fold_all()
    at.pass_days(1)
    learning, done, closed = Event(), Event(), []

    @transaction.atomic
    def learn():
        settle_priors(workspace.pk, at.today)
        learning.set()
        done.wait(10)

    learner = Elsewhere(learn)
    learning.wait(10)
    closed.append(close_days())
    assert not StuckSubject.objects.exists()
    done.set()
    assert learner.done() is None
    closed.append(close_days())
    assert closed == [0, 14]
    assert not list(differences(workspace))

"""A workspace chooses by which rule answers become scores; a worker brings all scores to it."""

import pytest
from django.db import IntegrityError

from feedback.actions.recount import differences
from tests.answering import TODAY, health, new_touchpoint
from touchpoints.actions import change_rule, close_days, rule_of, rules
from touchpoints.actions.apart import Busy
from touchpoints.actions.days import rebuild
from touchpoints.actions.rules import APPLY
from touchpoints.models import HealthRule, HealthScore, Observation, Window, WindowSum
from touchpoints.tasks import apply_rule, fold_observations
from workspaces.errors import Stale
from workspaces.models import AuditEntry, Job, JobState


def applied(job=None):
    """The newest job of a changed rule, once a worker has done it."""
    job = Job.objects.filter(kind=APPLY).latest("pk")
    apply_rule(job.pk)
    job.refresh_from_db()
    return job


def test_without_a_choice_the_default_is_in_force(workspace):
    assert (rule_of(workspace).number, rule_of(workspace).csat) == (0, 35)
    assert not HealthRule.objects.exists()


def test_other_weights_change_every_score(at, workspace, olga, delays, counter, given):
    for touchpoint in (delays, counter):
        given(touchpoint, *[5] * 40)
        given(touchpoint, *[1] * 40, metric="ces")
    before = health(delays).score
    rule = change_rule(workspace, number=0, by=olga, csat=0)
    assert health(delays).score == before  # not before a worker comes
    job = applied()
    assert job.state == JobState.DONE
    for touchpoint in (delays, counter):
        score = health(touchpoint)
        assert (score.model_version, len(score.parts), score.parts[0]["component"]) == ("health-1.1", 1, "ces")
        assert score.score < 40 < before
    assert (rule.number, rule.csat, rule.ces) == (1, 0, 20)
    assert not list(differences(workspace))


def test_decay_is_another_table_and_a_rebuild(at, workspace, olga, delays, given):
    for days_ago in (0, 10, 40, 89):
        given(delays, *[4] * 10, occurred_at=TODAY.fromordinal(TODAY.toordinal() - days_ago))
    health(delays)
    at.pass_days(1)
    close_days()
    assert Window.objects.get().table == "flat-90"
    change_rule(workspace, number=0, by=olga, decay=True)
    applied()
    assert WindowSum.objects.get().table == "half-30"
    part = health(delays).parts[0]
    assert part["answers"] == 40
    assert part["n_eff"] == pytest.approx(29.80, abs=0.01)  # ages 1, 11, 41 and 90
    assert not list(differences(workspace))
    given(delays, 1)
    at.pass_days(3)
    close_days()
    given(delays, 1, occurred_at=TODAY)
    health(delays)
    assert not list(differences(workspace))
    change_rule(workspace, number=1, by=olga, decay=False)
    applied()
    assert WindowSum.objects.get().table == "flat-90"
    assert not list(differences(workspace))


def test_what_comes_before_the_worker_is_folded_by_the_rule_of_before(at, workspace, olga, delays, given):
    given(delays, *[4] * 10)
    health(delays)
    change_rule(workspace, number=0, by=olga, decay=True)
    given(delays, 1)
    assert health(delays).model_version == "health-1"
    assert not list(differences(workspace))
    applied()
    assert health(delays).model_version == "health-1.1"
    assert not list(differences(workspace))


def test_a_new_touchpoint_begins_with_the_rule_in_force(at, workspace, olga, given):
    change_rule(workspace, number=0, by=olga, decay=True)
    fresh = new_touchpoint(workspace, "Lounge")
    given(fresh, *[4] * 10)
    assert health(fresh).model_version == "health-1.1"
    assert WindowSum.objects.get().table == "half-90"
    assert not list(differences(workspace))


def test_public_ratings_count_if_the_workspace_says_so(at, workspace, olga, delays, given):
    given(delays, *[4] * 10)
    given(delays, *[1] * 30, metric="rating")
    before = health(delays)
    change_rule(workspace, number=0, by=olga, ratings_count=True)
    applied()
    after = health(delays)
    assert (before.answers, after.answers) == (10, 40)
    assert after.score < before.score - 20


def test_twice_is_harmless(at, workspace, olga, delays, given):
    given(delays, *[4] * 10)
    health(delays)
    change_rule(workspace, number=0, by=olga, csat=50)
    applied()
    row = HealthScore.objects.values().get(persona=None)
    assert change_rule(workspace, number=1, by=olga, csat=50).number == 1
    applied()
    assert HealthScore.objects.values().get(persona=None) == row
    assert HealthRule.objects.count() == 1


def test_who_saw_an_older_rule_is_told(workspace, olga, ada):
    change_rule(workspace, number=0, by=olga, csat=50)
    with pytest.raises(Stale):
        change_rule(workspace, number=0, by=ada, csat=10)
    assert rule_of(workspace).csat == 50
    assert AuditEntry.objects.filter(verb="rule.edit").count() == 1


@pytest.mark.parametrize(
    "choices",
    [
        {"csat": 101},
        dict.fromkeys(("csat", "ces", "nps", "complaints", "completion"), 0),
        {"complaints_good": 0.05},
        {"drop_off_limit": 1.5},
    ],
)
def test_the_database_refuses_what_makes_no_score(workspace, olga, choices):
    with pytest.raises(IntegrityError):
        change_rule(workspace, number=0, by=olga, **choices)


def test_a_poisoned_touchpoint_does_not_keep_a_rule_from_the_others(at, workspace, olga, delays, counter, given):
    given(delays, *[4] * 10)
    given(counter, *[4] * 10)
    health(delays)
    given(delays, 4)
    Observation.objects.update(scale="9-9")
    change_rule(workspace, number=0, by=olga, csat=50)
    applied()
    assert HealthScore.objects.get(subject=counter.subject_id, persona=None).model_version == "health-1.1"
    fold_observations([counter.subject_id])


def test_a_rule_that_comes_while_another_is_applied_is_where_all_scores_end(
    at, workspace, olga, delays, counter, given, monkeypatch
):
    for touchpoint in (delays, counter):
        given(touchpoint, *[4] * 10)
    health(delays)
    change_rule(workspace, number=0, by=olga, csat=50)
    monkeypatch.setattr(rules, "SUBJECTS_AT_ONCE", 1)
    changed: list[HealthRule] = []

    def change_meanwhile(subjects):
        if not changed:
            changed.append(change_rule(workspace, number=1, by=olga, csat=80))
        rebuild(subjects)

    monkeypatch.setattr(rules, "rebuild", change_meanwhile)
    first = Job.objects.filter(kind=APPLY).first()
    apply_rule(first.pk)
    second = applied()
    assert (Job.objects.get(pk=first.pk).state, second.state) == (JobState.DONE, JobState.DONE)
    assert set(HealthScore.objects.values_list("model_version", flat=True)) == {"health-1.2"}
    assert not list(differences(workspace))


def test_a_rule_is_applied_later_while_another_worker_learns_what_is_usual(
    at, workspace, olga, delays, given, monkeypatch
):
    given(delays, *[4] * 10)
    health(delays)
    change_rule(workspace, number=0, by=olga, csat=50)
    at.pass_days(1)

    def busy(workspace, day):
        raise Busy

    with monkeypatch.context() as patched:
        patched.setattr("touchpoints.actions.days.settle_priors", busy)
        assert applied().state == JobState.WAITING
    assert applied().state == JobState.DONE
    assert health(delays).model_version == "health-1.1"

"""Folding: what was observed becomes cells, sums and scores, exactly and once."""

import datetime
import json
from collections import Counter

import pytest

from feedback.actions import Answer, record_responses, remove_responses
from feedback.actions.recount import differences
from feedback.models import Response
from tests.answering import TODAY, an_answer, health, new_touchpoint
from touchpoints.actions import fold, fold_all, fold_rung
from touchpoints.models import DailyCell, HealthScore, Observation, Subject, WindowSum
from workspaces import live

DAY = datetime.timedelta(days=1)


def test_answers_become_a_score_with_its_parts(at, workspace, delays, given):
    given(delays, *[5] * 10)
    score = health(delays)
    # Ten answers of 100 and a prior of 70 that counts as much as ten.
    assert (score.score, score.answers, score.evidence) == (85, 10, 0.5)
    assert score.known
    assert score.day == score.last_heard == TODAY
    (part,) = score.parts
    assert (part["component"], part["raw"], part["contribution"], part["prior_mean"]) == ("csat", 100, 85, 70)
    assert (score.model_version, score.prior_version) == ("health-1", "default-1")


def test_one_answer_more_changes_the_score_by_one_answer(at, workspace, delays, given):
    given(delays, *[5] * 10)
    before = health(delays)
    given(delays, 1)
    after = health(delays)
    assert after.score == pytest.approx((10 * 100 + 0 + 10 * 70) / 21)
    assert (after.answers, after.version) == (11, before.version + 1)


def test_scales_of_a_metric_are_pooled_through_their_worth(at, workspace, delays, given):
    given(delays, *[5] * 5)
    given(delays, *[7] * 5, scale="1-7")
    assert health(delays).parts[0]["raw"] == 100
    assert WindowSum.objects.count() == 2


def test_four_answers_are_not_known_and_one_question_of_five_is(at, workspace, delays, given):
    given(delays, *[5] * 4)
    assert not health(delays).known
    given(delays, 5)
    assert health(delays).known


def test_personas_sum_to_the_total(at, workspace, delays, given, commuter, tourist):
    given(delays, 5, 4, 3, 3, 4, persona=commuter)
    given(delays, 1, 2, 1, 2, 2, persona=tourist)
    given(delays, 3)  # by who knows whom
    total = health(delays)
    assert (total.answers, health(delays, commuter).answers, health(delays, tourist).answers) == (11, 5, 5)
    sums = [Counter(dict(enumerate(map(int, row.sums)))) for row in WindowSum.objects.all()]
    assert sum(sums, Counter()) == {0: 2, 1: 3, 2: 3, 3: 2, 4: 1}


def test_only_satisfaction_effort_and_recommendation_make_the_score(at, workspace, delays, given):
    given(delays, *[5] * 10)
    before = health(delays)
    given(delays, 3, metric="complaint")
    given(delays, -2, metric="emotion")
    given(delays, 2, metric="expectation")
    given(delays, 1, metric="rating")
    after = health(delays)
    assert (after.score, after.answers, after.version) == (before.score, before.answers, before.version)
    assert DailyCell.objects.of(workspace).filter(metric="complaint").get().counts == [0, 0, 1]


def test_a_late_answer_counts_on_its_own_day(at, workspace, delays, given):
    given(delays, 5, occurred_at=TODAY - 100 * DAY)
    given(delays, 4)
    assert health(delays).answers == 2
    assert set(DailyCell.objects.values_list("day", flat=True)) == {TODAY, TODAY - 100 * DAY}


def test_an_answer_from_before_the_window_makes_no_score_but_was_heard(at, workspace, delays, given):
    given(delays, *[5] * 20, occurred_at=TODAY - 365 * DAY)
    score = health(delays)
    assert (score.score, score.known, score.answers) == (None, False, 0)
    assert score.last_heard == TODAY - 365 * DAY
    given(delays, *[5] * 20, occurred_at=TODAY - 364 * DAY)
    assert health(delays).answers == 20


def test_an_answer_of_tomorrow_weighs_nothing_until_it_is_due(at, workspace, delays, given):
    given(delays, *[4] * 5)
    given(delays, 1, occurred_at=TODAY + DAY)
    early = health(delays)
    assert (early.answers, early.last_heard) == (5, TODAY)
    at.pass_days(1)
    given(delays, 4)
    due = health(delays)
    assert (due.answers, due.last_heard) == (7, TODAY + DAY)


def test_an_edit_leaves_what_a_count_from_scratch_would(at, workspace, delays, counter, commuter):
    rows = [an_answer(delays, 1, external_id=f"e {number}", question="q", persona=commuter) for number in range(5)]
    record_responses(workspace, rows)
    assert health(delays, commuter).answers == 5
    for row in rows:
        row.version, row.value, row.subject, row.persona = 2, 5, counter.subject_id, None
        row.occurred_at = TODAY - 40 * DAY
    record_responses(workspace, rows)
    assert health(counter).answers == 5
    assert health(delays).answers == health(delays, commuter).answers == 0
    assert health(delays).last_heard is None
    assert DailyCell.objects.get().day == TODAY - 40 * DAY
    assert not list(differences(workspace))


def test_removing_the_last_answer_leaves_the_one_before_as_last_heard(at, workspace, delays, given):
    given(delays, 4, occurred_at=TODAY - 9 * DAY)
    given(delays, 4)
    assert health(delays).last_heard == TODAY
    remove_responses(workspace, [Response.objects.latest("pk").pk], by=None)
    assert health(delays).last_heard == TODAY - 9 * DAY
    assert DailyCell.objects.count() == 1


def test_journeys_and_the_workspace_have_scores_of_their_own(at, workspace):
    subject = Subject.objects.create(workspace=workspace, kind="journey")
    rows = [
        Answer(source="s", external_id=str(number), subject=subject.pk, metric="nps", value=9, occurred_at=TODAY)
        for number in range(5)
    ]
    record_responses(workspace, rows)
    fold_all()
    assert HealthScore.objects.get(subject=subject).parts[0]["component"] == "nps"


def test_the_same_moment_is_another_day_elsewhere(at, workspace, elsewhere, delays):
    elsewhere.time_zone = "Pacific/Auckland"
    elsewhere.save()
    theirs = new_touchpoint(elsewhere, "Tram stop")
    moment = datetime.datetime(2026, 3, 14, 12, 30, tzinfo=datetime.UTC)
    record_responses(workspace, [an_answer(delays, 4, occurred_at=moment)])
    record_responses(elsewhere, [an_answer(theirs, 4, occurred_at=moment)])
    assert health(delays).last_heard == datetime.date(2026, 3, 14)
    assert health(theirs).last_heard == datetime.date(2026, 3, 15)
    assert health(theirs).day == datetime.date(2026, 3, 16)
    assert not [*differences(workspace), *differences(elsewhere)]


def test_folding_in_bits_ends_alike(at, workspace, delays, given, commuter):
    given(delays, 1, 2, 3, 4, 5, persona=commuter)
    remove_responses(workspace, [Response.objects.earliest("pk").pk], by=None)
    while fold([delays.subject_id], at_most=1):
        pass
    assert not Observation.objects.exists()
    assert health(delays).answers == 4
    assert not list(differences(workspace))


def test_folding_nothing_is_harmless(at, workspace, delays, given):
    given(delays, 4)
    assert fold() == 1
    before = HealthScore.objects.values().get()
    assert fold() == 0
    assert HealthScore.objects.values().get() == before


def test_only_the_named_subjects_are_folded(at, workspace, delays, counter, given):
    given(delays, 4)
    given(counter, 4)
    assert fold([delays.subject_id]) == 1
    assert Observation.objects.get().subject_id == counter.subject_id


def test_a_ring_for_some_folds_what_other_rings_are_still_queued_for(at, workspace, delays, counter, given):
    given(delays, 4)
    given(counter, 4)
    fold_rung([delays.subject_id], within=60)
    assert not Observation.objects.exists()


def test_one_bell_is_rung_for_a_whole_batch(
    at, workspace, delays, counter, monkeypatch, django_capture_on_commit_callbacks
):
    rung = []
    monkeypatch.setattr("workspaces.jobs.current_app.send_task", lambda name, args: rung.append((name, args)))
    with django_capture_on_commit_callbacks(execute=True):
        record_responses(workspace, [an_answer(about, 4) for about in (delays, counter) * 50])
    assert rung == [("touchpoints.fold_observations", (sorted([delays.subject_id, counter.subject_id]),))]
    with django_capture_on_commit_callbacks(execute=True):
        record_responses(workspace, [an_answer(delays, 9)])
    assert len(rung) == 1  # nothing was stored, nobody is woken


def test_what_changed_is_announced_and_nothing_else(
    at, workspace, delays, counter, given, monkeypatch, django_capture_on_commit_callbacks
):
    heard = []

    class Broker:
        def publish(self, channel, message):
            heard.append((channel, json.loads(message)))

    monkeypatch.setattr(live, "broker", Broker)
    given(delays, *[4] * 5)
    with django_capture_on_commit_callbacks(execute=True):
        fold_all()
    news = {"touchpoint": delays.pk, "score_version": 1}
    assert heard == [(live.channel(workspace.pk), news)]
    given(delays, 2, metric="emotion")
    with django_capture_on_commit_callbacks(execute=True):
        fold_all()
    assert heard == [(live.channel(workspace.pk), news)]


def test_folding_one_touchpoint_or_sixty_takes_as_many_statements(at, workspace, given, django_assert_num_queries):
    first, *others = [new_touchpoint(workspace, f"Stop {number}") for number in range(61)]
    given(first, 4)
    with django_assert_num_queries(11):  # nine, and a transaction around them
        fold()
    for touchpoint in others:
        given(touchpoint, 4)
    with django_assert_num_queries(11):
        fold()


def test_feelings_come_and_go_with_their_answers(at, workspace, delays, given):
    given(delays, *[2] * 5, metric="emotion", scale="-2-2")
    given(delays, *[-1] * 5, metric="expectation", scale="-2-2")
    felt = health(delays)
    assert (felt.perception, felt.perception_source, felt.expectation, felt.score) == (2, "emotion", -1, None)
    given(delays, *[4] * 5)
    assert not list(differences(workspace))

"""Rules are applied to the answers that are there already: exact at every moment, and never twice."""

import pytest

from feedback.actions import apply_persona_rules, create_persona_rule, persona_apply, record_responses, remove_responses
from feedback.actions.imports import IMPORT
from feedback.actions.persona_apply import APPLY_RULES, rules_in_force, taken_by
from feedback.actions.recount import differences
from feedback.models import Response, Submission
from feedback.tasks import apply_persona_rules as work_on
from personas.actions import archive_persona
from tests.answering import an_answer, health
from touchpoints.models import HealthScore, Observation
from workspaces.actions import create_attribute
from workspaces.errors import Refused
from workspaces.models import AuditEntry, Job, JobState


@pytest.fixture
def reasons(workspace, edda):
    """Of reason; answers tell it before there is any rule."""
    return create_attribute(workspace, name="Reason", key="reason", by=edda)


def ruled(workspace, persona, *any_of, by):
    condition = {"fact": "attribute", "attribute": "reason", "any_of": list(any_of)}
    return create_persona_rule(workspace, persona=persona, conditions=[condition], by=by)


def applied(workspace, by):
    """The job, once a worker has done it."""
    job = apply_persona_rules(workspace, by=by)
    work_on(job.pk)
    job.refresh_from_db()
    return job


def whose():
    rows = Submission.objects.order_by("pk")
    return list(rows.values_list("persona__name", "persona_by_rule"))


@pytest.fixture
def answered(workspace, at, delays, counter, reasons, commuter, tourist, edda):
    """Twelve customers: six on their way to work, one for fun, and five of whom the survey says who they are."""
    told = [*[("Work", None)] * 6, ("Fun", None), *[("Work", tourist)] * 5]
    for number, (reason, persona) in enumerate(told):
        of_one = {"external_id": f"one {number}", "persona": persona, "attributes": {"reason": reason}}
        record_responses(workspace, [an_answer(delays, 5, **of_one), an_answer(counter, 1, metric="ces", **of_one)])
    health(delays)


def test_answers_come_to_their_personas(workspace, answered, delays, commuter, tourist, edda):
    ruled(workspace, commuter, "Work", by=edda)
    job = applied(workspace, edda)
    assert (job.state, job.result) == (JobState.DONE, {"changed": 6})
    assert whose() == [("Commuter", True)] * 6 + [(None, False)] + [("Tourist", False)] * 5
    assert not list(differences(workspace)), "before anything is folded"
    assert (health(delays, commuter).answers, health(delays, tourist).answers, health(delays).answers) == (6, 5, 12)
    assert not list(differences(workspace))
    assert AuditEntry.objects.of(workspace).filter(verb="job.begin").exists()


def test_done_twice_it_changes_nothing_more(workspace, answered, commuter, delays, edda):
    ruled(workspace, commuter, "Work", by=edda)
    first = applied(workspace, edda)
    health(delays)
    told = dict(Response.objects.values_list("pk", "updated_at"))
    Job.objects.filter(pk=first.pk).update(state=JobState.WAITING, result={})
    work_on(first.pk)
    assert applied(workspace, edda).result == {"changed": 0}
    assert not Observation.objects.exists()
    assert dict(Response.objects.values_list("pk", "updated_at")) == told


def test_what_no_rule_takes_any_more_is_nobodys(workspace, answered, commuter, tourist, delays, edda):
    rule = ruled(workspace, commuter, "Work", by=edda)
    applied(workspace, edda)
    assert health(delays, commuter).answers == 6
    type(rule).objects.filter(pk=rule.pk).update(conditions=[{"fact": "segment", "any_of": ["none"]}])
    assert applied(workspace, edda).result == {"changed": 6}
    assert whose() == [(None, False)] * 7 + [("Tourist", False)] * 5
    assert health(delays, commuter).answers == 0
    assert not list(differences(workspace))


def test_a_removed_answer_is_observed_nowhere(workspace, answered, delays, commuter, edda):
    gone = Response.objects.filter(subject=delays.subject).earliest("pk")
    remove_responses(workspace, [gone.pk], by=edda)
    ruled(workspace, commuter, "Work", by=edda)
    applied(workspace, edda)
    assert health(delays, commuter).answers == 5
    assert not list(differences(workspace))


class Killed(Exception):
    """As when a worker dies."""


def test_after_a_dead_worker_another_goes_on(workspace, answered, delays, commuter, edda, monkeypatch):
    monkeypatch.setattr(persona_apply, "AT_ONCE", 1)
    ruled(workspace, commuter, "Work", "Fun", by=edda)
    job = apply_persona_rules(workspace, by=edda)
    told = []

    def die(progress, done, total):
        told.append((done, total))
        raise Killed

    with monkeypatch.context() as dying:
        dying.setattr("workspaces.jobs.Progress.tell", die)
        dying.setattr("workspaces.jobs.end", lambda *_, **__: None)  # nobody is there to say how it ended
        work_on(job.pk)
    assert len(told) == 1
    assert Job.objects.get(pk=job.pk).state == JobState.RUNNING
    assert whose()[:3] == [("Commuter", True), (None, False), (None, False)]
    assert not list(differences(workspace)), "half-way, nothing folded"
    assert health(delays).answers == 12
    assert not list(differences(workspace)), "half-way, folded"
    work_on(job.pk)
    job.refresh_from_db()
    assert (job.state, job.result) == (JobState.DONE, {"changed": 7})
    assert health(delays, commuter).answers == 7
    assert not list(differences(workspace))


def test_it_stops_when_asked(workspace, answered, commuter, edda):
    ruled(workspace, commuter, "Work", by=edda)
    job = apply_persona_rules(workspace, by=edda)
    Job.objects.filter(pk=job.pk).update(cancel_asked=True)
    work_on(job.pk)
    assert Job.objects.get(pk=job.pk).state == JobState.CANCELLED
    assert whose()[0] == (None, False)


def test_an_archived_persona_keeps_what_it_was_given(workspace, answered, commuter, tourist, edda):
    ruled(workspace, commuter, "Work", by=edda)
    applied(workspace, edda)
    archive_persona(commuter, by=edda)
    ruled(workspace, tourist, "Work", "Fun", by=edda)
    applied(workspace, edda)
    assert whose() == [("Commuter", True)] * 6 + [("Tourist", True)] + [("Tourist", False)] * 5


def test_one_that_waits_is_enough_and_waits_for_imports(workspace, answered, commuter, edda):
    ruled(workspace, commuter, "Work", by=edda)
    job = apply_persona_rules(workspace, by=edda)
    assert apply_persona_rules(workspace, by=edda) == job
    under_way = Job.objects.create(workspace=workspace, kind=IMPORT, key="file", state=JobState.RUNNING)
    work_on(job.pk)
    assert Job.objects.get(pk=job.pk).state == JobState.WAITING
    under_way.delete()
    work_on(job.pk)
    assert Job.objects.filter(kind=APPLY_RULES).get().state == JobState.DONE


def test_without_any_rule_there_is_nothing_to_apply(workspace, answered, edda):
    with pytest.raises(Refused):
        apply_persona_rules(workspace, by=edda)


def test_a_preview_says_what_would_change_and_changes_nothing(workspace, answered, commuter, tourist, edda):
    ruled(workspace, commuter, "Work", by=edda)
    ruled(workspace, tourist, "School", by=edda)
    taken = taken_by(workspace, rules_in_force(workspace))
    assert (taken.of, taken.by_rule, taken.named, taken.nobody, taken.changed) == (12, [6, 0], 5, 1, 6)
    assert whose()[0] == (None, False)


def test_the_score_of_everybody_together_stays(workspace, answered, delays, commuter, edda):
    before = health(delays)
    ruled(workspace, commuter, "Work", by=edda)
    applied(workspace, edda)
    after = health(delays)
    assert (after.score, after.parts, after.answers) == (before.score, before.parts, before.answers)
    assert HealthScore.objects.filter(subject=delays.subject, persona=commuter).exists()

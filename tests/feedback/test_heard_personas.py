"""A persona has figures of its own about what five of its people answered, and about nothing else."""

import importlib
import random

from django.db import connection
from django.urls import reverse

from feedback.actions import (
    apply_persona_rules,
    create_persona_rule,
    record_responses,
    remove_responses,
    undo_import,
)
from feedback.actions.recount import differences
from feedback.models import HeardPersona, Response, Submission
from feedback.tasks import apply_persona_rules as work_on
from feedback.tasks import merge_persona_answers
from journeys.actions.merging import merge_personas
from tests.answering import TODAY, an_answer, health
from touchpoints.actions import fold_all, rebuild
from touchpoints.figures import period_figures
from touchpoints.models import DailyCell, HealthScore, Observation
from workspaces.models import Job, JobState


def heard(touchpoint, persona):
    """Whether the persona has figures of its own there."""
    return HeardPersona.objects.filter(subject=touchpoint.subject, persona=persona, witnesses__len=5).exists()


def own_answers(touchpoint, persona):
    """How many answers its score rests on, once all is folded; 0 where it has none."""
    fold_all()
    return sum(
        HealthScore.objects.filter(subject=touchpoint.subject, persona=persona).values_list("answers", flat=True)
    )


def test_four_people_have_no_figure_however_much_they_answer(at, workspace, delays, given, commuter):
    for metric, value in (("csat", 4), ("ces", 6), ("nps", 9)):
        rows = [an_answer(delays, value, metric=metric, persona=commuter, external_id=f"{one}") for one in range(4)]
        record_responses(workspace, rows)
    assert health(delays).answers == 12
    assert not HealthScore.objects.filter(persona=commuter).exists()
    assert not DailyCell.objects.filter(persona=commuter).exists()
    assert period_figures(delays.subject, "csat", TODAY, TODAY, persona=commuter) == []
    assert not list(differences(workspace))


def test_the_panel_says_why_there_is_none(at, workspace, delays, given, commuter, edda, sign_in):
    given(delays, *[4] * 4, persona=commuter)
    health(delays)
    address = f"{reverse('touchpoint', args=[workspace.slug, delays.pk])}?persona={commuter.pk}"
    said = "Commuter has figures of its own here once five of its people have answered."
    assert said in sign_in(edda).get(address).content.decode()
    given(delays, 4, persona=commuter)
    health(delays)
    assert said not in sign_in(edda).get(address).content.decode()


def test_with_the_fifth_all_that_they_answered_is_their_own(at, workspace, delays, given, commuter):
    given(delays, 5, 4, 3, 4, persona=commuter)
    assert own_answers(delays, commuter) == 0
    given(delays, 2, persona=commuter)
    assert not list(differences(workspace)), "nothing folded yet"
    assert own_answers(delays, commuter) == 5
    assert DailyCell.objects.get().persona == commuter
    assert not list(differences(workspace))


def test_one_person_who_answers_five_times_is_one(at, workspace, delays, given, commuter):
    given(delays, 5, 4, 3, 4, 2, 1, persona=commuter, respondent="K-1")
    assert own_answers(delays, commuter) == 0
    given(delays, 5, 4, 3, persona=commuter)
    assert own_answers(delays, commuter) == 0
    given(delays, 5, persona=commuter, respondent="K-2")
    assert own_answers(delays, commuter) == 10


def test_about_one_touchpoint_is_not_about_another(at, workspace, delays, counter, given, commuter):
    given(delays, 5, 4, 3, 4, 2, persona=commuter)
    given(counter, 5, 4, 3, 4, persona=commuter)
    assert (own_answers(delays, commuter), own_answers(counter, commuter)) == (5, 0)


def test_whoever_goes_takes_the_figures_along(at, workspace, delays, given, commuter, edda):
    given(delays, 5, 4, 3, 4, 2, 1, persona=commuter)
    assert own_answers(delays, commuter) == 6
    for left, newest in zip((5, 0, 0), Response.objects.order_by("-pk")[:3], strict=True):
        remove_responses(workspace, [newest.pk], by=edda)
        assert not list(differences(workspace)), "nothing folded yet"
        assert own_answers(delays, commuter) == left
    assert health(delays).answers == 3
    given(delays, 5, 5, persona=commuter)
    assert own_answers(delays, commuter) == 5
    assert not list(differences(workspace))


def test_a_witness_that_goes_is_replaced(at, workspace, delays, given, commuter, edda):
    given(delays, *[4] * 9, persona=commuter)
    for _ in range(4):
        witness = HeardPersona.objects.get().witnesses[0]
        remove_responses(workspace, [Response.objects.get(submission=witness).pk], by=edda)
    assert own_answers(delays, commuter) == 5
    assert not list(differences(workspace))


def test_an_import_taken_back_takes_the_figures_along(at, workspace, delays, given, commuter, edda):
    given(delays, 5, 4, persona=commuter)
    job = Job.objects.create(workspace=workspace, kind="import", key="file", state=JobState.DONE)
    record_responses(workspace, [an_answer(delays, 3, persona=commuter) for _ in range(5)], job=job)
    assert own_answers(delays, commuter) == 7
    undo_import(job, by=edda)
    assert own_answers(delays, commuter) == 0
    assert health(delays).answers == 2
    assert not list(differences(workspace))


def test_an_edit_moves_the_figures_from_one_persona_to_the_other(at, workspace, delays, commuter, tourist):
    rows = [an_answer(delays, 4, external_id=f"{one}", persona=commuter) for one in range(6)]
    record_responses(workspace, rows)
    for row in rows:
        row.version, row.persona = 2, tourist.pk
        record_responses(workspace, [row])
        assert not list(differences(workspace))
    assert (own_answers(delays, commuter), own_answers(delays, tourist)) == (0, 6)
    assert (heard(delays, commuter), heard(delays, tourist)) == (False, True)


def test_rules_give_figures_and_take_them(at, workspace, delays, given, commuter, tourist, edda):
    given(delays, *[4] * 5, persona=tourist)
    given(delays, *[2] * 5, segment="week")
    rule = create_persona_rule(
        workspace, persona=commuter, conditions=[{"fact": "segment", "any_of": ["week"]}], by=edda
    )
    work_on(apply_persona_rules(workspace, by=edda).pk)
    assert own_answers(delays, commuter) == 5
    type(rule).objects.filter(pk=rule.pk).update(conditions=[{"fact": "segment", "any_of": ["none"]}])
    work_on(apply_persona_rules(workspace, by=edda).pk)
    assert own_answers(delays, commuter) == 0
    assert not list(differences(workspace))


def test_two_that_are_merged_are_heard_together(at, workspace, delays, given, commuter, tourist, edda):
    given(delays, 5, 4, 3, persona=commuter)
    given(delays, 1, 2, persona=tourist)
    merge_persona_answers(merge_personas(commuter, into=tourist, by=edda).pk)
    assert own_answers(delays, tourist) == 5


def test_whatever_happens_it_is_as_if_counted_at_the_end(at, workspace, delays, counter, commuter, tourist, edda):
    """At random: answers come, change persona, subject and person, and go. A control counts people in one statement."""
    chance = random.Random(9)
    versions = dict.fromkeys(range(40), 0)
    for _ in range(250):
        one = chance.randrange(40)
        if chance.random() < 0.2:
            there = Response.objects.filter(removed_at=None).order_by("pk").values_list("pk", flat=True)
            remove_responses(workspace, chance.sample(list(there), min(2, len(there))), by=edda)
        else:
            versions[one] += 1
            about, persona = chance.choice([delays, counter]), chance.choice([commuter, commuter, tourist, None])
            facts = {"respondent": chance.choice(["", f"K-{one % 12}"]), "persona": persona, "version": versions[one]}
            row = an_answer(about, chance.randint(1, 5), external_id=f"{one}", question="q", **facts)
            record_responses(workspace, [row])
        if chance.random() < 0.1:
            fold_all()
    assert not list(differences(workspace))
    people: dict[tuple[int, int], set[int]] = {}
    said = Response.objects.exclude(value=None).exclude(submission__persona=None).select_related("submission")
    for response in said:
        who = response.submission.respondent_id or -response.submission_id
        people.setdefault((response.subject_id, response.submission.persona_id), set()).add(who)
    enough = {pair for pair, those in people.items() if len(those) >= 5}
    assert enough == set(HeardPersona.objects.filter(witnesses__len=5).values_list("subject_id", "persona_id"))
    assert enough, "the test says something"


def test_what_was_there_before_is_judged_alike(at, workspace, delays, counter, given, commuter, tourist):
    """The migration: counted as before it came, answers of too few become nobody's and the others stay."""
    given(delays, 5, 4, 3, 4, 2, persona=commuter)
    given(counter, 5, 4, 3, 1, persona=commuter)
    given(counter, 2, 2, persona=tourist, respondent="K-1")
    fold_all()
    kept = sorted(HeardPersona.objects.values_list("subject_id", "persona_id", "witnesses"))
    for cell in DailyCell.objects.filter(subject=counter.subject, persona=None):
        cell.delete()  # as they stood: each persona's answers its own
    for persona, counts in ((commuter, [1, 0, 1, 1, 1]), (tourist, [0, 2, 0, 0, 0])):
        facts = {"workspace": workspace, "subject": counter.subject, "metric": "csat", "scale": "1-5", "day": TODAY}
        DailyCell.objects.create(persona=persona, counts=counts, **facts)
    rebuild([counter.subject_id])
    HeardPersona.objects.all().delete()
    migration = importlib.import_module("feedback.migrations.0027_witnesses")
    with connection.cursor() as cursor:
        for operation in migration.Migration.operations:
            cursor.execute(operation.sql)
    assert sorted(HeardPersona.objects.values_list("subject_id", "persona_id", "witnesses")) == kept
    assert Observation.objects.filter(persona=tourist).get().times == -2
    fold_all()
    assert list(DailyCell.objects.filter(subject=counter.subject).values_list("persona", "counts")) == [
        (None, [1, 2, 1, 1, 1])
    ]
    assert Submission.objects.filter(persona=tourist).count() == 2, "whose they are stays known"

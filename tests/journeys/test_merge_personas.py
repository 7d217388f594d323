"""Two personas become one: all that hangs on the one goes to the other, and scores stay exact."""

import pytest
from django.urls import reverse

from feedback.actions import MERGE_ANSWERS, create_persona_rule, persona_merging, record_responses, record_usage
from feedback.actions.recount import differences
from feedback.actions.usage import Used
from feedback.models import PersonaMerge, PersonaRule, Submission, Survey, UsageDay
from feedback.tasks import merge_persona_answers
from journeys.actions.journeys import edit_journey
from journeys.actions.merging import merge_personas
from journeys.models import JourneyPersona, MetNeed
from journeys.ties import Ties, merged_into, ties_of
from measures.actions import create_measure
from measures.models import MeasurePersona
from personas.actions import restore_persona
from personas.models import Persona
from tests.answering import TODAY, an_answer, health
from tests.journeys.scene import drawn, placed
from tests.rest import Rest
from tests.surveying import survey_at
from touchpoints.models import HealthScore
from workspaces.errors import Refused
from workspaces.models import AuditEntry, Job, JobState

SEGMENT = {"fact": "segment", "any_of": ["Weekend"]}


@pytest.fixture
def pendler(workspace):
    """Turned out to be the commuter."""
    return Persona.objects.create(workspace=workspace, name="Pendler", quote="Schon wieder!")


@pytest.fixture
def tied(workspace, at, edda, delays, given, pendler, commuter):
    """A journey, a need twice, a rule, a survey, a measure, answers and counts of the one, some also of the other."""
    journey = drawn(workspace, edda, purchase="Shop Pay")
    edit_journey(journey, version=journey.edition, personas=[pendler, commuter], by=edda)
    for persona in (pendler, commuter):
        at_shop = {"workspace": workspace, "journey": journey, "placement": placed(journey, "Shop")}
        MetNeed.objects.create(persona=persona, need="to be on time", how_well="well", **at_shop)
    MetNeed.objects.create(persona=pendler, need="a seat", how_well="not", **at_shop)
    create_persona_rule(workspace, persona=pendler, conditions=[SEGMENT], by=edda)
    Survey.objects.filter(pk=survey_at(delays, by=edda).pk).update(persona=pendler)
    create_measure(workspace, title="Reason", touchpoints=[delays], personas=[pendler, commuter], by=edda)
    given(delays, *[5] * 6, persona=pendler)
    given(delays, 4, segment="Weekend")
    given(delays, *[1] * 3, persona=commuter)
    used = {"contacts": 10, "visits": 8, "completed": 4, "complaints": 1}
    record_usage(
        workspace, [Used("log", delays.subject_id, TODAY, persona=one.pk, **used) for one in (pendler, commuter)]
    )
    health(delays)
    return journey


def merged(pendler, commuter, by):
    """The job once a worker has done it."""
    job = merge_personas(pendler, into=commuter, by=by)
    merge_persona_answers(job.pk)
    job.refresh_from_db()
    return job


def test_it_says_beforehand_what_hangs_on_it(workspace, tied, pendler, commuter, edda, sign_in):
    assert ties_of(pendler) == Ties(maps=1, needs=2, questionnaires=7, days=1, rules=1, surveys=1, measures=1)
    address = reverse("persona_merge", args=[workspace.slug, pendler.pk])
    page = sign_in(edda).get(f"{address}?into={commuter.pk}").content.decode()
    assert "1 map is drawn for it" in page
    assert "7 questionnaires were filled as it" in page
    assert "1 measure is for it" in page
    assert not PersonaMerge.objects.exists()


def test_all_that_hangs_on_it_goes_to_the_other(workspace, tied, delays, pendler, commuter, edda):
    before = health(delays)
    job = merged(pendler, commuter, edda)
    assert (job.state, job.result) == (JobState.DONE, {"moved": 7})
    assert not list(differences(workspace)), "before anything is folded"
    assert health(delays, commuter).answers == 10
    assert not list(differences(workspace))
    assert HealthScore.objects.get(subject=delays.subject, persona=pendler).answers == 0
    assert health(delays).score == before.score
    pendler.refresh_from_db()
    assert not any(vars(ties_of(pendler)).values())
    assert list(JourneyPersona.objects.values_list("persona__name", flat=True)) == ["Commuter"]
    assert sorted(MetNeed.objects.values_list("persona__name", "need")) == [
        ("Commuter", "a seat"),
        ("Commuter", "to be on time"),
    ]
    assert list(MeasurePersona.objects.values_list("persona__name", flat=True)) == ["Commuter"]
    assert (PersonaRule.objects.get().persona, Survey.objects.get().persona) == (commuter, commuter)
    day = UsageDay.objects.get()
    assert (day.persona, day.contacts, day.visits, day.completed, day.complaints) == (commuter, 20, 16, 8, 2)
    assert AuditEntry.objects.filter(verb="persona.merge", actor=edda).count() == 1


def test_it_is_archived_and_says_of_what_it_became_part(workspace, tied, pendler, commuter, edda, sign_in):
    merged(pendler, commuter, edda)
    pendler.refresh_from_db()
    assert pendler.archived_at
    assert pendler.quote == "Schon wieder!", "it keeps its words"
    assert merged_into(pendler) == commuter
    page = sign_in(edda).get(reverse("persona_ties", args=[workspace.slug, pendler.pk])).content.decode()
    assert "It has become part of" in page
    assert f"/personas/{commuter.pk}/" in page


def test_a_rule_may_still_give_others_what_it_gave(workspace, tied, pendler, commuter, edda):
    merged(pendler, commuter, edda)
    assert Submission.objects.filter(persona=commuter, persona_by_rule=True).count() == 1


def test_what_comes_later_is_told_of_the_other(workspace, tied, delays, pendler, commuter, edda):
    merged(pendler, commuter, edda)
    record_responses(workspace, [an_answer(delays, 5, persona=pendler)])
    record_responses(workspace, [an_answer(delays, 5, segment="Weekend")])
    assert not Submission.objects.filter(persona=pendler).exists()
    restore_persona(pendler, by=edda)
    record_responses(workspace, [an_answer(delays, 5, persona=pendler)])
    assert Submission.objects.filter(persona=pendler).count() == 1, "taken back it is itself again"


def test_twice_is_harmless(workspace, tied, delays, pendler, commuter, edda):
    job = merge_personas(pendler, into=commuter, by=edda)
    assert merge_personas(pendler, into=commuter, by=edda) == job
    merge_persona_answers(job.pk)
    Job.objects.filter(pk=job.pk).update(state=JobState.WAITING)
    merge_persona_answers(job.pk)
    assert merge_personas(pendler, into=commuter, by=edda) is None
    assert health(delays, commuter).answers == 10
    assert AuditEntry.objects.filter(verb="persona.merge").count() == 1
    assert not list(differences(workspace))


def test_chains_lead_to_the_last(workspace, delays, pendler, commuter, tourist, edda):
    merge_personas(pendler, into=commuter, by=edda)
    merge_personas(commuter, into=tourist, by=edda)
    record_responses(workspace, [an_answer(delays, 5, persona=pendler)])
    assert Submission.objects.get().persona == tourist


class Killed(Exception):
    """As when a worker dies."""


def test_after_a_dead_worker_another_goes_on(workspace, tied, delays, pendler, commuter, edda, monkeypatch):
    monkeypatch.setattr(persona_merging, "AT_ONCE", 2)
    job = merge_personas(pendler, into=commuter, by=edda)

    def die(progress, done, total):
        raise Killed

    with monkeypatch.context() as dying:
        dying.setattr("workspaces.jobs.Progress.tell", die)
        dying.setattr("workspaces.jobs.end", lambda *_, **__: None)  # nobody is there to say how it ended
        merge_persona_answers(job.pk)
    assert Submission.objects.filter(persona=pendler).count() == 5
    assert not list(differences(workspace)), "half-way"
    assert health(delays, commuter).answers == 5
    merge_persona_answers(job.pk)
    job.refresh_from_db()
    assert (job.state, job.result) == (JobState.DONE, {"moved": 7})
    assert health(delays, commuter).answers == 10
    assert not list(differences(workspace))


def test_neither_itself_nor_an_archived_one_takes_it_in(tied, pendler, commuter, tourist, edda):
    with pytest.raises(Refused):
        merge_personas(pendler, into=pendler, by=edda)
    merge_personas(tourist, into=commuter, by=edda)
    with pytest.raises(Refused):
        merge_personas(pendler, into=tourist, by=edda)


def test_an_editor_merges_viewers_and_outsiders_do_not(workspace, pendler, commuter, edda, vik, otto, sign_in):
    address, sent = reverse("persona_merge", args=[workspace.slug, pendler.pk]), {"into": commuter.pk}
    assert [sign_in(one).post(address, sent).status_code for one in (vik, otto)] == [403, 404]
    page = sign_in(edda).post(address, sent, follow=True).content.decode()
    assert "“Pendler” is part of “Commuter” now." in page
    assert sign_in(edda).post(address, {"into": "0"}).status_code == 422


def test_personas_of_others_take_nothing_in(workspace, elsewhere, pendler, edda, tess, sign_in):
    theirs = Persona.objects.create(workspace=elsewhere, name="Tram rider")
    address = reverse("persona_merge", args=[workspace.slug, pendler.pk])
    assert sign_in(edda).post(address, {"into": theirs.pk}).status_code == 422
    assert Rest(tess).post(f"personas/{pendler.pk}/merge/", {"persona": theirs.pk}).status_code == 404
    assert Rest(tess).post(f"personas/{theirs.pk}/merge/", {"persona": pendler.pk}).status_code == 404
    assert not PersonaMerge.objects.exists()


def test_programs_merge_too(workspace, tied, pendler, commuter, tess):
    rest = Rest(tess)
    assert rest.get(f"personas/{pendler.pk}/ties/").json()["questionnaires"] == 7
    told = rest.post(f"personas/{pendler.pk}/merge/", {"persona": commuter.pk}).json()
    assert told["merged_into"] == commuter.pk
    assert Job.objects.get(pk=told["job"]).kind == MERGE_ANSWERS
    assert rest.get(f"personas/{pendler.pk}/ties/").json()["merged_into"] == commuter.pk

"""Storing what customers said."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from feedback.actions.answer import Answer, Reason, Refused
from feedback.actions.complaints import ring_for_complaints
from feedback.actions.heard_personas import hold_personas, settle_personas
from feedback.actions.opening import open_cases
from feedback.actions.programs import tell_of_submissions
from feedback.actions.questionnaire import Questionnaire, Status, open_questionnaires, write_questionnaires
from feedback.actions.reading import Reader, Reading
from feedback.actions.respondents import hold_respondents
from touchpoints.actions import observe
from workspaces.models import Job, Workspace
from workspaces.transactions import retried


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one answer, and why if it was refused."""

    status: Status
    refusal: Refused | None = None


@dataclass(frozen=True)
class Outcome:
    """What became of all answers, in the order in which they were given."""

    results: list[Result]

    @property
    def counts(self) -> Counter[Status]:
        """How many answers met each fate."""
        return Counter(result.status for result in self.results)


class _ErasedMeanwhile(Exception):
    """Somebody was erased since their answers were read."""


_RESULTS = {status: Result(status) for status in Status}


def record_responses(
    workspace: Workspace,
    answers: Sequence[Answer | Refused],
    *,
    job: Job | None = None,
    atomic: bool = False,
    cases: bool = True,
) -> Outcome:
    """Store answers of customers, and say of each what became of it.

    An answer that is known already in this version or a higher one is left unchanged; a higher version replaces what
    was stored, wherever and whenever that was. What is true of the questionnaire (when, who, which channel) follows
    the highest version of any of its answers, the first of equals. A removed answer comes back only in a higher
    version. An invalid one is refused with its reason; with `atomic` nothing is stored then. One that its source could
    not even read comes as the refusal. `job`: the import that brings them. Those that complain open cases (see
    `open_cases`), but without `cases`. Whoever is named as respondent is known from then on. Thousand
    answers a call are a good number.
    """
    reader = Reader.of(workspace, [answer for answer in answers if isinstance(answer, Answer)])
    readings: list[Reading] = []
    results: list[Result | None] = []
    for answer in answers:
        try:
            if isinstance(answer, Refused):
                raise answer
            readings.append(reader.read(answer))
            results.append(None)
        except Refused as refusal:
            results.append(Result(Status.REFUSED, refusal))
    if atomic and len(readings) < len(answers):
        others = Result(Status.REFUSED, Refused(Reason.OTHERS))
        return Outcome([result or others for result in results])
    # Within the caller's transaction there is nothing to begin anew, nor to go back to.
    store = _store if connection.in_atomic_block else retried(_store)
    try:
        statuses = iter(store(workspace, readings, job, cases=cases) if readings else ())
    except _ErasedMeanwhile:
        return record_responses(workspace, answers, job=job, atomic=atomic, cases=cases)
    return Outcome([result or _RESULTS[next(statuses)] for result in results])


def _store(workspace: Workspace, readings: Sequence[Reading], job: Job | None, *, cases: bool) -> list[Status]:
    readings = _with_respondents(workspace, readings)
    opened = open_questionnaires(workspace, readings)
    statuses = [opened[reading.key].hear(reading) for reading in readings]
    changed = [questionnaire for questionnaire in opened.values() if questionnaire.changed]
    write_questionnaires(workspace, changed, job)
    if cases:
        open_cases(workspace, changed, job)
    _observe(workspace, changed)
    ring_for_complaints(changed)
    tell_of_submissions(workspace, changed)
    return statuses


def _observe(workspace: Workspace, changed: Sequence[Questionnaire]) -> None:
    held = hold_personas(workspace.pk, {pair for one in changed for pair in one.pairs()})
    observe(workspace.pk, [observation for one in changed for observation in one.observations(held)])
    came = [(*pair, one.id) for one in changed for pair in one.pairs()]
    went = {pair for one in changed if one.stored for pair in one.pairs()}
    settle_personas(workspace.pk, held, came=came, went=went)


def _with_respondents(workspace: Workspace, readings: Sequence[Reading]) -> Sequence[Reading]:
    """The readings with the ids of those whom they name. Before all else: the respondents are locked first."""
    named = {reading.respondent for reading in readings} - {""}
    if not named:
        return readings
    held = hold_respondents(workspace, named)
    if named - held.keys():
        raise _ErasedMeanwhile
    return [
        reading._replace(facts=reading.facts._replace(respondent=held.get(reading.respondent))) for reading in readings
    ]

"""Questionnaires under the pen: locked, changed in memory, written back with one statement a kind of change."""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.db import connection

from feedback.actions import statements
from feedback.actions.heard_personas import Held, Pair
from feedback.actions.reading import Facts, Reading, Said
from feedback.models import Response
from touchpoints.actions import Observed
from workspaces import clock
from workspaces.models import Job, Workspace

Key = tuple[str, str]  # source, external id

MANY = 500  # new answers at once, after which a plan made for an empty table may cost far more than a new one


class Status(StrEnum):
    """What became of an answer."""

    STORED = "stored"
    UNCHANGED = "unchanged"
    EDITED = "edited"
    REFUSED = "refused"


@dataclass(slots=True)
class Questionnaire:
    """A submission while it is locked: as it was stored, and as its new readings leave it.

    `version`: the highest of its answers, which its facts follow. `wanted`: it is new, and programs want to hear of it.
    """

    id: int
    source: str
    stored_facts: Facts
    facts: Facts
    version: int = 0
    wanted: bool = False
    stored: dict[str, Said] = field(default_factory=dict)
    changed: dict[str, Said] = field(default_factory=dict)

    def hear(self, reading: Reading) -> Status:
        """Take in one reading, unless it is no news."""
        known = self.changed.get(reading.question) or self.stored.get(reading.question)
        if known is not None and known.version >= reading.said.version:
            return Status.UNCHANGED
        self.changed[reading.question] = reading.said
        if reading.said.version > self.version:
            self.version, self.facts = reading.said.version, reading.facts
        return Status.STORED if known is None else Status.EDITED

    def pairs(self) -> Iterator[Pair]:
        """Of whom it tells about what, before its changes and after them."""
        for persona in {self.stored_facts.persona, self.facts.persona}:
            for said in (*self.stored.values(), *self.changed.values()):
                if persona is not None:
                    yield Pair(said.subject, persona)

    def observations(self, held: Held) -> Iterator[Observed]:
        """What its changes take away and what they bring; an answer that stays as it is, where it is, is neither."""
        for question in {**self.stored, **self.changed}:
            before = self.stored.get(question)
            went = observed(before, self.stored_facts, held, -1)
            came = observed(self.changed.get(question, before), self.facts, held, +1)
            if went is None or came is None or went[:-1] != came[:-1]:
                yield from (observation for observation in (went, came) if observation)


def observed(said: Said | None, facts: Facts, held: Held, times: int) -> Observed | None:
    """The observation that an answer came or went; none for one that was not there or had been removed."""
    if said is None or said.value is None:
        return None
    persona = held.counted(said.subject, facts.persona)
    return Observed(said.subject, persona, said.metric, said.scale, facts.day, said.value, times)


def open_questionnaires(workspace: Workspace, readings: Iterable[Reading]) -> dict[Key, Questionnaire]:
    """The questionnaires of these readings, created where they are new, locked and read where they are not."""
    leading: dict[Key, Reading] = {}
    for reading in readings:
        if reading.said.version > leading.setdefault(reading.key, reading).said.version:
            leading[reading.key] = reading
    opened: dict[Key, Questionnaire] = {}
    while missing := [reading for key, reading in leading.items() if key not in opened]:
        # Again only where one was deleted between the two statements.
        opened |= _create(workspace, missing)
        opened |= _lock(workspace, [reading.key for reading in missing if reading.key not in opened])
    return opened


def write_questionnaires(workspace: Workspace, opened: Collection[Questionnaire], job: Job | None) -> None:
    """Write what has changed of them. `job`: the import that brought it."""
    moved = [questionnaire for questionnaire in opened if questionnaire.facts != questionnaire.stored_facts]
    new: list[tuple[int, str, Said]] = []
    edited: list[tuple[int, str, Said]] = []
    for questionnaire in opened:
        for question, said in questionnaire.changed.items():
            row = (questionnaire.id, question, said)
            (edited if question in questionnaire.stored else new).append(row)
    job_id = job.id if job else None
    with connection.cursor() as cursor:
        if moved:
            columns = _facts([questionnaire.facts for questionnaire in moved])
            columns["id"] = [questionnaire.id for questionnaire in moved]
            cursor.execute(statements.MOVE_SUBMISSIONS, columns)
            cursor.execute(statements.TOUCH_RESPONSES, {"id": columns["id"]})
        if new:
            with cursor.copy(statements.ADD_RESPONSES) as copy:
                for number, question, said in new:
                    copy.write_row((workspace.id, number, question, *said, job_id))
            if len(new) >= MANY:
                cursor.execute(statements.PLAN_ANEW)
        if edited:
            columns = _columns([said for _, _, said in edited])
            columns["submission"] = [number for number, _, _ in edited]
            columns["question"] = [question for _, question, _ in edited]
            cursor.execute(statements.EDIT_RESPONSES, {"job": job_id, **columns})


def _create(workspace: Workspace, readings: Sequence[Reading]) -> dict[Key, Questionnaire]:
    columns = _keys([reading.key for reading in readings]) | _facts([reading.facts for reading in readings])
    with connection.cursor() as cursor:
        cursor.execute(statements.ADD_SUBMISSIONS, {"workspace": workspace.id, "now": clock.now(), **columns})
        created = {(source, external_id): new for source, external_id, *new in cursor.fetchall()}
    opened: dict[Key, Questionnaire] = {}
    for reading in readings:
        if reading.key in created:
            (number, wanted), facts = created[reading.key], reading.facts
            opened[reading.key] = Questionnaire(
                number, reading.key[0], facts, facts, reading.said.version, wanted=wanted
            )
    return opened


def _lock(workspace: Workspace, keys: Sequence[Key]) -> dict[Key, Questionnaire]:
    if not keys:
        return {}
    locked: dict[Key, Questionnaire] = {}
    with connection.cursor() as cursor:
        cursor.execute(statements.LOCK_SUBMISSIONS, {"workspace": workspace.id, **_keys(keys)})
        for source, external_id, number, *facts, attributes, respondent, by_rule in cursor.fetchall():
            stored = Facts._make((*facts, json.loads(attributes), respondent, by_rule))
            locked[source, external_id] = Questionnaire(number, source, stored, stored)
    by_id = {questionnaire.id: questionnaire for questionnaire in locked.values()}
    answers = Response.objects.filter(submission__in=by_id)
    for number, question, *said in answers.values_list(
        "submission_id", "question", "version", "subject_id", "metric", "scale", "value", "text"
    ):
        questionnaire = by_id[number]
        questionnaire.stored[question] = Said(*said)
        questionnaire.version = max(questionnaire.version, questionnaire.stored[question].version)
    return locked


def _keys(keys: Collection[Key]) -> dict[str, list[Any]]:
    return {"source": [source for source, _ in keys], "external_id": [external_id for _, external_id in keys]}


def _facts(facts: Sequence[Facts]) -> dict[str, list[Any]]:
    """As `_columns`; attributes as JSON where there are any."""
    columns = _columns(facts)
    return columns | {"attributes": [json.dumps(said) if said else None for said in columns["attributes"]]}


def _columns(rows: Sequence[Facts] | Sequence[Said]) -> dict[str, list[Any]]:
    """Rows as the columns that a statement's unnest wants, by their names."""
    return {name: list(column) for name, column in zip(rows[0]._fields, zip(*rows, strict=True), strict=True)}

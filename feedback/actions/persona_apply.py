"""The rules of a workspace's personas, applied to the questionnaires that are there already."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Max
from django.utils.translation import gettext as _

from feedback.actions import statements, statements_of_personas
from feedback.actions.imports.draft import IMPORT
from feedback.actions.persona_moves import Moved, move_to_personas
from feedback.models import Submission
from feedback.persona_rules import Giver, Told, giver_of
from workspaces import jobs
from workspaces.actions import record
from workspaces.errors import Refused
from workspaces.jobs import Later, Progress
from workspaces.models import AT_WORK, Actor, Job, JobState, User, Workspace
from workspaces.transactions import retried

APPLY_RULES = "feedback.apply_persona_rules"  # the kind of the job: the name of its task
AT_ONCE = 2000  # questionnaires that are moved together
SAMPLE = 1000  # newest questionnaires that a preview looks at
MOST_COUNTED = 10_000  # that are looked at before the rules are applied


@dataclass(frozen=True)
class Taken:
    """What rules do with the newest questionnaires, so many `of` them.

    `by_rule`: how many each takes, in their order; `named`: that name their persona themselves, or have one that is
    archived by now, and keep it; `nobody`: that no rule takes; `changed`: whose persona would be another than it is.
    """

    of: int
    by_rule: list[int]
    named: int
    nobody: int
    changed: int


class _Asked:
    """Rules, asked of rows as the database tells them; what equal rows are given is worked out once."""

    def __init__(self, giver: Giver) -> None:
        self.giver = giver
        self._known: dict[tuple[Any, ...], int | None] = {}

    def rule_of(self, *told: Any) -> int | None:
        """The place of the rule that takes a row of source, channel, device, segment and attributes as JSON."""
        if told not in self._known:
            source, channel, device, segment, attributes = told
            self._known[told] = self.giver.rule_of(Told(source, channel, device, segment, json.loads(attributes)))
        return self._known[told]

    def persona_of(self, *told: Any) -> int | None:
        """The persona whom the rules give it."""
        place = self.rule_of(*told)
        return None if place is None else self.giver.personas[place]


def rules_in_force(workspace: Workspace) -> Giver:
    """The workspace's rules as answers meet them now: one statement."""
    with connection.cursor() as cursor:
        cursor.execute(f"{statements.RULES} %s", [workspace.pk])
        row = cursor.fetchone()
    return giver_of(row[0] if row and row[0] else "")


def taken_by(workspace: Workspace, giver: Giver, *, newest: int = SAMPLE) -> Taken:
    """What these rules would do with the newest questionnaires: one statement."""
    asked = _Asked(giver)
    by_rule, named, nobody, changed = [0] * len(giver.personas), 0, 0, 0
    with connection.cursor() as cursor:
        cursor.execute(statements_of_personas.NEWEST, {"workspace": workspace.pk, "at_most": newest})
        rows = cursor.fetchall()
    for *told, persona, may_be_given in rows:
        if not may_be_given:
            named += 1
            continue
        place = asked.rule_of(*told)
        if place is None:
            nobody += 1
        else:
            by_rule[place] += 1
        changed += persona != (None if place is None else giver.personas[place])
    return Taken(len(rows), by_rule, named, nobody, changed)


@retried
def apply_persona_rules(workspace: Workspace, *, by: Actor) -> Job:
    """Let a worker give the questionnaires that are there already the personas of the rules in force.

    Those that name their persona themselves keep it. One that waits already is enough. Raises Refused where there is
    nothing that could be given or taken.
    """
    Workspace.objects.select_for_update(no_key=True).get(pk=workspace.pk)
    waiting: Job | None = Job.objects.of(workspace).filter(kind=APPLY_RULES, state=JobState.WAITING).first()
    if waiting:
        return waiting
    if not rules_in_force(workspace) and not Submission.objects.of(workspace).filter(persona_by_rule=True).exists():
        raise Refused(_("There is no rule to apply."))
    made_by = by if isinstance(by, User) else None
    job = Job(workspace=workspace, kind=APPLY_RULES, key=secrets.token_hex(8), created_by=made_by)
    jobs.start(job)
    record(workspace, "job.begin", job, by=by)
    return job


def cancel_persona_rules(workspace: Workspace) -> bool:
    """Ask the worker to stop applying rules; what it has done already stays. Whether there was anything to stop."""
    under_way = Job.objects.of(workspace).filter(kind=APPLY_RULES, state__in=AT_WORK)
    return bool(under_way.update(cancel_asked=True))


def apply_rules(job: Job, progress: Progress) -> None:
    """Give every questionnaire that does not name its persona the one of the rules; what is given already stays.

    So many at a time, each in a transaction of its own with what it changes of scores, so that whoever takes the job
    up goes on behind them, and nothing is counted twice. Waits for earlier ones, and for imports under way, which read
    the rules before.
    """
    workspace = job.workspace
    others = Job.objects.of(workspace).filter(state__in=AT_WORK)
    if others.filter(kind=APPLY_RULES, pk__lt=job.pk).exists() or others.filter(kind=IMPORT).exists():
        raise Later
    upto = job.result.get("upto") or Submission.objects.of(workspace).aggregate(last=Max("pk"))["last"] or 0
    so_far = {"reached": 0, "changed": 0, **job.result, "upto": upto}
    while (found := _apply_some(job, so_far)) is not None:
        so_far = found
        progress.tell(so_far["reached"], upto)
    jobs.end(job, JobState.DONE, result={"changed": so_far["changed"]})


@retried
def _apply_some(job: Job, so_far: Mapping[str, int]) -> dict[str, int] | None:
    """Look at the next questionnaires, and say how far that came; None when there is none left."""
    wanted = {"workspace": job.workspace_id, "after": so_far["reached"], "upto": so_far["upto"], "at_most": AT_ONCE}
    asked = _Asked(rules_in_force(job.workspace))
    with connection.cursor() as cursor:
        cursor.execute(statements_of_personas.NEXT_GIVEN, wanted)
        rows = cursor.fetchall()
        if not rows:
            return None
        others = [pk for pk, *told, persona in rows if asked.persona_of(*told) != persona]
        moved = []
        if others:
            cursor.execute(statements_of_personas.LOCK_GIVEN, {"id": others, "workspace": job.workspace_id})
            for pk, *told, was in cursor.fetchall():
                if (persona := asked.persona_of(*told)) != was:
                    moved.append(Moved(pk, was, persona, persona is not None))
    move_to_personas(job.workspace, moved)
    reached = {**so_far, "reached": rows[-1][0], "changed": so_far["changed"] + len(moved)}
    Job.objects.filter(pk=job.pk).update(result=reached)
    return reached

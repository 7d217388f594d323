"""What is kept no longer than a workspace says: removed at night, a thousand rows at a time. Twice is harmless."""

import calendar
import datetime
import math
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Now

from feedback.actions.imports.draft import IMPORT
from feedback.actions.persons.files import STAGED, forget_quotes
from feedback.actions.picking import forget_picked
from feedback.models import UNDER_WAY, Case, Respondent, Response, Retention, Submission
from feedback.models.survey import LONGEST_COOLDOWN
from workspaces import clock
from workspaces.actions import keeping
from workspaces.models import Actor, AuditEntry, Job, Workspace
from workspaces.transactions import retried

AT_ONCE = 1000
FROM_HOUR = 2  # of the local day, when hardly anybody works
NAMELESS = datetime.timedelta(days=90)  # of somebody who has said nothing
SPARED = datetime.timedelta(days=LONGEST_COOLDOWN + 1)  # longer than anybody is spared from being asked again
SHEET = "journeys.spreadsheet"  # the kind of drafts of maps, by the name of a room above


def retention_of(workspace: Workspace) -> Retention:
    """How long the workspace keeps things; the usual ways where nobody has said."""
    found: Retention | None = Retention.objects.of(workspace).first()
    return found or Retention(workspace=workspace)


@retried
def edit_retention(workspace: Workspace, *, version: int, by: Actor, **months: int | None) -> Retention:
    """Say how many months things are kept from now on. Raises Stale."""
    rule: Retention = Retention.objects.get_or_create(workspace=workspace)[0]
    return keeping.edit(rule, version=version, by=by, **months)  # type: ignore[type-var] # has a version, and no shelf


def due(workspace: Workspace, rule: Retention) -> dict[str, int]:
    """How much would go tonight by this rule, by what it is; nothing is removed."""
    return {
        "comments": _comments(workspace, rule).count(),
        "respondents": _respondents(workspace, rule).count(),
        "files": _files(workspace, rule).count(),
        "audit": _entries(workspace, rule).count(),
    }


def forget_all_old(within: float) -> int:
    """Do the night's work wherever a new local day is old enough, and return in how many workspaces it is done.

    Begins no more batches after `within` seconds; the next call goes on.
    """
    until = time.monotonic() + within
    done, rules = 0, {rule.workspace_id: rule for rule in Retention.objects.all()}
    for workspace in Workspace.objects.order_by("pk"):
        rule = rules.get(workspace.pk) or Retention(workspace=workspace)
        now = clock.now().astimezone(workspace.zone)
        ran = rule.ran_at and rule.ran_at.astimezone(workspace.zone).date() == now.date()
        if now.hour >= FROM_HOUR and not ran and time.monotonic() < until:
            done += forget_old(workspace, until=until)
    return done


def forget_old(workspace: Workspace, *, until: float = math.inf) -> bool:
    """Remove what is older than the workspace keeps it, write down how much, and return whether nothing is left."""
    rule, tonight = retention_of(workspace), clock.today(workspace.zone)
    quotes: QuerySet[Job] = Job.objects.of(workspace).filter(_older(workspace, rule.files, "created_at"))
    removed = Counter(rule.removed if rule.night == tonight else {})
    removed["comments"] += _in_parts(_forget_comments, _comments(workspace, rule), until)
    removed["respondents"] += _in_parts(_forget_respondents, _respondents(workspace, rule), until)
    removed["files"] += _in_parts(_delete, _files(workspace, rule), until)
    removed["quotes"] += forget_quotes(quotes)
    removed["audit"] += _in_parts(_delete, _entries(workspace, rule), until)
    done = time.monotonic() < until
    noted = {"removed": dict(removed), "night": tonight} | ({"ran_at": clock.now()} if done else {})
    Retention.objects.update_or_create(workspace=workspace, defaults=noted)
    return done


def _before(workspace: Workspace, months: int) -> datetime.date:
    """The first local day that is kept: the same day of the month, or its last one."""
    today = clock.today(workspace.zone)
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return datetime.date(year, month + 1, min(today.day, calendar.monthrange(year, month + 1)[1]))


def _older(workspace: Workspace, months: int | None, column: str) -> Q:
    """What is older than that by a day or a moment; nothing is where there is no limit."""
    if months is None:
        return Q(pk__in=[])
    day = _before(workspace, months)
    if column.endswith("day"):
        return Q(**{f"{column}__lt": day})
    return Q(**{f"{column}__lt": datetime.datetime.combine(day, datetime.time(), workspace.zone)})


def _comments(workspace: Workspace, rule: Retention) -> "QuerySet[Response]":
    """Old comments, but those of cases that are still under way."""
    needed = Case.objects.filter(response=OuterRef("pk"), state__in=UNDER_WAY)
    old = _older(workspace, rule.comments, "submission__day")
    found: QuerySet[Response] = Response.objects.of(workspace).filter(old, ~Exists(needed), text__gt="")
    return found


def _respondents(workspace: Workspace, rule: Retention) -> "QuerySet[Respondent]":
    """Those of whom nothing was heard for so long, and those who have said nothing at all."""
    said = Submission.objects.filter(respondent=OuterRef("pk"))
    known: QuerySet[Respondent] = Respondent.objects.of(workspace)
    quiet = Q(answered_at=None) | Q(answered_at__lt=clock.now() - SPARED)
    nameless = quiet & ~Exists(said) & Q(created_at__lt=clock.now() - NAMELESS)
    if rule.respondents is None:
        return known.filter(nameless)
    day = _before(workspace, rule.respondents)
    long_quiet = Q(answered_at=None) | _older(workspace, rule.respondents, "answered_at")
    return known.filter(nameless | (long_quiet & Exists(said) & ~Exists(said.filter(day__gte=day))))


def _files(workspace: Workspace, rule: Retention) -> "QuerySet[Job]":
    """Uploads that nobody went on with."""
    found: QuerySet[Job] = Job.objects.of(workspace).filter(kind__in=[IMPORT, SHEET], state__in=STAGED)
    return found.filter(_older(workspace, rule.files, "created_at"))


def _entries(workspace: Workspace, rule: Retention) -> "QuerySet[AuditEntry]":
    found: QuerySet[AuditEntry] = AuditEntry.objects.of(workspace).filter(_older(workspace, rule.audit, "at"))
    return found


def _in_parts(remove: Callable[[Any, list[int]], int], rows: "QuerySet[Any]", until: float) -> int:
    """Remove a thousand at a time until none is left or the time is over."""
    gone = 0
    while time.monotonic() < until and (ids := list(rows.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])):
        removed = remove(rows, ids)
        gone += removed
        if removed < len(ids):  # somebody else is at them, or they are no longer due: the next night sees
            break
    return gone


@retried
def _forget_comments(rows: "QuerySet[Response]", ids: list[int]) -> int:
    theirs = Submission.objects.filter(pk__in=Response.objects.filter(pk__in=ids).values("submission"))
    list(theirs.order_by("source", "external_id").select_for_update(no_key=True))
    told = Response.objects.filter(pk__in=ids)
    for workspace in Workspace.objects.filter(pk__in=told.values("workspace")):
        forget_picked(workspace, ids)
    return told.update(text="", updated_at=Now())


@retried
def _forget_respondents(rows: "QuerySet[Respondent]", ids: list[int]) -> int:
    held = Respondent.objects.filter(pk__in=ids).order_by("reference").select_for_update()
    locked = [one.pk for one in held]
    due_still = list(rows.filter(pk__in=locked).values_list("pk", flat=True))  # who answered meanwhile stays
    theirs = Submission.objects.filter(respondent__in=due_still).order_by("source", "external_id")
    sheets = list(theirs.select_for_update(no_key=True).values_list("pk", flat=True))
    Submission.objects.filter(pk__in=sheets).update(respondent=None, updated_at=Now())
    return Respondent.objects.filter(pk__in=due_still).delete()[0]


@retried
def _delete(rows: "QuerySet[Any]", ids: list[int]) -> int:
    return int(rows.filter(pk__in=ids).delete()[0])

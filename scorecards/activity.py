"""What was done in a workspace lately: by people, by programs, and by imports."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby, islice
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from feedback.actions.imports import IMPORT
from feedback.actions.questionnaire import Status
from journeys.models import Change, Phase
from journeys.telling import told
from workspaces.actions import names_now
from workspaces.models import Actor, AuditEntry, Job, JobState, Workspace
from workspaces.templatetags.audit import done

NEWEST = 10
LOOKED_AT = 50  # of each kind: what somebody does to the same thing again and again is told once
# Of the audit trail, what is no change of a map and concerns all members: the beginnings of verbs, and their pages.
PAGES = {"persona": "persona", "journey": "journey", "touchpoint": "touchpoint"}
VERBS = [f"{kind}.{verb}" for kind in PAGES for verb in ("edit", "archive", "restore")]
VERBS += ["persona.create", "journey.create"]


@dataclass(frozen=True)
class Deed:
    """Something that was done. `where`: what it was done to, at the address `url`.

    `kind`: what is told once, when the same one does more of it without anything else in between; `more`: how often.
    """

    kind: str
    by: Actor | None
    by_program: bool
    text: str
    at: datetime.datetime
    where: str
    url: str
    more: int = 0


def lately(workspace: Workspace) -> list[Deed]:
    """The newest deeds: at most a statement for each kind of row, however much was done."""
    deeds = [*_changes(workspace), *_imports(workspace), *_audited(workspace)]
    return list(islice(_told_once(sorted(deeds, key=lambda deed: deed.at, reverse=True)), NEWEST))


def _told_once(deeds: Iterable[Deed]) -> Iterable[Deed]:
    for _alike, group in groupby(deeds, key=lambda deed: (deed.kind, deed.by)):
        newest, *others = group
        yield replace(newest, more=len(others))


def _changes(workspace: Workspace) -> list[Deed]:
    rows = Change.objects.of(workspace).filter(journey__archived_at=None).order_by("-pk")
    changes = list(rows.select_related("by", "token", "undoes", "journey")[:LOOKED_AT])
    phases = Phase.objects.of(workspace).filter(journey__in={change.journey_id for change in changes})
    labels = {phase.pk: str(phase) for phase in phases}
    return [
        Deed(
            f"map {change.journey_id}",
            change.author,
            change.token_id is not None,
            told(change, labels),
            change.at,
            str(change.journey),
            reverse("journey", args=[workspace.slug, change.journey_id]),
        )
        for change in changes
    ]


def _imports(workspace: Workspace) -> list[Deed]:
    ended = Job.objects.of(workspace).filter(kind=IMPORT, state=JobState.DONE, ended_at__isnull=False)
    jobs = ended.select_related("created_by").defer("upload").order_by("-created_at")[:LOOKED_AT]
    return [
        Deed(
            f"import {job.pk}",
            job.created_by,
            False,
            _stored(job.result),
            job.ended_at,
            str(job),
            _import_page(workspace, job),
        )
        for job in jobs
        if job.ended_at
    ]


def _stored(result: dict[str, Any]) -> str:
    number = result.get(Status.STORED, 0) + result.get(Status.EDITED, 0)
    said = ngettext("%(number)d answer imported", "%(number)d answers imported", number)
    return said % {"number": number}


def _import_page(workspace: Workspace, job: Job) -> str:
    return reverse("import_show", args=[workspace.slug, job.pk])


def _audited(workspace: Workspace) -> list[Deed]:
    rows = AuditEntry.objects.of(workspace).filter(verb__in=VERBS).select_related("actor", "token")
    entries = list(rows.order_by("-at")[:LOOKED_AT])
    names = names_now(workspace, entries)
    return [
        Deed(
            entry.verb,
            entry.by,
            entry.token_id is not None,
            _sentence(entry),
            entry.at,
            names[entry.target],
            _page(workspace, entry),
        )
        for entry in entries
        if entry.target in names
    ]


def _sentence(entry: AuditEntry) -> str:
    kinds = {"persona": _("Persona"), "journey": _("Journey"), "touchpoint": _("Touchpoint")}
    words = {"kind": kinds[entry.verb.partition(".")[0]], "done": done(entry.verb)}
    return _("%(kind)s %(done)s") % words


def _page(workspace: Workspace, entry: AuditEntry) -> str:
    kind, _space, number = entry.target.partition(" ")
    return reverse(PAGES[kind], args=[workspace.slug, int(number)])

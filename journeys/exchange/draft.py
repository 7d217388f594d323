"""A map's spreadsheet from upload to map: it waits in a job's row, and nothing else is stored until somebody agrees."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from feedback.files import Row, Settings, Unreadable, Why, read_table, sniff
from journeys.actions.drawing import draw_journey
from journeys.actions.locking import changes_map
from journeys.exchange.reading import Reading, understand
from journeys.exchange.sheet import Plan, guess
from journeys.models import Journey, Source
from workspaces.access import locked
from workspaces.actions import record
from workspaces.errors import Refused
from workspaces.models import Actor, Job, JobState, Membership, Team, User, Workspace

KIND = "journeys.spreadsheet"
MOST_ROWS = 5000


class Sheet(NamedTuple):
    """A spreadsheet as it is read at present."""

    settings: Settings
    rows: Sequence[Row]
    plan: Plan


@transaction.atomic
def begin_sheet(workspace: Workspace, name: str, content: bytes, *, key: str, by: User) -> Job:
    """A draft of a map: the file, and how it seems to be meant. `key`: the form's own; sent twice it is one draft.

    Raises Unreadable for what is no table.
    """
    settings, rows = _first_filled(content, replace(sniff(content), header=0, first=1))
    payload = {"settings": settings.as_json(), "plan": guess(rows).as_json()}
    job, created = Job.objects.get_or_create(
        workspace=workspace,
        kind=KIND,
        key=key,
        defaults={
            "state": JobState.DRAFT,
            "upload": content,
            "upload_name": name[:200],
            "payload": payload,
            "created_by": by,
        },
    )
    if created:
        record(workspace, "sheet.begin", job, by=by)
    return job


def open_sheet(job: Job) -> Sheet:
    """The spreadsheet of a draft. Raises Unreadable."""
    settings = Settings.from_json(job.payload["settings"])
    return Sheet(settings, _rows(bytes(job.upload or b""), settings), Plan.from_json(job.payload["plan"]))


def read_sheet(job: Job, sheet: Sheet) -> Reading:
    """What its map would be, with the teams and members that there are."""
    return understand(sheet.rows, sheet.plan, owners=owners_by_name(job.workspace))


@transaction.atomic
def read_otherwise(job: Job, *, sheet: str, plan: Plan | None) -> Job:
    """Read a draft by another plan, or with None as guessed, and from the workbook's sheet of that name."""
    job = _draft(job)
    settings = Settings.from_json(job.payload["settings"])
    if sheet and sheet in settings.sheets:
        settings = replace(settings, sheet=sheet)
    chosen = plan or guess(_rows(bytes(job.upload or b""), settings))
    job.payload = {"settings": settings.as_json(), "plan": chosen.as_json()}
    job.save(update_fields=["payload"])
    return job


@changes_map
def draw_sheet(job: Job, *, by: Actor, **facts: Any) -> Journey:
    """Draw the map of a draft, in one transaction. Twice is harmless: the second time it is there.

    `facts`: of the journey. Raises Refused when nothing of it can be read, and what `draw_journey` raises.
    """
    job = locked(job)
    if job.state == JobState.DONE:
        journey: Journey = Journey.objects.of(job.workspace).get(pk=job.result["journey"])
        return journey
    reading = read_sheet(job, open_sheet(_draft(job)))
    if not reading.stations:
        raise Refused(_("No touchpoint can be read. Say below what the columns mean."))
    journey = draw_journey(
        job.workspace,
        reading.stations,
        source=Source.SPREADSHEET,
        called=job.upload_name,
        labels=reading.labels,
        by=by,
        **facts,
    )
    job.state, job.upload, job.result = JobState.DONE, None, {"journey": journey.pk}
    job.save(update_fields=["state", "upload", "result"])
    return journey


@transaction.atomic
def discard_sheet(job: Job, *, by: User) -> None:
    """Throw a draft away. Raises Refused when its map has been drawn."""
    job = _draft(job)
    record(job.workspace, "sheet.discard", job, by=by)
    job.delete()


def _draft(job: Job) -> Job:
    now = locked(job)
    if now.state != JobState.DRAFT:
        raise Refused(_("The map of this spreadsheet has been drawn."))
    return now


def _first_filled(content: bytes, settings: Settings) -> tuple[Settings, Sequence[Row]]:
    """A workbook's first sheet that holds anything, or the text as it is."""
    for name in settings.sheets[:-1]:
        with suppress(Unreadable):
            chosen = replace(settings, sheet=name)
            return chosen, _rows(content, chosen)
    last = replace(settings, sheet=settings.sheets[-1]) if settings.sheets else settings
    return last, _rows(content, last)


def _rows(content: bytes, settings: Settings) -> Sequence[Row]:
    rows = read_table(content, settings).rows
    if len(rows) > MOST_ROWS:
        raise Unreadable(Why.ROWS, limit=MOST_ROWS)
    return rows


def owners_by_name(workspace: Workspace) -> dict[str, Team | Membership]:
    """The teams and members who may own something, by their names casefolded; a team goes before a member."""
    members = Membership.objects.of(workspace).select_related("user")
    owners = {str(member).casefold(): member for member in members}
    return owners | {str(team).casefold(): team for team in Team.objects.of(workspace).kept()}

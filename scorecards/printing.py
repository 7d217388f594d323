"""The table on paper: a short one at once, a long one by a worker, to be fetched for a day."""

import datetime
from uuid import uuid4

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils import translation

from journeys.paper import Printed
from scorecards import finding
from scorecards.asked import Table, table_of
from scorecards.paper_table import table_on_paper
from workspaces import clock, jobs
from workspaces.jobs import Progress
from workspaces.models import AT_WORK, Job, JobState, User
from workspaces.paper import pdf_of

PRINT = "scorecards.print_table"
AT_ONCE = 500  # lines: half a second of work, by `bench scorecards_history`
KEPT = datetime.timedelta(days=1)


def sheets_of(table: Table) -> bytes:
    """The lines that were asked for as PDF, in the reader's language: a sheet for every 25 touchpoints or so."""
    workspace = table.workspace
    address = f"{settings.SITE_URL}{reverse('scorecards', args=[workspace.slug])}"
    said = finding.of_table(workspace, table.scope, persona=table.persona)
    printed = Printed(f"{address}{table.query.rstrip('?')}", clock.today(workspace.zone))
    columns = table.narrowing.chosen
    told = table_on_paper(workspace, table.full(), table.period, columns=columns, finding=said, printed=printed)
    return pdf_of("scorecards", told)


def order_print(table: Table, asked: QueryDict, *, by: User) -> Job:
    """Let a worker make the sheets. Who asks for the same again while they are being made is given the same job."""
    payload = {"query": asked.urlencode(), "language": translation.get_language(), "lines": table.length}
    ordered = Job.objects.of(table.workspace).filter(kind=PRINT, created_by=by, payload=payload)
    running: Job | None = ordered.filter(state__in=AT_WORK).first()
    if running:
        return running
    job = Job(workspace=table.workspace, kind=PRINT, key=str(uuid4()), payload=payload, created_by=by)
    jobs.start(job)
    return job


def make_print(job: Job, _progress: Progress) -> None:
    """Make the sheets that were ordered, of the table as it is now."""
    with translation.override(job.payload["language"]):
        sheets = sheets_of(table_of(job.workspace, QueryDict(job.payload["query"])))
    jobs.end(job, JobState.DONE, upload=sheets)


def forget_prints(now: datetime.datetime) -> int:
    """Delete the sheets that were ordered more than a day ago, and return how many orders there were."""
    return Job.objects.filter(kind=PRINT, created_at__lt=now - KEPT).delete()[0]

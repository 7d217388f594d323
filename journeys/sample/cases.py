"""Three complaints of the sample, as they would be looked after: one new, one overdue, one whose customer came back."""

import datetime
from typing import Any

from feedback.actions import rule_of
from feedback.models import Case, CaseCause, CaseState, Play, Recovery, Response
from touchpoints.health.metrics import Metric
from touchpoints.past import DAY
from workspaces import clock
from workspaces.models import Workspace

HOUR = datetime.timedelta(hours=1)  # after it was experienced a complaint came in
TOOK = 26 * HOUR
MADE_GOOD = 1500  # minor units


def write_cases(workspace: Workspace) -> None:
    """Write them down, told to nobody. Where there is no complaint of that age there is no case."""
    closed = {
        "state": CaseState.CLOSED,
        "play": Play.DISCOUNT,
        "cost": MADE_GOOD,
        "outcome": Recovery.RECOVERED,
    }
    for age, severity, facts in ((0, 1, {}), (4, 2, {"state": CaseState.IN_HAND, "play": Play.CALL}), (8, 2, closed)):
        complaint = _complaint(workspace, age=age, severity=severity)
        if complaint is not None:
            _write(complaint, facts)


def _complaint(workspace: Workspace, *, age: int, severity: int) -> Response | None:
    """The last one of that severity that is at least so many days old."""
    complaints = Response.objects.of(workspace).filter(metric=Metric.COMPLAINT, value=severity)
    old = complaints.filter(submission__occurred_at__lt=clock.now() - age * DAY).exclude(case__isnull=False)
    about = old.select_related("workspace", "submission", "subject__touchpoint")
    found: Response | None = about.order_by("-submission__occurred_at", "submission__external_id").first()
    return found


def _write(complaint: Response, facts: dict[str, Any]) -> None:
    severity = complaint.value or 1
    opened, now = complaint.submission.occurred_at + HOUR, clock.now()
    ended = {"closed_at": opened + TOOK, "customer_told_at": opened + TOOK} if "outcome" in facts else {}
    case = Case(
        workspace=complaint.workspace,
        response=complaint,
        subject=complaint.subject,
        cause=CaseCause.COMPLAINT,
        severity=severity,
        opened_at=opened,
        due_at=opened + rule_of(complaint.workspace).hours(severity),
        told_at=now,
        overdue_told_at=now,
        **facts,
        **ended,
    )
    case.owner = complaint.subject.touchpoint.owner
    case.save()

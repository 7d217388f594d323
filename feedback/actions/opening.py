"""Opening cases: at once with the answers that complain, and by hand."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.utils import translation
from django.utils.translation import gettext as _

from feedback.actions import statements
from feedback.actions.programs import CaseFacts, facts_of, tell_of_cases
from feedback.actions.questionnaire import Questionnaire
from feedback.actions.reading import Said
from feedback.models import Case, CaseCause, CaseRule, Response, Severity, Submission
from touchpoints.health.metrics import COUNTED, SCALES, Metric
from touchpoints.models import SubjectKind
from workspaces import clock
from workspaces.access import locked
from workspaces.actions import record
from workspaces.errors import Refused
from workspaces.jobs import ring
from workspaces.live import announce
from workspaces.models import Actor, Job, WebhookEvent, Workspace
from workspaces.transactions import retried

TELL = "feedback.tell_cases"
DEFAULTS = {field.name: field.default for field in CaseRule._meta.concrete_fields if field.has_default()}
LONGEST_AGO = datetime.timedelta(days=365)  # no rule opens cases of what is older
# The answers in the worst fifth of a scale: one of five or seven, NPS 0 and 1.
LOWEST = frozenset(
    (scale.metric.value, scale.code, value)
    for scale in SCALES
    if scale.metric not in {*COUNTED, Metric.EXPECTATION}
    for place, value in enumerate(reversed(scale.values) if scale.reversed else scale.values, start=1)
    if 5 * place <= len(scale.values)
)


def rule_of(workspace: Workspace) -> CaseRule:
    """The rule of a workspace's cases; the defaults, not stored, where nobody has changed them."""
    return CaseRule.objects.of(workspace).first() or CaseRule(workspace=workspace)


def open_cases(workspace: Workspace, changed: Iterable[Questionnaire], job: Job | None) -> None:
    """Open a case for each of these answers that complains, in the transaction that stores them.

    By the workspace's rule: complaints, and the lowest scores that come with a comment, of what was experienced
    lately. Whoever looks after the touchpoint gets them. One statement, and none where nobody complains.
    """
    since = clock.now() - LONGEST_AGO
    found = [
        (questionnaire.id, question, cause.value, said.value if cause is CaseCause.COMPLAINT else Severity.MINOR)
        for questionnaire in changed
        if questionnaire.facts.occurred_at > since
        for question, said in questionnaire.changed.items()
        if (cause := _cause_of(said))
    ]
    if not found:
        return
    names = ("submission", "question", "cause", "severity")
    columns = {name: list(column) for name, column in zip(names, zip(*found, strict=True), strict=True)}
    facts = {"workspace": workspace.pk, "now": clock.now(), "imported": job is not None, **DEFAULTS, **columns}
    with connection.cursor() as cursor:
        cursor.execute(statements.OPEN_CASES, facts)
        opened = cursor.fetchall()
    if wanted := [CaseFacts(*case) for *case, is_wanted in opened if is_wanted]:
        tell_of_cases(workspace, WebhookEvent.CASE_OPENED, wanted)
    if opened:
        ring(TELL)


def _cause_of(said: Said | Response) -> CaseCause | None:
    """Why an answer opens a case where the rule lets it; None for one that does not complain."""
    if said.value is None:
        return None
    if said.metric == Metric.COMPLAINT:
        return CaseCause.COMPLAINT
    return CaseCause.LOW if said.text and (said.metric, said.scale, said.value) in LOWEST else None


@retried
def mark_complaint(response: Response, *, severity: int, by: Actor) -> Case:
    """Open a case for an answer by hand, whatever the rule says; the one that there is already stays as it is.

    Raises Refused where the answer has been removed.
    """
    locked(Submission(pk=response.submission_id))  # so that nobody takes the answer back meanwhile
    response = locked(response)
    if response.removed_at is not None:
        raise Refused(_("This answer has been removed."))
    known: Case | None = Case.objects.filter(response=response).first()
    if known is not None:
        return known
    subject, now = response.subject, clock.now()
    case = Case(
        workspace=response.workspace,
        response=response,
        subject=subject,
        cause=CaseCause.MARK,
        severity=severity,
        opened_at=now,
        due_at=now + rule_of(response.workspace).hours(severity),
    )
    case.owner = subject.touchpoint.owner if subject.kind == SubjectKind.TOUCHPOINT else None
    case.save()
    record(case.workspace, "case.create", case, by=by)
    tell_of_cases(case.workspace, WebhookEvent.CASE_OPENED, [facts_of(case)])
    announce(case.workspace_id, case=case.pk)
    ring(TELL)
    return case


def complains_no_more(case: Case) -> bool:
    """Whether the answer that opened it was changed since, so that it would open none now."""
    return case.cause != CaseCause.MARK and case.response is not None and _cause_of(case.response) is None


def part_with_answers(job: Job) -> None:
    """Before an import is taken back: end the cases of its answers that are under way, and let go of the answers."""
    with translation.override(job.workspace.language):
        reason = _("The answer was taken back.")
    facts: dict[str, Any] = {"workspace": job.workspace_id, "job": job.pk, "now": clock.now(), "reason": reason}
    with connection.cursor() as cursor:
        cursor.execute(statements.PART_CASES, facts)

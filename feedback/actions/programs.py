"""What programs elsewhere are told of answers and cases: never what a customer wrote, nor who they are."""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.conf import settings
from django.urls import reverse

from feedback.actions.questionnaire import Questionnaire
from feedback.models import Case
from touchpoints.models import SubjectKind
from workspaces.actions.programs import MOST_AT_ONCE, tell_programs
from workspaces.models import WebhookEvent, Workspace


class CaseFacts(NamedTuple):
    """What is told of a case; `touchpoint`: its id, None where customers complain of something else."""

    id: int
    cause: str
    severity: int
    opened_at: datetime.datetime
    due_at: datetime.datetime
    touchpoint: int | None


def tell_of_submissions(workspace: Workspace, opened: Iterable[Questionnaire]) -> None:
    """Tell of those that are new and that programs want to hear of: a hundred in one delivery."""
    told = [_submission(one) for one in opened if one.wanted]
    parts = [told[start : start + MOST_AT_ONCE] for start in range(0, len(told), MOST_AT_ONCE)]
    if parts:
        tell_programs(workspace, WebhookEvent.SUBMISSION, [{"submissions": part} for part in parts])


def tell_of_cases(workspace: Workspace, event: WebhookEvent, cases: Sequence[CaseFacts]) -> None:
    """Tell that these cases were opened, or are overdue: each by itself."""
    tell_programs(workspace, event, [{"case": _case(workspace, case)} for case in cases])


def facts_of(case: Case) -> CaseFacts:
    """What is told of it."""
    touchpoint = case.subject.touchpoint.pk if case.subject.kind == SubjectKind.TOUCHPOINT else None
    return CaseFacts(case.pk, case.cause, case.severity, case.opened_at, case.due_at, touchpoint)


def _submission(questionnaire: Questionnaire) -> dict[str, Any]:
    facts = questionnaire.facts
    return {
        "id": questionnaire.id,
        "source": questionnaire.source,
        "occurred_at": facts.occurred_at.astimezone(datetime.UTC).isoformat(),
        "persona": facts.persona,
        "channel": facts.channel,
        "device": facts.device,
        "api": settings.SITE_URL + reverse("api-submissions-detail", args=[questionnaire.id]),
    }


def _case(workspace: Workspace, case: CaseFacts) -> dict[str, Any]:
    return {
        **case._asdict(),
        "opened_at": case.opened_at.isoformat(),
        "due_at": case.due_at.isoformat(),
        "api": settings.SITE_URL + reverse("api-cases-detail", args=[case.id]),
        "page": settings.SITE_URL + reverse("case", args=[workspace.slug, case.id]),
    }
